package io.gavel.risk.margin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import io.gavel.risk.collateral.HaircutTable;
import io.gavel.risk.option.MoneyEdge;
import io.gavel.risk.option.PortfolioParameter;
import io.gavel.risk.option.PortfolioParameters;
import io.gavel.risk.position.Contracts;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: accounts in portfolio mode need what the naive model says of their positions, to the unit. Method: random
 * trades, marks, volatilities, parameters; everything worked out anew from the positions after each.
 */
class PortfolioBookTest {

  private static final long SEED = 51;
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final int USDT = 2;
  private static final int SPOT = 1;
  private static final int PERPETUAL = 2;
  private static final int FIRST_OPTION = 3;
  private static final int OPTIONS = 5;
  private static final int UNMARKED = 8;
  private static final int[] STRIKES = {550_000, 550_000, 600_000, 660_000, 600_000};
  private static final long[] EXPIRY_DAYS = {10, 10, 10, 60, 60};

  private final RiskEngine risk = RiskWorld.open();
  private final Random random = new Random(SEED);
  private final long[] volatilitiesE8 = new long[OPTIONS];
  private final long[] valuesE8 = new long[PortfolioParameter.values().length];
  private long timeNs = DAY_NS;
  private long indexUnits = 60_000_000;
  private long perpetualUnits = 60_010_000;

