package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;

/** Stamps what producers have published, up to a batch at a time. */
final class SequencerStage implements EventPoller.Handler<CommandSlot> {

  private final Sequencer sequencer;
  private final int batchMax;
  private int taken;

  SequencerStage(final Sequencer sequencer, final int batchMax) {
    this.sequencer = sequencer;
    this.batchMax = batchMax;
  }

  /** Slots stamped or passed since the last call. */
  int take() {
    final int result = taken;
    taken = 0;
    return result;
  }

  @Override
  public boolean onEvent(final CommandSlot slot, final long position, final boolean endOfBatch) {
    if (null == slot.task) {
      sequencer.stamp(slot.frame, 0);
    }
    taken++;
    return taken < batchMax;
  }
}
