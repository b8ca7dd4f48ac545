package io.gavel.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.InvariantViolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpaceGuardTest {

  private static final long LOW = 1 << 20;
  private static final int RESERVE = 100_000;

  @TempDir
  private Path dir;

  private long usable = 10 * LOW;
  private int looks;

  @Test
  void shouldBeShortBelowTheMarkAndOnlyComeBackWellAboveIt() {
    final SpaceGuard guard = guard(0);
    for (final long[] step : new long[][] {
        {LOW, 0}, {LOW - 1, 1}, {LOW, 1}, {LOW * 5 / 4 - 1, 1}, {LOW * 5 / 4, 0}, {LOW, 0}, {0, 1},
        {-1, 0}, {LOW / 2, 1}, {Long.MAX_VALUE, 0}}) {
      usable = step[0];
      look(guard);
      assertEquals(1 == step[1], guard.isShort(), "usable " + step[0]);
      assertEquals(step[0] < 0 ? Long.MAX_VALUE : step[0], guard.usableBytes());
    }
  }

  @Test
  void shouldLookEveryFewCommitsAndSoonerWhenTheyAreLarge() {
    final SpaceGuard guard = guard(0);
    assertEquals(1, looks);
    for (int i = 1; i <= 640; i++) {
      guard.onCommit(i * 100L);
    }
    assertEquals(11, looks);
    long bytes = 64_000;
    for (int i = 0; i < 32; i++) {
      bytes += LOW / 32;
      guard.onCommit(bytes);
    }
    assertEquals(27, looks);
  }

  @Test
  void shouldWaitForRoomWhenNothingComesAndOnlyThen() {
    final SpaceGuard guard = guard(0);
    for (int i = 0; i < 10_000; i++) {
      guard.onIdle();
    }
    assertEquals(1, looks);
    usable = 1;
    look(guard);
    usable = 10 * LOW;
    int turns = 0;
    while (guard.isShort()) {
      guard.onIdle();
      turns++;
    }
    assertTrue(turns <= 256, "turns " + turns);
  }

  @Test
  void shouldGiveTheReserveUpNearTheEndAndTakeItAgainInFrontOfComingBack() throws IOException {
    final SpaceGuard guard = guard(RESERVE);
    final Path reserve = dir.resolve("reserve.space");
    assertEquals(RESERVE, Files.size(reserve));
    usable = LOW - 1;
    look(guard);
    usable = LOW / 8;
    look(guard);
    assertTrue(Files.exists(reserve));
    usable = LOW / 8 - 1;
    look(guard);
    assertFalse(Files.exists(reserve));
    look(guard);
    usable = LOW * 5 / 4 + RESERVE - 1;
    look(guard);
    assertTrue(guard.isShort());
    usable++;
    look(guard);
    assertFalse(guard.isShort());
    assertEquals(RESERVE, Files.size(reserve));
  }

  @Test
  void shouldFindTheReserveOfAnEarlierLaunchAndBeShortWithoutRoomForOne() throws IOException {
    guard(RESERVE);
    final Path reserve = dir.resolve("reserve.space");
    final byte[] before = Files.readAllBytes(reserve);
    assertFalse(guard(RESERVE).isShort());
    assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(reserve)));
    guard(RESERVE / 2);
    assertEquals(RESERVE / 2, Files.size(reserve));

    usable = LOW / 2;
    assertTrue(guard(RESERVE).isShort());
    usable = 10 * LOW;
    final SpaceGuard nowhere = new SpaceGuard(() -> usable, LOW, dir.resolve("gone"), RESERVE);
    assertTrue(nowhere.isShort(), "no reserve can be had");
    assertThrows(InvariantViolation.class, () -> new SpaceGuard(() -> usable, 0, null, 0));
  }

  private SpaceGuard guard(final int reserveBytes) {
    return new SpaceGuard(() -> {
      looks++;
      return usable;
    }, LOW, dir, reserveBytes);
  }

  private static void look(final SpaceGuard guard) {
    for (int i = 0; i < 64; i++) {
      guard.onCommit(0);
    }
  }
}
