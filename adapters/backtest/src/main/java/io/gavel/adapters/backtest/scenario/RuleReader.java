package io.gavel.adapters.backtest.scenario;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.ConditionWords;
import io.gavel.engine.RefusedException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads rules and plain orders, and checks what a schema cannot: how their fields go together. */
final class RuleReader {

  private static final int RATIO_SCALE = 8;
  private static final long ONE_E8 = 100_000_000L;
  private static final long ATR_K_MAX_E8 = 100 * ONE_E8;
  private static final int ATR_BARS = 14;
  private static final int ATR_BARS_MAX = 1_000;
  private static final int ATR_MINUTES = 60;
  private static final int ATR_MINUTES_MAX = 1_440;

  private final @Nullable DecimalStep tick;
  private final @Nullable DecimalStep lot;
  private final int quoteScale;
  private final List<String> accounts;
  private final List<String> hedged;
  private final boolean contract;
  private final Set<PriceSource> references;

  RuleReader(final @Nullable DecimalStep tick, final @Nullable DecimalStep lot, final int quoteScale,
      final List<Scenario.AccountSpec> accounts, final boolean contract, final Set<PriceSource> references) {
    this.tick = tick;
    this.lot = lot;
    this.quoteScale = quoteScale;
    this.accounts = accounts.stream().map(Scenario.AccountSpec::name).toList();
    hedged = accounts.stream().filter(Scenario.AccountSpec::hedged).map(Scenario.AccountSpec::name).toList();
    this.contract = contract;
    this.references = references;
  }

  Scenario.RuleSpec rule(final Fields fields, final Set<String> ids) {
    checkLegs(fields);
    checkSize(fields, "closeFraction");
    if (fields.has("closeFraction")) {
      fields.scaled("closeFraction", "1", RATIO_SCALE, 1, ONE_E8);
    }
    if (fields.has("callbackRatio")) {
      fields.scaled("callbackRatio", "0.01", RATIO_SCALE, 1, ONE_E8 - 1);
    }
    final PriceSource source = fields.choice("triggerPxType", PriceSource.class, PriceSource.LAST);
    if ((PriceSource.MARK == source || PriceSource.INDEX == source) && !references.contains(source)) {
      fields.mistake("triggerPxType", "'" + fields.text("triggerPxType") + "' would never fire: the tapes carry trades,"
          + " from which come last, bid and ask");
    }
    final long startNs = fields.timeNs("startTime", 0);
    final long endNs = fields.timeNs("endTime", 0);
    if (endNs > 0 && endNs <= startNs) {
      fields.mistake("endTime", "'" + fields.text("endTime") + "' is not after startTime");
    }
    if (fields.has("expiryAction") && !fields.has("endTime")) {
      fields.mistake("endTime", "missing; expiryAction says what happens then");
    }
    return new Scenario.RuleSpec(id(fields, "algoClOrdId", ids), account(fields),
        fields.choice("side", Side.class, Side.SELL), price(fields, "tpTriggerPx"), price(fields, "tpOrdPx"),
        price(fields, "slTriggerPx"), price(fields, "slOrdPx"), fields.text("callbackRatio"),
        price(fields, "callbackSpread"), price(fields, "callbackOrdPx"), price(fields, "activePx"), source,
        size(fields, "sz"), fields.text("closeFraction"),
        fields.choice("armPolicy", ArmPolicy.class, ArmPolicy.REJECT), fields.timeNs("armAt", Scenario.AT_START),
        startNs, endNs, fields.choice("expiryAction", ExpiryAction.class, ExpiryAction.CANCEL),
        fields.count("protectionBps", 0, 1, 9_999), condition(fields), price(fields, "whenOrdPx"), atr(fields),
        relation(fields), new WorkReader(fields, tick, lot).read());
  }

