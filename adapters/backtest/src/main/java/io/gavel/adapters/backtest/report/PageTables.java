package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.PriceStateRow;
import io.gavel.adapters.backtest.result.RejectRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import java.util.function.Function;

/** The tables of the page, cell by cell as text. At most {@link #ROWS_MAX} rows each; the exports have them all. */
final class PageTables {
  static final int ROWS_MAX = 2_000;

  private final RunResult result;
  private final InstrumentFacts facts;
  private final Figures figures;
  private final ReportTexts texts;
  private final Wording wording;

  PageTables(final RunResult result, final Figures figures, final ReportTexts texts) {
    this.result = result;
    this.facts = result.header().instrument();
    this.figures = figures;
    this.texts = texts;
    this.wording = new Wording(texts, facts);
  }

  ObjectNode toJson() {
    final ObjectNode tables = JsonNodeFactory.instance.objectNode();
    tables.set("triggers", table(result.triggers(), this::trigger, "time", "rule", "kind", "inequality", "=sequence",
        "=cause", "=version", "=filled", "=price.mean", "=slippage", "=delay"));
    tables.set("fills", table(result.fills(), this::fill, "time", "rule", "side", "=price", "=size", "=notional",
        "=fee", "liquidity", "=slippage", "=order", "=sequence"));
    tables.set("rejects", table(result.rejects(), this::reject, "=count", "code", "reason", "command", "first",
        "time", "=sequence"));
    tables.set("liquidations", table(result.margin().liquidations(), this::liquidation, "time", "account", "stage",
        "instrument", "=mark", "=bankruptcy", "=size", "=equity", "=maintenance", "=ratio", "=fund", "=sequence"));
    tables.set("prices", table(result.margin().priceStates(), this::priceState, "time", "instrument", "source",
        "from", "to", "=price", "counted", "excluded", "=sequence"));
    return tables;
  }

  /** A column key with = in front stands right-aligned: a number. */
  private <T> ObjectNode table(
      final Iterable<T> rows, final Function<T, String[]> cells, final String... columns) {
    final ObjectNode table = JsonNodeFactory.instance.objectNode();
    final ArrayNode head = table.putArray("head");
    for (final String column : columns) {
      final boolean number = column.startsWith("=");
      final String key = number ? column.substring(1) : column;
      head.addObject().put("key", key).put("number", number)
          .put("text", texts.text("col." + key, facts.quoteSymbol(), wording.sizeUnit(), facts.feeSymbol(),
              facts.priceSymbol()));
    }
    final ArrayNode body = table.putArray("rows");
    long total = 0;
    for (final T row : rows) {
      if (total < ROWS_MAX) {
        final ArrayNode line = body.addArray();
        for (final String cell : cells.apply(row)) {
          line.add(cell);
        }
      }
      total++;
    }
    table.put("note", total > ROWS_MAX
        ? texts.text("table.more", Numbers.count(ROWS_MAX), Numbers.count(total)) : "");
    return table;
  }

  private String[] trigger(final TriggerRow trigger) {
    final int rule = figures.ruleIndex(trigger.ruleId());
    final Figures.Firing firing = rule == Figures.NULL_RULE ? new Figures.Firing() : figures.firing(rule);
    final boolean filled = firing.hasFill();
    return new String[] {
        Numbers.time(trigger.timeNs()),
        Questions.name(trigger),
        texts.word("kind", trigger.kind()),
        wording.inequality(trigger) + (rule == Figures.NULL_RULE ? "" : wording.worked(result.rules().get(rule))),
        Numbers.count(trigger.sequence()),
        Numbers.count(trigger.causeSequence()),
        Integer.toString(trigger.version()),
        filled ? wording.size(firing.lots()) : "–",
        filled ? wording.meanPrice(firing.notionalUnits(), firing.lots()) : "–",
        firing.hasSlippage() ? Numbers.bps(firing.slippageBpsE2()) : "–",
        filled ? Numbers.span(firing.triggerToFillNs()) : "–"};
  }

  private String[] fill(final FillRow fill) {
    return new String[] {
        Numbers.time(fill.timeNs()),
        ruleName(fill.ruleId()),
        texts.word("side", fill.side()),
        wording.price(fill.priceTicks()),
        wording.size(fill.lots()),
        Numbers.exact(fill.notionalUnits(), facts.quoteScale()),
        Numbers.exact(fill.feeUnits(), facts.feeScale()),
        texts.word("liquidity", fill.liquidity()),
        fill.slippageBpsE2() == FillRow.NO_SLIPPAGE ? "–" : Numbers.bps(fill.slippageBpsE2()),
        Numbers.count(fill.orderId()),
        Numbers.count(fill.sequence())};
  }

  private String[] reject(final RejectRow reject) {
    return new String[] {
        Numbers.count(reject.count()),
        reject.code().name(),
        texts.reason(reject.code()),
        reject.command(),
        reject.subject().isEmpty() ? "–" : reject.subject(),
        Numbers.time(reject.timeNs()),
        Numbers.count(reject.sequence())};
  }

  private String[] liquidation(final LiquidationRow step) {
    return new String[] {
        Numbers.time(step.timeNs()),
        step.account(),
        texts.word("stage", step.stage()),
        step.instId().isEmpty() ? "–" : step.instId(),
        step.markTicks() == 0 ? "–" : wording.price(step.markTicks()),
        step.priceTicks() == 0 ? "–" : wording.price(step.priceTicks()),
        step.lots() == 0 ? "–" : wording.size(step.lots()),
        Numbers.rounded(step.equityUnits(), facts.quoteScale()),
        Numbers.rounded(step.maintenanceUnits(), facts.quoteScale()),
        wording.ratio(step.margin()),
        step.fundUnits() == 0 ? "–"
            : Numbers.signed(Numbers.rounded(step.fundUnits(), facts.quoteScale()), step.fundUnits()),
        Numbers.count(step.sequence())};
  }

  private String[] priceState(final PriceStateRow row) {
    return new String[] {
        Numbers.time(row.timeNs()),
        row.instId(),
        texts.word("source", row.source()),
        texts.text("price." + row.fromState()),
        texts.text("price." + row.toState()),
        row.priceTicks() == 0 ? "–" : wording.price(row.priceTicks()),
        Wording.sources(row.countedSources()),
        Wording.sources(row.excludedSources()),
        Numbers.count(row.sequence())};
  }

  private String ruleName(final long ruleId) {
    final int index = figures.ruleIndex(ruleId);
    return index == Figures.NULL_RULE ? "–" : Questions.name(result.rules().get(index));
  }
}
