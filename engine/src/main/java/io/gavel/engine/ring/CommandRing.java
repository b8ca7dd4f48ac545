package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.gavel.codecs.FrameDescriptor;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The one queue in front of the sequencer: many producers, frames in slots that are allocated at start. A producer
 * never waits: it gets a position or a negative code.
 */
public final class CommandRing {

  private static final long OPEN = 0;

  private final RingBuffer<CommandSlot> ring;
  private final AtomicLong backPressured = new AtomicLong();
  /** OPEN, HALTED or CLOSED; written by whoever stops the engine, read by producers. */
  private volatile long state = OPEN;

  public CommandRing(final int capacity) {
    // An array, not a byte buffer: a checksum over an array needs no position, limit or liveness of a buffer.
    final byte[] memory = new byte[capacity * FrameDescriptor.FRAME_LENGTH_MAX];
    final int[] next = {0};
    ring = RingBuffer.createMultiProducer(
        () -> new CommandSlot(memory, FrameDescriptor.FRAME_LENGTH_MAX * next[0]++), capacity,
        new YieldingWaitStrategy());
  }

  /** Copies a whole frame into the ring; a position, or a negative code of {@link OfferCodes}. */
  public long offer(final DirectBuffer source, final int offset, final int length) {
    final long code = state;
    return OPEN == code ? put(source, offset, length) : code;
  }

  /**
   * As {@link #offer}, for the engine itself, which finishes its work also while producers are turned away. What it
   * makes itself is marked, and needs no key; nothing that passed the check of an ingress can be.
   */
  long offerOwn(final MutableDirectBuffer source, final int offset, final int length) {
    source.putByte(offset + FrameDescriptor.FLAGS_OFFSET, (byte) FrameDescriptor.FLAG_OWN);
    return put(source, offset, length);
  }

  private long put(final DirectBuffer source, final int offset, final int length) {
    final long position = claim(1);
    if (position >= 0) {
      final CommandSlot slot = ring.get(position);
      slot.task = null;
      slot.frame.putBytes(0, source, offset, length);
      ring.publish(position);
    }
    return position;
  }

  /** Copies all frames of a batch into slots next to each other, or none; the position of the last of them. */
  long offer(final CommandBatch batch) {
    final long code = state;
    if (OPEN != code) {
      return code;
    }
    final int size = batch.size();
    final long last = claim(size);
    if (last >= 0) {
      final long first = last - size + 1;
      for (int i = 0; i < size; i++) {
        final CommandSlot slot = ring.get(first + i);
        slot.task = null;
        slot.frame.putBytes(0, batch.buffer(), batch.offset(i), batch.length(i));
      }
      ring.publish(first, last);
    }
    return last;
  }

  /** Has the engine's thread run {@code task} behind everything offered so far. */
  public long offerTask(final Runnable task) {
    final long code = state;
    final long position = OPEN == code ? claim(1) : code;
    if (position >= 0) {
      ring.get(position).task = task;
      ring.publish(position);
    }
    return position;
  }

  /** From now on offers answer {@code code}; a halted ring stays halted. */
  public void refuse(final long code) {
    if (OfferCodes.HALTED != state) {
      state = code;
    }
  }

  /** Whether every offer from now on answers HALTED. */
  public boolean isHalted() {
    return OfferCodes.HALTED == state;
  }

  public int capacity() {
    return ring.getBufferSize();
  }

  /** Offers that met a full ring. */
  public long backPressured() {
    return backPressured.get();
  }

  EventPoller<CommandSlot> newPoller(final Sequence... behind) {
    return ring.newPoller(behind);
  }

  void gate(final Sequence last) {
    ring.addGatingSequences(last);
  }

  private long claim(final int count) {
    try {
      return ring.tryNext(count);
    } catch (final InsufficientCapacityException ex) {
      backPressured.getAndIncrement();
      return OfferCodes.BACK_PRESSURED;
    }
  }
}
