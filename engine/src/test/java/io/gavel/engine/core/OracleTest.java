package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ReasonCode;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The machine against an oracle that was written from the specification: every answer, every event in its order, and
 * at intervals every balance; half of the machines are now and then replaced by one that loaded their state.
 * {@code -Dgavel.oracleCommands} and {@code -Dgavel.oracleSeed} take it further.
 */
class OracleTest {

  private static final int COMMANDS = Integer.getInteger("gavel.oracleCommands", 2_500);
  private static final long FIRST_SEED = Long.getLong("gavel.oracleSeed", 0);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
  void shouldTellWhatTheOracleForetold(final long number) {
    final long seed = FIRST_SEED + number;
    System.out.println("oracle seed " + seed);
    final CoreConfig config = config(seed);
    final Twins twins = new Twins(config, 0 == seed % 2);
    final OracleTraffic traffic = new OracleTraffic(seed, twins);
    final Map<ReasonCode, Integer> codes = new EnumMap<>(ReasonCode.class);

    for (int i = 1; i <= COMMANDS; i++) {
      codes.merge(traffic.next(), 1, Integer::sum);
      if (0 == i % 50) {
        twins.compareBalances();
      }
      if (0 == seed % 2 && 0 == i % 211) {
        twins.core.restart();
      }
    }

    assertTrue(codes.size() > 12, "the traffic met few outcomes: " + codes);
  }

  /** Some seeds know a delay, few rules, or chunks of one fill: all of it must not matter, or matter as foretold. */
  private static CoreConfig config(final long seed) {
    final int rulesMax = 0 == seed % 5 ? 24 : 256;
    final CoreConfig small =
        Core.small().withCapacities(64, 1_024, rulesMax, 256).withActivationDelayNs(0 == seed % 3 ? 120 : 0);
    return new CoreConfig(small.behaviourVersion(), small.activationDelayNs(), small.clockJumpMaxNs(),
        small.accountsMax(), small.assetsMax(), small.instrumentsMax(), small.ordersMax(), rulesMax,
        small.balancesMax(), small.holdsMax(), small.sessionsMax(), small.answersPerSession(),
        0 == seed % 4 ? 1 : small.fillsPerChunk());
  }
}
