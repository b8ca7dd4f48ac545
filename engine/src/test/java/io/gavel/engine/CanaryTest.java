package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.DepositEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: no secret ends up where somebody may look. Method: plant a private key, sign with it, take a snapshot, halt the
 * engine on a fault, and search every file, every log line and every text of an exception for it, in each form.
 */
class CanaryTest {

  private static final int SEED_LENGTH = 32;

  @TempDir
  private Path dir;
  private final StringBuilder logged = new StringBuilder();
  private final Handler handler = new Handler() {
    @Override
    public void publish(final LogRecord line) {
      logged.append(line.getMessage()).append(Arrays.toString(line.getParameters())).append(line.getThrown());
    }

    @Override
    public void flush() {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  };

  @Test
  void shouldKeepAPlantedKeyOutOfEveryFileLogAndException() throws GeneralSecurityException, IOException {
    final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    final byte[] encoded = pair.getPrivate().getEncoded();
    final byte[] seed = Arrays.copyOfRange(encoded, encoded.length - SEED_LENGTH, encoded.length);
    final CommandSigner signer = new CommandSigner(7, pair.getPrivate(), pair.getPublic());
    final Logger root = Logger.getLogger("");
    root.addHandler(handler);
    final Throwable fault;
    try {
      fault = haltWhileSigning(signer);
    } finally {
      root.removeHandler(handler);
    }

    final StringWriter stack = new StringWriter();
    fault.printStackTrace(new PrintWriter(stack));
    final List<byte[]> places = List.of(everyFile(), utf8(logged.toString()), utf8(stack.toString()),
        utf8(signer.toString()), utf8(String.valueOf(new GavelContext().engineId(7))));
    for (final byte[] canary : List.of(seed, reversed(seed), utf8(HexFormat.of().formatHex(seed)),
        utf8(Base64.getEncoder().encodeToString(encoded)), utf8(Base64.getEncoder().encodeToString(seed)))) {
      for (int i = 0; i < places.size(); i++) {
        assertFalse(contains(places.get(i), canary), "a secret in place " + i);
      }
    }
    assertTrue(contains(places.get(0), signer.publicKey()), "the search finds what is there: the public half");
  }

  private Throwable haltWhileSigning(final CommandSigner signer) {
    final Gavel engine = Gavel.launch(new GavelContext().dir(dir).engineId(7), new GavelEvents() {
      @Override
      public void onAnswer(final CommandAnswerDecoder answer) {
        if (answer.sessionSequence() == 2) {
          throw new IllegalStateException("a planted fault while " + signer + " was at work");
        }
      }
    });
    engine.admin().asset("USD", 2).account("alice").grantKey(1, 1, k -> k.scopes(KeyScope.SECURITY))
        .grantKey(5, 2, k -> k.scopes(KeyScope.DEPOSIT).publicKey(signer.publicKey()))
        .security(s -> s.keysNeeded(true));
    drive(engine);
    engine.admin().snapshot();
    for (int number = 1; number <= 2; number++) {
      final UnsafeBuffer bytes = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
      final DepositEncoder command = new DepositEncoder().wrap(bytes, FrameDescriptor.HEADER_LENGTH);
      command.header().sessionId(5).sessionSequence(number).account(1);
      command.assetId(1).amountUnits(3);
      new FrameFlyweight().wrap(bytes, 0).begin(DepositEncoder.SCHEMA_ID, DepositEncoder.TEMPLATE_ID,
          DepositEncoder.SCHEMA_VERSION, DepositEncoder.BLOCK_LENGTH, DepositEncoder.BLOCK_LENGTH);
      assertTrue(engine.ingress().offerSigned(bytes, 0, signer.sign(bytes, 0)) >= 0);
      drive(engine);
    }
    assertTrue(engine.isHalted());
    final Throwable cause = engine.haltCause();
    engine.close();
    return null == cause ? new AssertionError("halted without a cause") : cause;
  }

  private static void drive(final Gavel engine) {
    while (engine.doWork() > 0) {
      Thread.onSpinWait();
    }
  }

  private byte[] everyFile() throws IOException {
    final ByteArrayOutputStream all = new ByteArrayOutputStream();
    int files = 0;
    try (Stream<Path> paths = Files.walk(dir)) {
      for (final Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        all.write(Files.readAllBytes(path));
        files++;
      }
    }
    assertTrue(files >= 3, "journal, counters, errors, snapshot: " + files);
    assertEquals(true, all.size() > 0);
    return all.toByteArray();
  }

  private static byte[] utf8(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] reversed(final byte[] bytes) {
    final byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static boolean contains(final byte[] place, final byte[] canary) {
    for (int at = 0; at + canary.length <= place.length; at++) {
      if (Arrays.equals(place, at, at + canary.length, canary, 0, canary.length)) {
        return true;
      }
    }
    return false;
  }
}
