package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.QuarantineEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalScan;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.journal.MemoryJournal;
import io.gavel.engine.journal.Quarantine;
import io.gavel.engine.journal.QuarantineWriter;
import io.gavel.engine.replay.ExecutionLog;
import io.gavel.engine.replay.QuarantineRecorder;
import io.gavel.engine.replay.ReplayFault;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.ReplayResult;
import io.gavel.engine.replay.ReplayVerifier;
import io.gavel.engine.replay.Replayer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a frame at which the core throws is passed over by an operator's signature and by nothing else. Method: a frame
 * that no ingress would let in is written behind a session, with sound ones behind it.
 */
class QuarantineTest {

  private static final java.util.logging.Logger NOTICES = java.util.logging.Logger.getLogger("io.gavel.engine");

  private final KeyPair operator = keys();

  @TempDir
  private Path dir;

  private long poison;
  private int poisons;

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(java.util.logging.Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  @Test
  void shouldRefuseToStartAtAPoisonFrameAndSayWhatCanBeDone() {
    writePoisoned();
    final ReplayFault fault = assertThrows(ReplayFault.class, () -> Gavel.launch(context(), GavelEvents.NONE));
    assertEquals(poison, fault.sequence());
    assertTrue(fault.getMessage().contains("gavel quarantine DIR --sequence " + poison + " --key FILE"),
        fault.getMessage());
    assertEquals(fault.sequence(), assertThrows(
        ReplayFault.class, () -> Replayer.replay(dir, ReplayListener.NONE)).sequence());
    assertEquals(JournalScan.Status.CLEAN, ReplayVerifier.verify(dir).status());
  }

  @Test
  void shouldPassOverTheNamedFrameOnEveryReplayOnceItIsSignedFor() {
    writePoisoned();
    final Quarantine record = record(poison);
    assertEquals(poison + 3, record.atSequence(), "behind the frames behind the poison");
    final List<String> live = new ArrayList<>();
    final String hash;
    try (Gavel engine = Gavel.launch(trusting().deliverFrom(poison - 1, 99), hearing(live))) {
      assertEquals(record.atSequence(), engine.recovery().sequence());
      assertEquals(List.of(poison + " QUARANTINED", (poison + 1) + " OK", (poison + 2) + " OK",
          record.atSequence() + " OK"), live);
      assertTrue(Scene.limit(engine, "bob", Side.SELL, "70000", "1") >= 0);
      Scene.drain(engine);
      hash = engine.stateHash();
    }
    for (int i = 0; i < 2; i++) {
      final ReplayResult again = Replayer.replay(dir, ReplayListener.NONE);
      assertEquals(ReplayResult.Comparison.SAME, again.comparison());
      assertEquals(hash, again.stateHash());
      Gavel.launch(trusting(), GavelEvents.NONE).close();
    }
    assertEquals(JournalScan.Status.CLEAN, ReplayVerifier.verify(dir).status());
    final StringBuilder log = new StringBuilder();
    ExecutionLog.write(dir, Long.MAX_VALUE, new ExecutionLog.Options(ReasonTexts.Language.EN, false), new Directory(),
        log);
    assertTrue(log.toString().contains("an operator signed that it is passed over"), log.toString());
    assertTrue(log.toString().contains("quarantine: sequence " + poison + " is passed over, signed by key "
        + Long.toHexString(Quarantine.keyId(operator.getPublic())) + ", incident 4711"), log.toString());
  }

  @Test
  void shouldLetTheSessionGoOnBehindWhatWasPassedOver() {
    writePoisoned();
    record(poison);
    final List<String> heard = new ArrayList<>();
    try (Gavel engine = Gavel.launch(trusting(), hearing(heard))) {
      final long next = engine.sequence() + 1;
      for (final int sessionSequence : new int[] {1, 2, 3}) {
        final var ingress = engine.ingress();
        ingress.begin(new DepositEncoder()).assetId(1).amountUnits(5).header().account(1).sessionId(5)
            .sessionSequence(sessionSequence);
        assertTrue(ingress.offer() >= 0);
        Scene.drain(engine);
      }
      assertEquals(List.of(next + " DUPLICATE_MISMATCH", (next + 1) + " OK", (next + 2) + " OK"), heard);
    }
  }

  @Test
  void shouldNotLaunchOnAJournalThatSomebodyUnknownSignedFor() {
    writePoisoned();
    record(poison);
    final KeyPair other = keys();
    for (final GavelContext context : List.of(context(), context().quarantineKeys(other.getPublic()))) {
      final IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> Gavel.launch(context, GavelEvents.NONE));
      assertTrue(thrown.getMessage().contains("which is none of the trusted ones"), thrown.getMessage());
      assertTrue(thrown.getMessage().contains("sequence " + poison), thrown.getMessage());
    }
    Gavel.launch(context().quarantineKeys(other.getPublic(), operator.getPublic()), GavelEvents.NONE).close();
  }

