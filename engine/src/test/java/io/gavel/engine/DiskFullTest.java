package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a full disk takes nothing back. Method: a child journals into a small file system of its own until it halts;
 * a store into a mapping then vanishes without a word, and only reading it back can tell.
 */
class DiskFullTest {

  private static final int ROUNDS = Integer.getInteger("gavel.disk.rounds", 5);
  private static final int SOAK_ROUNDS = Integer.getInteger("gavel.disk.soakRounds", 1_000);

  @TempDir
  private Path dir;

  @Test
  void shouldRefuseNewRiskInFrontOfTheEndAndTakeItAgainWhenThereIsRoom() throws IOException, InterruptedException {
    shouldRefuseAndResume(ROUNDS);
  }

  @Test
  @Tag("soak")
  void shouldRefuseNewRiskAndTakeItAgainForANight() throws IOException, InterruptedException {
    shouldRefuseAndResume(SOAK_ROUNDS);
  }

  private void shouldRefuseAndResume(final int rounds) throws IOException, InterruptedException {
    final String said = inFileSystemOf(16 + rounds / 20, DiskSpaceChild.class, Integer.toString(rounds));
    assertTrue(said.startsWith(rounds + " rounds, " + rounds + " good, "), said);
    assertTrue(said.endsWith("lost 0"), said);
    assertTrue(said.contains("then full: ") && !said.contains("then full: none"), said);
    System.out.println("disk space: " + said);
  }

  @Test
  void shouldHaltWithEveryAcknowledgedCommandInTheJournalWhenTheDiskIsFull()
      throws IOException, InterruptedException {
    final String said = inFileSystemOf(3, DiskFullChild.class);
    assertTrue(said.endsWith("lost 0"), said);
    System.out.println("disk full: " + said);
  }

  /** Runs a child in a namespace in which {@code dir} is a file system of that many megabytes; what it said. */
  private String inFileSystemOf(final int megabytes, final Class<?> main, final String... more)
      throws IOException, InterruptedException {
    final String mount = "mount -t tmpfs -o size=" + megabytes + "m tmpfs " + dir;
    assumeTrue(0 == new ProcessBuilder("sh", "-c", "unshare -rm sh -c '" + mount + "'")
        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor(),
        "the kernel gives no file system of its own to who is not root here: unshare -rm is refused");

    final List<String> arguments = new ArrayList<>(List.of(dir.toString()));
    arguments.addAll(List.of(more));
    final Process child = ChildJvm.start(List.of("unshare", "-rm", "sh", "-c", mount + " && exec \"$@\"", "sh"), main,
        arguments.toArray(String[]::new));
    final String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
    assertEquals(0, child.waitFor(), said);
    return said;
  }
}
