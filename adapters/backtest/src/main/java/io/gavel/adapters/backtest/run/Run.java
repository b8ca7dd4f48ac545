package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.result.RunHeader;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.adapters.backtest.scenario.ContractSpec;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.Tape;
import io.gavel.adapters.backtest.tape.TapeRow;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.engine.Codes;
import io.gavel.engine.Directory;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.ring.Ingress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays a scenario through an engine that this thread drives: one command a row, the clock at the row's time, so that
 * deadlines between two rows are met on the way. A run plays once.
 */
public final class Run implements AutoCloseable {

  /** Of the one instrument of a scenario. */
  public static final int INSTRUMENT_ID = 1;

  private static final int ROWS_PER_PROGRESS = 4_096;
  private static final long PROGRESS_NS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Scenario scenario;
  private final @Nullable Path journal;
  private final Supplier<Tape> tapes;
  private final TapeClock clock = new TapeClock();
  private final Requests requests = new Requests();
  private final Names names = new Names();
  private final LevelWatch watch = new LevelWatch();
  private final Decimator prices = new Decimator();
  private final EquityCurve equity = new EquityCurve();
  private final TapePrintEncoder print = new TapePrintEncoder();
  private final Consumer<StateMachine> lookAtLevels = watch::look;
  private final Consumer<StateMachine> spanBar = watch::span;
  private final TapeRow row = new TapeRow();
  private final InstrumentFacts facts;
  private final RunRecorder recorder;
  private final TrueRanges ranges;
  private final Pricing pricing;
  private final Consumer<StateMachine> lookAtPrices;
  private final Gavel engine;
  private final Ingress ingress;
  private int lastTicks;
  private long rows;
  private long ambiguousBars;
  private long firstNs;
  private long beganNs;
  private long toldNs;
  private long wallNs;

  /**
   * Launches the engine.
   *
   * @param journal where its journal goes, new or empty; null: in memory
   */
  public Run(final Scenario scenario, final @Nullable Path journal) {
    this(scenario, journal, () -> TapeOpener.open(scenario, INSTRUMENT_ID));
  }

  /** As {@link #Run(Scenario, Path)}, on a tape that is at hand instead of the scenario's own; it is closed. */
  public Run(final Scenario scenario, final @Nullable Path journal, final Supplier<Tape> tapes) {
    this.scenario = scenario;
    this.journal = journal;
    this.tapes = tapes;
    ranges = new TrueRanges(scenario);
    facts = facts(scenario);
    recorder = new RunRecorder(requests, names, watch, facts, scenario.contract());
    final GavelContext context = new GavelContext().clock(clock)
        .config(CoreConfig.standard().withActivationDelayNs(scenario.venue().activationDelayNs()));
    engine = Gavel.launch(null == journal ? context : context.dir(journal), recorder);
    ingress = engine.ingress();
    pricing = new Pricing(scenario, ingress, this::drive, facts.instrumentId(), recorder.margin());
    lookAtPrices = pricing::look;
    names.directory(engine.directory());
  }

  /** Plays every row; what it leaves behind. */
  public RunResult play(final Progress progress) {
    try (Tape tape = tapes.get()) {
      boolean more = tape.next(row);
      if (!more) {
        throw new RunException("the tape has no rows");
      }
      firstNs = row.timeNs;
      clock.advanceTo(firstNs);
      final Setup setup = new Setup(scenario, engine, requests, recorder, this::drive, facts.instrumentId(),
          ranges);
      setup.found();
      final Directory directory = engine.directory();
      final Valuation valuation = new Valuation(scenario.accounts().stream()
          .mapToLong(account -> directory.accountId(account.name())).toArray(), facts.instrumentId());
      valuation.at(row.priceTicks);
      engine.query(valuation::lookFirst);
      pricing.begin(row);
      final MarginSampler margins = margins(directory);
      final Schedule schedule = new Schedule(scenario, setup);
      beganNs = System.nanoTime();
      while (more) {
        send(schedule, row.timeNs);
        if (TapeRow.Kind.TRADE == row.kind) {
          playRow();
        } else {
          playPrice();
        }
        look();
        sample(valuation, margins);
        if (0 == rows % ROWS_PER_PROGRESS) {
          tell(progress, tape);
        }
        more = tape.next(row);
      }
      wallNs = System.nanoTime() - beganNs;
      // What was meant for a time behind the last row is said all the same: it shows up as armed and unfired.
      send(schedule, Long.MAX_VALUE - 1);
      progress.at(rows, rows);
      sample(margins);
      return result(tape, valuation);
    }
  }

  @Override
  public void close() {
    engine.close();
  }

  private void send(final Schedule schedule, final long untilNs) {
    while (schedule.nextNs() <= untilNs) {
      clock.advanceTo(schedule.nextNs());
      ranges.at(schedule.nextNs());
      schedule.sendNext();
    }
  }

  private MarginSampler margins(final Directory directory) {
    final List<String> margined = null == scenario.contract() ? List.of() : scenario.accounts().stream()
        .filter(account -> Scenario.TdMode.CASH != account.tdMode()).map(Scenario.AccountSpec::name).toList();
    return new MarginSampler(margined.toArray(new String[0]),
        margined.stream().mapToLong(directory::accountId).toArray(), facts.instrumentId(), recorder.margin());
  }

