package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gavel.adapters.backtest.result.AccountMargin;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.RunResult;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The strip of key figures: profit, drawdown, fees, firings, fills, worst slippage. */
final class KeyFigures {
  private final RunResult result;
  private final InstrumentFacts facts;
  private final Figures figures;
  private final ReportTexts texts;
  private final Wording wording;
  private final ArrayNode strip = JsonNodeFactory.instance.arrayNode();

  KeyFigures(final RunResult result, final Figures figures, final ReportTexts texts) {
    this.result = result;
    this.facts = result.header().instrument();
    this.figures = figures;
    this.texts = texts;
    this.wording = new Wording(texts, facts);
  }

  ArrayNode toJson() {
    final long profit = figures.profitUnits();
    add("profit", Numbers.signed(Numbers.rounded(profit, facts.quoteScale()), profit), facts.quoteSymbol(),
        texts.text("kpi.profit.note", Numbers.signed(Numbers.percent(figures.profitBps()), profit),
            Numbers.rounded(figures.startEquityUnits(), facts.quoteScale()),
            Numbers.rounded(figures.endEquityUnits(), facts.quoteScale())),
        Long.signum(profit));
    final int drawdown = figures.maxDrawdownBps();
    add("drawdown", Numbers.percent(-drawdown), "", drawdown == 0
        ? texts.text("kpi.drawdown.none")
        : texts.text("kpi.drawdown.note", Numbers.shortTime(figures.peakTimeNs()),
            Numbers.shortTime(figures.troughTimeNs())), -Integer.signum(drawdown));
    add("fees", Numbers.rounded(figures.feeUnits(), facts.feeScale()), facts.feeSymbol(),
        texts.text("kpi.fees.note", Numbers.count(result.fees().size())), 0);
    add("rules", figures.fired() + " / " + figures.armed(), "",
        texts.text("kpi.rules.note", Numbers.count(result.triggers().size()),
            Numbers.count((long) result.rules().size() - figures.armed())), 0);
    add("fills", Numbers.count(result.fills().size()), "",
        texts.text("kpi.fills.note", Numbers.count(result.orders().size())), 0);
    addSlippage(figures.worstFill());
    if (!result.margin().isEmpty()) {
      addMargin(result.margin());
    }
    return strip;
  }

  private void addSlippage(final @Nullable FillRow worst) {
    if (worst == null) {
      add("slippage", "–", "", texts.text("kpi.slippage.none"), 0);
      return;
    }
    final int rule = figures.ruleIndex(worst.ruleId());
    final String name = rule == Figures.NULL_RULE ? "" : Questions.name(result.rules().get(rule));
    add("slippage", Numbers.bps(worst.slippageBpsE2()), texts.text("unit.bps"),
        texts.text("kpi.slippage.note", name, Numbers.shortTime(worst.timeNs())), 0);
  }

  private void addMargin(final MarginRows margin) {
    if (!margin.funding().isEmpty()) {
      final long funding = margin.fundingUnits();
      add("funding", Numbers.signed(Numbers.rounded(funding, facts.quoteScale()), funding), facts.quoteSymbol(),
          texts.text("kpi.funding.note", Numbers.count(margin.funding().size())), Long.signum(funding));
    }
    final AccountMargin worst = margin.accounts().stream()
        .max(Comparator.comparingLong(account -> account.worst().ratioBps())).orElseThrow();
    add("liquidations", Numbers.count(margin.liquidatedAccounts()), "",
        margin.liquidations().isEmpty()
            ? texts.text("kpi.liquidations.none", wording.ratio(worst.worst()), worst.account(),
                Numbers.shortTime(worst.worst().timeNs()))
            : texts.text("kpi.liquidations.note", Numbers.count(margin.liquidations().size()),
                Numbers.count(margin.accounts().size())),
        margin.liquidations().isEmpty() ? 0 : -1);
  }

  private void add(final String key, final String value, final String unit, final String note, final int tone) {
    strip.addObject().put("label", texts.text("kpi." + key)).put("value", value).put("unit", unit).put("note", note)
        .put("tone", tone);
  }
}
