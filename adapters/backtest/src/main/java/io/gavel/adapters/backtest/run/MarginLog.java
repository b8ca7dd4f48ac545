package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.AccountMargin;
import io.gavel.adapters.backtest.result.FundingPoint;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.LiquidationLevel;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.PriceStateRow;
import io.gavel.adapters.backtest.result.ReferenceSeries;
import io.gavel.adapters.backtest.scenario.ContractSpec;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.Side;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What contracts leave behind: margins sampled on the clock of the equity and at each step of a liquidation, the steps
 * themselves, marks and indices, funding. Samples are thinned when there are many, steps never are.
 */
final class MarginLog {

  private static final int SAMPLES_MAX = 4_000;

  private final Names names;
  private final InstrumentFacts facts;
  private final boolean inverse;
  private final BigDecimal multiplier;
  private final Map<String, List<MarginPoint>> samples = new LinkedHashMap<>();
  private final Map<String, List<MarginPoint>> atSteps = new LinkedHashMap<>();
  private final Map<String, Integer> levels = new LinkedHashMap<>();
  private final List<LiquidationRow> liquidations = new ArrayList<>();
  private final List<LiquidationLevel> levelSteps = new ArrayList<>();
  private final List<FundingPoint> funding = new ArrayList<>();
  private final List<PriceStateRow> priceStates = new ArrayList<>();
  private final Decimator mark = new Decimator();
  private final Decimator index = new Decimator();
  private final Map<Integer, Decimator> sources = new LinkedHashMap<>();
  private long fundingUnits;
  private long lastMarkUnits;
  private long lastIndexUnits;

  MarginLog(final Names names, final InstrumentFacts facts, final @Nullable ContractSpec contract) {
    this.names = names;
    this.facts = facts;
    inverse = null != contract && contract.isInverse();
    multiplier = null == contract || 0 == contract.multiplierE10() ? BigDecimal.ONE
        : BigDecimal.valueOf(contract.multiplierE10(), 10);
  }

  /** A sample of one account; every second one of an account goes when there are too many. */
  void sample(final String account, final MarginPoint point) {
    final List<MarginPoint> points = samples.computeIfAbsent(account, name -> new ArrayList<>());
    if (!points.isEmpty() && point.timeNs() == points.get(points.size() - 1).timeNs()) {
      points.remove(points.size() - 1);
    }
    points.add(point);
    if (SAMPLES_MAX == points.size()) {
      final List<MarginPoint> kept = new ArrayList<>();
      for (int i = 0; i + 1 < points.size(); i += 2) {
        // The worse of the two stays, so that the highest ratio of all does.
        kept.add(points.get(i).ratioBps() >= points.get(i + 1).ratioBps() ? points.get(i) : points.get(i + 1));
      }
      points.clear();
      points.addAll(kept);
    }
  }

  /** The price at which an account's position would be liquidated; told when it changes. */
  void level(final String account, final long timeNs, final int levelTicks) {
    final Integer last = levels.put(account, levelTicks);
    if (null == last ? 0 != levelTicks : last != levelTicks) {
      levelSteps.add(new LiquidationLevel(timeNs, account, facts.symbol(), levelTicks));
    }
  }

  /** What a source of the index says, as it enters. */
  void source(final int sourceId, final long timeNs, final int priceTicks) {
    sources.computeIfAbsent(sourceId, id -> new Decimator()).add(timeNs, priceTicks);
  }

  /** The mark and the index in force; 0: none yet. */
  void prices(final long timeNs, final long markUnits, final long indexUnits) {
    if (markUnits != lastMarkUnits) {
      lastMarkUnits = markUnits;
      mark.add(timeNs, (int) (markUnits / TapeScale.MARK_UNITS_PER_TICK));
    }
    if (indexUnits != lastIndexUnits) {
      lastIndexUnits = indexUnits;
      index.add(timeNs, (int) (indexUnits / TapeScale.MARK_UNITS_PER_TICK));
    }
  }

