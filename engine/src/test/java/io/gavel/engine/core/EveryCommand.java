package io.gavel.engine.core;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.SetFeesEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A short day on which every command is sent, takes effect and is refused: frames with the time of their sending. */
public final class EveryCommand {

  private static final long SECOND_NS = 1_000_000_000L;

  private final List<byte[]> frames = new ArrayList<>();
  private final Core core;

  private EveryCommand(final CoreConfig config) {
    core = Core.recording(config, frames);
  }

  /** The frames behind record 1; each has its engine time in its header. */
  public static List<UnsafeBuffer> script(final CoreConfig config) {
    final EveryCommand day = new EveryCommand(config);
    day.open();
    day.orders();
    day.rules();
    day.money();
    day.controls();
    day.market();
    day.keys();
    day.limits();
    day.tokens();
    day.end();
    return day.frames.subList(1, day.frames.size()).stream().map(UnsafeBuffer::new).toList();
  }

  /** When the frame is sent. */
  public static long timeNs(final UnsafeBuffer frame) {
    return new FrameFlyweight().wrap(frame, 0).engineTimeNs();
  }

  private static void expect(final ReasonCode expected, final ReasonCode code) {
    if (expected != code) {
      throw new AssertionError("the script expects " + expected + ", got " + code);
    }
  }

  private static void ok(final ReasonCode code) {
    expect(ReasonCode.OK, code);
  }

  private void open() {
    core.at(10).openSpot(50_000, 100_000, FeeAsset.QUOTE);
    expect(ReasonCode.DUPLICATE_ASSET, core.asset(Core.BTC, 0, "BTC"));
    expect(ReasonCode.DUPLICATE_ACCOUNT, core.account(Core.ALICE, AccountKind.USER, "alice"));
    ok(core.price(PriceSource.MARK, 10_000));
    ok(core.print(1_000, 50));
  }

  private void orders() {
    core.at(20);
    ok(core.limit(Core.ALICE, Side.SELL, 1_005, 20, "s1"));
    ok(core.limit(Core.BOB, Side.BUY, 1_005, 5));
    ok(core.amend(Core.ALICE, core.machine.idOf(Core.ALICE, 0x3173, 0, 0, 0), 15, 1_006));
    ok(core.cancel(Core.ALICE, "s1"));
    expect(ReasonCode.UNKNOWN_ORDER, core.cancel(Core.ALICE, "s1"));
    ok(core.limit(Core.ALICE, Side.BUY, 990, 10));
    ok(core.order(Core.BOB, Side.BUY, 980, 4, c -> c.timeInForce(TimeInForce.GTD).expireTimeNs(25)));
    ok(core.market(Core.BOB, Side.SELL, 3));
    // By now the order that was good until 25 is gone.
    core.at(30);
    ok(core.massCancel(Core.ALICE, 0, CancelScope.ORDERS));
    ok(core.send(new io.gavel.codecs.sbe.HoldFundsEncoder(), Core.BOB, 7, 1, 0,
        c -> c.assetId(Core.USD).amountUnits(5)));
  }

  private void rules() {
    core.at(40);
    ok(core.arm(Core.ALICE, rule(900)));
    final long first = core.machine.rules().ruleId(core.machine.ruleTable().firstOf(0));
    ok(core.amendRule(Core.ALICE, first, c -> c.newLevelTicks(905)));
    ok(core.cancelRule(Core.ALICE, first));
    expect(ReasonCode.UNKNOWN_RULE, core.cancelRule(Core.ALICE, first));
    ok(core.arm(Core.ALICE, rule(950)));
    ok(core.price(PriceSource.MARK, 9_400));
    ok(core.print(945, 50));
  }

  private static Core.RuleDraft rule(final int levelTicks) {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.legs.add(leg -> leg.levelTicks(levelTicks).trailRatioE8(0).trailSpreadTicks(0).activationTicks(0)
        .childLimitTicks(0).protectionBps(0).kind(RuleKind.STOP_LOSS).source(PriceSource.MARK));
    return draft;
  }

  private void money() {
    core.at(50);
    ok(core.send(new DepositEncoder(), Core.ALICE,
        c -> c.assetId(Core.BTC).basisInstrumentId(0).amountUnits(7).basisPriceTicks(0)));
    ok(core.hold(Core.ALICE, Core.BTC, 100));
    final long hold = lastId();
    ok(core.settle(Core.ALICE, hold, 60));
    ok(core.hold(Core.ALICE, Core.BTC, 50));
    final long other = lastId();
    ok(core.release(Core.ALICE, other));
    expect(ReasonCode.UNKNOWN_HOLD, core.settle(Core.ALICE, other, 1));
  }

  private long lastId() {
    for (int i = core.events.size() - 1; i >= 0; i--) {
      if (core.events.get(i).startsWith("answer OK id=")) {
        return Long.parseLong(core.events.get(i).substring("answer OK id=".length()));
      }
    }
    throw new AssertionError("no id was answered");
  }

