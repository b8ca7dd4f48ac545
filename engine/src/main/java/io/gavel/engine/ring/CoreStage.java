package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;
import io.gavel.engine.egress.EventStage;

/** Applies committed frames and runs tasks between them. */
final class CoreStage implements EventPoller.Handler<CommandSlot> {

  private final EventStage events;
  private final Runnable beforeTask;
  private long frames;

  /** Runs {@code beforeTask} in front of every task, so that who waits for one finds the counters up to date. */
  CoreStage(final EventStage events, final Runnable beforeTask) {
    this.events = events;
    this.beforeTask = beforeTask;
  }

  long frames() {
    return frames;
  }

  @Override
  public boolean onEvent(final CommandSlot slot, final long position, final boolean endOfBatch) {
    final Runnable task = slot.task;
    if (null == task) {
      frames++;
      events.apply(slot.frame, 0);
    } else {
      slot.task = null;
      beforeTask.run();
      task.run();
    }
    return true;
  }
}
