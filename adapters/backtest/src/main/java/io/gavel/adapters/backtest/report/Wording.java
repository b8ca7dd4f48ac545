package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.RuleKinds;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** Sentences about rules: what a leg waits for, and the inequality that made it fire. */
final class Wording {
  private final ReportTexts texts;
  private final InstrumentFacts facts;

  Wording(final ReportTexts texts, final InstrumentFacts facts) {
    this.texts = texts;
    this.facts = facts;
  }

  String price(final long ticks) {
    return Numbers.grouped(facts.price(ticks));
  }

  String size(final long lots) {
    return Numbers.exact(quantity(lots).setScale(facts.sizeDecimals(), RoundingMode.UNNECESSARY));
  }

  /** What sizes are counted in. */
  String sizeUnit() {
    return facts.sizeSymbol().isEmpty() ? texts.text("unit.contracts") : facts.sizeSymbol();
  }

  /** Maintenance over equity, for instance 1.04; of nothing left the sign of infinity. */
  String ratio(final MarginPoint margin) {
    final long bps = margin.ratioBps();
    return bps >= MarginPoint.NOTHING_LEFT ? "∞" : Numbers.grouped(BigDecimal.valueOf(bps, 4).toPlainString());
  }

  /** Numbers of the sources in a set of bits. */
  static String sources(final int bits) {
    final StringJoiner sources = new StringJoiner(" ");
    for (int source = 1; source <= Integer.SIZE; source++) {
      if (((bits >>> (source - 1)) & 1) != 0) {
        sources.add(Integer.toString(source));
      }
    }
    return sources.length() == 0 ? "–" : sources.toString();
  }

  /** A step of a liquidation in a few lines. */
  List<String> liquidation(final LiquidationRow step) {
    final List<String> lines = new ArrayList<>();
    lines.add(texts.text("tip.liquidation", step.account(), texts.word("stage", step.stage())));
    lines.add(Numbers.time(step.timeNs()));
    if (step.lots() != 0) {
      lines.add(texts.text("tip.liquidation.size",
          step.side() == null ? "" : texts.word("side", step.side()), size(step.lots()), sizeUnit(),
          step.priceTicks() == 0 ? "–" : price(step.priceTicks())));
    }
    lines.add(texts.text("tip.liquidation.margin", Numbers.rounded(step.equityUnits(), facts.quoteScale()),
        Numbers.rounded(step.maintenanceUnits(), facts.quoteScale()), ratio(step.margin()),
        step.markTicks() == 0 ? "–" : price(step.markTicks())));
    if (step.fundUnits() != 0) {
      lines.add(texts.text("tip.liquidation.fund",
          Numbers.signed(Numbers.rounded(step.fundUnits(), facts.quoteScale()), step.fundUnits()),
          facts.quoteSymbol()));
    }
    lines.add(texts.text("tip.cause", Numbers.count(step.sequence())));
    return lines;
  }

  /** Mean price of a filled quantity, to a hundredth of a tick's last decimal. */
  String meanPrice(final long notionalUnits, final long lots) {
    final BigDecimal mean = BigDecimal.valueOf(notionalUnits, facts.quoteScale())
        .divide(quantity(lots), facts.priceDecimals() + 2, RoundingMode.HALF_EVEN);
    return Numbers.exact(mean);
  }

  /**
   * For instance <code>sell 0.5 BTC: take-profit last &gt;= 1,000.00 or stop last &lt;= 740.00</code>. What was refused
   * was never armed, so there is nothing to tell of it but why.
   */
  String rule(final RuleRow rule) {
    if (rule.legs().isEmpty() && !rule.steps().isEmpty()) {
      return texts.text("rule.refused", texts.reason(rule.steps().get(0).reason()));
    }
    final List<String> legs = new ArrayList<>();
    for (final RuleRow.Leg leg : rule.legs()) {
      legs.add(leg(rule, leg));
    }
    return texts.text("rule.what", texts.word("side", rule.side()), size(rule.quantityLots()), sizeUnit(),
        String.join(texts.text("rule.or"), legs));
  }

  /** For instance <code>last 1,042.10 &lt;= stop 1,043.00</code>: true at the moment of firing. */
  String inequality(final TriggerRow trigger) {
    final String name = texts.word("kind", trigger.kind());
    if (trigger.kind() == RuleKind.AT_TIME) {
      return texts.text("why.time", Numbers.time(trigger.timeNs()));
    }
    final String comparison = upwards(trigger.kind(), trigger.side()) ? ">=" : "<=";
    final String text = texts.text("why.price", texts.word("source", trigger.source()),
        price(trigger.referenceTicks()), comparison, name, price(trigger.levelTicks()));
    if (trigger.extremumTicks() == 0) {
      return text;
    }
    final String extremum = trigger.side() == Side.SELL ? "why.high" : "why.low";
    return text + texts.text(extremum, price(trigger.extremumTicks()));
  }

  /** For instance <code>; twap, 12 orders, its time was over</code>; empty: the order was not worked. */
  String worked(final RuleRow rule) {
    final RuleRow.Work work = rule.work();
    return null == work ? "" : texts.text("why.worked", work.action().name().toLowerCase(Locale.ROOT),
        Numbers.count(work.orders()), texts.word("worked", work.last()));
  }

  /** How near a rule that never fired came to firing. */
  String nearestMiss(final RuleRow rule, final RuleRow.NearestMiss miss) {
    final RuleRow.Leg leg = rule.legs().get(miss.legIndex());
    final String comparison = upwards(leg.kind(), rule.side()) ? "<" : ">";
    return texts.text("why.miss", texts.word("source", leg.source()), price(miss.priceTicks()), comparison,
        texts.word("kind", leg.kind()), price(miss.levelTicks()), price(miss.missingTicks()),
        Numbers.time(miss.timeNs()), Numbers.count(miss.sequence()));
  }

  private String leg(final RuleRow rule, final RuleRow.Leg leg) {
    final String name = texts.word("kind", leg.kind());
    final String source = texts.word("source", leg.source());
    if (leg.kind() == RuleKind.AT_TIME) {
      return texts.text("leg.time", name);
    }
    if (leg.kind() == RuleKind.TRAILING_STOP) {
      final String distance = leg.trailRatioE8() != 0
          ? Numbers.percentE8(leg.trailRatioE8())
          : price(leg.trailSpreadTicks());
      final String text = texts.text("leg.trail", name, source, distance);
      return leg.activationTicks() == 0 ? text : text + texts.text("leg.activation", price(leg.activationTicks()));
    }
    final String comparison = upwards(leg.kind(), rule.side()) ? ">=" : "<=";
    return texts.text("leg.level", name, source, comparison, price(leg.levelTicks()));
  }

  private BigDecimal quantity(final long lots) {
    return BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(facts.lotSizeE10(), 10));
  }

  private static boolean upwards(final RuleKind kind, final Side side) {
    return RuleKinds.isProfit(kind) == (side == Side.SELL);
  }
}
