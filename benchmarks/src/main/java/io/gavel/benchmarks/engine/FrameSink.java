package io.gavel.benchmarks.engine;

import org.agrona.DirectBuffer;

/** Takes one whole frame, not stamped yet. */
public interface FrameSink {

  void send(DirectBuffer frame, int offset, int length);
}
