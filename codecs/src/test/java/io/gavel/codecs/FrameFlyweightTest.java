package io.gavel.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FrameFlyweightTest {

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
  private final FrameFlyweight frame = new FrameFlyweight();

  @Test
  void shouldReadBackEveryFieldAtItsDocumentedOffset() {
    buffer.setMemory(0, 256, (byte) 0xFF);

    frame.wrap(buffer, 16).begin(0xFEDC, 0xFEDD, 0xFEDE, 0xFEDF, 13);
    frame.sequence(0x0102030405060708L).engineTimeNs(-3).intendedTimeNs(Long.MIN_VALUE).chain(-5).crc32c(0x80000001);

    assertEquals(72, frame.length());
    assertEquals(1, frame.frameVersion());
    assertEquals(0, frame.flags());
    assertEquals(0xFEDC, frame.schemaId());
    assertEquals(0xFEDD, frame.templateId());
    assertEquals(0xFEDE, frame.version());
    assertEquals(0xFEDF, frame.blockLength());
    assertEquals(0x0102030405060708L, frame.sequence());
    assertEquals(-3, frame.engineTimeNs());
    assertEquals(Long.MIN_VALUE, frame.intendedTimeNs());
    assertEquals(-5, frame.chain());
    assertEquals(0x80000001, frame.crc32c());
    assertEquals(72, frame.bodyOffset());
    assertEquals(8, buffer.getByte(16 + 16), "sequence is little endian at offset 16");
    assertEquals((byte) 0xDD, buffer.getByte(16 + 8), "templateId is little endian at offset 8");
    assertEquals(72, FrameFlyweight.lengthOf(buffer, 16));
    assertEquals(0xFEDD, FrameFlyweight.templateIdOf(buffer, 16));
    assertEquals(0x0102030405060708L, FrameFlyweight.sequenceOf(buffer, 16));
  }

  @Test
  void shouldPadWithZerosUpToTheAlignmentAndTouchNothingElse() {
    buffer.setMemory(0, 256, (byte) 0xFF);

    frame.wrap(buffer, 16).begin(1, 2, 3, 13, 13);

    for (int i = 0; i < 13; i++) {
      assertEquals((byte) 0xFF, buffer.getByte(frame.bodyOffset() + i), "body is the caller's");
    }
    for (int i = 13; i < 16; i++) {
      assertEquals(0, buffer.getByte(frame.bodyOffset() + i), "pad");
    }
    assertEquals((byte) 0xFF, buffer.getByte(15));
    assertEquals((byte) 0xFF, buffer.getByte(16 + 72));
  }

  @Test
  void shouldRoundFrameLengthsUpToEight() {
    assertEquals(56, FrameDescriptor.frameLength(0));
    assertEquals(64, FrameDescriptor.frameLength(1));
    assertEquals(64, FrameDescriptor.frameLength(8));
    assertEquals(72, FrameDescriptor.frameLength(9));
    assertEquals(16, EventDescriptor.eventLength(0));
    assertEquals(24, EventDescriptor.eventLength(3));
  }
}