  @BeforeEach
  void open() {
    RiskWorld.contract(risk, PERPETUAL, "PERP", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).indexInstrumentId(SPOT));
    for (int i = 0; i <= OPTIONS; i++) {
      final int strike = STRIKES[i % OPTIONS];
      final long days = EXPIRY_DAYS[i % OPTIONS];
      final InstrumentKind kind = i % 2 == 0 ? InstrumentKind.CALL_OPTION : InstrumentKind.PUT_OPTION;
      RiskWorld.contract(risk, FIRST_OPTION + i, "OPTION" + i, c -> c.kind(kind).strikeTicks(strike)
          .expiryTimeNs(days * DAY_NS).indexInstrumentId(SPOT));
    }
    final HaircutTable haircuts = new HaircutTable();
    haircuts.clear(1);
    haircuts.tier(0, 100_000_000);
    risk.collateral().set(USDT, 0, haircuts.haircuts());
    for (final PortfolioParameter parameter : PortfolioParameter.values()) {
      valuesE8[parameter.ordinal()] = Math.round(parameter.base() * 1e8);
    }
    risk.accountModes().set(0, MarginMode.PORTFOLIO, PositionMode.ONE_WAY);
    prices();
    for (int i = 0; i < OPTIONS; i++) {
      mark(i);
    }
  }

  private void prices() {
    timeNs += random.nextInt(1_000) * 1_000_000_000L;
    risk.marks().setIndex(SPOT, indexUnits, 1, timeNs);
    risk.marks().setMark(PERPETUAL, perpetualUnits, 1, timeNs);
    for (int i = 0; i <= OPTIONS; i++) {
      risk.marks().setMark(FIRST_OPTION + i, 1_000_000, 1, timeNs);
    }
  }

  private void mark(final int option) {
    volatilitiesE8[option] = 30_000_000L + random.nextInt(50_000_000);
    PortfolioCommands.volatility(risk, FIRST_OPTION + option, volatilitiesE8[option], 5_000_000,
        60 == EXPIRY_DAYS[option] ? PERPETUAL : 0);
  }

  private void trade(final int instrumentId, final long lots) {
    final Contracts contracts = risk.contracts();
    contracts.trade(contracts.open(0, instrumentId, PositionSide.NET), lots, lots);
    contracts.trade(contracts.open(1, instrumentId, PositionSide.NET), -lots, -lots);
  }

  private long lots(final int instrumentId) {
    final int position = risk.contracts().find(0, instrumentId, PositionSide.NET);
    return Contracts.NULL_POSITION == position ? 0 : risk.contracts().lots(position);
  }

  private NaivePortfolioMargin naive() {
    final PortfolioParameters.Builder builder = PortfolioParameters.builder();
    for (final PortfolioParameter parameter : PortfolioParameter.values()) {
      builder.set(parameter, valuesE8[parameter.ordinal()] / 1e8);
    }
    final NaivePortfolioMargin naive = new NaivePortfolioMargin(builder.build());
    naive.spot = price(indexUnits);
    naive.futureSize = 1_000.0 * lots(PERPETUAL);
    naive.futurePrice = price(perpetualUnits);
    naive.expiries.add(expiry(10, indexUnits));
    naive.expiries.add(expiry(60, perpetualUnits));
    int position = risk.contracts().first(0);
    while (Contracts.NULL_POSITION != position) {
      final int option = risk.contracts().instrumentId(position) - FIRST_OPTION;
      if (option >= 0 && option < OPTIONS) {
        naive.legs.add(new NaivePortfolioMargin.Leg(10 == EXPIRY_DAYS[option] ? 0 : 1,
            price(STRIKES[option] * 100L), volatilitiesE8[option] / 1e8, option % 2 == 0,
            1_000.0 * risk.contracts().lots(position)));
      }
      position = risk.contracts().next(position);
    }
    naive.evaluate();
    return naive;
  }

  private NaivePortfolioMargin.Expiry expiry(final long days, final long forwardUnits) {
    final long leftNs = Math.max(0, days * DAY_NS - timeNs);
    return new NaivePortfolioMargin.Expiry((long) Math.ceil(leftNs / 1e9), price(forwardUnits), 5_000_000 / 1e8, 1);
  }

  private static double price(final long markUnits) {
    return markUnits / 100.0 * 0.1;
  }

  @Test
  void shouldNeedWhatTheNaiveModelSaysAfterEveryChange() {
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(5)) {
        case 0 -> trade(PERPETUAL, random.nextInt(2_001) - 1_000);
        case 1 -> mark(random.nextInt(OPTIONS));
        case 2 -> {
          indexUnits = 40_000_000L + random.nextInt(40_000_000);
          perpetualUnits = indexUnits + random.nextInt(100_000) - 50_000;
          prices();
        }
        case 3 -> {
          final PortfolioParameter parameter = PortfolioParameter.values()[random.nextInt(valuesE8.length)];
          valuesE8[parameter.ordinal()] = Math.round(parameter.base() * 1e8 * (0.5 + random.nextDouble()));
          PortfolioCommands.parameter(risk, SPOT, parameter, valuesE8[parameter.ordinal()]);
        }
        default -> trade(FIRST_OPTION + random.nextInt(OPTIONS), random.nextInt(2_001) - 1_000);
      }
      final NaivePortfolioMargin naive = naive();
      final String where = "seed " + SEED + ", step " + step;
      assertEquals(Math.max(0, MoneyEdge.required(naive.marked - naive.maintenance, 1)),
          risk.marginBook().maintenanceUnits(0), where);
      assertEquals(Math.max(0, MoneyEdge.required(naive.marked - naive.initial, 1)),
          risk.marginBook().initialUnits(0), where);
    }
  }

  @Test
  void shouldMarginByItselfWhatItCannotValue() {
    trade(UNMARKED, -3);
    trade(PERPETUAL, 5);
    final LegMargin leg = risk.legMargin();
    final long apart = leg.maintenanceOf(risk.contracts().find(0, UNMARKED, PositionSide.NET));
    final NaivePortfolioMargin together = naive();

    assertTrue(apart > 0);
    assertEquals(apart + MoneyEdge.required(together.marked - together.maintenance, 1),
        risk.portfolioBook().maintenanceUnits(0));
  }

  @Test
  void shouldNeedNothingOnAccountOfOthers() {
    trade(PERPETUAL, 5);
    trade(FIRST_OPTION, -7);

    assertEquals(0, risk.portfolioBook().maintenanceUnits(2));
    assertEquals(0, risk.portfolioBook().initialUnits(2));
  }

  @Test
  void shouldAddOrdersAtTheirWorstAndNeverTooLittle() {
    trade(FIRST_OPTION, 40);
    trade(FIRST_OPTION + 1, -30);
    final Contracts contracts = risk.contracts();
    final long before = risk.portfolioBook().initialUnits(0);
    for (final int instrumentId : new int[] {PERPETUAL, FIRST_OPTION, FIRST_OPTION + 3}) {
      final int position = contracts.open(0, instrumentId, PositionSide.NET);
      contracts.addOpen(position, false, 20, 20);
      contracts.addOpen(position, true, 35, 35);
    }
    final long asked = risk.portfolioBook().initialUnits(0);

    assertTrue(asked > before);
    for (int fills = 0; fills < 27; fills++) {
      final long[] change = {fillOf(fills % 3), fillOf(fills / 3 % 3), fillOf(fills / 9)};
      trade(PERPETUAL, change[0]);
      trade(FIRST_OPTION, change[1]);
      trade(FIRST_OPTION + 3, change[2]);
      final NaivePortfolioMargin after = naive();
      assertTrue(after.marked - after.initial <= asked, "fills " + fills);
      trade(PERPETUAL, -change[0]);
      trade(FIRST_OPTION, -change[1]);
      trade(FIRST_OPTION + 3, -change[2]);
    }
  }

  /** An order that stands alone needs what its fill would, the worse of the two sides. */
  @Test
  void shouldAskOfALoneOrderWhatItsFillWouldNeed() {
    final Contracts contracts = risk.contracts();
    for (final int instrumentId : new int[] {PERPETUAL, FIRST_OPTION, FIRST_OPTION + 3}) {
      final int position = contracts.open(0, instrumentId, PositionSide.NET);
      contracts.addOpen(position, true, 35, 35);
      final long sold = risk.portfolioBook().initialUnits(0);
      contracts.addOpen(position, false, 20, 20);
      final long both = risk.portfolioBook().initialUnits(0);
      contracts.addOpen(position, true, -35, -35);
      final long bought = risk.portfolioBook().initialUnits(0);
      contracts.addOpen(position, false, -20, -20);

      assertEquals(initialWith(instrumentId, -35), sold);
      assertEquals(initialWith(instrumentId, 20), bought);
      assertEquals(Math.max(sold, bought), both);
      assertEquals(0, risk.portfolioBook().initialUnits(0));
    }
  }

  private long initialWith(final int instrumentId, final long lots) {
    trade(instrumentId, lots);
    final NaivePortfolioMargin naive = naive();
    trade(instrumentId, -lots);
    return MoneyEdge.required(naive.marked - naive.initial, 1);
  }

  private static long fillOf(final int choice) {
    return 0 == choice ? 0 : 1 == choice ? 20 : -35;
  }

  @Test
  void shouldNotLoseMoreThanTheBoundWhenTheIndexMoves() {
    trade(PERPETUAL, -900);
    for (int i = 0; i < OPTIONS; i++) {
      trade(FIRST_OPTION + i, random.nextInt(2_001) - 1_000);
    }
    perpetualUnits = indexUnits;
    prices();
    final long bound = risk.portfolioBook().lossBoundPerMarkUnit(0, SPOT);
    final NaivePortfolioMargin before = naive();
    final long from = indexUnits;
    for (int step = 0; step < 50; step++) {
      indexUnits = 30_000_000L + random.nextInt(60_000_000);
      perpetualUnits = indexUnits;
      risk.marks().setIndex(SPOT, indexUnits, 1, timeNs);
      risk.marks().setMark(PERPETUAL, perpetualUnits, 1, timeNs);
      final NaivePortfolioMargin after = naive();
      final double profit = 1_000.0 * lots(PERPETUAL) * (price(indexUnits) - price(from));
      assertTrue(after.maintenance + profit >= before.maintenance - (double) bound * Math.abs(indexUnits - from) - 1);
    }
  }

  @Test
  void shouldRefuseWhatIsNoOptionNoForwardAndNoParameter() {
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, PortfolioCommands.tryVolatility(risk, 7_000, 1, 0, 0));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, PortfolioCommands.tryVolatility(risk, PERPETUAL, 1, 0, 0));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID,
        PortfolioCommands.tryVolatility(risk, FIRST_OPTION, 1, 0, FIRST_OPTION + 1));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, PortfolioCommands.tryVolatility(risk, FIRST_OPTION, 1, 0, 7_000));
    assertEquals(ReasonCode.UNKNOWN_INSTRUMENT, PortfolioCommands.tryParameter(risk, 7_000, 0, 0));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, PortfolioCommands.tryParameter(risk, SPOT, 34, 0));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, PortfolioCommands.tryParameter(risk, SPOT, 0, Long.MAX_VALUE));
    assertEquals(ReasonCode.CONTRACT_TERMS_INVALID, PortfolioCommands.tryParameter(risk, SPOT, 0, -1));
  }
}
