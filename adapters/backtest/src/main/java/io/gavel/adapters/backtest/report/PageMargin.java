package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.result.AccountMargin;
import io.gavel.adapters.backtest.result.FundingPoint;
import io.gavel.adapters.backtest.result.LiquidationLevel;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.PricePoint;
import io.gavel.adapters.backtest.result.ReferenceSeries;
import io.gavel.adapters.backtest.result.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What contracts add to the page: margin ratios, the stages of each liquidation, liquidation prices, marks, indices and
 * funding. Lines are thinned, steps of a liquidation never; the margin at a step stays on its line.
 */
final class PageMargin {
  private static final int RATIOS_MAX = 3_000;
  private static final int REFERENCES_MAX = 4_000;
  private static final int LEVELS_MAX = 3_000;
  private static final int FUNDING_MAX = 2_000;

  private final RunResult result;
  private final MarginRows margin;
  private final ReportTexts texts;
  private final Wording wording;
  private final PageTime time;

  PageMargin(final RunResult result, final ReportTexts texts, final PageTime time) {
    this.result = result;
    this.margin = result.margin();
    this.texts = texts;
    this.wording = new Wording(texts, result.header().instrument());
    this.time = time;
  }

  /** Without margined accounts: empty lists, of which nothing is drawn. */
  ObjectNode toJson() {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("accounts", accounts());
    node.set("episodes", episodes());
    node.set("references", references());
    node.set("levels", levels());
    node.set("funding", funding());
    return node;
  }

  private ArrayNode accounts() {
    final ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
    for (final AccountMargin account : margin.accounts()) {
      final Set<Long> steps = margin.liquidations().stream().filter(step -> step.account().equals(account.account()))
          .map(LiquidationRow::timeNs).collect(Collectors.toSet());
      final PageSeries series = new PageSeries(time, 16);
      thinned(account.points(), steps).forEach(point -> series.add(point.timeNs(), point.ratioBps()));
      accounts.add(series.toJson().put("name", account.account()));
    }
    return accounts;
  }

  /** The extremes of what lies between two steps, and the steps. */
  private static List<MarginPoint> thinned(final List<MarginPoint> points, final Set<Long> steps) {
    final Set<MarginPoint> kept = Set.copyOf(Thinning.extremes(points, RATIOS_MAX, MarginPoint::ratioBps));
    return points.stream().filter(point -> kept.contains(point) || steps.contains(point.timeNs())).toList();
  }

  /** A lane an account that was liquidated: its steps as [time, stage, ratio, text]. */
  private ArrayNode episodes() {
    final Map<String, List<LiquidationRow>> byAccount = new LinkedHashMap<>();
    for (final LiquidationRow step : margin.liquidations()) {
      byAccount.computeIfAbsent(step.account(), name -> new ArrayList<>()).add(step);
    }
    final ArrayNode episodes = JsonNodeFactory.instance.arrayNode();
    byAccount.forEach((account, steps) -> {
      final ObjectNode lane = episodes.addObject().put("name", account)
          .put("account", position(account));
      final ArrayNode list = lane.putArray("steps");
      for (final LiquidationRow step : steps) {
        list.addArray().add(time.offset(step.timeNs())).add(step.stage().name()).add(step.margin().ratioBps())
            .add(texts.text("lane.liquidation", Numbers.time(step.timeNs()), texts.word("stage", step.stage()),
                step.lots() == 0 ? "" : wording.size(step.lots()) + " " + wording.sizeUnit() + " ",
                wording.ratio(step.margin()), Numbers.count(step.sequence())));
      }
    });
    return episodes;
  }

  private int position(final String account) {
    for (int i = 0; i < margin.accounts().size(); i++) {
      if (margin.accounts().get(i).account().equals(account)) {
        return i;
      }
    }
    return Figures.NULL_RULE;
  }

  private ArrayNode references() {
    final ArrayNode references = JsonNodeFactory.instance.arrayNode();
    for (final ReferenceSeries reference : margin.references()) {
      final PageSeries series = new PageSeries(time, 16);
      Thinning.extremes(reference.points(), REFERENCES_MAX, PricePoint::priceTicks)
          .forEach(point -> series.add(point.timeNs(), point.priceTicks()));
      references.add(series.toJson().put("kind", reference.kind().name()).put("source", reference.sourceId()));
    }
    return references;
  }

  /** A step line for each position in the instrument that is drawn; level 0 ends a stretch. */
  private ArrayNode levels() {
    final Map<String, List<LiquidationLevel>> byAccount = new LinkedHashMap<>();
    for (final LiquidationLevel level : margin.levels()) {
      if (level.instId().equals(result.header().instrument().symbol())) {
        byAccount.computeIfAbsent(level.account(), name -> new ArrayList<>()).add(level);
      }
    }
    final ArrayNode levels = JsonNodeFactory.instance.arrayNode();
    byAccount.forEach((account, steps) -> {
      final PageSeries series = new PageSeries(time, steps.size());
      Thinning.extremes(steps, LEVELS_MAX, LiquidationLevel::levelTicks)
          .forEach(step -> series.add(step.timeNs(), step.levelTicks()));
      levels.add(series.toJson().put("account", position(account)));
    });
    return levels;
  }

  private ObjectNode funding() {
    final PageSeries series = new PageSeries(time, 16);
    Thinning.extremes(margin.funding(), FUNDING_MAX, FundingPoint::cumulativeUnits)
        .forEach(point -> series.add(point.timeNs(), point.cumulativeUnits()));
    return series.toJson();
  }
}
