package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.proof.AccountProof;
import io.gavel.engine.proof.Checkpoint;
import io.gavel.engine.proof.CheckpointStore;
import io.gavel.engine.proof.Ed25519Signer;
import io.gavel.engine.proof.HistoryFollower;
import io.gavel.engine.proof.HistoryVerifier;
import io.gavel.engine.proof.HistoryVerifier.Status;
import io.gavel.engine.proof.HistoryVerifier.Verdict;
import io.gavel.engine.replay.ReplayFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: whoever rewrites history is found, at the first sequence that is not what was signed. Method: a forger with
 * every tool but the key: writes frames anew with checksums, sequences and chain that are right in themselves.
 */
class HistoryProofTest {

  private static final int RANGE = 64;
  private static final KeyPair KEYS = keys();

  @TempDir
  private Path folder;
  private Path honest;

  @BeforeEach
  void runAnEngineAndSignWhatItDid() {
    honest = folder.resolve("honest");
    run(honest, 5, 400);
    follow(honest, RANGE, CheckpointStore.of(honest), CheckpointStore.in(folder.resolve("second")));
  }

  @Test
  void shouldProveWhatWasNotTouchedFromEitherStore() throws IOException {
    final long last = frames(honest).size();
    final Verdict verdict = verify(honest);
    assertEquals(new Verdict(Status.PROVED, 0, last, last, ""), verdict);
    assertEquals(verdict,
        HistoryVerifier.verify(honest, CheckpointStore.in(folder.resolve("second")), KEYS.getPublic()));
    assertEquals(contents(honest.resolve(CheckpointStore.FOLDER)), contents(folder.resolve("second")));
  }

  @Test
  void shouldNameTheFirstSequenceThatAForgerTouched() {
    final List<byte[]> frames = frames(honest);
    final Random random = new Random(17);
    final int count = frames.size();
    for (int round = 0; round < 5; round++) {
      final int at = 1 + random.nextInt(count - 3);
      final List<byte[]> changed = new ArrayList<>(frames);
      final byte[] frame = changed.get(at).clone();
      frame[frame.length - 1 - random.nextInt(24)] ^= (byte) (1 << random.nextInt(8));
      changed.set(at, frame);
      assertBrokenAt(at + 1, changed, "changed");

      final List<byte[]> removed = new ArrayList<>(frames);
      removed.remove(at);
      assertBrokenAt(at + 1, removed, "removed");

      final List<byte[]> inserted = new ArrayList<>(frames);
      inserted.add(at, frames.get(random.nextInt(count)));
      assertBrokenAt(at + 1, inserted, "inserted");

      final List<byte[]> reordered = new ArrayList<>(frames);
      Collections.swap(reordered, at, at + 1);
      assertBrokenAt(at + 1, reordered, "reordered");

      assertBrokenAt(at + 1, frames.subList(0, at), "cut");
    }
  }

  @Test
  void shouldNameTheSequenceOfAByteThatFlipped() throws IOException {
    final Path segment = largestFile(honest);
    final byte[] bytes = Files.readAllBytes(segment);
    final List<byte[]> frames = frames(honest);
    final byte[] frame = frames.get(200);
    final int at = indexOf(bytes, frame) + frame.length - 3;
    bytes[at] ^= 0x10;
    Files.write(segment, bytes);
    final Verdict verdict = verify(honest);
    assertEquals(Status.BROKEN, verdict.status());
    assertEquals(201, verdict.sequence());
    assertEquals(192, verdict.provedSequence());
  }

  @Test
  void shouldNoticeEveryBitOfACheckpointThatIsNotAsItWasSigned() throws IOException {
    final Path file = checkpoints(honest).get(1);
    final byte[] bytes = Files.readAllBytes(file);
    for (int bit = 0; bit < 8 * bytes.length; bit += 11) {
      final byte[] flipped = bytes.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      Files.write(file, flipped);
      final Verdict verdict = verify(honest);
      assertEquals(Status.BROKEN, verdict.status(), "bit " + bit);
      assertEquals(RANGE + 1, verdict.sequence(), "bit " + bit);
    }
  }

