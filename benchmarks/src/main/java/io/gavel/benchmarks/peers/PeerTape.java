package io.gavel.benchmarks.peers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * An order flow in memory, five words a message as the file has them, so that reading a message costs the same whoever
 * plays it. Immutable; any thread.
 *
 * <pre>
 *   word 0   type (8 bit) | side (8) | ioc (8) | unused (8) | quantity (32)
 *   word 1   sequence        word 2   order id        word 3   price in ticks
 *   word 4   1: a modify whose quantity is what is open, so that only the price is new
 * </pre>
 */
final class PeerTape {

  static final int WORDS = 5;

  private static final int NEW = 0;
  private static final int CANCEL = 1;
  private static final int MODIFY = 2;
  /** Messages between two publications of reports: each costs a cache line that the reader holds. */
  private static final int PUBLISH_MASK = 31;

  private static final long MAGIC = 0x4d45_4257_5f30_3031L;
  private static final int HEADER_LENGTH = 16;

  private final long[] words;

  private PeerTape(final long[] words) {
    this.words = words;
  }

  /** Reads a tape, also one that is gzipped. */
  static PeerTape load(final Path file) throws IOException {
    final byte[] bytes;
    try (InputStream in = open(file)) {
      bytes = in.readAllBytes();
    }
    final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < HEADER_LENGTH || MAGIC != buffer.getLong(0)) {
      throw new IOException(file + ": not an order flow: its first 8 bytes are not the magic of one");
    }
    final long messages = Integer.toUnsignedLong(buffer.getInt(HEADER_LENGTH - Integer.BYTES));
    final long expected = HEADER_LENGTH + messages * WORDS * Long.BYTES;
    if (expected != bytes.length) {
      throw new IOException(file + ": " + messages + " messages are announced, which is " + expected
          + " bytes, but there are " + bytes.length);
    }
    final long[] words = new long[(int) messages * WORDS];
    buffer.position(HEADER_LENGTH);
    buffer.asLongBuffer().get(words);
    checkTypes(words, file);
    return new PeerTape(words);
  }

  private static void checkTypes(final long[] words, final Path file) throws IOException {
    for (int at = 0; at < words.length; at += WORDS) {
      if (type(words[at]) > MODIFY) {
        throw new IOException(file + ": message " + (at / WORDS + 1) + ": type " + type(words[at])
            + ", expected 0 new, 1 cancel or 2 modify");
      }
    }
  }

  private static InputStream open(final Path file) throws IOException {
    final InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : new BufferedInputStream(in, 1 << 16);
  }

  int messages() {
    return words.length / WORDS;
  }

  /** No fewer orders than are ever live at once: what a pool must hold. Fills only make it fewer. */
  int liveOrdersMax() {
    final Set<Long> live = new HashSet<>();
    int max = 1;
    for (int at = 0; at < words.length; at += WORDS) {
      final int type = type(words[at]);
      if (NEW == type && 0 == (words[at] >>> 16 & 0xff)) {
        live.add(words[at + 2]);
        max = Math.max(max, live.size());
      } else if (CANCEL == type) {
        live.remove(words[at + 2]);
      }
    }
    return max + 1;
  }

  /** Plays messages from one index to another, that one excluded. */
  void play(final PeerBook book, final Reports reports, final int from, final int to) {
    final long[] tape = words;
    for (int message = from; message < to; message++) {
      final int at = message * WORDS;
      final long head = tape[at];
      final boolean isBuy = 0 == (head >>> 8 & 0xff);
      switch (type(head)) {
        case NEW -> book.place(tape[at + 1], tape[at + 2], isBuy, 0 != (head >>> 16 & 0xff), head >>> 32, tape[at + 3]);
        case CANCEL -> book.cancel(tape[at + 1], tape[at + 2], isBuy);
        default -> {
          if (0 == tape[at + 4]) {
            book.modify(tape[at + 1], tape[at + 2], isBuy, head >>> 32, tape[at + 3]);
          } else {
            book.move(tape[at + 1], tape[at + 2], isBuy, head >>> 32, tape[at + 3]);
          }
        }
      }
      if (PUBLISH_MASK == (message & PUBLISH_MASK)) {
        reports.publish();
      }
    }
    reports.publish();
  }

  private static int type(final long head) {
    return (int) head & 0xff;
  }
}
