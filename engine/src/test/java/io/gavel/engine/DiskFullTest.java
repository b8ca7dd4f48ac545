package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a full disk takes nothing back. Method: a child journals into a small file system of its own until it halts;
 * a store into a mapping then vanishes without a word, and only reading it back can tell.
 */
class DiskFullTest {

  @TempDir
  private Path dir;

  @Test
  void shouldHaltWithEveryAcknowledgedCommandInTheJournalWhenTheDiskIsFull()
      throws IOException, InterruptedException {
    final String mount = "mount -t tmpfs -o size=3m tmpfs " + dir;
    assumeTrue(0 == new ProcessBuilder("sh", "-c", "unshare -rm sh -c '" + mount + "'")
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(),
        "no file system of its own can be had here");

    final Process child = ChildJvm.start(
        List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"), DiskFullChild.class, dir.toString());
    final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    assertEquals(0, child.waitFor(), said);
    assertTrue(said.endsWith("lost 0"), said);
    System.out.println("disk full: " + said);
  }
}
