package io.gavel.benchmarks.latency;

import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.engine.GavelEvents;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The host: looks at every event and times every answer from when its command was due, raw. The engine's thread calls
 * it; the sender sets a schedule only while nothing is under way, and reads how far the answers are.
 */
final class LatencyEvents implements GavelEvents {

  /** Above ten minutes a value is cut. */
  static final long VALUE_NS_MAX = 600_000_000_000L;
  static final int DIGITS = 3;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(VALUE_NS_MAX, DIGITS);
  /** Published by the sender with its next offer. */
  private @Nullable Schedule schedule;
  private long lastTenthFrom;
  /** The engine's thread writes; read when the stage has ended. */
  private long lowestOfLastTenthNs = Long.MAX_VALUE;
  private long events;
  /** Written by the engine's thread, read by the sender. */
  private volatile long answered;

  /** Times what follows against this. */
  void begin(final Schedule stage) {
    lastTenthFrom = stage.commands() - stage.commands() / 10;
    lowestOfLastTenthNs = Long.MAX_VALUE;
    schedule = stage;
  }

  /** Times nothing from here on. */
  void end() {
    schedule = null;
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    events++;
  }

  @Override
  public void onAnswer(final CommandAnswerDecoder answer) {
    final long sequence = answer.header().sequence();
    final Schedule stage = schedule;
    if (null != stage) {
      final long command = stage.command(sequence);
      final long lateNs = Math.min(VALUE_NS_MAX, System.nanoTime() - stage.dueNs(command));
      recorder.recordValue(Math.max(0, lateNs));
      if (command >= lastTenthFrom) {
        lowestOfLastTenthNs = Math.min(lowestOfLastTenthNs, lateNs);
      }
    }
    answered = sequence;
  }

  SingleWriterRecorder recorder() {
    return recorder;
  }

  /** The least that any command of the last tenth was late: while a queue grows, none of them is on time. */
  long lowestOfLastTenthNs() {
    return lowestOfLastTenthNs;
  }

  long events() {
    return events;
  }

  long answered() {
    return answered;
  }
}
