package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.AccountMargin;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.PriceStateRow;
import io.gavel.adapters.backtest.result.RunResult;
import java.util.ArrayList;
import java.util.List;

/** The part of the terminal's report that is about margin, in blocks of a heading and its rows. */
final class ConsoleMargin {
  private static final int ROWS_MAX = 20;

  private final MarginRows margin;
  private final InstrumentFacts facts;
  private final ReportTexts texts;
  private final Wording wording;
  private final List<List<String>> blocks = new ArrayList<>();

  ConsoleMargin(final RunResult result, final ReportTexts texts) {
    this.margin = result.margin();
    this.facts = result.header().instrument();
    this.texts = texts;
    this.wording = new Wording(texts, facts);
  }

  List<List<String>> blocks() {
    ratios();
    liquidations();
    priceStates();
    return blocks;
  }

  /** Each account's worst moment: its nearest approach, or how far beyond it got. */
  private void ratios() {
    final TextTable table = new TextTable("lrrrl");
    table.row(texts.text("console.margin"), texts.text("console.ratio"),
        texts.text("console.equity", facts.quoteSymbol()), texts.text("console.maintenance"),
        texts.text("console.at"));
    int rows = 0;
    for (final AccountMargin account : margin.accounts()) {
      if (rows++ < ROWS_MAX) {
        table.row(account.account(), wording.ratio(account.worst()),
            Numbers.rounded(account.worst().equityUnits(), facts.quoteScale()),
            Numbers.rounded(account.worst().maintenanceUnits(), facts.quoteScale()),
            Numbers.time(account.worst().timeNs()));
      }
    }
    block(table, rows);
  }

  private void liquidations() {
    if (margin.liquidations().isEmpty()) {
      blocks.add(List.of(texts.text("console.liquidations") + "   " + texts.text("console.none")));
      return;
    }
    final TextTable table = new TextTable("lllrrrrr");
    table.row(texts.text("console.liquidations"), texts.text("console.at"), texts.text("console.stage"),
        texts.text("console.mark"), texts.text("console.price"), texts.text("console.size"),
        texts.text("console.ratio"), texts.text("console.fund", facts.quoteSymbol()));
    int rows = 0;
    for (final LiquidationRow step : margin.liquidations()) {
      if (rows++ < ROWS_MAX) {
        table.row(step.account(), Numbers.time(step.timeNs()), texts.word("stage", step.stage()),
            step.markTicks() == 0 ? "-" : wording.price(step.markTicks()),
            step.priceTicks() == 0 ? "-" : wording.price(step.priceTicks()),
            step.lots() == 0 ? "-" : wording.size(step.lots()), wording.ratio(step.margin()),
            step.fundUnits() == 0 ? "-"
                : Numbers.signed(Numbers.rounded(step.fundUnits(), facts.quoteScale()), step.fundUnits()));
      }
    }
    block(table, rows);
  }

  private void priceStates() {
    if (margin.priceStates().isEmpty()) {
      return;
    }
    final TextTable table = new TextTable("lllll");
    table.row(texts.text("console.prices"), texts.text("console.at"), texts.text("console.change"),
        texts.text("col.counted"), texts.text("col.excluded"));
    int rows = 0;
    for (final PriceStateRow row : margin.priceStates()) {
      if (rows++ < ROWS_MAX) {
        table.row(row.instId() + " " + texts.word("source", row.source()), Numbers.time(row.timeNs()),
            texts.text("price." + row.fromState()) + " → " + texts.text("price." + row.toState()),
            Wording.sources(row.countedSources()), Wording.sources(row.excludedSources()));
      }
    }
    block(table, rows);
  }

  private void block(final TextTable table, final int rows) {
    final List<String> block = new ArrayList<>(table.lines());
    if (rows > ROWS_MAX) {
      block.add("  " + texts.text("console.more", Numbers.count((long) rows - ROWS_MAX)));
    }
    blocks.add(block);
  }
}
