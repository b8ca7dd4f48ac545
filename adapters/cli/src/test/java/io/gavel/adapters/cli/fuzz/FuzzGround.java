package io.gavel.adapters.cli.fuzz;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.proof.CheckpointStore;
import io.gavel.engine.proof.Ed25519Signer;
import io.gavel.engine.proof.HistoryFollower;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A small engine that ran, its journal, a snapshot and a checkpoint of it, to be spoiled. What fuzzed bytes are for a
 * file of that size: four at a time, where (24 bits) and what is flipped there.
 */
final class FuzzGround {

  private static final int PATCH_LENGTH = 4;
  private static final int COMMANDS = 40;
  private static @Nullable FuzzGround only;

  private final Path journal = folder("journal");
  private final Path patched = folder("patched");
  private final KeyPair keys;
  private final Path segment;
  private final byte[] segmentBytes;
  private final Path snapshot;
  private final byte[] snapshotBytes;
  private final Path checkpoint;
  private final byte[] checkpointBytes;

  private FuzzGround() throws IOException, GeneralSecurityException {
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    runAnEngine();
    try (HistoryFollower follower = new HistoryFollower(journal,
        new Ed25519Signer(keys.getPrivate(), keys.getPublic()), HistoryFollower.RANGE,
        List.of(CheckpointStore.of(journal)))) {
      while (follower.doWork(COMMANDS) > 0) {
        Thread.onSpinWait();
      }
      follower.sign();
    }
    segment = largest(journal, ".cq4");
    segmentBytes = Files.readAllBytes(segment);
    final Path stored = largest(journal, ".snapshot");
    snapshotBytes = Files.readAllBytes(stored);
    snapshot = patched.resolve("snapshots").resolve(stored.getFileName());
    Files.createDirectories(patched.resolve("snapshots"));
    final Path signed = largest(journal, ".checkpoint");
    checkpointBytes = Files.readAllBytes(signed);
    checkpoint = patched.resolve(signed.getFileName());
  }

  static synchronized FuzzGround get() {
    FuzzGround ground = only;
    try {
      if (null == ground) {
        ground = new FuzzGround();
        only = ground;
      }
      return ground;
    } catch (final IOException | GeneralSecurityException ex) {
      throw new IllegalStateException(ex);
    }
  }

  Path journal() {
    return journal;
  }

  Path patched() {
    return patched;
  }

  PublicKey auditor() {
    return keys.getPublic();
  }

  long snapshotSequence() {
    return Long.parseLong(String.valueOf(snapshot.getFileName()).replaceAll("\\D", ""));
  }

  boolean patchJournal(final byte[] data) {
    return patch(segment, segmentBytes, data);
  }

  boolean patchSnapshot(final byte[] data) {
    return patch(snapshot, snapshotBytes, data);
  }

  boolean patchCheckpoint(final byte[] data) {
    restore();
    return patch(checkpoint, checkpointBytes, data);
  }

  /** A fresh folder that goes with the process. */
  static Path folder(final String name) {
    try {
      final Path folder = Files.createTempDirectory("gavel-fuzz-" + name);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (final IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  static Path file(final String name, final byte[] bytes) {
    try {
      return Files.write(get().patched.resolve(name), bytes);
    } catch (final IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /** The journal as it was. */
  private void restore() {
    patch(segment, segmentBytes, new byte[0]);
  }

  private static boolean patch(final Path file, final byte[] sound, final byte[] data) {
    final byte[] bytes = sound.clone();
    for (int at = 0; at + PATCH_LENGTH <= data.length; at += PATCH_LENGTH) {
      final int where = (data[at] & 0xff) << 16 | (data[at + 1] & 0xff) << 8 | (data[at + 2] & 0xff);
      bytes[where % bytes.length] ^= data[at + 3];
    }
    try {
      Files.write(file, bytes);
    } catch (final IOException ex) {
      throw new UncheckedIOException(ex);
    }
    return !Arrays.equals(bytes, sound);
  }

  private void runAnEngine() {
    final EpochNanoClock clock = () -> 1_700_000_000_000_000_000L;
    try (Gavel engine = Gavel.launch(new GavelContext().dir(journal).journalBlockBytes(64 << 10)
        .journalSegmentBytes(1 << 20).clock(clock), new GavelEvents() { })) {
      engine.admin().asset("BTC", 8).asset("USDT", 8).account("alice").account("bob")
          .instrument("BTC-USDT", i -> i.tickSz("0.1").lotSz("0.001").takerFee("0.0005"))
          .deposit("alice", "USDT", "1000000").deposit("bob", "BTC", "100");
      for (int i = 0; i < COMMANDS; i++) {
        final int number = i;
        engine.orders().place(o -> o.acct(0 == number % 2 ? "alice" : "bob").instId("BTC-USDT")
            .side(0 == number % 2 ? Side.BUY : Side.SELL).ordType(OrdType.LIMIT)
            .px(60_000 + (number * 7) % 11 + ".0").sz("0.01").clOrdId("c" + number));
        while (engine.doWork() > 0) {
          Thread.onSpinWait();
        }
      }
      engine.admin().snapshot();
    }
  }

  private static Path largest(final Path dir, final String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(suffix))
          .max(Comparator.comparing(file -> file.toFile().length())).orElseThrow();
    }
  }

  private static void delete(final Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (final IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }
}
