package io.gavel.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandValidatorTest {

  private static final long SEED = 42L;
  private static final int LEGS_OFFSET = FrameDescriptor.HEADER_LENGTH + ArmRuleDecoder.BLOCK_LENGTH;

  private final CommandValidator validator = new CommandValidator();
  private final List<CommandFrames.Template> templates = CommandFrames.all();

  @Test
  void shouldAcceptOneValidFrameOfEachTemplate() {
    final Set<Integer> ids = new HashSet<>();
    for (final CommandFrames.Template template : templates) {
      final UnsafeBuffer frame = template.frame();
      assertEquals(ReasonCode.OK, validate(frame), template.name());
      ids.add(FrameFlyweight.templateIdOf(frame, 0));

      final UnsafeBuffer wide = new UnsafeBuffer(new byte[frame.capacity() + 24]);
      wide.setMemory(0, wide.capacity(), (byte) 0xFF);
      wide.putBytes(13, frame, 0, frame.capacity());
      assertEquals(ReasonCode.OK, validator.validate(wide, 13, frame.capacity()), "at any offset");
    }
    assertEquals(60, ids.size());
  }

  @Test
  void shouldRefuseEveryTruncationOfEveryTemplate() {
    for (final CommandFrames.Template template : templates) {
      final UnsafeBuffer frame = template.frame();
      for (int length = 0; length < frame.capacity(); length++) {
        assertEquals(ReasonCode.MALFORMED, validator.validate(frame, 0, length), template.name() + " " + length);
        final byte[] cut = new byte[length];
        frame.getBytes(0, cut);
        final UnsafeBuffer truncated = new UnsafeBuffer(cut);
        assertEquals(ReasonCode.MALFORMED, validator.validate(truncated, 0, frame.capacity()), template.name());
        if (length >= Integer.BYTES) {
          truncated.putInt(FrameDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
          assertEquals(ReasonCode.MALFORMED, validate(truncated), template.name() + " says " + length);
        }
      }
    }
  }

  @Test
  void shouldRefuseFramesThatAreLongerThanTheirCommand() {
    for (final CommandFrames.Template template : templates) {
      final UnsafeBuffer frame = template.frame();
      for (int extra = 1; extra <= FrameDescriptor.FRAME_LENGTH_MAX + 8 - frame.capacity(); extra++) {
        final UnsafeBuffer longer = new UnsafeBuffer(new byte[frame.capacity() + extra]);
        longer.putBytes(0, frame, 0, frame.capacity());
        longer.putInt(FrameDescriptor.LENGTH_OFFSET, longer.capacity(), LITTLE_ENDIAN);
        assertEquals(ReasonCode.MALFORMED, validate(longer), template.name() + " +" + extra);
      }
    }
  }

  @Test
  void shouldRefusePadBytesThatAreNotZero() {
    for (final CommandFrames.Template template : templates) {
      final UnsafeBuffer frame = template.frame();
      final int bodyEnd = FrameDescriptor.HEADER_LENGTH + template.encoder().encodedLength();
      for (int i = bodyEnd; i < frame.capacity(); i++) {
        frame.putByte(i, (byte) 1);
        assertEquals(ReasonCode.MALFORMED, validate(frame), template.name() + " pad " + i);
        frame.putByte(i, (byte) 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
      "length, 0, 4, 0, MALFORMED", "length, 0, 4, -8, MALFORMED", "length, 0, 4, 2147483647, MALFORMED",
      "frame version older, 4, 1, 0, UNSUPPORTED_VERSION", "frame version newer, 4, 1, 2, UNSUPPORTED_VERSION",
      "flags, 5, 1, 1, MALFORMED", "schema of events, 6, 2, 2, UNKNOWN_TEMPLATE",
      "no schema, 6, 2, 0, UNKNOWN_TEMPLATE", "schema, 6, 2, 65535, UNKNOWN_TEMPLATE",
      "template 0, 8, 2, 0, UNKNOWN_TEMPLATE", "template 31, 8, 2, 31, UNKNOWN_TEMPLATE",
      "template, 8, 2, 65535, UNKNOWN_TEMPLATE", "newer version, 10, 2, 1, UNSUPPORTED_VERSION",
      "far newer version, 10, 2, 65535, UNSUPPORTED_VERSION", "no block, 12, 2, 0, MALFORMED",
      "block too long, 12, 2, 65535, MALFORMED", "reserved, 14, 2, 1, MALFORMED", "reserved, 15, 1, 128, MALFORMED",
      "reserved, 52, 4, 1, MALFORMED", "stamped sequence, 16, 4, 77, OK", "stamped chain, 40, 4, 77, OK",
      "stamped crc, 48, 4, 77, OK"})
  void shouldJudgeTheFrameHeader(
      final String what, final int offset, final int length, final int value, final ReasonCode expected) {
    for (final CommandFrames.Template template : templates) {
      final UnsafeBuffer frame = template.frame();
      put(frame, offset, length, value);
      assertEquals(expected, validate(frame), template.name() + ": " + what);
    }
  }

  @Test
  void shouldRefuseABlockLengthThatIsOffByOne() {
    for (final CommandFrames.Template template : templates) {
      for (final int off : new int[] {-1, 1}) {
        final UnsafeBuffer frame = template.frame();
        put(frame, FrameDescriptor.BLOCK_LENGTH_OFFSET, 2, template.encoder().sbeBlockLength() + off);
        assertEquals(ReasonCode.MALFORMED, validate(frame), template.name());
      }
    }
  }

  @Test
  void shouldJudgeTheCountOfLegs() {
    final CommandFrames.Template armRule = template("ArmRule");
    for (final int count : new int[] {0, 1, 2, 3, 4, 5, 255, 65_534, 65_535}) {
      final UnsafeBuffer frame = armRule.frame();
      put(frame, LEGS_OFFSET + 2, 2, count);
      final ReasonCode expected = 2 == count ? ReasonCode.OK
          : 0 == count ? ReasonCode.LEGS_MISSING : count > 4 ? ReasonCode.OUT_OF_RANGE : ReasonCode.MALFORMED;
      assertEquals(expected, validate(frame), "legs " + count);
    }
    for (final int blockLength : new int[] {0, 1, 38, 40, 65_535}) {
      final UnsafeBuffer frame = armRule.frame();
      put(frame, LEGS_OFFSET, 2, blockLength);
      assertEquals(ReasonCode.MALFORMED, validate(frame), "leg block " + blockLength);
    }
  }

  @Test
  void shouldRefuseRangesThatLieOutsideTheBuffer() {
    final UnsafeBuffer frame = template("ArmRule").frame();
    final int length = frame.capacity();
    assertEquals(ReasonCode.MALFORMED, validator.validate(frame, -8, length));
    assertEquals(ReasonCode.MALFORMED, validator.validate(frame, 8, length));
    assertEquals(ReasonCode.MALFORMED, validator.validate(frame, Integer.MAX_VALUE, length));
    assertEquals(ReasonCode.MALFORMED, validator.validate(frame, Integer.MIN_VALUE, length));
    assertEquals(ReasonCode.MALFORMED, validator.validate(frame, 0, Integer.MAX_VALUE));
    assertEquals(ReasonCode.MALFORMED, validator.validate(frame, 0, -8));
    assertEquals(ReasonCode.MALFORMED, validator.validate(new UnsafeBuffer(new byte[0]), 0, 0));
  }

  /** Goal: no bytes make it throw, and what it passes decodes. Method: valid frames, one to eight bytes changed. */
  @Test
  void shouldNeverThrowOnMutatedFrames() {
    System.out.println("CommandValidatorTest seed " + SEED);
    final Random random = new Random(SEED);
    final int[] answers = new int[256];
    for (int i = 0; i < 200_000; i++) {
      final CommandFrames.Template template = templates.get(random.nextInt(templates.size()));
      final UnsafeBuffer frame = template.frame();
      for (int n = random.nextInt(8); n >= 0; n--) {
        mutate(frame, random);
      }

      final ReasonCode answer = validate(frame);

      answers[answer.value()]++;
      if (ReasonCode.OK == answer) {
        assertEquals(frame.capacity(), FrameFlyweight.lengthOf(frame, 0));
        decodeLegs(frame);
      }
    }
    assertTrue(answers[ReasonCode.OK.value()] > 20_000, "enough pass");
    assertTrue(answers[ReasonCode.MALFORMED.value()] > 20_000, "enough are refused");
    assertTrue(answers[ReasonCode.UNKNOWN_ENUM.value()] > 100, "enums are hit");
  }

  @Test
  void shouldNeverThrowOnNoise() {
    final Random random = new Random(SEED);
    final UnsafeBuffer noise = new UnsafeBuffer(new byte[512]);
    for (int i = 0; i < 100_000; i++) {
      random.nextBytes(noise.byteArray());
      final int length = random.nextInt(65) * 8;
      if (length >= FrameDescriptor.HEADER_LENGTH && 0 != random.nextInt(4)) {
        put(noise, FrameDescriptor.LENGTH_OFFSET, 4, length);
        put(noise, FrameDescriptor.FRAME_VERSION_OFFSET, 1, FrameDescriptor.FRAME_VERSION);
        put(noise, FrameDescriptor.SCHEMA_ID_OFFSET, 2, CommandValidator.SCHEMA_ID);
      }
      assertNotEquals(ReasonCode.OK, validator.validate(noise, 0, length));
    }
  }

  @Test
  void shouldAllocateNothing() {
    final UnsafeBuffer[] frames = templates.stream().map(CommandFrames.Template::frame).toArray(UnsafeBuffer[]::new);
    validateAll(frames, 2_000);
    final com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long smallest = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5; attempt++) {
      final long before = threads.getCurrentThreadAllocatedBytes();
      final long none = threads.getCurrentThreadAllocatedBytes() - before;
      final long start = threads.getCurrentThreadAllocatedBytes();
      validateAll(frames, 2_000);
      smallest = Math.min(smallest, threads.getCurrentThreadAllocatedBytes() - start - none);
    }
    assertEquals(0, smallest, "bytes for " + 2_000 * frames.length + " frames");
  }

  private void validateAll(final UnsafeBuffer[] frames, final int rounds) {
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < frames.length; i++) {
        Invariants.check(ReasonCode.OK == validator.validate(frames[i], 0, frames[i].capacity()), "must pass");
      }
    }
  }

  private ReasonCode validate(final UnsafeBuffer frame) {
    return validator.validate(frame, 0, frame.capacity());
  }

  private CommandFrames.Template template(final String name) {
    return templates.stream().filter(t -> name.equals(t.name())).findFirst().orElseThrow();
  }

  private static void mutate(final UnsafeBuffer frame, final Random random) {
    final int index = 0 == random.nextInt(4)
        ? random.nextInt(FrameDescriptor.SEQUENCE_OFFSET)
        : FrameDescriptor.SEQUENCE_OFFSET + random.nextInt(frame.capacity() - FrameDescriptor.SEQUENCE_OFFSET);
    switch (random.nextInt(4)) {
      case 0 -> frame.putByte(index, (byte) random.nextInt());
      case 1 -> frame.putByte(index, (byte) 0xFF);
      case 2 -> frame.putByte(index, (byte) (frame.getByte(index) + 1));
      default -> frame.putByte(index, (byte) (frame.getByte(index) ^ (1 << random.nextInt(8))));
    }
  }

  private static void decodeLegs(final UnsafeBuffer frame) {
    if (ArmRuleDecoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(frame, 0)) {
      final ArmRuleDecoder rule = new ArmRuleDecoder().wrap(
          frame, FrameDescriptor.HEADER_LENGTH, ArmRuleDecoder.BLOCK_LENGTH, ArmRuleDecoder.SCHEMA_VERSION);
      int legs = 0;
      for (final ArmRuleDecoder.LegsDecoder leg : rule.legs()) {
        assertTrue(leg.levelTicks() >= 0);
        legs++;
      }
      assertEquals(2, legs);
    }
  }

  private static void put(final UnsafeBuffer frame, final int offset, final int length, final int value) {
    for (int i = 0; i < length; i++) {
      frame.putByte(offset + i, (byte) (value >>> (i * Byte.SIZE)));
    }
  }
}
