package io.gavel.benchmarks.engine;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.GavelEvents;
import org.agrona.DirectBuffer;

/** A host that looks at every event and publishes the last correlation id answered. */
final class HostEvents implements GavelEvents {

  private long events;
  private long refused;
  /** Written by the engine's thread, read by the one that sends. */
  private volatile long answered;

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    events++;
  }

  @Override
  public void onAnswer(final CommandAnswerDecoder answer) {
    refused += ReasonCode.OK == answer.code() ? 0 : 1;
    answered = answer.header().sequence();
  }

  long events() {
    return events;
  }

  long refused() {
    return refused;
  }

  /** Sequence of the last command answered; any thread. */
  long answered() {
    return answered;
  }
}
