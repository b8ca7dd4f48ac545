package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.egress.EventStage;

/** Applies committed frames and runs tasks between them. */
final class CoreStage implements EventPoller.Handler<CommandSlot> {

  private final EventStage events;
  private final Runnable beforeTask;
  private long frames;
  private long chain;

  /** Runs {@code beforeTask} in front of every task, so that who waits for one finds the counters up to date. */
  CoreStage(final EventStage events, final Runnable beforeTask) {
    this.events = events;
    this.beforeTask = beforeTask;
  }

  long frames() {
    return frames;
  }

  /** Chain of the journal behind the last frame applied. */
  long chain() {
    return chain;
  }

  void chain(final long value) {
    chain = value;
  }

  @Override
  public boolean onEvent(final CommandSlot slot, final long position, final boolean endOfBatch) {
    final Runnable task = slot.task;
    if (null == task) {
      frames++;
      chain = FrameFlyweight.chainOf(slot.frame, 0);
      events.apply(slot.frame, 0);
    } else {
      slot.task = null;
      beforeTask.run();
      task.run();
    }
    return true;
  }
}
