package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.EventHeaderDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.JournalTailer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One of two journals that are run side by side: steps a frame at a time and keeps the events of that frame. */
final class RunSide implements AutoCloseable {

  private static final int ACCOUNT = EventDescriptor.HEADER_LENGTH + EventHeaderDecoder.accountEncodingOffset();
  private static final int SEQUENCE = EventDescriptor.HEADER_LENGTH + EventHeaderDecoder.sequenceEncodingOffset();
  private static final int INDEX = EventDescriptor.HEADER_LENGTH + EventHeaderDecoder.indexEncodingOffset();
  private static final int CAUSE = EventDescriptor.HEADER_LENGTH + RuleTriggeredDecoder.causeSequenceEncodingOffset();

  private final JournalTailer tailer;
  private final StateMachine machine;
  private final EventStage stage;
  private final LongHashSet inserted = new LongHashSet();
  /** Whose events are compared; 0: everybody's, byte for byte. */
  private final long onlyAccount;
  private final RunFacts facts = new RunFacts();
  private final List<FrameBytes> events = new ArrayList<>();
  private boolean hasFrame;
  private long skipped;
  private long lastAligned;
  private int templateId;

  RunSide(final Path dir, final List<Long> inserted, final long onlyAccount, final NamingHook naming) {
    final JournalTailer opened = ChronicleJournal.follow(dir);
    if (null == opened || !opened.next()) {
      throw new ReplayFault(0, "no journal in " + dir);
    }
    tailer = opened;
    this.inserted.addAll(inserted);
    this.onlyAccount = onlyAccount;
    machine = new StateMachine(Replayer.configOf(tailer));
    stage = new EventStage(machine, this::onEvent, naming).passOver(tailer.quarantines());
    hasFrame = true;
  }

  /** Applies the next frame, and the inserted ones behind it; false: the journal ended. */
  boolean step() {
    events.clear();
    if (!hasFrame) {
      return false;
    }
    apply();
    lastAligned = machine.sequence() - skipped;
    while (hasFrame && inserted.contains(tailer.sequence())) {
      skipped++;
      apply();
    }
    return true;
  }

  private void apply() {
    templateId = FrameFlyweight.templateIdOf(tailer.buffer(), tailer.offset());
    Replayer.apply(stage, tailer);
    hasFrame = tailer.next();
  }

  private void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    facts.onEvent(buffer, offset, templateId, aligned(), machine);
    if (0 == onlyAccount || onlyAccount == buffer.getLong(offset + ACCOUNT, ByteOrder.LITTLE_ENDIAN)) {
      events.add(new FrameBytes(buffer, offset, length));
    }
  }

  /** The sequence of the frame being applied, as it would be without the inserted ones. */
  private long aligned() {
    return machine.sequence() - skipped;
  }

  /** The event of the last frame at that place; null: it has none there. */
  @Nullable FrameBytes event(final int place) {
    return place < events.size() ? events.get(place) : null;
  }

  /** Sequence of the last frame that both have. */
  long sequence() {
    return lastAligned;
  }

  RunFacts facts() {
    return facts;
  }

  StateMachine machine() {
    return machine;
  }

  /** Where the first event differs from the other side's; -1: all are the same. */
  int differsAt(final RunSide other) {
    final int both = Math.min(events.size(), other.events.size());
    for (int i = 0; i < both; i++) {
      if (!Arrays.equals(bytes(events.get(i)), other.bytes(other.events.get(i)))) {
        return i;
      }
    }
    return events.size() == other.events.size() ? -1 : both;
  }

  /** Where frames were inserted, an event's sequences and place say nothing of what happened. */
  private byte[] bytes(final FrameBytes event) {
    final byte[] copy = new byte[event.length()];
    event.buffer().getBytes(0, copy);
    if (0 != onlyAccount) {
      final UnsafeBuffer view = new UnsafeBuffer(copy);
      view.putLong(SEQUENCE, 0);
      view.putInt(INDEX, 0);
      if (RuleTriggeredDecoder.TEMPLATE_ID == EventKey.templateId(view, 0)) {
        view.putLong(CAUSE, 0);
      }
    }
    return copy;
  }

  @Override
  public void close() {
    tailer.close();
  }
}
