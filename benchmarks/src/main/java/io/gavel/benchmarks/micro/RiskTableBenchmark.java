package io.gavel.benchmarks.micro;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.collateral.Conversion;
import io.gavel.risk.limit.RiskAsk;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One order against a risk table whose rows are all about it, and one amount from asset to asset. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RiskTableBenchmark {

  /** Rows in force. */
  @Param({"0", "8", "64"})
  public int rows;

  private final RiskEngine risk = new RiskEngine(16, 4, 4, 64, 64, 4);
  private final RiskAsk ask = new RiskAsk();
  private final Conversion conversion = new Conversion(4, 1);
  private long units;

  /** Opens a market and fills the table with rows of six kinds, none of which refuses. */
  @Setup
  public void open() {
    risk.createAsset(1, 8, 8, 0x43, 0, 0, 0);
    risk.createAsset(2, 6, 6, 0x55, 0, 0, 0);
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
    final CreateInstrumentEncoder terms = new CreateInstrumentEncoder().wrap(buffer, 0);
    terms.instrumentId(1).baseAssetId(1).quoteAssetId(2).markUnitsPerTick(100).tickSizeE10(1_000_000_000L)
        .lotSizeE10(10_000_000L).kind(InstrumentKind.SPOT).feeAsset(FeeAsset.QUOTE);
    terms.symbol().w0(0x4355);
    require(risk.createInstrument(new CreateInstrumentDecoder().wrap(
        buffer, 0, CreateInstrumentDecoder.BLOCK_LENGTH, CreateInstrumentDecoder.SCHEMA_VERSION)));
    require(risk.createAccount(7, AccountKind.USER, 0, 0, 0, 0));
    risk.marks().setLast(1, 600_000, 1, 1);
    final RiskLimitKind[] kinds = {RiskLimitKind.ORDER_LOTS, RiskLimitKind.ORDER_NOTIONAL,
        RiskLimitKind.POSITION_LOTS, RiskLimitKind.POSITION_NOTIONAL, RiskLimitKind.GROUP_LOTS,
        RiskLimitKind.GROUP_NOTIONAL};
    for (int row = 1; row <= rows; row++) {
      buffer.setMemory(0, buffer.capacity(), (byte) 0);
      new SetRiskLimitsEncoder().wrap(buffer, 0).row(row).kind(kinds[row % kinds.length]).instrumentId(1)
          .limitValue(Long.MAX_VALUE);
      require(risk.controls().setRiskLimits(new SetRiskLimitsDecoder().wrap(
          buffer, 0, SetRiskLimitsDecoder.BLOCK_LENGTH, SetRiskLimitsDecoder.SCHEMA_VERSION)));
    }
    ask.instrumentId = 1;
    ask.side = Side.BUY;
    ask.lots = 5;
    ask.priceTicks = 600_000;
    conversion.price(2, 37_123_456_789L);
    conversion.price(3, 1_234_567L);
  }

  private static void require(final ReasonCode code) {
    if (ReasonCode.OK != code) {
      throw new IllegalStateException(code.name());
    }
  }

  /** One evaluation of the whole table. */
  @Benchmark
  public ReasonCode evaluate() {
    return risk.limits().check(ask);
  }

  /** One amount, over the reference asset. */
  @Benchmark
  public long convert() {
    return conversion.convert(2, 3, ++units & 0xFFFF_FFFFL);
  }
}
