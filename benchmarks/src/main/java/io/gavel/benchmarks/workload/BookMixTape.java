package io.gavel.benchmarks.workload;

import io.gavel.codecs.sbe.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a {@link BookMix} as an order-flow tape, so that other books can play the same messages. The first
 * {@link BookMix#prefillMessages()} of them fill the book and are not to be timed.
 *
 * <pre>
 *   header    | magic u64 | version u32 | messages u32 |   little endian
 *   message   | type u8: 0 new, 1 cancel, 2 modify | side u8: 0 buy, 1 sell | ioc u8 | 0 u8 | quantity u32
 *             | sequence u64 | orderId u64 | priceTicks i64 | move i64: 1 the quantity is what is open, else 0 |
 * </pre>
 *
 * <p>The last field is not read by who plays order flows; it lets a peer use its own move, which keeps the size.
 */
public final class BookMixTape {

  private static final long MAGIC = 0x4D45_4257_5F30_3031L;
  private static final int VERSION = 1;
  private static final int HEADER_LENGTH = 16;
  private static final int MESSAGE_LENGTH = 40;
  private static final int MESSAGES_PER_WRITE = 4_096;

  private BookMixTape() {
  }

  /** {@code RESTING OPERATIONS SEED FILE}: writes the tape and prints how many of its messages fill the book. */
  public static void main(final String[] args) throws IOException {
    if (4 != args.length) {
      System.err.println("usage: RESTING OPERATIONS SEED FILE");
      System.exit(2);
    }
    final BookMix mix =
        BookMix.make(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
    write(mix, Path.of(args[3]));
    System.out.println("prefillMessages=" + mix.prefillMessages() + " messages=" + mix.messages());
  }

  /** Writes all messages; an existing file is replaced. */
  public static void write(final BookMix mix, final Path file) throws IOException {
    final ByteBuffer buffer =
        ByteBuffer.allocate(MESSAGE_LENGTH * MESSAGES_PER_WRITE + HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      buffer.putLong(MAGIC).putInt(VERSION).putInt(mix.messages());
      for (int i = 0; i < mix.messages(); i++) {
        if (buffer.remaining() < MESSAGE_LENGTH) {
          drain(buffer, out);
        }
        put(buffer, mix, i);
      }
      drain(buffer, out);
    }
  }

  private static void put(final ByteBuffer buffer, final BookMix mix, final int message) {
    final int type = switch (mix.kind(message)) {
      case BookMix.CANCEL -> 1;
      case BookMix.MOVE -> 2;
      default -> 0;
    };
    buffer.put((byte) type).put((byte) (Side.BUY == mix.side(message) ? 0 : 1))
        .put((byte) (BookMix.IOC == mix.kind(message) ? 1 : 0)).put((byte) 0)
        .putInt(mix.lots(message)).putLong(message).putLong(mix.orderId(message))
        .putLong(mix.priceTicks(message)).putLong(BookMix.MOVE == mix.kind(message) ? 1 : 0);
  }

  private static void drain(final ByteBuffer buffer, final FileChannel out) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }
}
