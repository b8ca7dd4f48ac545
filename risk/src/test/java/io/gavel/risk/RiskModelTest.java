package io.gavel.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.ledger.SystemAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: nothing an account does breaks the books. Method: seeded traffic of deposits, withdrawals, orders, fills,
 * amends and fee changes over two instruments (fees in quote, in base), against {@link RiskModel}, which keeps the same
 * books in big integers and adds every fee up from the beginning. Each answer and each touched figure is compared; now
 * and then the engine is replaced by one loaded from its saved state, which must behave the same from there on.
 */
class RiskModelTest {

  private static final int STEPS = 60_000;
  private static final int OPEN_MAX = 100;
  private static final int IN_QUOTE = 1;
  private static final int IN_BASE = 2;
  private static final long[] ACCOUNTS = {RiskWorld.ALICE, RiskWorld.BOB, RiskWorld.CAROL};

  private final FillSettlement fill = new FillSettlement();
  private final TreeMap<Integer, RiskModel.Reservation> open = new TreeMap<>();
  private RiskModel model = new RiskModel();
  private RiskEngine risk = engine();
  private SplittableRandom random = new SplittableRandom(0);
  private long nextHoldId = 1;
  private int refused;

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_801, 77_777})
  void shouldKeepTheSameBooksAsTheModel(final long seed) {
    System.out.println("RiskModelTest seed " + seed);
    random = new SplittableRandom(seed);
    risk.createInstrument(RiskWorld.instrument(IN_QUOTE, "BTC-USDT", c -> c.takerFeeE8(50_003).makerFeeE8(20_001)));
    risk.createInstrument(RiskWorld.instrument(IN_BASE, "BTC-USDT-B", c -> c.takerFeeE8(50_003).makerFeeE8(-20_001)
        .feeAsset(FeeAsset.BASE)));
    model.instrument(IN_QUOTE, false, 20_001, 50_003);
    model.instrument(IN_BASE, true, -20_001, 50_003);
    int fills = 0;
    for (int step = 0; step < STEPS; step++) {
      fills += step(random.nextInt(100)) ? 1 : 0;
      compareBalances();
      if (0 == step % 500) {
        risk.assertConserved();
      }
      if (0 == step % 1_000) {
        final RiskEngine loaded = bare();
        StateTape.copy(risk, loaded);
        assertEquals(StateTape.of(risk), StateTape.of(loaded));
        risk = loaded;
      }
    }
    assertTrue(fills > STEPS / 10 && refused > STEPS / 100, "fills " + fills + ", refused " + refused);
    closeAll();
  }

  /** Whether it was a fill. */
  private boolean step(final int dice) {
    final long account = ACCOUNTS[random.nextInt(ACCOUNTS.length)];
    final int assetId = 1 + random.nextInt(2);
    if (dice < 4) {
      final boolean rich = model.freeUnits(account, assetId) > most(assetId);
      final long amountUnits = rich ? 0 : random.nextLong(-1, most(assetId));
      assertEquals(model.deposit(account, assetId, amountUnits), risk.deposit(account, assetId, amountUnits, 0, 0));
    } else if (dice < 7) {
      final long amountUnits = random.nextLong(1, most(assetId));
      assertEquals(model.hold(account, assetId, amountUnits, nextHoldId),
          risk.holdFunds(account, assetId, amountUnits, nextHoldId));
      nextHoldId++;
    } else if (dice < 10) {
      final long holdId = 1 + random.nextLong(nextHoldId);
      final long amountUnits = random.nextInt(3) == 0 ? 0 : 1 + random.nextLong(1 + model.holdUnits(holdId));
      assertEquals(0 == amountUnits ? model.release(account, holdId) : model.settle(account, holdId, amountUnits),
          0 == amountUnits ? risk.releaseHold(account, holdId) : risk.settleHold(account, holdId, amountUnits));
    } else if (dice < 45 && open.size() < OPEN_MAX) {
      place(account);
    } else if (dice < 80) {
      return trade();
    } else if (dice < 85) {
      withOne((reservation, expected) -> {
        final long lots = random.nextLong(1 + expected.openLots);
        if (!expected.byAmount()) {
          model.reduce(expected, lots);
          risk.reduce(reservation, lots);
        }
      });
    } else if (dice < 92) {
      withOne((reservation, expected) -> {
        final int limitTicks = price();
        final int lots = random.nextInt(40);
        if (!expected.byAmount()) {
          assertEquals(model.resize(expected, limitTicks, lots), risk.resize(reservation, limitTicks, lots));
        }
      });
    } else if (dice < 98) {
      withOne(this::release);
    } else {
      final int makerE8 = random.nextInt(-50_000, 400_000);
      final int takerE8 = random.nextInt(Math.max(0, -makerE8), 600_000);
      final int instrumentId = 1 + random.nextInt(2);
      model.instrument(instrumentId, IN_BASE == instrumentId, makerE8, takerE8);
      assertEquals(ReasonCode.OK, risk.setFees(instrumentId, makerE8, takerE8));
    }
    return false;
  }

  private void place(final long account) {
    final OrderRequest request = new OrderRequest();
    request.account = account;
    request.instrumentId = 1 + random.nextInt(2);
    request.side = random.nextBoolean() ? Side.BUY : Side.SELL;
    if (Side.BUY == request.side && random.nextInt(5) == 0) {
      request.market = true;
      request.quoteAmountUnits = 1 + random.nextLong(1_000_000_000L);
    } else {
      request.limitPriceTicks = price();
      request.effectiveLimitTicks = request.limitPriceTicks;
      request.quantityLots = 1 + random.nextLong(30);
    }
    final RiskModel.Reservation expected = model.reserve(request);
    assertEquals(null == expected ? ReasonCode.INSUFFICIENT_BALANCE : ReasonCode.OK, risk.reserve(request));
    refused += null == expected ? 1 : 0;
    if (null != expected) {
      int lowestFree = 0;
      while (open.containsKey(lowestFree)) {
        lowestFree++;
      }
      assertEquals(lowestFree, request.reservation);
      assertEquals(expected.heldUnits.longValueExact(), risk.reservedUnits(request.reservation));
      open.put(request.reservation, expected);
    }
  }

  /** Fills a random buy and a random sale of one instrument against one another, if there are such. */
  private boolean trade() {
    final List<Integer> buys = new ArrayList<>();
    final List<Integer> sales = new ArrayList<>();
    final int instrumentId = 1 + random.nextInt(2);
    open.forEach((reservation, order) -> {
      if (order.instrumentId == instrumentId && (order.byAmount() || order.openLots > 0)) {
        (order.sells ? sales : buys).add(reservation);
      }
    });
    if (buys.isEmpty() || sales.isEmpty()) {
      return false;
    }
    final int buy = buys.get(random.nextInt(buys.size()));
    final int sale = sales.get(random.nextInt(sales.size()));
    final RiskModel.Reservation buyer = open.get(buy);
    final RiskModel.Reservation seller = open.get(sale);
    final int priceTicks = buyer.byAmount() ? price() : buyer.limitTicks - random.nextInt(buyer.limitTicks) / 10;
    final long most = Math.min(seller.openLots,
        buyer.byAmount() ? buyer.budgetUnits() / (priceTicks * RiskWorld.QUOTE_PER_TICK_LOT) : buyer.openLots);
    if (most <= 0) {
      return false;
    }
    final long lots = random.nextInt(3) == 0 ? most : 1 + random.nextLong(most);
    final boolean takerBuys = random.nextBoolean();
    risk.settleFill(takerBuys ? sale : buy, takerBuys ? buy : sale, instrumentId,
        takerBuys ? Side.BUY : Side.SELL, priceTicks, lots, fill);
    final long[] fees = model.fill(buyer, seller, takerBuys, priceTicks, lots);
    assertEquals(fees[0], takerBuys ? fill.takerFeeUnits : fill.makerFeeUnits);
    assertEquals(fees[1], takerBuys ? fill.makerFeeUnits : fill.takerFeeUnits);
    assertEquals(buyer.heldUnits.longValueExact(), risk.reservedUnits(buy));
    assertEquals(seller.heldUnits.longValueExact(), risk.reservedUnits(sale));
    comparePosition(buyer.account, instrumentId);
    comparePosition(seller.account, instrumentId);
    return true;
  }

  private interface OnReservation {
    void accept(int reservation, RiskModel.Reservation expected);
  }

  private void withOne(final OnReservation action) {
    if (!open.isEmpty()) {
      final List<Integer> all = List.copyOf(open.keySet());
      final int reservation = all.get(random.nextInt(all.size()));
      final RiskModel.Reservation expected = open.get(reservation);
      action.accept(reservation, expected);
    }
  }

  private void release(final int reservation, final RiskModel.Reservation expected) {
    assertEquals(expected.feesCharged(), risk.reservationFeeUnits(reservation));
    model.release(expected);
    risk.release(reservation);
    open.remove(reservation);
  }

  private void closeAll() {
    for (final int reservation : List.copyOf(open.keySet())) {
      release(reservation, open.get(reservation));
    }
    for (long holdId = 1; holdId < nextHoldId; holdId++) {
      for (final long account : ACCOUNTS) {
        assertEquals(model.release(account, holdId), risk.releaseHold(account, holdId));
      }
    }
    for (final long account : ACCOUNTS) {
      assertEquals(0, risk.heldUnits(account, RiskWorld.BTC));
      assertEquals(0, risk.heldUnits(account, RiskWorld.USDT));
    }
    compareBalances();
    risk.assertConserved();
  }

  private void compareBalances() {
    for (int assetId = RiskWorld.BTC; assetId <= RiskWorld.USDT; assetId++) {
      for (final long account : ACCOUNTS) {
        assertEquals(model.freeUnits(account, assetId), risk.freeUnits(account, assetId));
        assertEquals(model.heldUnits(account, assetId), risk.heldUnits(account, assetId));
      }
      assertEquals(model.feesUnits(assetId), risk.systemUnits(SystemAccount.FEES, assetId));
      assertEquals(model.externalUnits(assetId), risk.systemUnits(SystemAccount.EXTERNAL, assetId));
    }
  }

  private void comparePosition(final long account, final int instrumentId) {
    final RiskModel.Position expected = model.position(account, instrumentId);
    assertEquals(expected.lots.longValueExact(), risk.positions().lots(account, instrumentId));
    assertEquals(expected.costUnits.longValueExact(), risk.positions().costUnits(account, instrumentId));
    assertEquals(expected.realisedUnits.longValueExact(), risk.positions().realisedUnits(account, instrumentId));
    assertEquals(expected.feesUnits.longValueExact(), risk.positions().feesPaidUnits(account, instrumentId));
  }

  /** Some 50 lots, or their price: enough to trade, little enough to be short of. */
  private static long most(final int assetId) {
    return RiskWorld.BTC == assetId ? 50 * RiskWorld.BASE_PER_LOT : 300_000_000L;
  }

  private int price() {
    return 50_000 + random.nextInt(20_000);
  }

  private static RiskEngine bare() {
    return new RiskEngine(10, 4, 4, 20, 200, 2_000);
  }

  private static RiskEngine engine() {
    final RiskEngine risk = bare();
    RiskWorld.asset(risk, RiskWorld.BTC, 8, "BTC");
    RiskWorld.asset(risk, RiskWorld.USDT, 6, "USDT");
    for (final long account : ACCOUNTS) {
      risk.createAccount(account, AccountKind.USER, 0, 0, 0, 0);
    }
    return risk;
  }
}
