package io.gavel.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.SectionBeginEncoder;
import io.gavel.codecs.sbe.SectionEndEncoder;
import io.gavel.codecs.sbe.SnapshotBeginEncoder;
import io.gavel.engine.core.SampleMachine;
import io.gavel.engine.core.StateMachine;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Goal: nothing that differs in a single bit from what was written is ever loaded, and nothing of another version.
 * Method: every bit of a small snapshot flipped, every length it could be cut to, blocks moved, and well-formed
 * snapshots of tomorrow, made by writing a field and the checksum over it anew.
 */
class SnapshotDamageTest {

  private final StateMachine machine = SampleMachine.busy(5, 400);
  private final MemorySnapshotStore store = new MemorySnapshotStore();
  private final SnapshotSummary summary = SnapshotWriter.write(machine, 77, store);
  private final long sequence = summary.sequence();
  private final byte[] intact = store.bytes(sequence).clone();

  @Test
  void shouldGiveBackWhatWasWritten() {
    try (SnapshotReader reader = SnapshotReader.open(store, sequence)) {
      reader.verify();
      assertEquals(machine.config(), reader.config());
      assertEquals(new SnapshotFacts(sequence, machine.engineTimeNs(), 77, machine.eventHash(),
          reader.facts().configDigest(), StateHash.of(machine.businessState()), StateHash.of(machine.controlState()),
          intact.length), reader.facts());
      final StateMachine restored = reader.restore(true);
      assertEquals(sequence, restored.sequence());
      assertEquals(summary.stateHash(), StateHash.of(restored.businessState()));
      final MemorySnapshotStore again = new MemorySnapshotStore();
      SnapshotWriter.write(restored, 77, again);
      assertTrue(Arrays.equals(intact, again.bytes(sequence)), "a snapshot of what was restored differs");
    }
  }

  @Test
  void shouldNoticeEveryFlippedBit() {
    final byte[] bytes = store.bytes(sequence);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertDamaged("bit " + bit);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    System.out.println("snapshot of " + bytes.length + " bytes: " + 8 * bytes.length + " bits flipped, all noticed");
    SnapshotReader.open(store, sequence).restore(true);
  }

  @Test
  void shouldNoticeEveryCutAndWhateverIsAppended() {
    for (int length = 0; length < intact.length; length++) {
      store.put(sequence, Arrays.copyOf(intact, length));
      assertDamaged("cut to " + length);
    }
    for (int more = 1; more < 64; more++) {
      store.put(sequence, Arrays.copyOf(intact, intact.length + more));
      assertDamaged("longer by " + more);
    }
  }

