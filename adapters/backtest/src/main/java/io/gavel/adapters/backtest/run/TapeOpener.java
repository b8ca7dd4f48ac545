package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.KlineCsvTape;
import io.gavel.adapters.backtest.tape.LoopedTape;
import io.gavel.adapters.backtest.tape.MergedTape;
import io.gavel.adapters.backtest.tape.PriceCsvTape;
import io.gavel.adapters.backtest.tape.Tape;
import io.gavel.adapters.backtest.tape.TapeInput;
import io.gavel.adapters.backtest.tape.TapeRow;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.adapters.backtest.tape.TradesCsvTape;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;

/** Opens the tapes of a scenario as one. */
public final class TapeOpener {

  /**
   * One tape of several.
   *
   * @param isTraded whether its rows are prints; else they are marks, indices or what a source said
   */
  public record Named(String name, Tape tape, boolean isBars, boolean isTraded) {
  }

  private TapeOpener() {
  }

  /** Each tape by itself, as the scenario names them, not looped. Whoever takes one closes it. */
  public static List<Named> each(final Scenario scenario, final int instrumentId) {
    final Scenario.Data data = scenario.data();
    final List<String> names = new ArrayList<>();
    data.trades().forEach(input -> names.add(input.name()));
    data.klines().forEach(input -> names.add(input.name()));
    data.mark().forEach(input -> names.add(input.name()));
    data.index().forEach(input -> names.add(input.name()));
    data.sources().forEach(source -> names.add(source.input().name()));
    final List<Tape> tapes = tapes(scenario, instrumentId);
    final List<Named> all = new ArrayList<>();
    final int bars = data.trades().size();
    final int prices = bars + data.klines().size();
    for (int i = 0; i < tapes.size(); i++) {
      all.add(new Named(names.get(i), tapes.get(i), i >= bars && i < prices, i < prices));
    }
    return all;
  }

  /** The tapes merged and looped; prints carry {@code instrumentId}. The caller closes it. */
  public static Tape open(final Scenario scenario, final int instrumentId) {
    final int rounds = scenario.venue().loop();
    return 1 == rounds ? once(scenario, instrumentId)
        : new LoopedTape(() -> once(scenario, instrumentId), rounds);
  }

  private static Tape once(final Scenario scenario, final int instrumentId) {
    final List<Tape> tapes = tapes(scenario, instrumentId);
    return 1 == tapes.size() ? tapes.get(0) : new MergedTape(tapes);
  }

  private static List<Tape> tapes(final Scenario scenario, final int instrumentId) {
    final Scenario.Data data = scenario.data();
    final TapeScale scale = TapeScale.of(
        instrumentId, scenario.market().tickSizeE10(), scenario.market().lotSizeE10());
    final boolean lowHurts = scenario.rules().isEmpty()
        || scenario.rules().stream().anyMatch(rule -> Side.SELL == rule.side());
    final List<Tape> tapes = new ArrayList<>();
    try {
      for (final TapeInput input : data.trades()) {
        tapes.add(new TradesCsvTape(input, scale, data.zeroSize()));
      }
      for (final TapeInput input : data.klines()) {
        tapes.add(new KlineCsvTape(input, scale, data.zeroSize(), data.path(), lowHurts));
      }
      addPrices(tapes, data, scale);
    } catch (final RuntimeException e) {
      tapes.forEach(Tape::close);
      throw e;
    }
    return tapes;
  }

  /** Behind the trades: of one stamp, a trade comes first. */
  private static void addPrices(final List<Tape> tapes, final Scenario.Data data, final TapeScale scale) {
    for (final TapeInput input : data.mark()) {
      tapes.add(new PriceCsvTape(input, scale, TapeRow.Kind.MARK));
    }
    for (final TapeInput input : data.index()) {
      tapes.add(new PriceCsvTape(input, scale, TapeRow.Kind.INDEX));
    }
    for (final Scenario.SourceTape source : data.sources()) {
      tapes.add(new PriceCsvTape(source.input(), scale, source.id(), source.confidenceE8()));
    }
  }
}