  /** A profit or a loss is an amount of the settle asset, or a ratio; whether there is a position is the engine's. */
  private Scenario.@Nullable Relation relation(final Fields fields) {
    belongs(fields, "profitUnit", fields.has("profit"), "profit");
    belongs(fields, "profitOrdPx", fields.has("profit"), "profit");
    belongs(fields, "lossUnit", fields.has("loss"), "loss");
    belongs(fields, "lossOrdPx", fields.has("loss"), "loss");
    final Scenario.Relation relation = new Scenario.Relation("position".equals(fields.text("attach", "none")),
        fields.choice("posSide", PositionSide.class, PositionSide.NET),
        fields.count("priority", 0, 0, Integer.MAX_VALUE), fields.text("profit"),
        fields.choice("profitUnit", TargetUnit.class, TargetUnit.AMOUNT), price(fields, "profitOrdPx"),
        fields.text("loss"), fields.choice("lossUnit", TargetUnit.class, TargetUnit.AMOUNT),
        price(fields, "lossOrdPx"), price(fields, "callbackStep"));
    final boolean tied = relation.position() || 0 != relation.priority() || null != relation.profit()
        || null != relation.loss() || null != relation.callbackStep();
    return tied ? relation : null;
  }

  /** What {@code when} says; whether it can be read is a mistake of the file, whether it can hold is the engine's. */
  private static @Nullable Object condition(final Fields fields) {
    if (!fields.has("when")) {
      return null;
    }
    final Object tree = fields.tree("when");
    try {
      ConditionWords.read(tree);
    } catch (final RefusedException e) {
      fields.mistake("when", String.valueOf(e.getMessage()));
    }
    return tree;
  }

  /** What was before the tape nobody knows: a rule with such a distance is armed later than at the start. */
  private static Scenario.@Nullable Atr atr(final Fields fields) {
    belongs(fields, "atrBars", fields.has("callbackAtr"), "callbackAtr");
    belongs(fields, "atrMinutes", fields.has("callbackAtr"), "callbackAtr");
    if (!fields.has("callbackAtr")) {
      return null;
    }
    if (!fields.has("armAt")) {
      fields.mistake("armAt", "missing; a distance in true ranges needs finished bars before it is armed");
    }
    return new Scenario.Atr(fields.scaled("callbackAtr", "3", RATIO_SCALE, 1, ATR_K_MAX_E8),
        fields.count("atrBars", ATR_BARS, 1, ATR_BARS_MAX),
        TimeUnit.MINUTES.toNanos(fields.count("atrMinutes", ATR_MINUTES, 1, ATR_MINUTES_MAX)));
  }

  Scenario.OrderSpec order(final Fields fields, final Set<String> ids) {
    final Scenario.OrderKind kind = fields.choice("ordType", Scenario.OrderKind.class, Scenario.OrderKind.LIMIT);
    final Side side = fields.choice("side", Side.class, Side.SELL);
    final boolean market = Scenario.OrderKind.MARKET == kind;
    if (!market && !fields.has("px")) {
      fields.mistake("px", "missing; a " + fields.text("ordType", "limit") + " order needs its limit price");
    }
    if (market && fields.has("px")) {
      fields.mistake("px", "a market order has none; its protection is protectionBps");
    }
    if (!market && fields.has("protectionBps")) {
      fields.mistake("protectionBps", "only a market order has it");
    }
    checkSize(fields, "quoteSz");
    if (fields.has("quoteSz") && (!market || Side.BUY != side)) {
      fields.mistake("quoteSz", "only a market buy can be sized in quote");
    }
    if (fields.has("quoteSz")) {
      fields.scaled("quoteSz", "1", quoteScale, 1, Long.MAX_VALUE);
    }
    final String account = account(fields);
    checkPosition(fields, account);
    return new Scenario.OrderSpec(id(fields, "clOrdId", ids), account, side, kind, price(fields, "px"),
        size(fields, "sz"), fields.text("quoteSz"), fields.count("protectionBps", 0, 1, 9_999),
        fields.choice("posSide", PositionSide.class, PositionSide.NET), "true".equals(fields.text("reduceOnly")),
        fields.timeNs("at", Scenario.AT_START));
  }

  private void checkPosition(final Fields fields, final String account) {
    if (fields.has("posSide") && !contract) {
      fields.mistake("posSide", "means nothing in spot; instrument.kind names a contract");
    }
    final boolean net = "net".equals(fields.text("posSide", "net"));
    if (contract && null != fields.text("acct", account) && net == hedged.contains(account)) {
      fields.mistake("posSide", net
          ? "missing; " + account + " keeps a long and a short position: expected long or short"
          : "'" + fields.text("posSide") + "': " + account + " keeps one position; posMode: long_short keeps two");
    }
    if (fields.has("quoteSz") && contract) {
      fields.mistake("quoteSz", "a contract is sized by sz");
    }
  }

