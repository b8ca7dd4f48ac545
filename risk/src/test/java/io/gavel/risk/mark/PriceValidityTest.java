package io.gavel.risk.mark;

import static io.gavel.risk.mark.PriceCommands.INSTRUMENT;
import static io.gavel.risk.mark.PriceCommands.PERCENT;
import static io.gavel.risk.mark.PriceCommands.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.PriceState;
import org.junit.jupiter.api.Test;

/** The ladder, and how far a mark may raise buying power in an interval (R13). */
class PriceValidityTest {

  private final PriceValidity validity = new PriceValidity(8);
  private final PriceRule rule =
      new PriceRule(PriceCommands.rule(r -> r.raiseMaxE8(5 * PERCENT).raiseIntervalNs(10 * SECOND)));
  private long now = SECOND;

  @Test
  void shouldAnswerThreeQuestionsSeparately() {
    final String[] expected = {"---", "---", "---", "f--", "fl-", "flr"};
    assertEquals("flr", answers(), "without a rule");
    validity.judge(INSTRUMENT);
    for (int state = 0; state < expected.length; state++) {
      validity.state(INSTRUMENT, PriceSource.MARK, PriceState.get((short) state));
      assertEquals(expected[state], answers(), PriceState.get((short) state).name());
      assertTrue(validity.mayFireRules(INSTRUMENT, PriceSource.LAST));
    }
    validity.trust(INSTRUMENT);
    assertEquals("flr", answers());
  }

  private String answers() {
    return (validity.mayFireRules(INSTRUMENT, PriceSource.MARK) ? "f" : "-")
        + (validity.mayLiquidate(INSTRUMENT) ? "l" : "-") + (validity.mayRaiseBuyingPower(INSTRUMENT) ? "r" : "-");
  }

  @Test
  void shouldLetAPumpedMarkRaiseBuyingPowerByAShareAnIntervalOnly() {
    mark(PriceState.VALID, 1_000);
    mark(PriceState.VALID, 13_000);
    assertEquals(1_050, longs(13_000));
    assertEquals(13_000, shorts(13_000), "what hurts counts at once");
    now += 9 * SECOND;
    mark(PriceState.VALID, 13_000);
    assertEquals(1_050, longs(13_000));
    now += SECOND;
    mark(PriceState.VALID, 13_000);
    assertEquals(1_102, longs(13_000));
    mark(PriceState.VALID, 900);
    assertEquals(900, longs(900), "a fall counts at once");
    mark(PriceState.VALID, 2_000);
    assertEquals(1_102, longs(2_000), "and back as far as the interval allowed");
  }

  @Test
  void shouldRaiseNothingWhileTheMarkIsNotFullyValid() {
    mark(PriceState.VALID, 1_000);
    now += 20 * SECOND;
    mark(PriceState.CLAMPED, 1_040);
    assertEquals(1_000, longs(1_040));
    mark(PriceState.CLAMPED, 990);
    assertEquals(990, longs(990));
    assertEquals(1_040, shorts(990), "nor a short by a fall");
    mark(PriceState.VALID, 1_040);
    assertEquals(1_040, longs(1_040));
    mark(PriceState.VALID, 500);
    assertEquals(950, shorts(500));
  }

  private void mark(final PriceState state, final long units) {
    validity.judge(INSTRUMENT);
    validity.state(INSTRUMENT, PriceSource.MARK, state);
    validity.markChanged(rule, INSTRUMENT, units, now);
  }

  private long longs(final long units) {
    return validity.longCreditUnits(INSTRUMENT, units);
  }

  private long shorts(final long units) {
    return validity.shortCreditUnits(INSTRUMENT, units);
  }
}
