package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: sign, prove and verify by the commands alone, and a sentence for whatever is put in the wrong place. */
class ProveVerbTest {

  private static final String[] LINES = {
      "{'op':'asset','ccy':'USDT','scale':6,'ts':'1000000000'}", "{'op':'asset','ccy':'BTC','scale':8}",
      "{'op':'instrument','instId':'BTC-USDT','tickSz':'0.1','lotSz':'0.001'}",
      "{'op':'account','acct':'alice'}", "{'op':'deposit','acct':'alice','ccy':'BTC','amt':'10'}"};

  @TempDir
  private Path root;
  private String dir = "";
  private String key = "";

  @BeforeEach
  void writeAJournalAndAKey() throws IOException, GeneralSecurityException {
    dir = root.resolve("engine").toString();
    assertEquals(0, piped(dir, LINES.length).exitCode());
    key = root.resolve("auditor.pem").toString();
    final KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.writeString(Path.of(key),
        pem("PRIVATE", pair.getPrivate().getEncoded()) + pem("PUBLIC", pair.getPublic().getEncoded()));
  }

  @Test
  void shouldSignProveAndVerify() throws IOException {
    final String second = root.resolve("second").toString();
    final CliRun signed = CliRun.of("prove", dir, "--key", key, "--export", second);
    assertEquals(0, signed.exitCode(), signed.err());
    assertTrue(signed.out().startsWith("signed up to sequence 6: state "), signed.out());
    final CliRun verified = CliRun.of("verify", dir, "--key", key, "--checkpoints", second);
    assertEquals(0, verified.exitCode(), verified.err());
    assertTrue(verified.out().contains("every frame up to sequence 6 is what was signed"), verified.out());

    final CliRun proof = CliRun.of("prove", dir, "--key", key, "--account", "alice");
    assertEquals(0, proof.exitCode(), proof.err());
    final Path file = Files.writeString(root.resolve("proof.json"), proof.out());
    final CliRun holds = CliRun.of("verify", dir, "--key", key, "--proof", file.toString());
    assertEquals(0, holds.exitCode(), holds.err());
    assertTrue(holds.out().contains("the proof holds"), holds.out());
    Files.writeString(file, proof.out().replace("1000000000", "2000000000"));
    assertEquals(1, CliRun.of("verify", dir, "--key", key, "--proof", file.toString()).exitCode());
  }

  @Test
  void shouldFindATailThatWasCutAndSayWhatIsWrongWithARequest() throws IOException {
    assertEquals(0, CliRun.of("prove", dir, "--key", key).exitCode());
    final String other = root.resolve("other").toString();
    assertEquals(0, piped(other, LINES.length - 1).exitCode());
    final CliRun cut =
        CliRun.of("verify", other, "--key", key, "--checkpoints", Path.of(dir, "checkpoints").toString());
    assertEquals(1, cut.exitCode());
    assertTrue(cut.out().contains("NOT WHAT WAS SIGNED from sequence 6"), cut.out());

    assertEquals(2, CliRun.of("verify", other, "--key", key).exitCode());
    assertTrue(CliRun.of("verify", dir, "--proof", "x").err().contains("need --key FILE"));
    assertTrue(CliRun.of("prove", dir, "--key", key, "--account", "carol").err().contains("no account carol"));
    assertTrue(CliRun.of("prove", dir, "--key", key, "--range", "0").err().contains("a range has 1 to"));
    final Path garbage = Files.writeString(root.resolve("garbage.json"), "{\"path\":[\"zz\"]}");
    assertTrue(CliRun.of("verify", dir, "--key", key, "--proof", garbage.toString()).err().contains("is no proof"));
    deleteAll(Path.of(dir, "checkpoints"));
    assertTrue(CliRun.of("verify", dir, "--key", key).out().contains("nothing is proved: no checkpoint"));
  }

  private static CliRun piped(final String dir, final int lines) {
    final String input = String.join("\n", Arrays.copyOf(LINES, lines)).replace('\'', '"') + "\n";
    return CliRun.withInput(input, "pipe", "--dir", dir);
  }

  private static void deleteAll(final Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String pem(final String kind, final byte[] encoded) {
    return "-----BEGIN " + kind + " KEY-----\n" + Base64.getMimeEncoder().encodeToString(encoded)
        + "\n-----END " + kind + " KEY-----\n";
  }
}
