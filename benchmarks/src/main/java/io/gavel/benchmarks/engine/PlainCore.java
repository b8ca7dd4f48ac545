package io.gavel.benchmarks.engine;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The core in a plain loop: stamps sequence and time into a copy of the frame, applies it, hands every event on. */
final class PlainCore implements FrameSink {

  /** Engine time stands still, so that runs that cut their batches differently end on the same state. */
  static final long TIME_NS = 1_700_000_000_000_000_000L;

  /** Hears every event. */
  interface Listener {

    void onEvent(DirectBuffer buffer, int offset, int length);
  }

  private final StateMachine machine;
  private final Listener listener;
  private final @Nullable FrameSink journal;
  private final FrameChecksum checksum = new FrameChecksum();
  private final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight frame = new FrameFlyweight();
  private long sequence;
  private long chain = FrameChecksum.CHAIN_SEED;
  private long events;

  /** Applies record 1. */
  PlainCore(final CoreConfig config, final Listener listener) {
    this(config, listener, null);
  }

  /** Stamps CRC32C and chain, too, and hands every frame to {@code journal} in front of applying it. */
  PlainCore(final CoreConfig config, final Listener listener, final @Nullable FrameSink journal) {
    machine = new StateMachine(config);
    this.listener = listener;
    this.journal = journal;
    final FrameWriter frames = new FrameWriter();
    final EngineConfigEncoder record = frames.begin(new EngineConfigEncoder());
    config.encode(record);
    frames.send(record, this);
  }

  StateMachine machine() {
    return machine;
  }

  /** Chain behind the last frame; without a journal that before the first. */
  long chain() {
    return chain;
  }

  long events() {
    return events;
  }

  @Override
  public void send(final DirectBuffer buffer, final int offset, final int length) {
    copy.putBytes(0, buffer, offset, length);
    frame.wrap(copy, 0).sequence(++sequence).engineTimeNs(TIME_NS);
    if (null != journal) {
      final int crc = checksum.crc32c(copy, 0, length);
      chain = FrameChecksum.chain(chain, crc);
      frame.crc32c(crc).chain(chain);
      journal.send(copy, 0, length);
    }
    boolean done = machine.apply(copy, 0);
    drain();
    while (!done) {
      done = machine.resume();
      drain();
    }
  }

  private void drain() {
    final Outbox outbox = machine.outbox();
    final DirectBuffer box = outbox.buffer();
    final int end = outbox.position();
    int at = 0;
    while (at < end) {
      final int length = box.getInt(at + EventDescriptor.LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
      listener.onEvent(box, at, length);
      events++;
      at += length;
    }
    outbox.clear();
  }
}
