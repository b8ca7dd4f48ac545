package io.gavel.adapters.backtest.tape;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a tape come from: a file, plain or gzip by its first two bytes, the demo, or a generator. */
public final class TapeInput {

  /** The path that names the bundled week of real trades. */
  public static final String DEMO = "demo:";

  /** How the names of generated tapes begin: {@code gen:crash/7/trades}. */
  public static final String GENERATED = GeneratedTape.PREFIX;

  private static final String DEMO_RESOURCE = "/bitstamp_trades_from_20131125_usd.csv";
  private static final int CHUNK = 1 << 16;

  /** How many stored bytes have been read. */
  static final class Meter {
    private long bytes;

    long bytes() {
      return bytes;
    }
  }

  private static final class MeteredStream extends FilterInputStream {
    private final Meter meter;

    MeteredStream(final InputStream in, final Meter meter) {
      super(in);
      this.meter = meter;
    }

    @Override
    public int read() throws IOException {
      final int read = in.read();
      meter.bytes += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
      final int read = in.read(bytes, offset, length);
      meter.bytes += Math.max(0, read);
      return read;
    }
  }

  private final String name;
  private final @Nullable Path path;

  private TapeInput(final String name, final @Nullable Path path) {
    this.name = name;
    this.path = path;
  }

  /** {@code path} as written in a scenario: {@link #DEMO}, or a file relative to {@code base}. */
  public static TapeInput of(final String path, final Path base) {
    return path.startsWith(GENERATED) ? new TapeInput(path, null)
        : DEMO.equals(path) ? new TapeInput(DEMO_RESOURCE.substring(1), null)
        : new TapeInput(path, base.resolve(path));
  }

  public static TapeInput of(final Path path) {
    return new TapeInput(path.toString(), path);
  }

  /** How messages call it. */
  public String name() {
    return name;
  }

  /** Whether there is something to open. */
  public boolean exists() {
    if (name.startsWith(GENERATED)) {
      return GeneratedTape.isKnown(name);
    }
    return null == path ? null != TapeInput.class.getResource(DEMO_RESOURCE) : Files.isRegularFile(path);
  }

  /** Bytes as stored, compressed or not; 0: not known. */
  long storedBytes() {
    try {
      final byte[] generated = GeneratedTape.bytes(name);
      if (null != generated) {
        return generated.length;
      }
      if (null != path) {
        return Files.size(path);
      }
      final URL resource = TapeInput.class.getResource(DEMO_RESOURCE);
      return null == resource ? 0 : Math.max(0, resource.openConnection().getContentLengthLong());
    } catch (final IOException e) {
      return 0;
    }
  }

  /** Opens the decompressed bytes; {@code meter} counts the stored ones as they are read. */
  InputStream open(final Meter meter) {
    try {
      final InputStream raw = new MeteredStream(openRaw(), meter);
      final BufferedInputStream buffered = new BufferedInputStream(raw, CHUNK);
      buffered.mark(2);
      final boolean gzip = 0x1f == buffered.read() && 0x8b == buffered.read();
      buffered.reset();
      return gzip ? new GZIPInputStream(buffered, CHUNK) : buffered;
    } catch (final IOException e) {
      throw new TapeException(name + ": cannot be opened: " + e.getMessage(), e);
    }
  }

  private InputStream openRaw() throws IOException {
    if (!exists()) {
      throw new TapeException(name + ": no such file");
    }
    final byte[] generated = GeneratedTape.bytes(name);
    if (null != generated) {
      return new ByteArrayInputStream(generated);
    }
    if (null != path) {
      return Files.newInputStream(path);
    }
    final InputStream resource = TapeInput.class.getResourceAsStream(DEMO_RESOURCE);
    if (null == resource) {
      throw new TapeException(name + ": no such resource");
    }
    return resource;
  }
}
