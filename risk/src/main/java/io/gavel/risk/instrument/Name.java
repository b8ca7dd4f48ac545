package io.gavel.risk.instrument;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.Text32;
import org.jspecify.annotations.Nullable;

/** A symbol or account name as the four words of a {@link Text32}; all zero is none. */
public record Name(long w0, long w1, long w2, long w3) {

  public boolean isNone() {
    return Text32.isNone(w0, w1, w2, w3);
  }

  public boolean isValid() {
    return Text32.isValid(w0, w1, w2, w3);
  }

  /** Word {@code index}, 0 to 3. */
  public long word(final int index) {
    return switch (index) {
      case 0 -> w0;
      case 1 -> w1;
      case 2 -> w2;
      default -> w3;
    };
  }

  /** Spread out: names that count up differ in a few bits only, and a record's own hash leaves them side by side. */
  @Override
  public int hashCode() {
    final long hash = Text32.hash(w0, w1, w2, w3);
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }

  @Override
  public boolean equals(final @Nullable Object other) {
    return other instanceof final Name name && w0 == name.w0 && w1 == name.w1 && w2 == name.w2 && w3 == name.w3;
  }

  public void save(final SnapshotSink sink) {
    sink.putLong(w0);
    sink.putLong(w1);
    sink.putLong(w2);
    sink.putLong(w3);
  }

  public static Name load(final SnapshotSource source) {
    return new Name(source.getLong(), source.getLong(), source.getLong(), source.getLong());
  }

  @Override
  public String toString() {
    return Text32.toString(w0, w1, w2, w3);
  }
}
