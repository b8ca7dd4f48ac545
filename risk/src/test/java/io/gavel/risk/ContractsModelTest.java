package io.gavel.risk;

import static io.gavel.risk.ContractsModel.BTC;
import static io.gavel.risk.ContractsModel.USDT;
import static io.gavel.risk.ContractsModel.big;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.MarginModelKind;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetAccountModeEncoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.ContractsModel.Account;
import io.gavel.risk.ContractsModel.Order;
import io.gavel.risk.ContractsModel.Position;
import io.gavel.risk.position.Contracts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random traffic in a linear and an inverse perpetual by accounts of every mode, beside {@link ContractsModel}: each
 * refusal, balance, position and margin figure after each step; conservation and the kept totals as well, and from time
 * to time everything is saved and loaded into a fresh engine.
 */
class ContractsModelTest {

  private static final int LINEAR = 2;
  private static final int INVERSE = 3;

  private final Map<ReasonCode, Integer> answers = new EnumMap<>(ReasonCode.class);
  private final ContractsModel model = new ContractsModel();
  private final OrderRequest request = new OrderRequest();
  private final FillSettlement fill = new FillSettlement();
  private RiskEngine risk = RiskWorld.open();
  private Random random = new Random(0);
  private int fills;
  private int flips;

  @ParameterizedTest
  @ValueSource(longs = {1, 20_261_120, 77})
  void shouldAgreeWithTheModel(final long seed) {
    run(seed, 3_000);
    assertTrue(answers.getOrDefault(ReasonCode.MARGIN_INSUFFICIENT, 0) > 50, answers.toString());
    assertTrue(answers.getOrDefault(ReasonCode.REDUCE_ONLY_INCREASES, 0) > 50, answers.toString());
    assertTrue(fills > 300 && flips > 5, "fills " + fills + ", crossings " + flips);
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(longs = {2})
  void shouldAgreeWithTheModelForLong(final long seed) {
    run(seed, 10_000);
  }

  private void run(final long seed, final int steps) {
    System.out.println("ContractsModelTest seed " + seed);
    random = new Random(seed);
    open();
    for (int step = 0; step < steps; step++) {
      switch (random.nextInt(10)) {
        case 0 -> mark();
        case 1 -> reduce();
        case 2, 3, 4 -> place();
        case 5 -> deposit();
        default -> trade();
      }
      compare();
      if (0 == step % 500) {
        reload();
      }
    }
  }

  private void open() {
    RiskWorld.contract(risk, LINEAR, "BTC-PERP",
        c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).makerFeeE8(-1_000).takerFeeE8(50_000));
    RiskWorld.contract(risk, INVERSE, "BTC-INVERSE", c -> c.kind(InstrumentKind.INVERSE_PERPETUAL)
        .lotSizeE10(1_000_000_000_000L).makerFeeE8(-1_000).takerFeeE8(50_000));
    model.makerE8 = -1_000;
    model.takerE8 = 50_000;
    model.btcWeightE8 = 95_000_000;
    model.initialE8 = 10_000_000;
    assertEquals(ReasonCode.OK, risk.setCollateral(collateral(USDT, 0, 100_000_000)));
    assertEquals(ReasonCode.OK, risk.setCollateral(collateral(BTC, RiskWorld.BTC_USDT, 95_000_000)));
    assertEquals(ReasonCode.OK, risk.setMargin(margin(LINEAR)));
    assertEquals(ReasonCode.OK, risk.setMargin(margin(INVERSE)));
    index(600_000_00);
    for (int instrument = LINEAR; instrument <= INVERSE; instrument++) {
      risk.marks().setMark(instrument, 600_000_00, 1, 1);
      model.markUnits[instrument] = 600_000_00;
    }
    for (int i = 0; i < 6; i++) {
      final Account account = new Account();
      account.id = 100L + i;
      account.isolated = 1 == i % 3;
      account.hedges = i >= 4;
      model.accounts.add(account);
      assertEquals(ReasonCode.OK, risk.createAccount(account.id, AccountKind.USER, 0, 0, 0, 0));
      assertEquals(ReasonCode.OK, risk.setAccountMode(mode(account)));
      deposit(account, USDT, 2_000_000_000L);
      deposit(account, BTC, 5_000_000);
    }
  }

