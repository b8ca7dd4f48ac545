package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ReasonCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contracts, margin, liquidation and tokens all at once, through a machine that goes on and one that is saved and
 * loaded again and again: both tell the same. Money is conserved after every command, the lots of a contract cancel
 * out, pools owe what holders have, and a refusal leaves the business state as it was.
 */
class HouseTrafficTest {

  private static final int COMMANDS = Integer.getInteger("gavel.houseCommands", 2_500);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldComeToTheSameStateThroughRestarts(final long seed) {
    System.out.println("house traffic seed " + seed);
    final Core plain = Core.spot();
    final Core restarted = Core.spot();
    final HouseTraffic first = new HouseTraffic(seed, plain);
    final HouseTraffic second = new HouseTraffic(seed, restarted);
    final Map<ReasonCode, Integer> codes = new EnumMap<>(ReasonCode.class);
    plain.take();
    restarted.take();

    for (int i = 0; i < COMMANDS; i++) {
      final List<String> before = i % 16 == 0 ? plain.state() : List.of();
      final long timeBefore = plain.machine.nextDeadlineNs();
      final ReasonCode code = step(first, plain);
      codes.merge(code, 1, Integer::sum);
      if (!before.isEmpty() && ReasonCode.OK != code && timeBefore > plain.timeNs()) {
        assertEquals(before, plain.state(), "a refusal changed the state: " + code);
      }
      if (i % 89 == 0) {
        restarted.restart();
      }
      assertEquals(code, step(second, restarted), "command " + i);
      assertEquals(plain.take(), restarted.take(), "command " + i);
    }

    assertEquals(plain.state(), restarted.state());
    assertTrue(codes.size() > 15, "the traffic met few outcomes: " + codes);
  }

  /** A fault tells the story that led to it. */
  private static ReasonCode step(final HouseTraffic traffic, final Core core) {
    try {
      return traffic.next(core);
    } catch (final RuntimeException e) {
      throw new AssertionError("after " + core.tail(), e);
    }
  }
}
