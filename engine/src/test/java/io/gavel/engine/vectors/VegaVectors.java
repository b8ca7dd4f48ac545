package io.gavel.engine.vectors;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.funding.FundingRates;
import io.gavel.risk.liquidation.DisposalSchedule;
import io.gavel.risk.margin.OrderMargin;
import io.gavel.risk.mark.MarkThrottle;
import io.gavel.risk.position.Contracts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;

/** Figures of Vega's feature specifications: margins, disposal of what was taken over, throttled marks. */
final class VegaVectors {

  private static final int E8 = 8;
  private static final long ONE_E8 = 100_000_000;
  private static final long UNBOUNDED = 1_000 * ONE_E8;
  private static final int NS = 9;
  private static final int STEPS_MAX = 10_000;

  private VegaVectors() {
  }

  static void addTo(final VectorModels models) {
    models.add("VEGA-MCAL", VegaVectors::margin);
    models.add("VEGA-POSR", in -> in.has("disposal_fraction") ? disposal(in) : takeovers(in));
    models.add("VEGA-MRKP", VegaVectors::throttled);
  }

  private static Map<String, ?> margin(final Vector in) {
    final Map<String, Object> out = new HashMap<>();
    if (in.has("limit")) {
      final int scale = lotsScale(in.decimal("size"), in.orZero("offsets"));
      out.put("order_margin", Vector.ofUnits(OrderMargin.isolatedOrder(in.units("limit", E8), in.units("size", scale),
          in.unitsOrZero("offsets", scale), in.units("margin_factor", E8), ONE_E8), E8 + scale));
    }
    if (in.has("avg_entry")) {
      final int scale = lotsScale(in.decimal("position"));
      out.put("position_margin", Vector.ofUnits(OrderMargin.isolated(in.units("avg_entry", E8),
          in.units("position", scale), in.units("margin_factor", E8), ONE_E8), E8 + scale));
    }
    if (in.has("linear_slippage")) {
      futures(in, out);
    }
    if (out.get("position_margin") instanceof BigDecimal position && out.get("initial") instanceof BigDecimal initial) {
      final boolean accepted = position.compareTo(initial) > 0;
      out.put("accepted", accepted);
      out.put("rejected", !accepted);
      out.put("result", accepted ? "accept" : "reject");
    }
    return out;
  }

  /** Maintenance by slippage and risk factor, the levels above it, and margin for funding that has run up. */
  private static void futures(final Vector in, final Map<String, Object> out) {
    final int scale = lotsScale(in.decimal("position"));
    final long position = in.units("position", scale);
    final long maintenance = OrderMargin.maintenance(in.units(in.named("mark", "f_twap"), E8), position,
        in.units("linear_slippage", E8), in.unitsOrZero("risk_factor", E8), ONE_E8);
    long margin = maintenance;
    if (in.has("s_twap")) {
      final long accrued = in.orZero("delta_t").multiply(in.orZero("interest_rate")).movePointRight(E8)
          .setScale(0, RoundingMode.HALF_EVEN).longValueExact();
      final long payment = FundingRates.periodicPayment(in.units("f_twap", E8), in.units("s_twap", E8), accrued,
          bound(in, "clamp_lower", -UNBOUNDED), bound(in, "clamp_upper", UNBOUNDED), ONE_E8);
      out.put("funding_payment", Vector.ofUnits(payment, E8));
      margin += FundingRates.marginForPayment(payment, position, in.unitsOrZero("margin_funding_factor", E8), ONE_E8);
    }
    final BigDecimal level = Vector.ofUnits(margin, E8 + scale);
    out.put("maintenance", level);
    out.put("margin", level);
    out.put("futures_margin", Vector.ofUnits(maintenance, E8 + scale));
    for (final String name : new String[] {"search", "initial", "release"}) {
      final String factor = in.has(name + "_factor") ? name + "_factor" : name + "_margin_factor";
      if (in.has(factor)) {
        out.put(name, level.multiply(in.decimal(factor)));
      }
    }
  }

  private static long bound(final Vector in, final String name, final long otherwise) {
    return in.has(name) ? in.units(name, E8) : otherwise;
  }

  private static int lotsScale(final BigDecimal... sizes) {
    int scale = 0;
    for (final BigDecimal size : sizes) {
      scale = Math.max(scale, size.stripTrailingZeros().scale());
    }
    return scale;
  }

