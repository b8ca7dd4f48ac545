package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.cli.CliRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: who pastes the wrong half of a key into a line, or a token into a place where none belongs, does not find it in
 * what the pipe says nor on its disk. Method: plant it in each such place and search everything.
 */
class PipeCanaryTest {

  private static final String CANARY = "deadbeefcafe0123456789c0ffee5ec2e7c0de5ec2e7c0de5ec2e7c0de5ec2e7";
  private static final String PRIVATE = "302e020100300506032b657004220420" + CANARY;

  private static final List<String> LINES = List.of(
      "{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade','publicKey':'" + PRIVATE + "'}",
      "{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade','publicKey':'" + CANARY + "zz'}",
      "{'op':'grant-key','keySessionId':1,'principal':1,'scopes':'trade','privateKey':'" + CANARY + "'}",
      "{'op':'time','ts':1,'token':'" + CANARY + "'}");

  @Test
  void shouldNeitherEchoNorKeepAPlantedSecret(@TempDir final Path dir) throws IOException {
    final CliRun run = CliRun.pipe(
        dir, LINES.stream().map(line -> line.replace('\'', '"')).toArray(String[]::new));

    assertFalse(run.out().contains(CANARY), run.out());
    assertFalse(run.err().contains(CANARY), run.err());
    assertTrue(run.out().contains("publicKey") && run.out().contains("privateKey") && run.out().contains("token"),
        "the place is named all the same: " + run.out());
    try (Stream<Path> files = Files.walk(dir)) {
      for (final Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY), file + "");
      }
    }
  }
}
