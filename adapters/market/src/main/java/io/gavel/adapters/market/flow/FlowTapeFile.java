package io.gavel.adapters.market.flow;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Reads and writes tapes; a file whose name ends in {@code .gz} is compressed. A file is read in blocks, so that a
 * header that promises more than there is costs no memory. A write that fails may leave half a file.
 */
public final class FlowTapeFile {

  private static final String GZIP = ".gz";
  private static final int BLOCK_MESSAGES = 1 << 15;
  private static final int GZIP_BUFFER_LENGTH = 1 << 16;

  private FlowTapeFile() {
  }

  /**
   * Reads and checks a whole tape.
   *
   * @throws FlowTapeException when it is none, is cut short, goes on behind its end, or a record breaks the rules
   * @throws IOException       when the file cannot be read
   */
  public static FlowTape read(final Path file) throws IOException {
    try (ReadableByteChannel in = open(file)) {
      return read(in);
    } catch (final EOFException | ZipException e) {
      throw fault("compressed data is damaged: " + e.getMessage());
    }
  }

  /** Writes a tape; the same tape gives the same bytes where the name does not end in {@code .gz}. */
  public static void write(final FlowTape tape, final Path file) throws IOException {
    final ByteBuffer block =
        ByteBuffer.allocate(BLOCK_MESSAGES * FlowTape.MESSAGE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out = create(file)) {
      block.putLong(FlowTape.MAGIC).putInt(FlowTape.VERSION).putInt(tape.messages());
      out.write(block.array(), 0, block.position());
      int at = 0;
      final int end = tape.messages() * FlowTape.WORDS;
      while (at < end) {
        final int count = Math.min(end - at, BLOCK_MESSAGES * FlowTape.WORDS);
        block.clear().asLongBuffer().put(tape.words(), at, count);
        out.write(block.array(), 0, count * Long.BYTES);
        at += count;
      }
    }
  }

  /** As {@link #read(Path)}, of bytes that are not compressed. */
  static FlowTape read(final ReadableByteChannel in) throws IOException {
    final int messages = readHeader(in);
    final int blockMessages = Math.max(1, Math.min(messages, BLOCK_MESSAGES));
    final ByteBuffer block =
        ByteBuffer.allocateDirect(blockMessages * FlowTape.MESSAGE_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    long[] words = new long[blockMessages * FlowTape.WORDS];
    int done = 0;
    while (done < messages) {
      final int wanted = Math.min(messages - done, blockMessages);
      fill(in, block.clear().limit(wanted * FlowTape.MESSAGE_LENGTH));
      if (block.hasRemaining()) {
        final int whole = block.position() / FlowTape.MESSAGE_LENGTH;
        throw new FlowTapeException(done + whole + 1L, "cut short after " + block.position() % FlowTape.MESSAGE_LENGTH
            + " of " + FlowTape.MESSAGE_LENGTH + " bytes; the header promises " + messages + " records");
      }
      if (words.length < (done + wanted) * FlowTape.WORDS) {
        words = Arrays.copyOf(words, (int) Math.min((long) messages * FlowTape.WORDS, 4L * words.length));
      }
      block.flip().asLongBuffer().get(words, done * FlowTape.WORDS, wanted * FlowTape.WORDS);
      done += wanted;
    }
    fill(in, block.clear().limit(1));
    if (!block.hasRemaining()) {
      throw fault("goes on behind its last record; the header promises " + messages);
    }
    return FlowTape.of(words, messages);
  }

  private static int readHeader(final ReadableByteChannel in) throws IOException {
    final ByteBuffer header = ByteBuffer.allocate(FlowTape.HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    fill(in, header);
    if (header.hasRemaining()) {
      throw fault("is " + header.position() + " bytes long, expected a header of " + FlowTape.HEADER_LENGTH);
    }
    final long magic = header.flip().getLong();
    final int version = header.getInt();
    final long messages = Integer.toUnsignedLong(header.getInt());
    if (FlowTape.MAGIC != magic) {
      throw fault("is no order flow: begins with " + Long.toHexString(magic) + ", expected "
          + Long.toHexString(FlowTape.MAGIC) + " (MEBW_001)");
    }
    if (FlowTape.VERSION != version) {
      throw fault("is of version " + Integer.toUnsignedString(version) + ", expected " + FlowTape.VERSION);
    }
    if (messages > FlowTape.MESSAGES_MAX) {
      throw fault("promises " + messages + " records, expected at most " + FlowTape.MESSAGES_MAX);
    }
    return (int) messages;
  }

  private static FlowTapeException fault(final String message) {
    return new FlowTapeException(FlowTapeException.NULL_RECORD, message);
  }

  private static void fill(final ReadableByteChannel in, final ByteBuffer buffer) throws IOException {
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = in.read(buffer);
    }
  }

  private static ReadableByteChannel open(final Path file) throws IOException {
    if (!file.toString().endsWith(GZIP)) {
      return Files.newByteChannel(file);
    }
    final InputStream raw = Files.newInputStream(file);
    try {
      return Channels.newChannel(new GZIPInputStream(raw, GZIP_BUFFER_LENGTH));
    } catch (final IOException e) {
      raw.close();
      throw e;
    }
  }

  private static OutputStream create(final Path file) throws IOException {
    final OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file), GZIP_BUFFER_LENGTH);
    return file.toString().endsWith(GZIP) ? new GZIPOutputStream(raw, GZIP_BUFFER_LENGTH) : raw;
  }
}
