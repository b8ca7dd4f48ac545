package io.gavel.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes small tapes by hand. */
public final class TapeBytes {

  public static final int NEW = 0;
  public static final int CANCEL = 1;
  public static final int MODIFY = 2;
  public static final int BUY = 0;
  public static final int SELL = 1;

  private final List<long[]> messages = new ArrayList<>();

  public TapeBytes add(final int type, final int side, final int ioc, final long lots, final long id,
      final long ticks) {
    messages.add(new long[] {type, side, ioc, lots, id, ticks});
    return this;
  }

  public byte[] bytes() {
    final ByteBuffer buffer = ByteBuffer.allocate(16 + 40 * messages.size()).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(0x4d45_4257_5f30_3031L).putInt(1).putInt(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      final long[] m = messages.get(i);
      buffer.put((byte) m[0]).put((byte) m[1]).put((byte) m[2]).put((byte) 0).putInt((int) m[3]).putLong(i)
          .putLong(m[4]).putLong(m[5]).putLong(0);
    }
    return buffer.array();
  }

  public Path writeTo(final Path file) throws IOException {
    return Files.write(file, bytes());
  }

  /** Two sells, a buy that takes the first and half of the second, what is gone, an order that would not wait. */
  public static TapeBytes sample() {
    return new TapeBytes()
        .add(NEW, SELL, 0, 5, 1, 100)
        .add(NEW, SELL, 0, 4, 2, 101)
        .add(NEW, BUY, 0, 7, 3, 101)
        .add(CANCEL, SELL, 0, 5, 1, 100)
        .add(MODIFY, SELL, 0, 9, 1, 99)
        .add(MODIFY, SELL, 0, 6, 2, 102)
        .add(NEW, BUY, 1, 9, 4, 102)
        .add(NEW, BUY, 0, 3, 5, 90)
        .add(NEW, BUY, 0, 2, 6, 90)
        .add(CANCEL, BUY, 0, 3, 5, 90);
  }

  /** What an engine reports on it. */
  public static String sampleReports() {
    return """
        0,0,1,1,100,5
        0,1,1,2,101,4
        0,2,0,3,101,7
        1,2,100,5,1,3
        1,2,101,2,2,3
        4,3,1
        5,4,1
        3,5,1,2,102,6
        0,6,0,4,102,9
        1,6,102,6,2,4
        2,6,0,4,102
        0,7,0,5,90,3
        0,8,0,6,90,2
        2,9,0,5,90""";
  }
}
