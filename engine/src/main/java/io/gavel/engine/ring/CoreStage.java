package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;
import io.gavel.engine.egress.EventStage;

/** Applies committed frames and runs tasks between them. */
final class CoreStage implements EventPoller.Handler<CommandSlot> {

  private final EventStage events;
  private long frames;

  CoreStage(final EventStage events) {
    this.events = events;
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
      task.run();
    }
    return true;
  }
}