  private void look() {
    if (null != scenario.contract()) {
      pricing.at(row.timeNs);
      engine.query(lookAtPrices);
    }
  }

  private void sample(final MarginSampler margins) {
    if (null != scenario.contract()) {
      margins.at(row.timeNs);
      engine.query(margins::look);
    }
  }

  private void sample(final Valuation valuation, final MarginSampler margins) {
    if (equity.isDue(row.timeNs)) {
      valuation.at(lastTicks);
      engine.query(valuation::look);
      equity.add(row.timeNs, valuation.totalUnits());
      sample(margins);
    }
  }

  private void playPrice() {
    clock.advanceTo(row.timeNs);
    pricing.price(row);
    rows++;
  }

  private void playRow() {
    clock.advanceTo(row.timeNs);
    lastTicks = row.priceTicks;
    pricing.trade(row);
    ranges.add(row.timeNs, row.priceTicks);
    if (row.isBarStart() && !watch.isIdle()) {
      watch.bar(row.barLowTicks, row.barHighTicks);
      engine.query(spanBar);
      ambiguousBars += watch.spansBoth() ? 1 : 0;
    }
    ingress.begin(print).header().account(names.tapeAccount());
    print.instrumentId(row.instrumentId).priceTicks(row.priceTicks).sizeLots(row.sizeLots)
        .shareE8(scenario.venue().shareE8()).slippageTicks(scenario.venue().slippageTicks());
    final long code = ingress.offer();
    if (code < 0) {
      throw new RunException("the engine took no row: " + Codes.describe(code));
    }
    drive();
    rows++;
    prices.add(row.timeNs, row.priceTicks);
    if (!watch.isIdle()) {
      watch.at(row.timeNs);
      engine.query(lookAtLevels);
    }
  }

  private void drive() {
    int done;
    do {
      done = engine.doWork();
    } while (done > 0);
    if (engine.isHalted()) {
      final Throwable cause = engine.haltCause();
      final String message = "the engine halted at sequence " + engine.sequence();
      throw null == cause ? new RunException(message) : new RunException(message, cause);
    }
  }

  private void tell(final Progress progress, final Tape tape) {
    final long nowNs = System.nanoTime();
    if (nowNs - toldNs >= PROGRESS_NS) {
      toldNs = nowNs;
      final long read = Math.max(1, tape.bytesRead());
      progress.at(rows, Math.max(rows, rows * (tape.bytesTotal() / read) + rows * (tape.bytesTotal() % read) / read));
    }
  }

  private RunResult result(final Tape tape, final Valuation valuation) {
    valuation.at(lastTicks);
    engine.query(valuation::look);
    final long lastNs = row.timeNs;
    return new RunResult(header(tape, lastNs), prices.points(), equity.finish(lastNs, valuation.totalUnits()),
        engine.ask(machine -> valuation.rows(machine, names, recorder.orders())), recorder.orders().orders(),
        recorder.orders().fills(), recorder.rules().rules(scenario.rules()), recorder.rules().triggers(), watch.steps(),
        recorder.rejects().rows(), recorder.orders().fees(), recorder.margin().rows(), recorder.rows().rows());
  }

  private RunHeader header(final Tape tape, final long lastNs) {
    final long eventHash = engine.ask(StateMachine::eventHash);
    final long rowsPerSecond = (long) (rows / Math.max(1e-9, wallNs / 1e9));
    return new RunHeader(scenario.name(), scenario.description(), scenario.seed(), facts, firstNs, lastNs, rows,
        tape.skippedRows(), ambiguousBars, scenario.configHash(), tape.dataHash(), engine.stateHash(),
        String.format("%016x", eventHash), engine.sequence(), TimeUnit.NANOSECONDS.toMillis(wallNs), rowsPerSecond,
        null == journal ? null : journal.toString(), jvm());
  }

  private static InstrumentFacts facts(final Scenario scenario) {
    final Scenario.Market market = scenario.market();
    final ContractSpec contract = scenario.contract();
    if (null != contract) {
      return new InstrumentFacts(INSTRUMENT_ID, market.instId(), market.baseSymbol(), contract.settleSymbol(),
          contract.settleSymbol(), market.tickSizeE10(), market.lotSizeE10(),
          DecimalStep.ofE10(market.tickSizeE10()).scale(), DecimalStep.ofE10(market.lotSizeE10()).scale(),
          market.baseScale(), contract.settleScale(), contract.settleScale(),
          contract.isInverse() || 0 != contract.multiplierE10() ? "" : market.baseSymbol(), market.quoteSymbol());
    }
    final boolean feeInBase = FeeAsset.BASE == market.feeAsset();
    return new InstrumentFacts(INSTRUMENT_ID, market.instId(), market.baseSymbol(), market.quoteSymbol(),
        feeInBase ? market.baseSymbol() : market.quoteSymbol(), market.tickSizeE10(), market.lotSizeE10(),
        DecimalStep.ofE10(market.tickSizeE10()).scale(), DecimalStep.ofE10(market.lotSizeE10()).scale(),
        market.baseScale(), market.quoteScale(), feeInBase ? market.baseScale() : market.quoteScale());
  }

  private static String jvm() {
    return System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version") + ", "
        + System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", "
        + Runtime.getRuntime().availableProcessors() + " processors";
  }
}
