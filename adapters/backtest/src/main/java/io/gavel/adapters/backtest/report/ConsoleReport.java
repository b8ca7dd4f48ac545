package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RejectRow;
import io.gavel.adapters.backtest.result.RuleRow;
import io.gavel.adapters.backtest.result.RunHeader;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.result.TriggerRow;
import io.gavel.codecs.ReasonTexts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished run as tables for the terminal; the last line is the command to type next. Plain text unless
 * {@code ansi}: the caller says no for {@code NO_COLOR} and when the output is not a terminal. Stateless to its users:
 * any thread.
 */
public final class ConsoleReport {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final RunResult result;
  private final RunHeader header;
  private final InstrumentFacts facts;
  private final ReportTexts texts;
  private final Figures figures;
  private final Wording wording;
  private final boolean ansi;
  private final StringBuilder out = new StringBuilder();

  private ConsoleReport(final RunResult result, final ReasonTexts.Language language, final boolean ansi) {
    this.result = result;
    this.header = result.header();
    this.facts = header.instrument();
    this.texts = new ReportTexts(language);
    this.figures = new Figures(result);
    this.wording = new Wording(texts, facts);
    this.ansi = ansi;
  }

  /**
   * The whole text, lines ended by a line feed.
   *
   * @param report where the HTML file is, null: none was written
   * @param tables where the exports are, null: none were written
   */
  public static String text(final RunResult result, final ReasonTexts.Language language, final boolean ansi,
                            final @Nullable String report, final @Nullable String tables) {
    final ConsoleReport console = new ConsoleReport(result, language, ansi);
    console.head();
    console.money();
    console.triggers();
    console.margin();
    console.rejects();
    console.foot(report, tables);
    return console.out.toString();
  }

  private void head() {
    final String name = header.name().replaceAll("\\p{Cntrl}", "?");
    line(style(BOLD, name) + "   " + facts.symbol() + "   " + Numbers.time(header.fromNs()) + " .. "
        + Numbers.time(header.toNs()) + " UTC");
    line("");
  }

  private void money() {
    final long profit = figures.profitUnits();
    final String change = Numbers.signed(Numbers.percent(figures.profitBps()), profit);
    final String drawdown = Numbers.percent(-figures.maxDrawdownBps()) + (figures.maxDrawdownBps() == 0 ? ""
        : "   " + Numbers.shortTime(figures.peakTimeNs()) + " → " + Numbers.shortTime(figures.troughTimeNs()));
    final TextTable table = new TextTable("lrrrl");
    table.row(texts.text("console.result"), texts.text("console.start"), texts.text("console.end"),
        texts.text("console.change"), texts.text("console.drawdown"));
    table.row(texts.text("console.equity", facts.quoteSymbol()),
        Numbers.rounded(figures.startEquityUnits(), facts.quoteScale()),
        Numbers.rounded(figures.endEquityUnits(), facts.quoteScale()), change, drawdown);
    final List<String> lines = table.lines();
    line(" " + style(BOLD, lines.get(0)));
    line(" " + lines.get(1).replace(change, style(profit < 0 ? RED : GREEN, change)));
    line(" " + texts.text("console.orders", Numbers.count(result.orders().size()),
        Numbers.count(result.fills().size()), Numbers.count(figures.rejects()),
        Numbers.rounded(figures.feeUnits(), facts.feeScale()), facts.feeSymbol()) + funding());
    line("");
  }

