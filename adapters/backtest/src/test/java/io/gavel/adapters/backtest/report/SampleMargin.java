package io.gavel.adapters.backtest.report;

import io.gavel.adapters.backtest.result.AccountMargin;
import io.gavel.adapters.backtest.result.FundingPoint;
import io.gavel.adapters.backtest.result.LiquidationLevel;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.adapters.backtest.result.LiquidationRow.Stage;
import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.adapters.backtest.result.MarginRows;
import io.gavel.adapters.backtest.result.PricePoint;
import io.gavel.adapters.backtest.result.PriceStateRow;
import io.gavel.adapters.backtest.result.ReferenceSeries;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;

/** Made-up margin beside a made-up run: two accounts, of which one goes through the whole waterfall in two bursts. */
final class SampleMargin {
  private static final long UNIT = 100_000_000L;

  private SampleMargin() {
  }

  static MarginRows of(final SampleRun run) {
    final List<PricePoint> prices = run.prices;
    final int at = prices.size() * 2 / 3;
    final List<MarginPoint> calm = new ArrayList<>();
    final List<MarginPoint> hurt = new ArrayList<>();
    final List<LiquidationLevel> levels = new ArrayList<>();
    final List<FundingPoint> funding = new ArrayList<>();
    for (int i = 0; i < prices.size(); i += 8) {
      final long timeNs = prices.get(i).timeNs();
      final long maintenance = i > at ? 0 : 40 * UNIT;
      calm.add(new MarginPoint(timeNs, 150 * UNIT + prices.get(i).priceTicks() * 1_000L, 90 * UNIT, 50 * UNIT));
      hurt.add(new MarginPoint(timeNs, i > at ? 5 * UNIT : 120 * UNIT - 82 * UNIT * i / at, 80 * UNIT, maintenance));
      if (i % 4_000 == 0) {
        levels.add(new LiquidationLevel(timeNs, "calm", "BTC-USD", 60_000 + i / 10));
        levels.add(new LiquidationLevel(timeNs, "hurt", "BTC-USD", i > at ? 0 : 70_000));
        funding.add(new FundingPoint(timeNs, -i * UNIT / 4_000));
      }
    }
    final List<LiquidationRow> steps = new ArrayList<>();
    final Stage[] stages = Stage.values();
    for (int i = 0; i < stages.length; i++) {
      final PricePoint print = prices.get(i < 3 ? at - 2_000 : at + (i < 8 ? 0 : 40));
      steps.add(new LiquidationRow(print.timeNs(), 20_000 + i, i, 19_999, "hurt", "BTC-USD", stages[i],
          i == 2 ? Side.SELL : null, i == 2 ? 500 : 0, print.priceTicks(), i == 5 ? print.priceTicks() - 900 : 0,
          (i < 6 ? 39 : -2) * UNIT, 40 * UNIT, i == 6 ? -2 * UNIT : 0));
    }
    return new MarginRows(List.of(new AccountMargin("calm", calm), new AccountMargin("hurt", hurt)), steps, levels,
        funding, references(prices), List.of(new PriceStateRow(prices.get(at).timeNs(), 19_000, "BTC-USD",
            PriceSource.INDEX, "VALID", "BELOW_QUORUM", 80_000, 0b11, 0b100)));
  }

  private static List<ReferenceSeries> references(final List<PricePoint> prices) {
    final List<PricePoint> mark = new ArrayList<>();
    final List<PricePoint> astray = new ArrayList<>();
    for (int i = 0; i < prices.size(); i += 30) {
      final PricePoint print = prices.get(i);
      mark.add(new PricePoint(print.timeNs(), print.priceTicks() + 120));
      astray.add(new PricePoint(print.timeNs(), i / 3_000 == 3 ? print.priceTicks() * 84 / 100 : print.priceTicks()));
    }
    return List.of(new ReferenceSeries(ReferenceSeries.Kind.MARK, 0, mark),
        new ReferenceSeries(ReferenceSeries.Kind.INDEX, 0, mark),
        new ReferenceSeries(ReferenceSeries.Kind.SOURCE, 3, astray));
  }
}