  private void index(final long units) {
    risk.marks().setIndex(RiskWorld.BTC_USDT, units, 1, 1);
    model.indexUnits = units;
  }

  private void mark() {
    if (0 == random.nextInt(4)) {
      index(moved(model.indexUnits));
      return;
    }
    final int instrument = LINEAR + random.nextInt(2);
    model.markUnits[instrument] = moved(model.markUnits[instrument]);
    risk.marks().setMark(instrument, model.markUnits[instrument], 1, 1);
  }

  /** Up to two percent either way, around where it began. */
  private long moved(final long units) {
    final long to = units + (long) (units / 50.0 * (random.nextDouble() * 2 - 1));
    return Math.max(300_000_00, Math.min(900_000_00, to));
  }

  private void deposit() {
    deposit(model.accounts.get(random.nextInt(6)), 0 == random.nextInt(2) ? USDT : BTC, 1L + random.nextInt(1_000_000));
  }

  private void deposit(final Account account, final int asset, final long units) {
    assertEquals(ReasonCode.OK, risk.deposit(account.id, asset, units, 0, 0));
    model.money(account, asset, big(units));
  }

  private void place() {
    final Order order = new Order();
    order.account = model.accounts.get(random.nextInt(6));
    order.instrument = LINEAR + random.nextInt(2);
    order.side = !order.account.hedges ? PositionSide.NET
        : random.nextBoolean() ? PositionSide.LONG : PositionSide.SHORT;
    order.sells = random.nextBoolean();
    order.reduceOnly = 0 == random.nextInt(4);
    order.limit = Math.max(1, model.markUnits[order.instrument] / 100 + random.nextInt(20_001) - 10_000);
    order.open = 1L + random.nextInt(LINEAR == order.instrument ? 300 : 200);
    request.clear();
    request.account = order.account.id;
    request.instrumentId = order.instrument;
    request.side = order.sells ? Side.SELL : Side.BUY;
    request.positionSide = order.side;
    request.reduceOnly = order.reduceOnly;
    request.limitPriceTicks = (int) order.limit;
    request.quantityLots = order.open;
    ReasonCode code = risk.checkOrder(request);
    assertEquals(ReasonCode.OK, code);
    code = risk.reserve(request);
    assertEquals(model.place(order), code);
    answers.merge(code, 1, Integer::sum);
    order.reservation = request.reservation;
  }

  private void reduce() {
    final List<Order> orders = orders();
    if (!orders.isEmpty()) {
      final Order order = orders.get(random.nextInt(orders.size()));
      final long open = 0 == random.nextInt(2) ? 0 : 1L + random.nextInt((int) order.open);
      if (0 == open) {
        risk.release(order.reservation);
      } else {
        risk.reduce(order.reservation, open);
      }
      model.reduce(order, open);
    }
  }

  private List<Order> orders() {
    final List<Order> all = new ArrayList<>();
    model.accounts.forEach(account -> all.addAll(account.orders));
    return all;
  }

  /** A purchase and a sale that agree on a price, if two are found. */
  private void trade() {
    final List<Order> orders = orders();
    if (orders.isEmpty()) {
      return;
    }
    final Order first = orders.get(random.nextInt(orders.size()));
    for (final Order second : orders) {
      final Order buy = first.sells ? second : first;
      final Order sale = first.sells ? first : second;
      if (first.sells != second.sells && first.instrument == second.instrument && first.account != second.account
          && buy.limit >= sale.limit) {
        trade(buy, sale);
        return;
      }
    }
  }

