package io.gavel.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameChecksumTest {

  private static final long SEED = 11L;
  private static final int BODY_LENGTH = 84;
  private static final int LENGTH = FrameDescriptor.frameLength(BODY_LENGTH);

  private final FrameChecksum checksum = new FrameChecksum();
  private final FrameFlyweight frame = new FrameFlyweight();

  @Test
  void shouldGiveTheSameCrcWhateverHoldsTheFrame() {
    final MutableDirectBuffer array = new UnsafeBuffer(new byte[LENGTH]);
    writeFrame(array, 0, 1);
    final int crc = checksum.crc32c(array, 0, LENGTH);

    final MutableDirectBuffer slice = new UnsafeBuffer(new byte[LENGTH + 64], 24, LENGTH + 16);
    final MutableDirectBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH + 8));
    final MutableDirectBuffer directSlice = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH + 64), 32, LENGTH + 8);
    final MutableDirectBuffer heapBytes = new UnsafeBuffer(ByteBuffer.allocate(LENGTH + 64), 16, LENGTH + 8);
    for (final MutableDirectBuffer other : new MutableDirectBuffer[] {slice, direct, directSlice, heapBytes}) {
      other.putBytes(8, array, 0, LENGTH);
      assertEquals(crc, checksum.crc32c(other, 8, LENGTH), other::toString);
      assertEquals(crc, checksum.crc32c(other, 8, LENGTH), "a second time");
    }
  }

  @Test
  void shouldRefuseABufferOverForeignMemory() {
    final ByteBuffer owner = ByteBuffer.allocateDirect(LENGTH);
    final UnsafeBuffer foreign = new UnsafeBuffer(new UnsafeBuffer(owner).addressOffset(), LENGTH);

    assertThrows(IllegalArgumentException.class, () -> checksum.crc32c(foreign, 0, LENGTH));
    assertEquals(0, owner.position());
  }

  @Test
  void shouldNoticeEverySingleFlippedBit() {
    final MutableDirectBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH));
    writeFrame(buffer, 0, 1);
    stamp(buffer, FrameChecksum.CHAIN_SEED);
    assertTrue(isIntact(buffer, FrameChecksum.CHAIN_SEED));

    for (int bit = 0; bit < LENGTH * Byte.SIZE; bit++) {
      flip(buffer, bit);
      assertFalse(isIntact(buffer, FrameChecksum.CHAIN_SEED), "bit " + bit);
      flip(buffer, bit);
    }
    assertTrue(isIntact(buffer, FrameChecksum.CHAIN_SEED));
  }

  @Test
  void shouldNoticeFramesInAnotherOrderOrMissing() {
    final Random random = new Random(SEED);
    final int[] crcs = random.ints(64).toArray();
    final long end = chainOf(crcs);

    for (int i = 0; i + 1 < crcs.length; i++) {
      final int[] swapped = crcs.clone();
      swapped[i] = crcs[i + 1];
      swapped[i + 1] = crcs[i];
      assertNotEquals(end, chainOf(swapped), "swapped at " + i);
      final int[] zeroed = crcs.clone();
      zeroed[i] = 0;
      assertNotEquals(end, chainOf(zeroed), "zeroed at " + i);
    }
    assertNotEquals(FrameChecksum.CHAIN_SEED, FrameChecksum.chain(FrameChecksum.CHAIN_SEED, 0));
  }

  @Test
  void shouldNotDependOnWhatTheFrameHeldBeforeItWasBegun() {
    final MutableDirectBuffer clean = new UnsafeBuffer(new byte[LENGTH]);
    final MutableDirectBuffer dirty = new UnsafeBuffer(new byte[LENGTH]);
    dirty.setMemory(0, LENGTH, (byte) 0xA5);
    writeFrame(clean, 0, 1);
    writeFrame(dirty, 0, 1);

    assertEquals(checksum.crc32c(clean, 0, LENGTH), checksum.crc32c(dirty, 0, LENGTH));
  }

  private void writeFrame(final MutableDirectBuffer buffer, final int offset, final long sequence) {
    frame.wrap(buffer, offset).begin(1, 10, 0, BODY_LENGTH, BODY_LENGTH).sequence(sequence).engineTimeNs(2);
    for (int i = 0; i < BODY_LENGTH; i++) {
      buffer.putByte(frame.bodyOffset() + i, (byte) (i * 37));
    }
  }

  private void stamp(final MutableDirectBuffer buffer, final long previousChain) {
    final int crc = checksum.crc32c(buffer, 0, LENGTH);
    frame.wrap(buffer, 0).crc32c(crc).chain(FrameChecksum.chain(previousChain, crc));
  }

  private boolean isIntact(final MutableDirectBuffer buffer, final long previousChain) {
    final int crc = checksum.crc32c(buffer, 0, LENGTH);
    frame.wrap(buffer, 0);
    return crc == frame.crc32c() && FrameChecksum.chain(previousChain, crc) == frame.chain();
  }

  private static void flip(final MutableDirectBuffer buffer, final int bit) {
    final int index = bit / Byte.SIZE;
    buffer.putByte(index, (byte) (buffer.getByte(index) ^ 1 << bit % Byte.SIZE));
  }

  private static long chainOf(final int[] crcs) {
    long chain = FrameChecksum.CHAIN_SEED;
    for (final int crc : crcs) {
      chain = FrameChecksum.chain(chain, crc);
    }
    return chain;
  }
}
