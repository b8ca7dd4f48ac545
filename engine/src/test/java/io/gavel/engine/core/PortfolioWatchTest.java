package io.gavel.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SetOptionVolatilityEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.position.Contracts;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Goal: no portfolio account in breach is missed, whatever moves: index, forward, marks, volatilities or time alone.
 * Method: random portfolios of options, a future and a perpetual under random moves of one thing at a time, time jumps
 * of months and steps of seconds; after every command all accounts are worked out from nothing.
 */
class PortfolioWatchTest {

  private static final int PERP = 3;
  private static final int FUTURE = 4;
  private static final int FIRST_OPTION = 5;
  private static final int OPTIONS = 6;
  private static final int PEOPLE = 12;
  private static final long FIRST = LiquidationDesk.FIRST_TRADER;
  private static final long MAKER = 99;
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final long EXPIRY_NS = 400 * DAY_NS;
  private static final int COMMANDS = 4_000;

  private final Random random;
  private final LiquidationDesk desk = new LiquidationDesk(MarginDesk.open());
  private long nowNs = DAY_NS;
  private long index = 1_000;
  private long forward = 1_010;
  private int liquidated;

  PortfolioWatchTest() {
    final long seed = System.nanoTime();
    System.out.println("PortfolioWatchTest seed " + seed);
    random = new Random(seed);
  }

  @Test
  void shouldMissNobodyWhateverMoves() {
    open();
    for (int command = 0; command < COMMANDS; command++) {
      nowNs += 0 == random.nextInt(30) ? random.nextInt(20) * DAY_NS / 2 : random.nextInt(3) * 1_000_000_000L;
      nowNs = Math.min(nowNs, EXPIRY_NS - DAY_NS / 24);
      desk.core.at(nowNs);
      act();
      liquidated += (int) desk.told().stream().filter(line -> line.contains("STARTED")).count();
      if (0 == command % 100) {
        desk.core.restart();
      }
      assertNobodyInBreach("command " + command);
    }
    System.out.println("portfolio accounts liquidated: " + liquidated + ", examined "
        + desk.core.machine.marginExaminations());
    assertTrue(liquidated > 5, "liquidated " + liquidated);
  }

  private void open() {
    desk.core.at(nowNs);
    contract(PERP, InstrumentKind.LINEAR_PERPETUAL, 0);
    contract(FUTURE, InstrumentKind.LINEAR_FUTURE, 0);
    for (int i = 0; i < OPTIONS; i++) {
      contract(FIRST_OPTION + i, 0 == i % 2 ? InstrumentKind.CALL_OPTION : InstrumentKind.PUT_OPTION,
          80 + 20 * (i / 2));
    }
    price(Core.PAIR, PriceSource.INDEX, index);
    for (int id = PERP; id < FIRST_OPTION + OPTIONS; id++) {
      ok(desk.margin.margin(id, 10_000_000, 5_000_000));
      price(id, PriceSource.MARK, id < FIRST_OPTION ? forward : 200);
      if (id >= FIRST_OPTION) {
        volatility(id, 50_000_000);
      }
    }
    desk.trader(LiquidationDesk.HOUSE, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000_000);
    for (int id = PERP; id < FIRST_OPTION + OPTIONS; id++) {
      final int instrumentId = id;
      ok(desk.core.send(new SetLiquidationEncoder(), 0, c -> c.backstopAccount(LiquidationDesk.HOUSE)
          .instrumentId(instrumentId).collarBps(1_000)));
    }
    desk.trader(MAKER, MarginMode.CROSS, PositionMode.ONE_WAY, 1_000_000_000);
    for (int i = 0; i < PEOPLE; i++) {
      desk.trader(FIRST + i, MarginMode.PORTFOLIO, PositionMode.ONE_WAY, 1_000 + random.nextInt(9_000));
    }
  }

  private void contract(final int id, final InstrumentKind kind, final int strike) {
    ok(desk.margin.contract(id, kind, c -> {
      c.indexInstrumentId(Core.PAIR).strikeTicks(strike);
      if (InstrumentKind.LINEAR_PERPETUAL != kind) {
        c.expiryTimeNs(EXPIRY_NS);
      }
    }));
  }

  private static void ok(final ReasonCode code) {
    assertEquals(ReasonCode.OK, code);
  }

  private void price(final int instrumentId, final PriceSource source, final long units) {
    ok(desk.core.send(new SetPriceEncoder(), 0,
        c -> c.instrumentId(instrumentId).source(source).priceUnits(units)));
  }

  private void volatility(final int instrumentId, final long volatilityE8) {
    ok(desk.core.send(new SetOptionVolatilityEncoder(), 0, c -> c.instrumentId(instrumentId)
        .volatilityE8(volatilityE8).rateE8(0).forwardInstrumentId(0 == instrumentId % 3 ? 0 : FUTURE)));
  }

  private void act() {
    switch (random.nextInt(9)) {
      case 8 -> desk.core.deposit(FIRST + random.nextInt(PEOPLE), Core.USD, random.nextInt(300) + 1);
      case 0, 1 -> {
        index = moved(index);
        price(Core.PAIR, PriceSource.INDEX, index);
      }
      case 2 -> {
        forward = moved(forward);
        price(FUTURE, PriceSource.MARK, forward);
      }
      case 3 -> price(PERP, PriceSource.MARK, moved(index));
      case 4 -> price(FIRST_OPTION + random.nextInt(OPTIONS), PriceSource.MARK, 50 + random.nextInt(400));
      case 5 -> volatility(FIRST_OPTION + random.nextInt(OPTIONS), 10_000_000 + random.nextInt(150_000_000));
      default -> trade();
    }
  }

  private long moved(final long from) {
    final double step = 0 == random.nextInt(20) ? 0.2 : 0.025;
    return Math.max(300, Math.min(3_000, Math.round(from * (1 + step * random.nextGaussian()))));
  }

  private void trade() {
    final int instrumentId = PERP + random.nextInt(FIRST_OPTION + OPTIONS - PERP);
    final long account = FIRST + random.nextInt(PEOPLE);
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final int ticks = instrumentId < FIRST_OPTION ? (int) (index / 10) : 20;
    final long lots = 1 + random.nextLong(150);
    desk.core.order(MAKER, Side.BUY == side ? Side.SELL : Side.BUY, ticks, lots, c -> c.instrumentId(instrumentId));
    desk.core.order(account, side, ticks, lots, c -> c.instrumentId(instrumentId));
    desk.core.massCancel(MAKER, 0, CancelScope.ALL);
    desk.core.massCancel(account, 0, CancelScope.ALL);
  }

  private void assertNobodyInBreach(final String where) {
    final RiskEngine risk = desk.core.machine.risk();
    for (int i = 0; i < PEOPLE; i++) {
      final int slot = risk.accountSlot(FIRST + i);
      boolean flat = true;
      for (int at = risk.contracts().first(slot); Contracts.NULL_POSITION != at; at = risk.contracts().next(at)) {
        flat &= 0 == risk.contracts().lots(at);
      }
      assertTrue(flat || risk.marginBook().equityUnits(slot) >= risk.marginBook().maintenanceUnits(slot),
          where + ": account " + (FIRST + i));
    }
  }
}
