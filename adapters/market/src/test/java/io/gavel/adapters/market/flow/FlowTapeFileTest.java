package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what was written is read; what is damaged is refused with its place, and never half read. */
class FlowTapeFileTest {

  private static final FlowTape TAPE = FlowGenerator.generate(FlowScenario.NORMAL, 5, 50);

  @TempDir
  private Path dir;

  @Test
  void shouldReadWhatItWrote() throws IOException {
    for (final String name : new String[] {"tape.bin", "tape.bin.gz"}) {
      // More than one block of the reader.
      for (final int orders : new int[] {1, 50, 60_000}) {
        final FlowTape tape = FlowGenerator.generate(FlowScenario.SWING_25, orders, orders);
        FlowTapeFile.write(tape, dir.resolve(name));

        assertEquals(tape, FlowTapeFile.read(dir.resolve(name)));
      }
    }
  }

  @Test
  void shouldLayATapeOutAsTheFormatSays() throws IOException {
    FlowTapeFile.write(new TapeTraffic().iocSell(9, 101, 7).cancel(9).tape(), dir.resolve("t.bin"));

    final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(dir.resolve("t.bin"))).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(16 + 2 * 40, bytes.capacity());
    assertEquals(0x4D4542575F303031L, bytes.getLong(0));
    assertEquals(1, bytes.getInt(8));
    assertEquals(2, bytes.getInt(12));
    assertEquals(0, bytes.get(16));
    assertEquals(1, bytes.get(17));
    assertEquals(1, bytes.get(18));
    assertEquals(7, bytes.getInt(20));
    assertEquals(0, bytes.getLong(24));
    assertEquals(9, bytes.getLong(32));
    assertEquals(101, bytes.getLong(40));
    assertEquals(1, bytes.get(56));
    assertEquals(1, bytes.getLong(64));
  }

  @Test
  void shouldRefuseAFileThatIsNoTape() {
    assertRefused(0, "magic", bytes -> bytes.putLong(0, 1), "is no order flow");
    assertRefused(0, "version", bytes -> bytes.putInt(8, 2), "version 2, expected 1");
    assertRefused(0, "count", bytes -> bytes.putInt(12, -1), "promises 4294967295");
  }

  @Test
  void shouldNameTheRecordThatBreaksARule() {
    assertRefused(3, "type", bytes -> bytes.put(at(3), (byte) 3), "type 3");
    assertRefused(1, "type", bytes -> bytes.put(at(1), (byte) -1), "type 255");
    assertRefused(2, "side", bytes -> bytes.put(at(2) + 1, (byte) 2), "side 2");
    assertRefused(4, "ioc", bytes -> bytes.put(at(4) + 2, (byte) 9), "ioc 9");
    assertRefused(1, "size", bytes -> bytes.putInt(at(1) + 4, 0), "quantity 0");
    assertRefused(1, "price", bytes -> bytes.putLong(at(1) + 24, 0), "price 0");
    assertRefused(1, "price", bytes -> bytes.putLong(at(1) + 24, -5), "price -5");
    assertRefused(1, "price", bytes -> bytes.putLong(at(1) + 24, 1L << 31), "price 2147483648");
  }

  @Test
  void shouldRefuseAModifyThatIsImmediate() {
    final long word = FlowTape.word(FlowTape.MODIFY, true, true, 5);
    final TapeTraffic traffic = new TapeTraffic().buy(1, 10, 1).add(word, 1, 10);

    assertEquals(2, assertThrows(FlowTapeException.class, traffic::tape).record());
  }

  /** Cut at each byte: the number told is that of the record that is not whole. */
  @Test
  void shouldRefuseATapeThatIsCutShort() throws IOException {
    final byte[] whole = bytes();
    for (int length = 0; length < whole.length; length++) {
      final long record = length < 16 ? 0 : (length - 16) / 40 + 1;
      assertRefused(record, Arrays.copyOf(whole, length), "");
    }
  }

  @Test
  void shouldRefuseBytesBehindTheEnd() throws IOException {
    final byte[] whole = bytes();
    assertRefused(0, Arrays.copyOf(whole, whole.length + 1), "goes on");
    assertRefused(0, Arrays.copyOf(whole, whole.length + 40), "goes on");
  }

  @Test
  void shouldRefuseDamagedCompression() throws IOException {
    final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes());
    }
    final byte[] whole = zipped.toByteArray();
    final Path file = dir.resolve("cut.bin.gz");
    for (final int length : new int[] {0, 5, 12, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(FlowTapeException.class, () -> FlowTapeFile.read(file), "length " + length);
    }
    Files.write(file, bytes());
    assertThrows(FlowTapeException.class, () -> FlowTapeFile.read(file));
  }

  @Test
  void shouldSayThatAFileIsNotThere() {
    assertThrows(NoSuchFileException.class, () -> FlowTapeFile.read(dir.resolve("none.bin")));
    assertThrows(NoSuchFileException.class, () -> FlowTapeFile.read(dir.resolve("none.bin.gz")));
    assertThrows(IOException.class, () -> FlowTapeFile.read(dir));
  }

  /** Any bytes are a tape that replays as the obvious matcher says, or are refused: nothing else is thrown. */
  @Test
  void shouldSurviveAnyDamage() throws IOException {
    final byte[] whole = bytes();
    int replayed = 0;
    for (int seed = 1; seed <= 2_000; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final byte[] damaged = whole.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(random.nextBoolean() ? 3 : 256);
      }
      try {
        final FlowTape tape = read(damaged);
        final ByteArrayOutputStream text = new ByteArrayOutputStream();
        FlowReports.of(tape).writeTo(text);
        assertEquals(ReferenceMatcher.reports(tape), text.toString(StandardCharsets.US_ASCII), "seed " + seed);
        replayed++;
      } catch (final FlowTapeException e) {
        assertTrue(e.record() >= 0, e.getMessage());
      }
    }
    assertTrue(replayed > 200 && replayed < 1_900, "replayed " + replayed);
  }

  private static FlowTape read(final byte[] bytes) throws IOException {
    return FlowTapeFile.read(Channels.newChannel(new ByteArrayInputStream(bytes)));
  }

  private static int at(final int record) {
    return 16 + 40 * (record - 1);
  }

  private byte[] bytes() throws IOException {
    FlowTapeFile.write(TAPE, dir.resolve("whole.bin"));
    return Files.readAllBytes(dir.resolve("whole.bin"));
  }

  private void assertRefused(
      final long record, final String what, final Consumer<ByteBuffer> damage, final String saying) {
    final byte[] bytes;
    try {
      bytes = bytes();
      damage.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      assertRefused(record, bytes, saying);
    } catch (final IOException e) {
      throw new AssertionError(what, e);
    }
  }

  private void assertRefused(final long record, final byte[] bytes, final String saying) {
    final FlowTapeException e = assertThrows(FlowTapeException.class, () -> read(bytes), saying);
    assertEquals(record, e.record(), e.getMessage());
    assertTrue(e.getMessage().contains(saying), e.getMessage());
  }
}
