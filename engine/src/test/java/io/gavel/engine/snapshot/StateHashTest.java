package io.gavel.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StateHashTest {

  /** Saves its values; nothing when it has none. */
  private record Values(int componentId, List<Long> values) implements StateOwner {

    Values(final int componentId, final long... values) {
      this(componentId, LongStream.of(values).boxed().toList());
    }

    @Override
    public String componentName() {
      return "values";
    }

    @Override
    public void save(final SnapshotSink sink) {
      values.forEach(value -> {
        sink.putInt(value.intValue());
        sink.putLong(value);
      });
    }

    @Override
    public void load(final SnapshotSource source) {
      throw new UnsupportedOperationException("only hashed");
    }
  }

  @Test
  void shouldBeTheDigestOfIdsAndDigestsAsWrittenDown() throws NoSuchAlgorithmException {
    final MessageDigest inner = MessageDigest.getInstance("SHA-256");
    final ByteBuffer encoding = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    inner.update(encoding.putInt(5).putLong(5).putInt(-1).putLong(-1).array());
    final MessageDigest outer = MessageDigest.getInstance("SHA-256");
    outer.update(new byte[] {7, 0, 0, 0});
    outer.update(inner.digest());

    assertEquals(HexFormat.of().formatHex(outer.digest()), StateHash.of(List.of(new Values(7, 5, -1))));
  }

  @Test
  void shouldNotSeeEmptyComponentsNorTheirOrder() {
    final String hash = StateHash.of(List.of(new Values(1, 5), new Values(2, 6)));
    assertEquals(hash, StateHash.of(List.of(new Values(9), new Values(2, 6), new Values(1, 5))));
    assertNotEquals(hash, StateHash.of(List.of(new Values(2, 5), new Values(1, 6))));
    assertEquals(StateHash.EMPTY, StateHash.of(List.of(new Values(3))));
    assertEquals("", StateHash.ofComponent(new Values(3)));
  }

  @Test
  void shouldSeeEveryValueOfALongEncoding() {
    final long[] values = LongStream.range(0, 10_000).toArray();
    final String hash = StateHash.of(List.of(new Values(1, values)));
    values[7_777]++;
    assertNotEquals(hash, StateHash.of(List.of(new Values(1, values))));
  }

  @Test
  void shouldGiveBackInOrderWhatWasSaved() {
    final BufferSnapshotSink sink = new BufferSnapshotSink();
    for (int i = 0; i < 1_000; i++) {
      sink.putInt(i);
      sink.putLong(-i);
    }
    final BufferSnapshotSource source = new BufferSnapshotSource(sink.toBytes());
    for (int i = 0; i < 1_000; i++) {
      assertEquals(i, source.getInt());
      assertEquals(-i, source.getLong());
    }
    assertTrue(source.isExhausted());
  }
}