  @Test
  void shouldNoticeACheckpointThatIsGoneOrIsAnothersOrHasAnotherSignature() throws IOException {
    final Path second = checkpoints(honest).get(1);
    final byte[] bytes = Files.readAllBytes(second);
    Files.delete(second);
    assertEquals(RANGE + 1, verify(honest).sequence());
    Files.write(second, bytes);
    assertEquals(Status.PROVED, verify(honest).status());
    assertEquals(Status.BROKEN,
        HistoryVerifier.verify(honest, CheckpointStore.of(honest), keys().getPublic()).status());

    final Path other = folder.resolve("other");
    run(other, 6, 100);
    assertEquals(new Verdict(Status.UNPROVED, 0, 0, 0, "no checkpoint"), verify(other));
    final Verdict foreign = HistoryVerifier.verify(other, CheckpointStore.of(honest), KEYS.getPublic());
    assertEquals(Status.BROKEN, foreign.status());
    try (HistoryFollower follower = follower(other, RANGE, CheckpointStore.of(honest))) {
      follower.doWork(Integer.MAX_VALUE);
      assertThrows(ReplayFault.class, follower::sign);
    }
  }

  @Test
  void shouldGoOnWhereItLeftOffAndRefuseAHistoryThatWasRewrittenMeanwhile() throws IOException {
    final Path apart = folder.resolve("apart");
    copy(honest, apart, frames(honest));
    for (int framesMax = 30; framesMax > 0; framesMax -= 7) {
      try (HistoryFollower follower = follower(apart, RANGE, CheckpointStore.of(apart))) {
        follower.doWork(10 * framesMax);
      }
    }
    follow(apart, RANGE, CheckpointStore.of(apart));
    assertEquals(Status.PROVED, verify(apart).status());
    assertEquals(contents(honest.resolve(CheckpointStore.FOLDER)), contents(apart.resolve(CheckpointStore.FOLDER)));

    final List<byte[]> rewritten = frames(honest);
    rewritten.set(20, rewritten.get(21));
    final Path forged = forge(rewritten);
    try (HistoryFollower follower = follower(forged, RANGE, CheckpointStore.of(honest))) {
      assertThrows(RuntimeException.class, () -> follower.doWork(Integer.MAX_VALUE));
    }
  }

  @Test
  void shouldProveTheBalancesOfOneAccountAndNothingElse() {
    try (HistoryFollower follower = follower(honest, RANGE, CheckpointStore.of(honest))) {
      follower.doWork(Integer.MAX_VALUE);
      final Checkpoint checkpoint = HistoryVerifier.lastSigned(CheckpointStore.of(honest), KEYS.getPublic());
      assertNotNull(checkpoint);
      assertEquals(checkpoint, follower.last());
      assertNull(follower.proof(999));
      for (long account = 1; account <= 2; account++) {
        final AccountProof proof = follower.proof(account);
        assertNotNull(proof);
        assertTrue(proof.isUnder(checkpoint));
        assertFalse(proof.balances().isEmpty());
        final AccountProof.Balance first = proof.balances().get(0);
        final List<AccountProof.Balance> richer = new ArrayList<>(proof.balances());
        richer.set(0, new AccountProof.Balance(first.assetId(), first.freeUnits() + 1, first.heldUnits()));
        assertFalse(with(proof, account, richer, proof.index()).isUnder(checkpoint));
        assertFalse(with(proof, 3 - account, proof.balances(), proof.index()).isUnder(checkpoint));
        assertFalse(with(proof, account, proof.balances(), 1 - proof.index()).isUnder(checkpoint));
        assertFalse(with(proof, account, List.of(), proof.index()).isUnder(checkpoint));
      }
    }
    assertNull(HistoryVerifier.lastSigned(CheckpointStore.of(honest), keys().getPublic()));
  }

  @Test
  void shouldSignAlsoWhatFillsNoRange() {
    final Path small = folder.resolve("small");
    run(small, 9, 20);
    final long last = frames(small).size();
    assertTrue(last < HistoryFollower.RANGE);
    follow(small, HistoryFollower.RANGE, CheckpointStore.of(small));
    assertEquals(new Verdict(Status.PROVED, 0, last, last, ""), verify(small));
    run(small, 10, 5);
    final Verdict longer = verify(small);
    assertEquals(Status.PROVED, longer.status());
    assertEquals(last, longer.provedSequence());
    assertTrue(longer.lastSequence() > last);
  }

  private void assertBrokenAt(final long sequence, final List<byte[]> frames, final String what) {
    final Verdict verdict =
        HistoryVerifier.verify(forge(frames), CheckpointStore.of(honest), KEYS.getPublic());
    assertEquals(Status.BROKEN, verdict.status(), what);
    assertEquals(sequence, verdict.sequence(), what + ": " + verdict.reason());
    assertEquals((sequence - 1) / RANGE * RANGE, verdict.provedSequence(), what);
  }

