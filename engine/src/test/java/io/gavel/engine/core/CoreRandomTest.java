package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same seeded commands through machines that differ in what must not matter: how often they are saved and loaded
 * into a fresh one, and how many fills make a chunk. Money is conserved after every command, and a refusal leaves the
 * business state as it was.
 */
class CoreRandomTest {

  private static final int COMMANDS = Integer.getInteger("gavel.coreCommands", 4_000);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void shouldComeToTheSameStateByEveryWay(final long seed) {
    System.out.println("core traffic seed " + seed);
    final FeeAsset feeAsset = 0 == seed % 2 ? FeeAsset.QUOTE : FeeAsset.BASE;
    final CoreConfig config = Core.small().withActivationDelayNs(0 == seed % 3 ? 120 : 0);
    final Core plain = Core.spot(config, 50_000, 100_000, feeAsset);
    final Core restarted = Core.spot(config, 50_000, 100_000, feeAsset);
    final RandomTraffic first = new RandomTraffic(seed);
    final RandomTraffic second = new RandomTraffic(seed);
    final Map<ReasonCode, Integer> codes = new EnumMap<>(ReasonCode.class);

    for (int i = 0; i < COMMANDS; i++) {
      final List<String> before = i % 16 == 0 ? plain.state() : List.of();
      final long timeBefore = plain.machine.nextDeadlineNs();
      final ReasonCode code = step(first, plain);
      codes.merge(code, 1, Integer::sum);
      if (!before.isEmpty() && ReasonCode.OK != code && timeBefore > plain.timeNs()) {
        assertEquals(before, plain.state(), "a refusal changed the state: " + code);
      }
      if (i % 97 == 0) {
        restarted.restart();
      }
      assertEquals(code, second.next(restarted), "command " + i);
      assertEquals(plain.take(), restarted.take(), "command " + i);
    }

    assertEquals(plain.state(), restarted.state());
    assertEquals(plain.controlState(), restarted.controlState());
    assertTrue(codes.size() > 12, "the traffic met few outcomes: " + codes);
  }

  /** A fault tells the story that led to it. */
  private static ReasonCode step(final RandomTraffic traffic, final Core core) {
    try {
      return traffic.next(core);
    } catch (final RuntimeException e) {
      throw new AssertionError("after " + core.tail(), e);
    }
  }
}