  void onPriceState(final PriceStateChangedDecoder event) {
    priceStates.add(new PriceStateRow(event.header().engineTimeNs(), event.header().sequence(), facts.symbol(),
        event.source(), event.fromState().name(), event.toState().name(),
        (int) (event.priceUnits() / TapeScale.MARK_UNITS_PER_TICK), event.countedSources(), event.excludedSources()));
  }

  void onBalance(final BalanceChangedDecoder event) {
    if (BalanceCause.FUNDING == event.cause() && names.isUser(event.header().account())) {
      fundingUnits += event.changeUnits();
      funding.add(new FundingPoint(event.header().engineTimeNs(), fundingUnits));
    }
  }

  /** A step, and each fund that paid in it as a step of its own. */
  void onStep(final LiquidationStepDecoder event) {
    final LiquidationRow.Stage stage = LiquidationRow.Stage.valueOf(event.stage().name());
    add(event, stage, Math.abs(event.lots()), 0);
    if (0 != event.fundUnits()) {
      add(event, LiquidationRow.Stage.INSURANCE, 0, -event.fundUnits());
    }
    if (0 != event.backstopUnits()) {
      add(event, LiquidationRow.Stage.BACKSTOP, 0, -event.backstopUnits());
    }
  }

  private void add(final LiquidationStepDecoder event, final LiquidationRow.Stage stage, final long lots,
      final long fundUnits) {
    final boolean whole = 0 == event.instrumentId();
    final Side side = 0 == lots ? null : event.lots() > 0 ? Side.SELL : Side.BUY;
    final LiquidationRow row = new LiquidationRow(event.header().engineTimeNs(), event.header().sequence(),
        event.header().index(), event.causeSequence(), names.account(event.header().account()),
        whole ? "" : facts.symbol(), stage, side, lots,
        (int) (event.markUnits() / TapeScale.MARK_UNITS_PER_TICK), 0 == lots ? 0 : priceTicks(event.valueUnits(), lots),
        event.equityUnits(), event.requirementUnits(), fundUnits);
    liquidations.add(row);
    atSteps.computeIfAbsent(row.account(), name -> new ArrayList<>()).add(row.margin());
  }

  /** The price at which so many lots are worth this, to the nearest tick; 0: not told, or not above zero. */
  private int priceTicks(final long valueUnits, final long lots) {
    final BigDecimal size = BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(facts.lotSizeE10(), 10));
    final BigDecimal value = BigDecimal.valueOf(Math.abs(valueUnits), facts.quoteScale());
    if (0 == value.signum()) {
      return 0;
    }
    final BigDecimal price = inverse ? size.multiply(multiplier).divide(value, MathContext.DECIMAL64)
        : value.divide(size.multiply(multiplier), MathContext.DECIMAL64);
    return price.divide(BigDecimal.valueOf(facts.tickSizeE10(), 10), 0, RoundingMode.HALF_UP).intValueExact();
  }

  MarginRows rows() {
    final List<AccountMargin> accounts = new ArrayList<>();
    samples.forEach((account, points) -> {
      final List<MarginPoint> all = new ArrayList<>(atSteps.getOrDefault(account, List.of()));
      all.addAll(points);
      // Stable: of one time, the step stands in front of the sample that was taken behind it.
      all.sort((a, b) -> Long.compare(a.timeNs(), b.timeNs()));
      accounts.add(new AccountMargin(account, all));
    });
    final List<ReferenceSeries> references = new ArrayList<>();
    sources.forEach((id, points) ->
        references.add(new ReferenceSeries(ReferenceSeries.Kind.SOURCE, id, points.points())));
    references.add(new ReferenceSeries(ReferenceSeries.Kind.INDEX, 0, index.points()));
    references.add(new ReferenceSeries(ReferenceSeries.Kind.MARK, 0, mark.points()));
    references.removeIf(series -> series.points().isEmpty());
    return new MarginRows(accounts, liquidations, levelSteps, funding, references, priceStates);
  }
}