  @Test
  void shouldTakeASignatureOnlyForTheFrameAtWhichTheReplayStops() {
    writePoisoned();
    for (final long other : new long[] {-1, 0, 1, 2, poison - 1, poison + 1, poison + 100, Long.MAX_VALUE}) {
      final IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> record(other));
      assertTrue(thrown.getMessage().contains("nothing is passed over: asked for sequence " + other), "" + other);
    }
    final KeyPair other = keys();
    assertThrows(IllegalArgumentException.class,
        () -> QuarantineRecorder.record(dir, poison, 0, operator.getPrivate(), other.getPublic()));
    record(poison);
    final IllegalArgumentException twice = assertThrows(IllegalArgumentException.class, () -> record(poison));
    assertTrue(twice.getMessage().startsWith("nothing is passed over: every frame can be applied"));
    try (Gavel engine = Gavel.launch(trusting(), GavelEvents.NONE)) {
      assertTrue(engine.sequence() > poison);
      assertThrows(IllegalStateException.class, () -> record(poison), "the directory is in use");
    }
  }

  @Test
  void shouldNeverPassOverDamage() throws IOException {
    writePoisoned();
    final Path file = queueFile();
    final byte[] bytes = Files.readAllBytes(file);
    int used = bytes.length;
    while (0 == bytes[used - 1]) {
      used--;
    }
    bytes[used / 2] ^= 4;
    Files.write(file, bytes);
    final long damaged = ReplayVerifier.verify(dir).sequence();
    assertThrows(CorruptJournalException.class, () -> record(damaged));
  }

  @Test
  void shouldLetNoQuarantineInByTheDoorForCommands() {
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      final var ingress = engine.ingress();
      ingress.begin(new QuarantineEncoder()).sequence(2);
      assertEquals(ReasonCode.QUARANTINE_MISPLACED, Codes.reason(ingress.offer()));
      final var batch = new io.gavel.engine.ring.CommandBatch();
      ingress.begin(new QuarantineEncoder()).sequence(2);
      assertEquals(ReasonCode.QUARANTINE_MISPLACED, Codes.reason(ingress.addTo(batch)));
      assertEquals(0, batch.size());
    }
  }

  @Test
  void shouldNoticeAForgedRecordWhicheverOfItsBytesIsAnother() {
    writePoisoned();
    final Quarantine sound = record(poison);
    final List<Quarantine> forged = List.of(
        new Quarantine(poison - 1, sound.chain(), sound.crc32c(), 4711, sound.keyId(), 9, sound.signature()),
        new Quarantine(poison, sound.chain() ^ 1, sound.crc32c(), 4711, sound.keyId(), 9, sound.signature()),
        new Quarantine(poison, sound.chain(), sound.crc32c() ^ 1, 4711, sound.keyId(), 9, sound.signature()),
        new Quarantine(poison, sound.chain(), sound.crc32c(), 4712, sound.keyId(), 9, sound.signature()),
        new Quarantine(poison, sound.chain(), sound.crc32c(), 4711, sound.keyId() ^ 1, 9, sound.signature()),
        new Quarantine(poison, sound.chain(), sound.crc32c(), 4711, sound.keyId(), 9,
            new Quarantine.SignatureWords(0, 0, 0, 0, 0, 0, 0, 0)));
    assertTrue(sound.isSignedBy(operator.getPublic()));
    forged.forEach(record -> assertFalse(record.isSignedBy(operator.getPublic()), record.toString()));
    assertFalse(sound.isSignedBy(keys().getPublic()));
  }

  @Test
  void shouldPassOverSeveralFramesOneAfterTheOther() {
    writePoisoned();
    final long first = poison;
    final long second = append();
    assertThrows(IllegalArgumentException.class, () -> record(second), "the first one stands in front of it");
    record(first);
    record(second);
    final List<String> heard = new ArrayList<>();
    try (Gavel engine = Gavel.launch(trusting().deliverFrom(first - 1, 99), hearing(heard))) {
      assertEquals(second + 4, engine.recovery().sequence());
    }
    assertEquals(2, heard.stream().filter(line -> line.endsWith("QUARANTINED")).count(), heard.toString());
  }

  @Test
  void shouldKeepQuarantinesInMemoryToo() {
    final MemoryJournal journal = MemoryJournal.keepingAll();
    try (Gavel engine = Gavel.launch(
        new GavelContext().journal(journal).config(Scene.CONFIG).clock(new TestClock()), GavelEvents.NONE)) {
      Scene.open(engine);
    }
    assertThrows(IllegalArgumentException.class,
        () -> QuarantineRecorder.record(journal, 5, 0, operator.getPrivate(), operator.getPublic()));
    assertThrows(IllegalArgumentException.class,
        () -> QuarantineWriter.append(journal, 1, 0, operator.getPrivate(), operator.getPublic()));
    QuarantineWriter.append(journal, 9, 0, operator.getPrivate(), operator.getPublic());
    final List<String> heard = new ArrayList<>();
    try (Gavel engine = Gavel.launch(new GavelContext().journal(journal).clock(new TestClock())
        .quarantineKeys(operator.getPublic()).deliverFrom(8, 99), hearing(heard))) {
      assertEquals(10, engine.recovery().sequence());
    }
    assertEquals(List.of("9 QUARANTINED", "10 OK"), heard);
  }

  /** A session as it always is, then a frame at which the core throws, then two deposits. */
  private void writePoisoned() {
    try (Gavel engine = Gavel.launch(context(), GavelEvents.NONE)) {
      Scene.open(engine);
      Scene.limit(engine, "alice", Side.BUY, "59000", "1");
      Scene.drain(engine);
    }
    poison = append();
  }

  private long append() {
    try (Journal journal = new ChronicleJournal(dir, 64 << 10, 1 << 20)) {
      return appendPoison(journal);
    }
  }

  private long appendPoison(final Journal journal) {
    final JournalTailer tailer = journal.tailer();
    while (tailer.next()) {
      assertTrue(tailer.sequence() > 0);
    }
    final long before = tailer.sequence();
    long chain = tailer.chain();
    final long timeNs = tailer.engineTimeNs();
    journal.resume(tailer);
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
    for (int i = 1; i <= 3; i++) {
      final int length = 1 == i ? poisonFrame(buffer)
          : frame(buffer, new DepositEncoder(), c -> c.assetId(1).amountUnits(5).header().account(1));
      final FrameFlyweight frame = new FrameFlyweight().wrap(buffer, 0);
      frame.sequence(before + i).engineTimeNs(timeNs);
      final int crc = new FrameChecksum().crc32c(buffer, 0, length);
      chain = FrameChecksum.chain(chain, crc);
      frame.crc32c(crc).chain(chain);
      journal.append(buffer, 0, length);
    }
    journal.commit(DurabilityLevel.PROCESS);
    return before + 1;
  }

  /** A rule whose legs say that each is 65,535 bytes long: whatever let it in was wrong. */
  private int poisonFrame(final UnsafeBuffer buffer) {
    poisons++;
    return frame(buffer, new ArmRuleEncoder(), c -> {
      c.instrumentId(1).side(Side.SELL).quantityLots(5).header().account(1).sessionId(5).sessionSequence(poisons);
      final ArmRuleEncoder.LegsEncoder legs = c.legsCount(4);
      for (int i = 0; i < 4; i++) {
        legs.next().levelTicks(600_000).source(PriceSource.MARK);
      }
      RuleGroups.none(c);
      c.buffer().putShort(FrameDescriptor.HEADER_LENGTH + ArmRuleEncoder.BLOCK_LENGTH, (short) -1,
          ByteOrder.LITTLE_ENDIAN);
    });
  }

  private static <E extends MessageEncoderFlyweight> int frame(
      final UnsafeBuffer buffer, final E encoder, final Consumer<E> body) {
    buffer.setMemory(0, buffer.capacity(), (byte) 0);
    encoder.wrap(buffer, FrameDescriptor.HEADER_LENGTH);
    body.accept(encoder);
    new FrameFlyweight().wrap(buffer, 0).begin(encoder.sbeSchemaId(), encoder.sbeTemplateId(),
        encoder.sbeSchemaVersion(), encoder.sbeBlockLength(), encoder.encodedLength());
    return FrameDescriptor.frameLength(encoder.encodedLength());
  }

  private Quarantine record(final long sequence) {
    return QuarantineRecorder.record(dir, sequence, 4711, operator.getPrivate(), operator.getPublic());
  }

  private GavelContext context() {
    return new GavelContext().dir(dir).config(Scene.CONFIG).clock(new TestClock()).journalBlockBytes(64 << 10);
  }

  private GavelContext trusting() {
    return context().quarantineKeys(operator.getPublic());
  }

  private static GavelEvents hearing(final List<String> heard) {
    return new GavelEvents() {
      @Override
      public void onAnswer(final CommandAnswerDecoder answer) {
        heard.add(answer.header().sequence() + " " + answer.code());
      }
    };
  }

  private Path queueFile() throws IOException {
    try (var paths = Files.walk(dir)) {
      return paths.filter(path -> path.toString().endsWith(".cq4")).sorted().findFirst().orElseThrow();
    }
  }

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (final GeneralSecurityException ex) {
      throw new IllegalStateException(ex);
    }
  }
}
