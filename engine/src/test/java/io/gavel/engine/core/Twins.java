package io.gavel.engine.core;

import io.gavel.codecs.RuleGroups;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.AmendRuleEncoder;
import io.gavel.codecs.sbe.ArmRuleEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.core.oracle.NewOrder;
import io.gavel.engine.core.oracle.NewRule;
import io.gavel.engine.core.oracle.Oracle;
import io.gavel.engine.core.oracle.Pair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The machine and its oracle, fed with the same commands; they must tell the same story, line by line. */
final class Twins {

  static final long CAROL = 3;
  static final int OTHER = 2;
  static final long[] ACCOUNTS = {Core.ALICE, Core.BOB, CAROL, Core.TAPE};
  private static final int MAKER_E8 = 50_000;
  private static final int TAKER_E8 = 100_000;
  private static final int REMEMBERED = 30;

  final Core core;
  final Oracle oracle;
  private final ArrayDeque<String> history = new ArrayDeque<>();
  private long timeNs;

  Twins(final CoreConfig config, final boolean feeInBase) {
    core = new Core(config);
    oracle = new Oracle(config.activationDelayNs(), config.ordersMax(), config.rulesMax(),
        config.holdsMax());
    oracle.run(0, 0, () -> oracle.created(0));
    both("asset", o -> o.created(Core.BTC), c -> c.asset(Core.BTC, 0, "BTC"));
    both("asset", o -> o.created(Core.USD), c -> c.asset(Core.USD, 0, "USD"));
    both("pair", o -> o.pair(new Pair(Core.PAIR, Core.BTC, Core.USD, 1, 1, 10, 1_000, feeInBase)
        .terms(MAKER_E8, TAKER_E8, 1)),
        c -> c.instrument(Core.PAIR, MAKER_E8, TAKER_E8, feeInBase ? FeeAsset.BASE : FeeAsset.QUOTE));
    both("pair", o -> o.pair(new Pair(OTHER, Core.BTC, Core.USD, 3, 6, 4, 500, !feeInBase)
        .terms(MAKER_E8, TAKER_E8, 2)), c -> other(c, !feeInBase));
    for (final long account : ACCOUNTS) {
      final boolean tape = Core.TAPE == account;
      both("account", o -> o.account(account, tape),
          c -> c.account(account, tape ? AccountKind.TAPE : AccountKind.USER, "a" + account));
      deposit(account, Core.BTC, CAROL == account ? 200 : 1_000_000);
      deposit(account, Core.USD, CAROL == account ? 200_000 : 1_000_000_000);
    }
  }

  private static ReasonCode other(final Core core, final boolean feeInBase) {
    return core.send(new CreateInstrumentEncoder(), 0, c -> {
      c.instrumentId(OTHER).baseAssetId(Core.BTC).quoteAssetId(Core.USD).makerFeeE8(MAKER_E8).takerFeeE8(TAKER_E8)
          .markUnitsPerTick(4).protectionBps(500).collarBps(0).tickSizeE10(20_000_000_000L)
          .lotSizeE10(30_000_000_000L).minLots(2).maxLots(0).minNotionalUnits(0).maxNotionalUnits(0)
          .kind(InstrumentKind.SPOT).feeAsset(feeInBase ? FeeAsset.BASE : FeeAsset.QUOTE);
      Core.put(c.symbol(), "OTHER");
    });
  }

  void at(final long toTimeNs) {
    timeNs = toTimeNs;
  }

  long timeNs() {
    return timeNs;
  }

  ReasonCode both(final String what, final Function<Oracle, ReasonCode> predict,
      final Function<Core, ReasonCode> command) {
    history.addLast("@" + timeNs + " " + what);
    if (history.size() > REMEMBERED) {
      history.removeFirst();
    }
    final List<String> predicted = oracle.run(timeNs, 0, () -> predict.apply(oracle)).lines();
    core.events.clear();
    final ReasonCode code;
    try {
      code = command.apply(core.at(timeNs));
    } catch (final RuntimeException e) {
      throw new AssertionError(told() + "\nthe machine failed after " + core.tail() + "\npredicted " + predicted, e);
    }
    final List<String> events = List.copyOf(core.events);
    core.take();
    if (!predicted.equals(events)) {
      throw new AssertionError(told() + "\npredicted:\n  " + String.join("\n  ", predicted) + "\ntold:\n  "
          + String.join("\n  ", events));
    }
    history.addLast(history.removeLast() + "\n      " + String.join("\n      ", events));
    return code;
  }

