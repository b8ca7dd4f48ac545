package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.replay.ReplayFault;
import io.gavel.engine.replay.ReplayListener;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.SignatureAudit;
import io.gavel.engine.ring.Ingress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that are signed where they are made, verified at the door, and held against the session's key inside. */
class SignedCommandTest {

  private static final long ENGINE_ID = 77;
  private static final long SESSION = 5;

  @TempDir
  private Path dir;
  private final List<ReasonCode> answers = new ArrayList<>();
  private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final KeyPair pair = newPair();
  private final CommandSigner signer = new CommandSigner(ENGINE_ID, pair.getPrivate(), pair.getPublic());

  private static KeyPair newPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (final GeneralSecurityException ex) {
      throw new AssertionError(ex);
    }
  }

  private Gavel launch() {
    final Gavel engine = Gavel.launch(new GavelContext().dir(dir).engineId(ENGINE_ID), new GavelEvents() {
      @Override
      public void onAnswer(final CommandAnswerDecoder answer) {
        answers.add(answer.code());
      }
    });
    if (1 == engine.sequence()) {
      engine.admin().asset("USD", 2).account("alice").grantKey(1, 1, k -> k.scopes(KeyScope.SECURITY))
          .grantKey(SESSION, 2, k -> k.scopes(KeyScope.DEPOSIT).publicKey(signer.publicKey()))
          .security(s -> s.keysNeeded(true));
      drive(engine);
    }
    answers.clear();
    return engine;
  }

  private static void drive(final Gavel engine) {
    while (engine.doWork() > 0) {
      Thread.onSpinWait();
    }
  }

  /** A deposit as a client far away writes it; its length. */
  private int deposit(final long sessionSequence, final long amountUnits) {
    bytes.setMemory(0, bytes.capacity(), (byte) 0);
    final DepositEncoder command = new DepositEncoder().wrap(bytes, FrameDescriptor.HEADER_LENGTH);
    command.header().sessionId(SESSION).sessionSequence(sessionSequence).account(1);
    command.assetId(1).amountUnits(amountUnits);
    new FrameFlyweight().wrap(bytes, 0).begin(DepositEncoder.SCHEMA_ID, DepositEncoder.TEMPLATE_ID,
        DepositEncoder.SCHEMA_VERSION, DepositEncoder.BLOCK_LENGTH, DepositEncoder.BLOCK_LENGTH);
    return FrameFlyweight.lengthOf(bytes, 0);
  }

  private ReasonCode answerTo(final Gavel engine, final long code) {
    assertTrue(code >= 0, () -> Codes.describe(code));
    drive(engine);
    return answers.get(answers.size() - 1);
  }

  @Test
  void shouldTakeWhatTheSessionsKeySignedAndNothingElse() {
    try (Gavel engine = launch()) {
      final Ingress ingress = engine.ingress();
      deposit(1, 100);
      assertEquals(ReasonCode.OK, answerTo(engine, ingress.offerSigned(bytes, 0, signer.sign(bytes, 0))));

      final KeyPair strange = newPair();
      deposit(2, 100);
      final int length = new CommandSigner(ENGINE_ID, strange.getPrivate(), strange.getPublic()).sign(bytes, 0);
      assertEquals(ReasonCode.SIGNATURE_REQUIRED, answerTo(engine, ingress.offerSigned(bytes, 0, length)),
          "a right signature by a key that is not the session's");
      assertEquals(ReasonCode.SIGNATURE_REQUIRED, answerTo(engine, ingress.offer(bytes, 0, deposit(2, 100))));
      deposit(2, 100);
      assertEquals(ReasonCode.OK, answerTo(engine, ingress.offerSigned(bytes, 0, signer.sign(bytes, 0))),
          "nobody has used the session's number up");
      assertEquals(200, (long) engine.ask(core -> core.risk().freeUnits(1, 1)));
    }
  }

  @Test
  void shouldRefuseAtTheDoorWhateverBitOfASignedCommandIsFlipped() {
    try (Gavel engine = launch()) {
      final Ingress ingress = engine.ingress();
      deposit(1, 100);
      final int length = signer.sign(bytes, 0);
      final long sequence = engine.sequence();
      for (int bit = 0; bit < length * Byte.SIZE; bit++) {
        final int at = bit / Byte.SIZE;
        final boolean stamped = at >= FrameDescriptor.SEQUENCE_OFFSET
            && at < FrameDescriptor.CRC_OFFSET + Integer.BYTES;
        bytes.putByte(at, (byte) (bytes.getByte(at) ^ 1 << bit % Byte.SIZE));
        if (!stamped) {
          assertTrue(Codes.isRefused(ingress.offerSigned(bytes, 0, length)), "bit " + bit);
        }
        bytes.putByte(at, (byte) (bytes.getByte(at) ^ 1 << bit % Byte.SIZE));
      }
      drive(engine);
      assertEquals(sequence, engine.sequence(), "none of them was journalled");
      assertTrue(ingress.offerSigned(bytes, 0, length) >= 0);
    }
  }

  @Test
  void shouldNotTakeASignatureForAnotherEngineNorACutOne() {
    try (Gavel engine = launch()) {
      final Ingress ingress = engine.ingress();
      deposit(1, 100);
      final int length = new CommandSigner(ENGINE_ID + 1, pair.getPrivate(), pair.getPublic()).sign(bytes, 0);
      final long code = ingress.offerSigned(bytes, 0, length);
      assertEquals(ReasonCode.SIGNATURE_INVALID, Codes.reason(code));
      for (int cut = 0; cut < length; cut++) {
        assertTrue(Codes.isRefused(ingress.offerSigned(bytes, 0, cut)), "length " + cut);
      }
      assertTrue(Codes.isRefused(ingress.offerSigned(bytes, -1, length)));
      assertTrue(Codes.isRefused(ingress.offerSigned(bytes, 8, bytes.capacity())));
      new FrameFlyweight().wrap(bytes, 0).flags(FrameDescriptor.FLAG_SIGNED);
      assertTrue(Codes.isRefused(ingress.offer(bytes, 0, length)), "nobody outside says what was verified");
      new FrameFlyweight().wrap(bytes, 0).flags(FrameDescriptor.FLAG_OWN);
      assertTrue(Codes.isRefused(ingress.offer(bytes, 0, length - FrameDescriptor.SIGNED_TAIL_LENGTH)));
    }
  }

  @Test
  void shouldReplayTheVerdictAndLetAnAuditorVerifyItAgain() {
    final String hash;
    try (Gavel engine = launch()) {
      final Ingress ingress = engine.ingress();
      for (int number = 1; number <= 3; number++) {
        deposit(number, 100);
        assertEquals(ReasonCode.OK, answerTo(engine, ingress.offerSigned(bytes, 0, signer.sign(bytes, 0))));
      }
      hash = engine.stateHash();
    }
    final SignatureAudit audit = SignatureAudit.of(dir, ENGINE_ID);
    assertEquals(3, audit.signed());
    assertEquals(0, audit.wrong());
    final SignatureAudit other = SignatureAudit.of(dir, ENGINE_ID + 1);
    assertEquals(3, other.wrong());
    assertEquals(audit.frames() - 2, other.firstWrongSequence());
    assertThrows(ReplayFault.class, () -> SignatureAudit.of(dir.resolve("nothing"), ENGINE_ID));

    Replayer.replay(dir, new ReplayListener() {
      @Override
      public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
        assertTrue(length > 0);
      }
    });
    try (Gavel engine = launch()) {
      assertEquals(hash, engine.stateHash());
    }
  }

  @Test
  void shouldRepeatTheAnswerOfASignedDuplicate() {
    try (Gavel engine = launch()) {
      final Ingress ingress = engine.ingress();
      for (int again = 0; again < 3; again++) {
        deposit(1, 100);
        assertEquals(ReasonCode.OK, answerTo(engine, ingress.offerSigned(bytes, 0, signer.sign(bytes, 0))));
      }
      assertEquals(100, (long) engine.ask(core -> core.risk().freeUnits(1, 1)));
      deposit(1, 101);
      assertEquals(ReasonCode.DUPLICATE_MISMATCH,
          answerTo(engine, ingress.offerSigned(bytes, 0, signer.sign(bytes, 0))));
    }
  }

  @Test
  void shouldRefuseToLaunchUnderAnotherEngineId() {
    launch().close();
    final IllegalStateException refusal = assertThrows(IllegalStateException.class,
        () -> Gavel.launch(new GavelContext().dir(dir).engineId(78), new GavelEvents() { }));
    assertTrue(refusal.getMessage().contains("77") && refusal.getMessage().contains("78"), refusal.getMessage());
    assertNotEquals("", refusal.getMessage());
  }
}
