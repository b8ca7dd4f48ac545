package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalTailer;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: from the refusal to start to a running engine by the commands that the messages name. */
class QuarantineVerbTest {

  private static final String[] MARKET = {
      "{'op':'asset','ccy':'USDT','scale':6,'ts':'1000000000'}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.001'}",
      "{'op':'account','acct':'alice'}", "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'10'}"};
  private static final int POISON = MARKET.length + 2;

  @TempDir
  private Path root;

  private Path dir = Path.of("");
  private Path key = Path.of("");

  @BeforeEach
  void writeAPoisonedJournalAndAKey() throws IOException, GeneralSecurityException {
    dir = root.resolve("engine");
    key = root.resolve("operator.pem");
    assertEquals(0, pipe().exitCode());
    appendPoison();
    final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(
        key, pem("PRIVATE", pair.getPrivate().getEncoded()) + pem("PUBLIC", pair.getPublic().getEncoded()));
  }

  @Test
  void shouldLeadFromTheRefusalToARunningEngine() {
    final CliRun refused = pipe();
    assertEquals(2, refused.exitCode(), refused.err());
    assertTrue(refused.err().contains("gavel quarantine DIR --sequence " + POISON + " --key FILE"), refused.err());

    final CliRun signed = CliRun.of("quarantine", dir.toString(), "--sequence", "" + POISON, "--key", key.toString(),
        "--incident", "12");
    assertEquals(0, signed.exitCode(), signed.err());
    assertTrue(signed.out().contains("sequence " + POISON + " is passed over: recorded at sequence " + (POISON + 1)),
        signed.out());

    final CliRun unknown = pipe();
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("none of the trusted ones"), unknown.err());
    final CliRun launched = pipe("--quarantine-key", key.toString());
    assertEquals(0, launched.exitCode(), launched.err());
    assertEquals(POISON + 1, launched.lines().get(0).path("seq").asLong());

    assertEquals(0, CliRun.of("verify", dir.toString()).exitCode());
    final String log = CliRun.of("replay", dir.toString(), "--log").out();
    assertTrue(log.contains("sequence " + POISON + " is passed over") && log.contains("incident 12"), log);
    for (int sequence = POISON; sequence <= POISON + 1; sequence++) {
      final CliRun why = CliRun.of("explain", dir.toString(), "--seq", "" + sequence);
      assertEquals(0, why.exitCode(), why.err());
      assertTrue(why.out().contains(POISON == sequence ? "QUARANTINED" : "Quarantine"), why.out());
    }
  }

  @Test
  void shouldSayWhatIsWrongWithAKeyOrANumber() throws IOException {
    assertRefused("no key file", "" + POISON, root.resolve("nowhere.pem"));
    final Path empty = Files.writeString(root.resolve("empty.pem"), "no key");
    assertRefused("no Ed25519 PRIVATE KEY in PEM", "" + POISON, empty);
    final String text = Files.readString(key);
    final Path half = Files.writeString(root.resolve("half.pem"), text.substring(0, text.indexOf("-----BEGIN PUBLIC")));
    assertRefused("no Ed25519 PUBLIC KEY in PEM", "" + POISON, half);
    final Path broken = Files.writeString(root.resolve("broken.pem"),
        pem("PRIVATE", new byte[] {1, 2, 3}) + pem("PUBLIC", new byte[] {4}));
    assertRefused("no Ed25519 PRIVATE KEY in PEM", "" + POISON, broken);
    assertRefused("asked for sequence 3", "3", key);
    assertEquals(2, CliRun.of("quarantine", dir.toString(), "--key", key.toString()).exitCode());
    final CliRun zh = CliRun.of("quarantine", dir.toString(), "--sequence", "9", "--key", empty.toString(),
        "--lang", "zh");
    assertTrue(zh.err().contains("没有 PEM 格式"), zh.err());
  }

  private void assertRefused(final String why, final String sequence, final Path file) {
    final CliRun run = CliRun.of("quarantine", dir.toString(), "--sequence", sequence, "--key", file.toString());
    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(why), run.err());
  }

  private CliRun pipe(final String... more) {
    final String[] arguments = new String[3 + more.length];
    arguments[0] = "pipe";
    arguments[1] = "--dir";
    arguments[2] = dir.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    final String input = Files.exists(dir) ? "" : String.join("\n", MARKET).replace('\'', '"') + "\n";
    return CliRun.withInput(input, arguments);
  }

  /** A rule whose legs say that each is 65,535 bytes long; no ingress lets it in. */
  private void appendPoison() {
    try (Journal journal = new ChronicleJournal(dir, 64 << 10, 1 << 20)) {
      final JournalTailer tailer = journal.tailer();
      while (tailer.next()) {
        assertTrue(tailer.sequence() < POISON);
      }
      final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
      final ArmRuleEncoder rule = new ArmRuleEncoder().wrap(buffer, FrameDescriptor.HEADER_LENGTH);
      rule.instrumentId(1).side(Side.SELL).quantityLots(5).header().account(1);
      final ArmRuleEncoder.LegsEncoder legs = rule.legsCount(4);
      for (int i = 0; i < 4; i++) {
        legs.next().levelTicks(600_000).source(PriceSource.MARK);
      }
      RuleGroups.none(rule);
      buffer.putShort(FrameDescriptor.HEADER_LENGTH + ArmRuleEncoder.BLOCK_LENGTH, (short) -1,
          ByteOrder.LITTLE_ENDIAN);
      final FrameFlyweight frame = new FrameFlyweight().wrap(buffer, 0).begin(ArmRuleEncoder.SCHEMA_ID,
          ArmRuleEncoder.TEMPLATE_ID, ArmRuleEncoder.SCHEMA_VERSION, ArmRuleEncoder.BLOCK_LENGTH,
          rule.encodedLength());
      frame.sequence(tailer.sequence() + 1).engineTimeNs(tailer.engineTimeNs());
      final int crc = new FrameChecksum().crc32c(buffer, 0, frame.length());
      frame.crc32c(crc).chain(FrameChecksum.chain(tailer.chain(), crc));
      journal.resume(tailer);
      journal.append(buffer, 0, frame.length());
      journal.commit(DurabilityLevel.PROCESS);
    }
  }

  private static String pem(final String kind, final byte[] encoded) {
    return "-----BEGIN " + kind + " KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(encoded)
        + "\n-----END " + kind + " KEY-----\n";
  }
}
