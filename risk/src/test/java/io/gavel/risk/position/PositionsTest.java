package io.gavel.risk.position;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Average cost by hand. A tick times a lot is 100 quote units, a lot is 100,000 base units. */
class PositionsTest {

  private static final long ALICE = 11;
  private static final int BTC = 1;
  private static final int BTC_USDT = RiskWorld.BTC_USDT;

  private final RiskEngine risk = RiskWorld.open();
  private final Positions positions = risk.positions();
  private int alice;

  @BeforeEach
  void open() {
    alice = positions.open(0, BTC_USDT);
  }

  @Test
  void shouldAverageCostAndRealiseTheDifferenceWhenSold() {
    positions.add(alice, 10, 1_000);
    positions.add(alice, 30, 6_000);
    expect(40, 7_000, 0);

    positions.sell(alice, 10, 2_000);
    expect(30, 5_250, 250);

    positions.sell(alice, 30, 5_000);
    expect(0, 0, 0);
  }

  @Test
  void shouldRoundTheCostOfWhatIsSoldUp() {
    positions.add(alice, 3, 100);

    positions.sell(alice, 1, 34);
    expect(2, 66, 0);
    positions.sell(alice, 1, 34);
    expect(1, 33, 1);
    positions.sell(alice, 1, 34);
    expect(0, 0, 2);
  }

  @Test
  void shouldRealiseNothingOnLotsWhoseCostIsUnknown() {
    positions.sell(alice, 5, 500);
    expect(0, 0, 0);

    positions.add(alice, 4, 400);
    positions.sell(alice, 10, 1_507);
    expect(0, 0, 602 - 400);
  }

  @Test
  void shouldShowWhatTheLotsWouldBring() {
    positions.add(alice, 10, 1_000_000);

    assertEquals(10 * 1_200 * 100 - 1_000_000, positions.unrealisedUnits(ALICE, BTC_USDT, 1_200));
    assertEquals(10 * 900 * 100 - 1_000_000, positions.unrealisedUnits(ALICE, BTC_USDT, 900));
    assertEquals(0, positions.unrealisedUnits(ALICE, 2, 900));
    assertEquals(0, positions.unrealisedUnits(12, BTC_USDT, 900));
  }

  @Test
  void shouldTakeTheBasisOfADepositForWholeLotsOnly() {
    assertEquals(ReasonCode.OK, risk.deposit(ALICE, BTC, 250_000, BTC_USDT, 600_000));

    expect(2, 2 * 600_000 * 100, 0);
  }

  @Test
  void shouldForgetAtCostWhatLeavesTheHouse() {
    assertEquals(ReasonCode.OK, risk.deposit(ALICE, BTC, 300_000, 0, 0));
    assertEquals(ReasonCode.OK, risk.deposit(ALICE, BTC, 400_000, BTC_USDT, 10));
    assertEquals(ReasonCode.OK, risk.holdFunds(ALICE, BTC, 600_000, 1));
    expect(4, 4_000, 0);

    assertEquals(ReasonCode.OK, risk.settleHold(ALICE, 1, 200_000));
    expect(4, 4_000, 0);
    assertEquals(ReasonCode.OK, risk.holdFunds(ALICE, BTC, 250_000, 2));
    assertEquals(ReasonCode.OK, risk.settleHold(ALICE, 2, 250_000));
    expect(2, 2_000, 0);
  }

  @Test
  void shouldStayAtTheEndOfALongRatherThanWrap() {
    positions.add(alice, 1, Long.MAX_VALUE);
    positions.add(alice, 1, Long.MAX_VALUE);
    positions.addFee(alice, Long.MAX_VALUE);
    positions.addFee(alice, 1);

    expect(2, Long.MAX_VALUE, 0);
    assertEquals(Long.MAX_VALUE, positions.feesPaidUnits(ALICE, BTC_USDT));
  }

  private void expect(final long lots, final long costUnits, final long realisedUnits) {
    assertEquals(lots, positions.lots(ALICE, BTC_USDT));
    assertEquals(costUnits, positions.costUnits(ALICE, BTC_USDT));
    assertEquals(realisedUnits, positions.realisedUnits(ALICE, BTC_USDT));
  }
}
