package io.gavel.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.EventDescriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events of the steps taken since it was last cleared, as {@code EventDescriptor} records one behind the other.
 * The core writes, the shell reads and clears between steps, both on the engine's thread.
 *
 * <p>Owns the running hash over all events ever written. Bytes are folded into it when they are about to go, or when
 * somebody asks: reading words back right after their fields were stored one by one would wait for each store. The
 * bytes are an array, and what is written or read for every command goes to it as such: a buffer may be an array or
 * bare memory, so the compiler loads where it is anew for every field.
 */
public final class Outbox {

  private static final long PRIME = 0x9E37_79B9_7F4A_7C15L;

  private static final long EVEN_SEED = 0xBF58_476D_1CE4_E5B9L;
  private static final long ODD_SEED = 0x94D0_49BB_1331_11EBL;
  private static final int EVEN_TURN = 29;
  private static final int ODD_TURN = 37;
  private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
  private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
  private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);

  private final byte[] bytes;
  private final UnsafeBuffer buffer;
  private int position;
  private int foldedPosition;
  private long runningHash;

  public Outbox(final int capacity) {
    bytes = new byte[capacity];
    buffer = new UnsafeBuffer(bytes);
  }

  /** First byte of the first event; the next starts at its length. */
  public DirectBuffer buffer() {
    return buffer;
  }

  /** Bytes written. */
  public int position() {
    return position;
  }

  public boolean isEmpty() {
    return 0 == position;
  }

  public void clear() {
    fold();
    position = 0;
    foldedPosition = 0;
  }

  boolean hasRoom(final int length) {
    return bytes.length - position >= length;
  }

  UnsafeBuffer writable() {
    return buffer;
  }

  void putLong(final int at, final long value) {
    LONGS.set(bytes, at, value);
  }

  void putInt(final int at, final int value) {
    INTS.set(bytes, at, value);
  }

  void putShort(final int at, final int value) {
    SHORTS.set(bytes, at, (short) value);
  }

  void putByte(final int at, final int value) {
    bytes[at] = (byte) value;
  }

  void advance(final int length) {
    position += length;
  }

  /** Hash over every event written so far. */
  long runningHash() {
    fold();
    return runningHash;
  }

  void runningHash(final long hash) {
    runningHash = hash;
  }

  /** Each event by itself, in two lanes that need not wait for each other, and then the event into the hash. */
  private void fold() {
    final byte[] words = bytes;
    final int end = position;
    long hash = runningHash;
    int at = foldedPosition;
    while (at < end) {
      final int next = at + (int) INTS.get(words, at + EventDescriptor.LENGTH_OFFSET);
      long even = EVEN_SEED;
      long odd = ODD_SEED;
      for (; at + 2 * Long.BYTES <= next; at += 2 * Long.BYTES) {
        even = Long.rotateLeft((even ^ (long) LONGS.get(words, at)) * PRIME, EVEN_TURN);
        odd = Long.rotateLeft((odd ^ (long) LONGS.get(words, at + Long.BYTES)) * PRIME, ODD_TURN);
      }
      if (at < next) {
        even = Long.rotateLeft((even ^ (long) LONGS.get(words, at)) * PRIME, EVEN_TURN);
      }
      hash = (hash ^ even ^ odd * ODD_SEED) * PRIME;
      hash ^= hash >>> 32;
      at = next;
    }
    runningHash = hash;
    foldedPosition = end;
  }
}