  private void controls() {
    core.at(60);
    ok(core.fees(60_000, 110_000));
    ok(core.limits(5_000, 1, 1_000, 0, 0));
    ok(core.halt(HaltScope.ACCOUNT, Core.BOB, Core.PAIR, true));
    expect(ReasonCode.HALTED_ACCOUNT, core.limit(Core.BOB, Side.BUY, 900, 1));
    ok(core.halt(HaltScope.ACCOUNT, Core.BOB, Core.PAIR, false));
    ok(core.degraded(true));
    expect(ReasonCode.DEGRADED, core.limit(Core.BOB, Side.BUY, 900, 1));
    ok(core.degraded(false));
    ok(core.accountLimits(Core.BOB, c -> c.openOrdersMax(1)));
    ok(core.limit(Core.BOB, Side.BUY, 900, 1));
    expect(ReasonCode.OPEN_ORDERS_ABOVE_MAX, core.limit(Core.BOB, Side.BUY, 900, 1));
    ok(core.grow(core.config.ordersMax() + 8));
    ok(core.cancelOnDisconnect(Core.BOB, 7, CancelScope.ALL));
    ok(core.disconnect(7));
  }

  private void market() {
    core.at(70);
    ok(core.guard(500, 1_000, 0));
    ok(core.session(SessionState.AUCTION, 0, 0, SessionState.CONTINUOUS));
    ok(core.limit(Core.ALICE, Side.SELL, 940, 6));
    ok(core.order(Core.BOB, Side.BUY, 950, 6, c -> c.timeInForce(TimeInForce.GFA)));
    ok(core.session(SessionState.CONTINUOUS));
  }

  /** Keys are asked for, given, used, taken, proposed and approved, and not asked for any more. */
  private void keys() {
    core.at(80);
    ok(core.grant(11, 1, KeyScope.values()));
    ok(core.grant(12, 2, KeyScope.SECURITY, KeyScope.OPERATOR));
    ok(core.grant(13, 3, KeyScope.TRADE));
    expect(ReasonCode.UNKNOWN_KEY, core.revoke(99));
    ok(core.dual(0, SECOND_NS, SetFeesEncoder.TEMPLATE_ID));
    expect(ReasonCode.NOT_AUTHORISED, core.limit(Core.ALICE, Side.BUY, 800, 1));
    ok(core.as(13).limit(Core.ALICE, Side.BUY, 800, 1, "k1"));
    ok(core.cancel(Core.ALICE, "k1"));
    expect(ReasonCode.SCOPE_MISSING, core.fees(1, 1));
    expect(ReasonCode.PROPOSED, core.as(11).fees(50_000, 100_000));
    final long proposal = core.machine.proposalId(0);
    expect(ReasonCode.SAME_PRINCIPAL, core.approve(proposal, true));
    ok(core.as(12).approve(proposal, true));
    ok(core.revoke(13));
    ok(core.security(false));
    core.as(0);
  }

  /** Rows in force and staged, a profile, a pause that is prolonged, a cascade that is carried, halts of all modes. */
  private void limits() {
    core.at(90);
    ok(core.riskLimit(1, RiskLimitKind.POSITION_LOTS, 1_000_000_000));
    ok(core.riskLimit(0, 2, RiskLimitKind.CASCADE, 1, c -> c.windowNs(5).staged(Flag.YES)));
    ok(core.profile(Core.BOB, 80, 3, 1, 0));
    ok(core.riskLimit(0, 3, RiskLimitKind.VOLATILITY, 5_000, c -> c.instrumentId(Core.PAIR).windowNs(9)
        .durationNs(3)));
    ok(core.signal(Core.BOB, 0, 4, 70, 95));
    ok(core.signal(0, Core.PAIR, 4, 71, 0));
    ok(core.pool(5, 1_000, 100_000));
    ok(core.selfExclude(Core.BOB, 99));
    ok(core.selfExclude(Core.BOB, 100));
    expect(ReasonCode.EXCLUSION_SHORTER, core.selfExclude(Core.BOB, 99));
    expect(ReasonCode.COOLING_OFF, core.limit(Core.BOB, Side.BUY, 900, 1));
    ok(core.arm(Core.ALICE, rule(890)));
    ok(core.arm(Core.ALICE, rule(885)));
    ok(core.price(PriceSource.MARK, 8_800));
    core.at(96);
    ok(core.halt(HaltScope.GROUP, 0, 0, 3, true, HaltMode.REDUCE_ONLY));
    ok(core.halt(HaltScope.GROUP, 0, 0, 3, false, HaltMode.FULL));
    ok(core.riskLimit(2, RiskLimitKind.NONE, 0));
    core.at(100);
  }

  private void tokens() {
    core.at(105);
    final TokenStand stand = new TokenStand(core);
    expect(ReasonCode.TOKEN_NOT_SET, stand.subscribe(Core.ALICE, TokenStand.GOLD_USD, 1, 0));
    ok(stand.goldAt(1_000));
    ok(stand.gold(t -> { }));
    ok(core.price(PriceSource.MARK, 10_000));
    ok(stand.bull(t -> { }));
    ok(stand.back(Core.BOB, TokenStand.GOLD_USD, 5_000));
    ok(stand.subscribe(Core.ALICE, TokenStand.GOLD_USD, TokenStand.WHOLE, 0));
    ok(stand.subscribe(Core.ALICE, TokenStand.BULL_USD, TokenStand.WHOLE, 0));
    ok(core.price(PriceSource.MARK, 8_800));
    ok(stand.redeem(Core.ALICE, TokenStand.BULL_USD, TokenStand.WHOLE, 0));
    ok(stand.leave(Core.BOB, TokenStand.GOLD_USD, 100));
  }

  private void end() {
    ok(core.limit(Core.ALICE, Side.SELL, 1_200, 2));
    ok(core.cancelAllAfter(Core.ALICE, SECOND_NS, CancelScope.ALL));
    ok(core.time(2 * SECOND_NS));
    expect(ReasonCode.UNKNOWN_ORDER, core.cancel(Core.ALICE, "gone"));
  }
}