  private String told() {
    return "the last commands:\n" + String.join("\n", history);
  }

  void compareBalances() {
    final List<String> actual = new ArrayList<>();
    for (final long account : ACCOUNTS) {
      for (final int asset : new int[] {Core.BTC, Core.USD}) {
        actual.add(account + "/" + asset + " free=" + core.free(account, asset) + " held="
            + core.held(account, asset));
      }
    }
    if (!oracle.balances().equals(actual)) {
      throw new AssertionError(told() + "\npredicted " + oracle.balances() + "\nactual    " + actual);
    }
  }

  ReasonCode deposit(final long account, final int asset, final long units) {
    return both("deposit " + account + "/" + asset + " " + units, o -> o.deposit(account, asset, units),
        c -> c.deposit(account, asset, units));
  }

  ReasonCode place(final NewOrder n) {
    return both(n.toString(), o -> o.place(n), core -> core.order(n.account(), n.side(), n.limitTicks(), n.lots(),
        c -> {
          c.instrumentId(n.pair()).ordType(n.ordType()).timeInForce(n.timeInForce()).stpMode(n.stpMode())
              .postOnly(n.postOnly() ? Flag.YES : Flag.NO).protectionBps(n.protectionBps())
              .quoteAmountUnits(n.quoteAmount()).expireTimeNs(n.expireTimeNs());
          Core.put(c.clOrdId(), n.clientId());
        }));
  }

  ReasonCode arm(final NewRule n) {
    return both(n.toString(), o -> o.arm(n), core -> core.send(new ArmRuleEncoder(), n.account(), c -> {
      c.instrumentId(n.pair()).shareE8(n.shareE8()).quantityLots(n.lots()).startTimeNs(n.startTimeNs())
          .endTimeNs(n.endTimeNs()).side(n.side()).armPolicy(n.policy()).expiryAction(n.expiryAction())
          .reserveMode(n.reserveMode());
      Core.put(c.clRuleId(), n.clientId());
      final ArmRuleEncoder.LegsEncoder legs = c.legsCount(n.legs().size());
      for (final NewRule.Leg leg : n.legs()) {
        legs.next().levelTicks(leg.level()).trailRatioE8(leg.ratioE8()).trailSpreadTicks(leg.spread())
            .activationTicks(leg.activation()).childLimitTicks(leg.childLimit()).protectionBps(leg.protectionBps())
            .kind(leg.kind()).source(leg.source());
      }
      RuleGroups.none(c);
    }));
  }

  ReasonCode amendRule(final long account, final long id, final AmendedRule n) {
    return both("amend rule " + id + " of " + account + " " + n,
        o -> o.amendRule(account, id, n.leg, n.lots, n.level, n.ratioE8, n.spread, n.childLimit),
        core -> core.send(new AmendRuleEncoder(), account, c -> {
          c.ruleId(id).legIndex(n.leg).newQuantityLots(n.lots).newLevelTicks(n.level).newTrailRatioE8(n.ratioE8)
              .newTrailSpreadTicks(n.spread).newChildLimitTicks(n.childLimit);
          Core.put(c.clRuleId(), "");
        }));
  }

  /** What an amendment changes; 0 leaves a field as it is. */
  record AmendedRule(int leg, long lots, int level, int ratioE8, int spread, int childLimit) { }

  /** One of the ids, or what the fallback makes of none. */
  static long pick(final List<Long> ids, final int at, final ToLongFunction<List<Long>> fallback) {
    return ids.isEmpty() ? fallback.applyAsLong(ids) : ids.get(at % ids.size());
  }
}
