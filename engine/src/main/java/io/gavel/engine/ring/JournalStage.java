package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;

/** Appends stamped frames and commits them as one group. */
final class JournalStage implements EventPoller.Handler<CommandSlot> {

  private final Journal journal;
  private final DurabilityLevel level;
  private boolean appended;

  JournalStage(final Journal journal, final DurabilityLevel level) {
    this.journal = journal;
    this.level = level;
  }

  @Override
  public boolean onEvent(final CommandSlot slot, final long position, final boolean endOfBatch) {
    if (null == slot.task) {
      journal.append(slot.frame, 0, FrameFlyweight.lengthOf(slot.frame, 0));
      appended = true;
    }
    return true;
  }

  /** Until this has returned nothing about the appended frames may leave. */
  void commit() {
    if (appended) {
      journal.commit(level);
      appended = false;
    }
  }
}