  private static Map<String, ?> disposal(final Vector in) {
    final List<BigDecimal> trades = new ArrayList<>();
    long lots = Math.abs(in.whole("position"));
    for (int i = 0; i < STEPS_MAX && lots > 0; i++) {
      final long step = DisposalSchedule.stepLots(lots, Vector.units(in.or("disposal_fraction", "1"), E8),
          in.wholeOr("full_disposal_size", 0), in.whole("book_volume"),
          Vector.units(in.or("max_fraction_consumed", "1"), E8));
      if (0 == step) {
        break;
      }
      trades.add(BigDecimal.valueOf(step));
      lots -= step;
    }
    return Map.of("trades", trades, "remaining", BigDecimal.valueOf(lots));
  }

  /** The position that an engine's own account takes over at marks, event by event: mark, lots. */
  private static Map<String, ?> takeovers(final Vector in) {
    final RiskEngine risk = new RiskEngine(4, 4, 4, 16, 16, 16);
    risk.createAsset(1, 8, 8, Text32.word("LOT", 0), 0, 0, 0);
    risk.createAsset(2, 8, 8, Text32.word("USD", 0), 0, 0, 0);
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CreateInstrumentEncoder.BLOCK_LENGTH]);
    new CreateInstrumentEncoder().wrap(buffer, 0).instrumentId(1).baseAssetId(1).quoteAssetId(2).settleAssetId(2)
        .markUnitsPerTick(1).tickSizeE10(100_000_000).lotSizeE10(100_000_000)
        .kind(InstrumentKind.LINEAR_PERPETUAL).feeAsset(FeeAsset.QUOTE).symbol().w0(Text32.word("PERP", 0));
    final ReasonCode created = risk.createInstrument(new CreateInstrumentDecoder()
        .wrap(buffer, 0, CreateInstrumentEncoder.BLOCK_LENGTH, CreateInstrumentEncoder.SCHEMA_VERSION));
    risk.createAccount(1, AccountKind.USER, Text32.word("net", 0), 0, 0, 0);
    if (ReasonCode.OK != created) {
      throw new IllegalStateException("instrument " + created);
    }
    final Contracts contracts = risk.contracts();
    contracts.allocate();
    final int position = contracts.open(risk.accountSlot(1), 1, PositionSide.NET);
    final Map<String, Object> out = new HashMap<>();
    long realised = 0;
    for (final List<Object> event : in.rows("events")) {
      final BigDecimal mark = Vector.decimalOf(event.get(0));
      final long lots = Vector.units(Vector.decimalOf(event.get(1)), 0);
      final long markUnits = Vector.units(mark, E8);
      if (0 != lots) {
        realised += contracts.trade(position, lots, Math.abs(lots) * markUnits);
      }
      final long unrealised = contracts.lots(position) * markUnits - contracts.costUnits(position);
      out.put("realised_at_" + mark.toPlainString(), Vector.ofUnits(realised, E8));
      out.put("unrealised_at_" + mark.toPlainString(), Vector.ofUnits(unrealised, E8));
      out.put("unrealised", Vector.ofUnits(unrealised, E8));
    }
    out.put("position", BigDecimal.valueOf(contracts.lots(position)));
    out.put("realised", Vector.ofUnits(realised, E8));
    out.put("avg_entry", 0 == contracts.lots(position) ? BigDecimal.ZERO
        : Vector.ofUnits(contracts.costUnits(position), E8)
            .divide(BigDecimal.valueOf(contracts.lots(position)), E8, RoundingMode.HALF_EVEN));
    return out;
  }

  private static Map<String, ?> throttled(final Vector in) {
    final MarkThrottle throttle =
        new MarkThrottle(in.unitsOrZero("max_frequency_s", NS), in.unitsOrZero("last_mark", E8), 0);
    final List<BigDecimal> marks = new ArrayList<>();
    long now = 0;
    for (final List<Object> batch : in.rows("batches")) {
      now += Vector.units(Vector.decimalOf(batch.get(0)), NS);
      final List<?> trades = (List<?>) batch.get(1);
      if (!trades.isEmpty()) {
        final Object last = Objects.requireNonNull(trades.get(trades.size() - 1));
        throttle.onTrades(now, Vector.units(Vector.decimalOf(last), E8));
      }
      marks.add(Vector.ofUnits(throttle.markUnits(), E8));
    }
    return Map.of("marks", marks);
  }
}
