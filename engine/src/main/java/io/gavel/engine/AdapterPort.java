package io.gavel.engine;

import io.gavel.engine.ring.Ingress;
import org.agrona.DirectBuffer;

/**
 * The door of an outside party: a bank, a chain, a custodian. What it is asked to do are events, which it hears in
 * order from behind its own saved position, so that a crash on either side loses none and a party that saved late hears
 * some again: it must know an intent by its id. What it has to say are commands, which pass every check of anybody
 * else's; it has no other hold on the engine, and nothing it says can be more than refused.
 *
 * <p>One thread, that of the {@link AdapterLink} which connects it.
 */
public interface AdapterPort {

  /** Sequence of the last event that the party will never need again; 0: it has heard nothing. */
  long savedSequence();

  /** Index of that event within its sequence. */
  int savedIndex();

  /** An event, maybe an intent for this party; an {@code EventDescriptor} record, there during the call only. */
  void onEvent(DirectBuffer buffer, int offset, int length);

  /**
   * Offers what the party has to say, if anything. A command that met a full ring is its to offer again.
   *
   * @return commands taken
   */
  int answer(Ingress commands);
}
