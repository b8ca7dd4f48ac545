package io.gavel.engine.replay;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.journal.JournalTailer;
import org.agrona.DirectBuffer;

/** A sound journal that cannot be replayed: the core throws at a frame, or the first one is no configuration. */
public final class ReplayFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long sequence;

  public ReplayFault(final long sequence, final String message, final Throwable cause) {
    super("sequence " + sequence + ": " + message, cause);
    this.sequence = sequence;
  }

  public ReplayFault(final long sequence, final String message) {
    super("sequence " + sequence + ": " + message);
    this.sequence = sequence;
  }

  /** The core threw at the frame on which {@code tailer} stands: says what can be done about it. */
  static ReplayFault poison(final JournalTailer tailer, final RuntimeException cause) {
    return poison(tailer.buffer(), tailer.offset(), cause);
  }

  /** As above, at the frame that stands there. */
  static ReplayFault poison(final DirectBuffer buffer, final int offset, final RuntimeException cause) {
    final long sequence = FrameFlyweight.sequenceOf(buffer, offset);
    return new ReplayFault(sequence, "the core threw at this frame (template "
        + FrameFlyweight.templateIdOf(buffer, offset) + "): " + cause
        + "; of it and of what lies behind it nobody was told. Start a build that can apply it; or, if none ever will, "
        + "have an operator sign that it is passed over: gavel quarantine DIR --sequence " + sequence + " --key FILE",
        cause);
  }

  public long sequence() {
    return sequence;
  }
}