  @Test
  void shouldNoticeRunsOfZerosNoiseAndTornPages() {
    final SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      final byte[] bytes = intact.clone();
      final int from = random.nextInt(bytes.length);
      final int to = Math.min(bytes.length, from + 1 + random.nextInt(600));
      final boolean noise = 0 == i % 2;
      for (int at = from; at < to; at++) {
        bytes[at] = noise ? (byte) random.nextInt() : 0;
      }
      if (!Arrays.equals(bytes, intact)) {
        store.put(sequence, bytes);
        assertDamaged((noise ? "noise " : "zeros ") + from + " to " + to);
      }
    }
  }

  /** Sound messages in the wrong place: each checks by itself, together they do not add up. */
  @Test
  void shouldNoticeASectionThatIsMissingOrTwiceOrMoved() {
    final int first = find(intact, SectionBeginEncoder.TEMPLATE_ID, 0, SnapshotFormat.SECTION_BEGIN_LENGTH);
    final int second = find(intact, SectionBeginEncoder.TEMPLATE_ID, first + 1, SnapshotFormat.SECTION_BEGIN_LENGTH);
    final int third = find(intact, SectionBeginEncoder.TEMPLATE_ID, second + 1, SnapshotFormat.SECTION_BEGIN_LENGTH);
    final byte[] head = Arrays.copyOf(intact, second);
    final byte[] section = Arrays.copyOfRange(intact, second, third);
    final byte[] next = Arrays.copyOfRange(intact, third, find(intact, SectionBeginEncoder.TEMPLATE_ID, third + 1,
        SnapshotFormat.SECTION_BEGIN_LENGTH));
    final byte[] rest = Arrays.copyOfRange(intact, third + next.length, intact.length);

    store.put(sequence, join(head, next, rest));
    assertDamaged("section left out");
    store.put(sequence, join(head, section, section, next, rest));
    assertDamaged("section twice");
    store.put(sequence, join(head, next, section, rest));
    assertDamaged("sections changed places");
    store.put(sequence, join(head, section, next, rest));
    SnapshotReader.open(store, sequence).restore(true);
  }

  @Test
  void shouldNoticeASnapshotUnderAnotherName() {
    store.put(sequence + 1, intact);
    final DamagedSnapshotException thrown =
        assertThrows(DamagedSnapshotException.class, () -> SnapshotReader.open(store, sequence + 1));
    assertTrue(thrown.getMessage().contains("it is named " + (sequence + 1)), thrown.getMessage());
    assertThrows(DamagedSnapshotException.class, () -> SnapshotReader.open(store, 1));
  }

  @Test
  void shouldRefuseOtherVersionsAndUnitsNamingBoth() {
    assertForeign("format version is 2, this build reads 1", begin -> begin.formatVersion(2));
    assertForeign("frame version is 9, this build reads 1", begin -> begin.frameVersion(9));
    assertForeign("version of commands is 1, this build reads 0", begin -> begin.commandSchemaVersion(1));
    assertForeign("version of events is 3, this build reads 0", begin -> begin.eventSchemaVersion(3));
    assertForeign("behaviour version is 2, this build reads 1", begin -> begin.behaviourVersion(2));
    assertForeign("unit of time is 2, this build reads 1", begin -> begin.buffer().putByte(timeUnitAt(), (byte) 2));
    assertForeign("unit of prices is 0, this build reads 1",
        begin -> begin.buffer().putByte(timeUnitAt() + 1, (byte) 0));
    assertForeign("schema is 9, this build reads 4", begin -> begin.buffer().putShort(4, (short) 9));
    assertForeign("version of its messages is 1, this build reads 0",
        begin -> begin.buffer().putShort(6, (short) 1));
  }

  /** What no checksum can notice: sound bytes that are not a state of this core. */
  @Test
  void shouldRefuseASoundSnapshotThatDoesNotGiveItsState() {
    final DamagedSnapshotException thrown = assertThrows(DamagedSnapshotException.class, () -> {
      final byte[] bytes = intact.clone();
      final int end = bytes.length - SnapshotFormat.END_LENGTH;
      final UnsafeBuffer message = new UnsafeBuffer(Arrays.copyOfRange(bytes, end, bytes.length));
      message.putLong(SnapshotFormat.HEADER_LENGTH + 16, 4711);
      SnapshotFormat.stamp(message, message.capacity(), new CRC32C());
      message.getBytes(0, bytes, end, message.capacity());
      store.put(sequence, bytes);
      SnapshotReader.open(store, sequence).restore(true);
    });
    assertTrue(thrown.getMessage().contains("the hash of the business state"), thrown.getMessage());
  }

  private static int timeUnitAt() {
    return SnapshotFormat.HEADER_LENGTH + SnapshotBeginEncoder.timeUnitEncodingOffset();
  }

  private void assertForeign(final String expected, final Consumer<SnapshotBeginEncoder> change) {
    final byte[] bytes = intact.clone();
    final UnsafeBuffer message = new UnsafeBuffer(Arrays.copyOf(bytes, SnapshotFormat.BEGIN_LENGTH));
    change.accept(new SnapshotBeginEncoder().wrap(message, SnapshotFormat.HEADER_LENGTH));
    SnapshotFormat.stamp(message, message.capacity(), new CRC32C());
    message.getBytes(0, bytes, 0, message.capacity());
    store.put(sequence, bytes);
    final ForeignSnapshotException thrown =
        assertThrows(ForeignSnapshotException.class, () -> SnapshotReader.open(store, sequence));
    assertTrue(thrown.getMessage().contains(expected), thrown.getMessage());
  }

  private void assertDamaged(final String what) {
    assertThrows(DamagedSnapshotException.class, () -> {
      try (SnapshotReader reader = SnapshotReader.open(store, sequence)) {
        reader.verify();
      }
    }, what);
  }

  private static int find(final byte[] bytes, final int templateId, final int from, final int length) {
    final CRC32C crc = new CRC32C();
    for (int at = from; at + length <= bytes.length; at++) {
      final UnsafeBuffer message = new UnsafeBuffer(Arrays.copyOfRange(bytes, at, at + length));
      if (templateId == message.getShort(2) && SectionEndEncoder.SCHEMA_ID == message.getShort(4)
          && SnapshotFormat.isIntact(message, length, crc)) {
        return at;
      }
    }
    throw new AssertionError("no such message");
  }

  private static byte[] join(final byte[]... parts) {
    final byte[] result = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (final byte[] part : parts) {
      System.arraycopy(part, 0, result, at, part.length);
      at += part.length;
    }
    return result;
  }
}