  private static void checkLegs(final Fields fields) {
    final boolean takeProfit = fields.has("tpTriggerPx");
    final boolean stopLoss = fields.has("slTriggerPx");
    final int distances = (fields.has("callbackRatio") ? 1 : 0) + (fields.has("callbackSpread") ? 1 : 0)
        + (fields.has("callbackAtr") ? 1 : 0);
    final boolean trailing = distances > 0;
    final String type = fields.text("ordType", "");
    final int legs = (takeProfit ? 1 : 0) + (stopLoss ? 1 : 0) + (trailing ? 1 : 0) + (fields.has("when") ? 1 : 0)
        + (fields.has("profit") ? 1 : 0) + (fields.has("loss") ? 1 : 0);
    if ("conditional".equals(type) && (1 != legs || trailing)) {
      fields.mistake("ordType", "'conditional' needs exactly one of tpTriggerPx, slTriggerPx and when");
    }
    if ("oco".equals(type) && legs < 2) {
      fields.mistake("ordType", "'oco' needs two or more of tpTriggerPx, slTriggerPx and a callback");
    }
    if ("move_order_stop".equals(type) && (1 != legs || !trailing)) {
      fields.mistake("ordType",
          "'move_order_stop' needs callbackRatio, callbackSpread or callbackAtr, and no other trigger");
    }
    if (fields.has("callbackRatio") && fields.has("callbackSpread")) {
      fields.mistake("callbackSpread", "callbackRatio is said too; a trailing stop has one distance");
    }
    if (fields.has("callbackAtr") && distances > 1) {
      fields.mistake("callbackAtr", "another distance is said too; a trailing stop has one");
    }
    belongs(fields, "tpOrdPx", takeProfit, "tpTriggerPx");
    belongs(fields, "slOrdPx", stopLoss, "slTriggerPx");
    belongs(fields, "callbackOrdPx", trailing, "a callback");
    belongs(fields, "activePx", trailing, "a callback");
    belongs(fields, "whenOrdPx", fields.has("when"), "when");
    if ("buy".equals(fields.text("side"))) {
      needsLimit(fields, "tpOrdPx", takeProfit);
      needsLimit(fields, "slOrdPx", stopLoss);
      needsLimit(fields, "callbackOrdPx", trailing);
      if (fields.has("closeFraction")) {
        fields.mistake("closeFraction", "is a share of what is held; a rule that buys needs sz");
      }
    }
  }

  private static void belongs(final Fields fields, final String key, final boolean said, final String owner) {
    if (fields.has(key) && !said) {
      fields.mistake(key, "means nothing without " + owner);
    }
  }

  private static void needsLimit(final Fields fields, final String key, final boolean said) {
    if (said && "-1".equals(fields.text(key, "-1"))) {
      fields.mistake(key, "missing; a rule that buys needs a limit price, so that its cost can be put aside");
    }
  }

  private static void checkSize(final Fields fields, final String other) {
    if (fields.has("sz") == fields.has(other)) {
      fields.mistake("sz", fields.has("sz") ? other + " is said too; expected one of them"
          : "missing; expected sz or " + other);
    }
  }

  private @Nullable String price(final Fields fields, final String key) {
    return fields.steps(key, tick, Integer.MAX_VALUE);
  }

  private @Nullable String size(final Fields fields, final String key) {
    return fields.steps(key, lot, Long.MAX_VALUE);
  }

  private static String id(final Fields fields, final String key, final Set<String> ids) {
    final String id = fields.text(key, "");
    if (!id.isEmpty() && !ids.add(id)) {
      fields.mistake(key, "'" + id + "' is taken by an entry above");
    }
    return id;
  }

  private String account(final Fields fields) {
    final String name = fields.text("acct");
    if (null == name) {
      if (!fields.has("acct") && accounts.size() > 1) {
        fields.mistake("acct", "missing; expected one of " + String.join(", ", accounts));
      }
      return accounts.isEmpty() ? "" : accounts.get(0);
    }
    if (!accounts.contains(name)) {
      fields.mistake("acct", "'" + name + "' is not one of " + String.join(", ", accounts));
    }
    return name;
  }
}
