package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.result.EquityPoint;
import io.gavel.adapters.backtest.result.FeePoint;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.PricePoint;
import io.gavel.adapters.backtest.result.RunHeader;
import io.gavel.adapters.backtest.result.RunResult;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one JSON block of the page. Numbers that are drawn are whole (milliseconds since the start, ticks, units) and
 * come with the size of one; text that is read is made here, so the script formats nothing but the cross-hair.
 */
final class PageData {
  private static final int PRICES_MAX = 12_000;
  private static final int EQUITY_MAX = 6_000;
  private static final int FEES_MAX = 4_000;
  private static final int E10 = 10;

  private final RunResult result;
  private final RunHeader header;
  private final InstrumentFacts facts;
  private final ReportTexts texts;
  private final Figures figures;
  private final PageTime time;

  PageData(final RunResult result, final ReportTexts texts) {
    this.result = result;
    this.header = result.header();
    this.facts = header.instrument();
    this.texts = texts;
    this.figures = new Figures(result);
    this.time = new PageTime(header.fromNs(), header.toNs());
  }

  ObjectNode toJson() {
    final ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("lang", texts.language().code());
    root.put("start", time.startMillis());
    root.put("span", time.spanMillis());
    root.set("text", words());
    root.set("unit", units());
    root.set("head", head());
    root.set("kpis", new KeyFigures(result, figures, texts).toJson());
    root.set("price", prices());
    root.set("equity", equity());
    root.set("fees", fees());
    final PageMarks marks = new PageMarks(result, figures, texts, time);
    root.set("margin", new PageMargin(result, texts, time).toJson());
    root.set("rules", new PageLanes(result, figures, texts, time).toJson());
    root.set("trails", marks.trails());
    root.set("marks", marks.toJson());
    root.set("tables", new PageTables(result, figures, texts).toJson());
    root.set("ask", ask());
    return root;
  }

  /** Every text the script may ask for. */
  private ObjectNode words() {
    final ObjectNode words = JsonNodeFactory.instance.objectNode();
    for (final String key : texts.keys()) {
      if (key.startsWith("page.") || key.startsWith("state.") || key.startsWith("stage.")
          || key.startsWith("side.")) {
        words.put(key, texts.text(key));
      }
    }
    return words;
  }

  private ObjectNode units() {
    final ObjectNode unit = JsonNodeFactory.instance.objectNode();
    unit.put("symbol", facts.symbol());
    unit.put("quote", facts.quoteSymbol());
    unit.put("price", facts.priceSymbol());
    unit.put("fee", facts.feeSymbol());
    unit.put("tick", BigDecimal.valueOf(facts.tickSizeE10(), E10).doubleValue());
    unit.put("priceDecimals", facts.priceDecimals());
    unit.put("quoteUnit", BigDecimal.valueOf(1, facts.quoteScale()).doubleValue());
    unit.put("feeUnit", BigDecimal.valueOf(1, facts.feeScale()).doubleValue());
    return unit;
  }

  private ObjectNode head() {
    final ObjectNode head = JsonNodeFactory.instance.objectNode();
    head.put("kind", texts.text("head.kind"));
    head.put("title", header.name());
    head.put("description", header.description());
    final ArrayNode items = head.putArray("facts");
    pair(items, texts.text("head.instrument"), facts.symbol());
    pair(items, texts.text("head.period"), texts.text("head.fromTo", Numbers.time(header.fromNs()),
        Numbers.time(header.toNs()), Numbers.span(header.toNs() - header.fromNs())));
    pair(items, texts.text("head.rows"), header.skippedRows() == 0
        ? Numbers.count(header.rows())
        : texts.text("head.skipped", Numbers.count(header.rows()), Numbers.count(header.skippedRows())));
    pair(items, texts.text("head.sequence"), Numbers.count(header.sequence()));
    pair(items, texts.text("head.speed"), texts.text("head.rate", Numbers.count(header.rowsPerSecond()),
        Numbers.span(header.wallMillis() * 1_000_000L)));
    pair(items, texts.text("head.machine"), header.jvm());
    final ArrayNode hashes = head.putArray("hashes");
    pair(hashes, texts.text("head.stateHash"), header.stateHash());
    pair(hashes, texts.text("head.eventHash"), header.eventHash());
    pair(hashes, texts.text("head.configHash"), header.configHash());
    pair(hashes, texts.text("head.dataHash"), header.dataHash());
    final ArrayNode chips = head.putArray("chips");
    for (final Verdict verdict : Verdict.of(result)) {
      final String state = verdict.holds() ? ".holds" : ".fails";
      chips.addObject().put("text", texts.text("verdict." + verdict.key() + state, Numbers.count(verdict.count())))
          .put("holds", verdict.holds());
    }
    return head;
  }

  private ObjectNode prices() {
    final List<PricePoint> points = Thinning.extremes(result.prices(), PRICES_MAX, PricePoint::priceTicks);
    final PageSeries series = new PageSeries(time, points.size());
    for (final PricePoint point : points) {
      series.add(point.timeNs(), point.priceTicks());
    }
    return series.toJson();
  }

  private ObjectNode equity() {
    final List<EquityPoint> points = Thinning.extremes(result.equity(), EQUITY_MAX, EquityPoint::equityUnits);
    final PageSeries series = new PageSeries(time, points.size());
    final ArrayNode drawdown = JsonNodeFactory.instance.arrayNode(points.size());
    for (final EquityPoint point : points) {
      series.add(point.timeNs(), point.equityUnits());
      drawdown.add(point.drawdownBps());
    }
    final ObjectNode node = series.toJson();
    node.set("drawdownBps", drawdown);
    return node;
  }

  private ObjectNode fees() {
    final List<FeePoint> points = Thinning.extremes(result.fees(), FEES_MAX, FeePoint::cumulativeFeeUnits);
    final PageSeries series = new PageSeries(time, points.size());
    for (final FeePoint point : points) {
      series.add(point.timeNs(), point.cumulativeFeeUnits());
    }
    return series.toJson();
  }

  /** Commands to type next, for this run's own rules and orders. */
  private ArrayNode ask() {
    final Questions questions = new Questions(result, figures);
    final ArrayNode ask = JsonNodeFactory.instance.arrayNode();
    question(ask, questions.aboutRule(true), "ask.fired");
    question(ask, questions.aboutRule(false), "ask.waiting");
    question(ask, questions.aboutOrder(), "ask.order");
    question(ask, questions.aboutLastInput(), "ask.sequence");
    question(ask, questions.replay(), "ask.replay");
    question(ask, questions.verify(), "ask.verify");
    return ask;
  }

  private void question(final ArrayNode ask, final @Nullable String command, final String key) {
    if (command != null) {
      pair(ask, command, texts.text(key));
    }
  }

  private static void pair(final ArrayNode array, final String first, final String second) {
    array.addArray().add(first).add(second);
  }
}