  private void trade(final Order buy, final Order sale) {
    long lots = Math.min(buy.open, sale.open);
    for (final Order order : List.of(buy, sale)) {
      final Position position = order.account.position(order.instrument, order.side);
      lots = order.reduceOnly ? Math.min(lots, model.reducible(position, order.sells).longValueExact()) : lots;
    }
    if (lots <= 0) {
      return;
    }
    lots = 1L + random.nextInt((int) lots);
    final long ticks = sale.limit + random.nextInt((int) (buy.limit - sale.limit + 1));
    final boolean buyTakes = random.nextBoolean();
    final Order maker = buyTakes ? sale : buy;
    final Order taker = buyTakes ? buy : sale;
    final BigInteger before = buy.account.position(buy.instrument, buy.side).lots;
    risk.settleFill(maker.reservation, taker.reservation, buy.instrument, buyTakes ? Side.BUY : Side.SELL,
        (int) ticks, lots, fill);
    assertEquals(model.fill(maker, false, ticks, lots), big(fill.makerRealisedUnits));
    assertEquals(model.fill(taker, true, ticks, lots), big(fill.takerRealisedUnits));
    fills++;
    flips += before.signum() * buy.account.position(buy.instrument, buy.side).lots.signum() < 0 ? 1 : 0;
    for (final Order order : List.of(buy, sale)) {
      if (0 == order.open) {
        risk.release(order.reservation);
        model.reduce(order, 0);
      }
    }
  }

  private void compare() {
    risk.assertConserved();
    for (final Account account : model.accounts) {
      final int slot = risk.accountSlot(account.id);
      for (final int asset : new int[] {BTC, USDT}) {
        assertEquals(account.free[asset], big(risk.freeUnits(account.id, asset)), "free of " + account.id);
        assertEquals(account.heldUnits(asset), big(risk.heldUnits(account.id, asset)), "held of " + account.id);
      }
      for (final Position each : account.positions) {
        final int position = risk.contracts().find(slot, each.instrument, each.side);
        if (Contracts.NULL_POSITION != position) {
          assertEquals(each.lots, big(risk.contracts().lots(position)));
          assertEquals(each.cost, big(risk.contracts().costUnits(position)));
          assertEquals(each.epoch, risk.contracts().epoch(position));
          assertEquals(each.margin, big(risk.contracts().marginUnits(position)), "margin of " + account.id);
          assertEquals(each.orderMargin, big(risk.contracts().orderMarginUnits(position)));
        }
      }
      if (!account.isolated) {
        assertEquals(model.equity(account, true), big(risk.marginBook().equityUnits(slot)), "equity of " + account.id);
        assertEquals(model.initial(account), big(risk.marginBook().initialUnits(slot)), "initial of " + account.id);
        assertEquals(model.free(account), big(risk.marginBook().freeUnits(slot)));
      }
    }
  }

  private void reload() {
    final RiskEngine loaded = new RiskEngine(100, 8, 8, 1_000, 1_000, 1_000);
    StateTape.copy(risk, loaded);
    assertEquals(StateTape.of(risk), StateTape.of(loaded));
    risk = loaded;
  }

  private static SetCollateralDecoder collateral(final int asset, final int instrument, final int weightE8) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    final SetCollateralEncoder encoder = new SetCollateralEncoder().wrap(buffer, 0);
    encoder.assetId(asset).instrumentId(instrument).amountPerSize(1).concentrationStartUnits(0)
        .debtWeightE8(100_000_000).factorE6(0).tiersCount(1).next().floorUnits(0).weightE8(weightE8);
    return new SetCollateralDecoder().wrap(
        buffer, 0, SetCollateralDecoder.BLOCK_LENGTH, SetCollateralDecoder.SCHEMA_VERSION);
  }

  private static SetMarginDecoder margin(final int instrument) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    final SetMarginEncoder encoder = new SetMarginEncoder().wrap(buffer, 0);
    encoder.instrumentId(instrument).curve(MarginModelKind.STEP).profitCounts(Flag.NO).tiersCount(1).next()
        .floorUnits(0).initialRateE8(10_000_000).maintenanceRateE8(5_000_000);
    return new SetMarginDecoder().wrap(buffer, 0, SetMarginDecoder.BLOCK_LENGTH, SetMarginDecoder.SCHEMA_VERSION);
  }

  private static SetAccountModeDecoder mode(final Account account) {
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    final SetAccountModeEncoder encoder = new SetAccountModeEncoder().wrap(buffer, 0);
    encoder.header().account(account.id);
    encoder.marginMode(account.isolated ? MarginMode.ISOLATED : MarginMode.CROSS)
        .positionMode(account.hedges ? PositionMode.HEDGE : PositionMode.ONE_WAY);
    return new SetAccountModeDecoder().wrap(
        buffer, 0, SetAccountModeDecoder.BLOCK_LENGTH, SetAccountModeDecoder.SCHEMA_VERSION);
  }
}
