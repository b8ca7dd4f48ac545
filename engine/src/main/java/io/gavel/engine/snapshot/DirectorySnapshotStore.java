package io.gavel.engine.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Snapshots as files of a folder, each named by its sequence. A draft is a file of another name until it is whole, on
 * disk, and renamed; what a process that died left of one is removed by the next that writes.
 *
 * <pre>
 *   DIR/snapshots/00000000000000400000.snapshot
 *   DIR/snapshots/00000000000000500000.snapshot.draft-3127-1     being written by process 3127
 * </pre>
 */
public final class DirectorySnapshotStore implements SnapshotStore {

  /** Where in an engine's directory the snapshots are. */
  public static final String FOLDER = "snapshots";

  private static final String SUFFIX = ".snapshot";
  private static final String DRAFT = SUFFIX + ".draft-";
  private static final int DIGITS = 20;
  private static final AtomicLong DRAFTS = new AtomicLong();

  private final Path folder;

  /** Of an engine's directory; no file is touched before the first draft. */
  public DirectorySnapshotStore(final Path dir) {
    folder = dir.resolve(FOLDER);
  }

  @Override
  public long[] list() {
    final long[] ascending = names().stream().filter(name -> name.matches("\\d{20}\\.snapshot"))
        .mapToLong(name -> Long.parseLong(name.substring(0, DIGITS))).sorted().toArray();
    final long[] newestFirst = new long[ascending.length];
    for (int i = 0; i < ascending.length; i++) {
      newestFirst[i] = ascending[ascending.length - 1 - i];
    }
    return newestFirst;
  }

  @Override
  public Draft create(final long sequence) {
    try {
      Files.createDirectories(folder);
      removeAbandoned();
      return new FileDraft(folder, folder.resolve(name(sequence)), folder.resolve(name(sequence).replace(SUFFIX, DRAFT)
          + ProcessHandle.current().pid() + "-" + DRAFTS.incrementAndGet()));
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot begin a snapshot in " + folder, ex);
    }
  }

  @Override
  public Stored open(final long sequence) {
    return new StoredFile(folder.resolve(name(sequence)));
  }

  @Override
  public void delete(final long sequence) {
    try {
      Files.deleteIfExists(folder.resolve(name(sequence)));
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot delete " + place(sequence), ex);
    }
  }

  @Override
  public String place(final long sequence) {
    return folder.resolve(name(sequence)).toString();
  }

  private static String name(final long sequence) {
    final String digits = Long.toString(sequence);
    return "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
  }

  private List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (final IOException ex) {
      throw new UncheckedIOException("cannot list " + folder, ex);
    }
  }

  private void removeAbandoned() throws IOException {
    for (final String name : names()) {
      final int at = name.indexOf(DRAFT);
      final String owner = at < 0 ? "" : name.substring(at + DRAFT.length()).split("-", 2)[0];
      if (owner.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(owner)).isEmpty()) {
        Files.deleteIfExists(folder.resolve(name));
      }
    }
  }

  /** The entries of a folder; an interrupt of the host's thread is kept for later. */
  private static void sync(final Path path) throws IOException {
    final boolean interrupted = Thread.interrupted();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A file under a name that {@link #list()} does not show. */
  private static final class FileDraft implements Draft {

    private final Path folder;
    private final Path path;
    private final Path draft;
    private final RandomAccessFile file;
    private boolean open = true;

    /** Not a channel opened for itself: an interrupt of the host's thread would close that. */
    FileDraft(final Path folder, final Path path, final Path draft) throws IOException {
      this.folder = folder;
      this.path = path;
      this.draft = draft;
      file = new RandomAccessFile(draft.toFile(), "rw");
    }

    @Override
    public void write(final ByteBuffer bytes) {
      try {
        file.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        bytes.position(bytes.limit());
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot write " + draft, ex);
      }
    }

    @Override
    public void publish() {
      try {
        file.getFD().sync();
        file.close();
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        open = false;
        sync(folder);
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot publish " + path, ex);
      }
    }

    @Override
    public void close() {
      if (!open) {
        return;
      }
      open = false;
      try {
        file.close();
        Files.deleteIfExists(draft);
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot discard " + draft, ex);
      }
    }
  }

  /** Nothing is mapped: a file that shrinks gives a short read. */
  private static final class StoredFile implements Stored {

    private final Path path;
    private final RandomAccessFile file;

    StoredFile(final Path path) {
      this.path = path;
      try {
        if (!Files.isRegularFile(path)) {
          throw new NoSuchFileException(path.toString());
        }
        file = new RandomAccessFile(path.toFile(), "r");
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot read " + path, ex);
      }
    }

    @Override
    public long length() {
      try {
        return file.length();
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot read " + path, ex);
      }
    }

    @Override
    public synchronized int read(final long position, final ByteBuffer bytes) {
      try {
        file.seek(position);
        int total = 0;
        int count = 0;
        while (bytes.hasRemaining() && count >= 0) {
          count = file.read(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
          bytes.position(bytes.position() + Math.max(0, count));
          total += Math.max(0, count);
        }
        return total;
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot read " + path, ex);
      }
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (final IOException ex) {
        throw new UncheckedIOException("cannot close " + path, ex);
      }
    }
  }
}