  private Path forge(final List<byte[]> frames) {
    try {
      final Path forged = Files.createTempDirectory(folder, "forged");
      copy(honest, forged, frames);
      return forged;
    } catch (final IOException ex) {
      throw new UncheckedIOException(ex);
    }
  }

  /** Writes frames as a journal whose checks are all right. */
  private static void copy(final Path from, final Path to, final List<byte[]> frames) {
    assertTrue(Files.isDirectory(from));
    final FrameChecksum checksum = new FrameChecksum();
    final FrameFlyweight frame = new FrameFlyweight();
    long chain = FrameChecksum.CHAIN_SEED;
    long engineTimeNs = Long.MIN_VALUE;
    try (Journal journal = new ChronicleJournal(to, 1 << 20, 1L << 30)) {
      try (JournalTailer tailer = journal.tailer()) {
        assertFalse(tailer.next());
        journal.resume(tailer);
      }
      for (int i = 0; i < frames.size(); i++) {
        final UnsafeBuffer buffer = new UnsafeBuffer(frames.get(i).clone());
        frame.wrap(buffer, 0);
        engineTimeNs = Math.max(engineTimeNs, frame.engineTimeNs());
        frame.sequence(i + 1L).engineTimeNs(engineTimeNs);
        final int crc = checksum.crc32c(buffer, 0, frame.length());
        chain = FrameChecksum.chain(chain, crc);
        frame.crc32c(crc).chain(chain);
        journal.append(buffer, 0, frame.length());
      }
      journal.commit(DurabilityLevel.PROCESS);
    }
  }

  private static Verdict verify(final Path dir) {
    return HistoryVerifier.verify(dir, CheckpointStore.of(dir), KEYS.getPublic());
  }

  private static void follow(final Path dir, final int range, final CheckpointStore... stores) {
    try (HistoryFollower follower = follower(dir, range, stores)) {
      while (follower.doWork(100) > 0) {
        Thread.onSpinWait();
      }
      follower.sign();
    }
  }

  private static HistoryFollower follower(final Path dir, final int range, final CheckpointStore... stores) {
    return new HistoryFollower(
        dir, new Ed25519Signer(KEYS.getPrivate(), KEYS.getPublic()), range, List.of(stores));
  }

  private static void run(final Path dir, final long seed, final int commands) {
    final Random random = new Random(seed);
    final boolean fresh = !Files.exists(dir);
    try (Gavel engine = Gavel.launch(
        new GavelContext().dir(dir).config(Scene.CONFIG).clock(new TestClock()), new RecordedEvents())) {
      if (fresh) {
        Scene.open(engine);
      }
      for (int i = 0; i < commands; i++) {
        Scene.random(engine, random, i);
        Scene.drain(engine);
      }
    }
  }

  private static List<byte[]> frames(final Path dir) {
    final List<byte[]> frames = new ArrayList<>();
    try (JournalTailer tailer = ChronicleJournal.follow(dir)) {
      assertNotNull(tailer);
      while (tailer.next()) {
        final byte[] bytes = new byte[tailer.length()];
        tailer.buffer().getBytes(tailer.offset(), bytes);
        frames.add(bytes);
      }
    }
    return frames;
  }

  private static AccountProof with(final AccountProof proof, final long account,
      final List<AccountProof.Balance> balances, final long index) {
    return new AccountProof(account, balances, index, proof.accounts(), proof.path(), proof.sequence());
  }

  private static List<Path> checkpoints(final Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve(CheckpointStore.FOLDER))) {
      return files.sorted().toList();
    }
  }

  private static List<String> contents(final Path files) throws IOException {
    final List<String> result = new ArrayList<>();
    try (Stream<Path> list = Files.list(files)) {
      for (final Path file : list.sorted().toList()) {
        result.add(file.getFileName() + " " + Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return result;
  }

  private static Path largestFile(final Path dir) throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(".cq4")).max(Comparator.comparing(
          file -> file.toFile().length())).orElseThrow();
    }
  }

  private static int indexOf(final byte[] bytes, final byte[] wanted) {
    for (int at = 0; at <= bytes.length - wanted.length; at++) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw new AssertionError("the frame is not in the file");
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (final GeneralSecurityException ex) {
      throw new IllegalStateException(ex);
    }
  }
}
