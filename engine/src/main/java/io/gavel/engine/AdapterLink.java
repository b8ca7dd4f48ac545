package io.gavel.engine;

import io.gavel.engine.replay.EventSubscriber;
import io.gavel.engine.ring.Ingress;

/**
 * Connects an outside party to a running engine: hands it the events behind its saved position, from the journal where
 * it has fallen behind, and takes its commands. The engine never waits for it. One thread, any but the engine's.
 */
public final class AdapterLink implements AutoCloseable {

  private final AdapterPort port;
  private final EventSubscriber subscriber;
  private final Ingress commands;

  AdapterLink(final AdapterPort port, final EventSubscriber subscriber, final Ingress commands) {
    this.port = port;
    this.subscriber = subscriber;
    this.commands = commands;
  }

  /** Hears what is there, then says what there is to say; how many events and commands that were. */
  public long doWork() {
    return subscriber.poll(port::onEvent) + port.answer(commands);
  }

  @Override
  public void close() {
    subscriber.close();
  }
}
