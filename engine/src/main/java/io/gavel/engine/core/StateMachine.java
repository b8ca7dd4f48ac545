package io.gavel.engine.core;

import io.gavel.codecs.StateOwner;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/** The deterministic core: a function of its state and the next frame. One thread. */
public final class StateMachine {

  private final CoreConfig config;
  private final Outbox outbox = new Outbox(1 << 18);
  private long sequence;
  private long engineTimeNs;

  public StateMachine(final CoreConfig config) {
    this.config = config;
  }

  public CoreConfig config() {
    return config;
  }

  /**
   * Takes a verified, stamped frame and works until it is done or the outbox lacks room for the next step.
   *
   * @return true when the frame is done; false: drain the outbox, then {@link #resume()}
   */
  public boolean apply(final MutableDirectBuffer buffer, final int offset) {
    sequence = io.gavel.codecs.FrameFlyweight.sequenceOf(buffer, offset);
    return true;
  }

  /** Goes on with the frame that {@link #apply} left unfinished; the frame's bytes need not be there any more. */
  public boolean resume() {
    return true;
  }

  public Outbox outbox() {
    return outbox;
  }

  /** Sequence of the last frame taken; 0 before the first. */
  public long sequence() {
    return sequence;
  }

  public long engineTimeNs() {
    return engineTimeNs;
  }

  /** When the shell must inject an AdvanceTime at the latest; Long.MAX_VALUE: never. */
  public long nextDeadlineNs() {
    return Long.MAX_VALUE;
  }

  /** Owners of business state, by component id: what the state hash is made of. */
  public List<StateOwner> businessState() {
    return List.of();
  }

  /** Owners of control state: sequence, time, answer window, running event hash. */
  public List<StateOwner> controlState() {
    return List.of();
  }
}