  private void triggers() {
    final TextTable table = new TextTable("llrrrrl");
    table.row(texts.text("console.triggers"), texts.text("console.state"), texts.text("console.fired"),
        texts.text("console.filled", wording.sizeUnit()), texts.text("console.delay"), texts.text("console.slippage"),
        texts.text("console.why"));
    for (int i = 0; i < result.rules().size(); i++) {
      final RuleRow rule = result.rules().get(i);
      final Figures.Firing firing = figures.firing(i);
      table.row(Questions.name(rule), texts.word("state", rule.finalState()), Numbers.count(firing.count()),
          wording.size(rule.filledLots()), firing.hasFill() ? Numbers.span(firing.triggerToFillNs()) : "-",
          firing.hasSlippage() ? Numbers.bps(firing.slippageBpsE2()) : "-", why(rule));
    }
    final List<String> lines = table.lines();
    line(" " + style(BOLD, lines.get(0)));
    for (int i = 1; i < lines.size(); i++) {
      line(" " + lines.get(i));
    }
    line("");
  }

  /** The first inequality that was true, the nearest miss, or the reason of the refusal. */
  private String why(final RuleRow rule) {
    for (final TriggerRow trigger : result.triggers()) {
      if (trigger.ruleId() == rule.ruleId()) {
        return wording.inequality(trigger) + wording.worked(rule);
      }
    }
    if (rule.nearestMiss() != null) {
      return wording.nearestMiss(rule, rule.nearestMiss());
    }
    return rule.steps().isEmpty() ? "-" : rule.steps().get(rule.steps().size() - 1).reason().name();
  }

  private String funding() {
    final long units = result.margin().fundingUnits();
    return result.margin().funding().isEmpty() ? "" : texts.text("console.funding",
        Numbers.signed(Numbers.rounded(units, facts.quoteScale()), units), facts.quoteSymbol());
  }

  /** What was liquidated, or how near it came; and what prices were not good for. */
  private void margin() {
    if (!result.margin().isEmpty()) {
      for (final List<String> block : new ConsoleMargin(result, texts).blocks()) {
        line(" " + style(BOLD, block.get(0)));
        block.subList(1, block.size()).forEach(row -> line(" " + row));
        line("");
      }
    }
  }

  private void rejects() {
    final String title = style(BOLD, texts.text("console.rejects"));
    if (result.rejects().isEmpty()) {
      line(" " + title + "   " + texts.text("console.none"));
    } else {
      line(" " + title);
      final TextTable table = new TextTable("rlll");
      for (final RejectRow reject : result.rejects()) {
        table.row(Numbers.count(reject.count()), reject.code().name(), reject.command(), texts.reason(reject.code()));
      }
      table.lines().forEach(row -> line("   " + row));
    }
    final long bars = header.ambiguousBars();
    line(" " + style(BOLD, texts.text("console.bars")) + "   " + (bars == 0
        ? texts.text("console.bars.none") : style(RED, texts.text("console.bars.some", Numbers.count(bars)))));
    line("");
  }

  private void foot(final @Nullable String report, final @Nullable String tables) {
    final TextTable table = new TextTable("ll");
    table.row(texts.text("console.speed"), texts.text("console.rows", Numbers.count(header.rows()),
        Numbers.span(header.wallMillis() * 1_000_000L), Numbers.count(header.rowsPerSecond()), header.jvm()));
    table.row(texts.text("console.hash"), header.stateHash());
    table.row(texts.text("console.events"), header.eventHash());
    table.row(texts.text("console.journal"), header.journal() == null
        ? texts.text("console.memory") : header.journal());
    if (report != null) {
      table.row(texts.text("console.report"), report);
    }
    if (tables != null) {
      table.row(texts.text("console.tables"), tables);
    }
    table.lines().forEach(row -> line(" " + row));
    if (header.journal() != null) {
      line(" " + style(DIM, texts.text("console.why.next")) + " " + question());
    }
  }

  /** About a rule that fired, else about one that did not, else about the last input. */
  private String question() {
    final Questions questions = new Questions(result, figures);
    final @Nullable String fired = questions.aboutRule(true);
    final @Nullable String waiting = fired == null ? questions.aboutRule(false) : fired;
    return waiting == null ? questions.aboutLastInput() : waiting;
  }

  private String style(final String code, final String text) {
    return ansi ? code + text + PLAIN : text;
  }

  private void line(final String text) {
    out.append(text).append('\n');
  }
}
