package io.gavel.engine.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Holds a directory for one engine: a second one, in this process or another, is turned away. */
public final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "gavel.lock";

  /**
   * Directories that this process holds. Asked before the file is opened: closing any descriptor of a locked file gives
   * up the lock of the whole process.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;
  private boolean closed;

  private DirectoryLock(final Path held, final FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /** Creates the directory when it is missing, and locks it; throws IllegalStateException when somebody has it. */
  public static DirectoryLock acquire(final Path dir) {
    Path real = null;
    FileChannel channel = null;
    try {
      real = Files.createDirectories(dir).toRealPath();
      if (!HELD.add(real)) {
        real = null;
        throw new IllegalStateException("another engine of this process has the directory: " + dir.toAbsolutePath());
      }
      channel = FileChannel.open(dir.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (null == tryLock(channel)) {
        throw new IllegalStateException("another process has the directory: " + dir.toAbsolutePath());
      }
      final long pid = ProcessHandle.current().pid();
      channel.truncate(0).write(ByteBuffer.wrap(("pid " + pid + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      final DirectoryLock lock = new DirectoryLock(real, channel);
      channel = null;
      real = null;
      return lock;
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot lock " + dir, ex);
    } finally {
      closeQuietly(channel);
      if (null != real) {
        HELD.remove(real);
      }
    }
  }

  /** Lets go; the operating system does it too when the process dies. Idempotent. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closeQuietly(channel);
      HELD.remove(held);
    }
  }

  private static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (final OverlappingFileLockException ex) {
      return null;
    }
  }

  private static void closeQuietly(final @Nullable FileChannel channel) {
    if (null != channel) {
      try {
        channel.close();
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot close the lock", ex);
      }
    }
  }
}
