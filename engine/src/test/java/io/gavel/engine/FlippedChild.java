package io.gavel.engine;

import io.gavel.engine.journal.CorruptJournalException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Launches on one damaged copy of a journal after another; a line for each, so that a parent knows where it died. */
final class FlippedChild {

  private static final Logger NOTICES = Logger.getLogger("io.gavel.engine");

  private FlippedChild() {
  }

  /** Arguments: the sound directory, a working directory, seed, first flip, flips, last sequence, state hash. */
  public static void main(final String[] arguments) throws IOException {
    final Path sound = Path.of(arguments[0]);
    final Path work = Path.of(arguments[1]);
    final long seen = Long.parseLong(arguments[5]);
    NOTICES.setLevel(Level.OFF);
    final PrintStream out = System.out;
    final List<Path> files = files(sound).stream().filter(file -> file.toString().endsWith(".cq4")).toList();
    final long first = Long.parseLong(arguments[3]);
    for (long flip = first; flip < Long.parseLong(arguments[4]); flip++) {
      final Random random = new Random(Long.parseLong(arguments[2]) + flip);
      final Path file = files.get(random.nextInt(files.size()));
      delete(work);
      copy(sound, work);
      flip(work.resolve(sound.relativize(file)), random);
      out.println(flip + " " + outcome(work, seen, arguments[6]));
      out.flush();
    }
  }

  private static String outcome(final Path dir, final long seen, final String stateHash) {
    try (Gavel engine = Gavel.launch(new GavelContext().dir(dir).journalBlockBytes(64 << 10)
        .deliverFrom(seen, 0), GavelEvents.NONE)) {
      return engine.sequence() == seen && engine.stateHash().equals(stateHash) ? "same" : "WRONG";
    } catch (final CorruptJournalException refusal) {
      return "refused";
    }
  }

  private static void flip(final Path file, final Random random) throws IOException {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      // Where something is written, mostly: the rest of a file is zeros.
      final long at = (long) (random.nextDouble() * Math.min(access.length(), random.nextInt(8) == 0
          ? access.length() : 12 << 10));
      access.seek(at);
      final int old = access.readByte();
      access.seek(at);
      access.writeByte(old ^ 1 << random.nextInt(Byte.SIZE));
    }
  }

  private static List<Path> files(final Path dir) throws IOException {
    try (Stream<Path> paths = Files.walk(dir)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void copy(final Path from, final Path to) throws IOException {
    for (final Path file : files(from)) {
      final Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static void delete(final Path dir) throws IOException {
    if (Files.exists(dir)) {
      try (Stream<Path> paths = Files.walk(dir)) {
        for (final Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
