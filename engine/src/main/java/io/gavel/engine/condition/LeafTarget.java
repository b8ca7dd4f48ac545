package io.gavel.engine.condition;

import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Signal;
import io.gavel.engine.trigger.RuleSpec;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;

/**
 * Which signal a leaf of a command waits for, and at which level: what it says, but a score by the slot that it has,
 * and the price impact of the rule's size on a pool as the reserve at which the impact is just that (F-44): selling
 * {@code in} moves the mean price by {@code in / (R + in)}, buying {@code out} by {@code out / (R - out)}, fee apart. A
 * holder.
 */
final class LeafTarget {

  private static final long ONE_E8 = 100_000_000L;

  private final SignalView view;
  Signal signal = Signal.PRICE;
  PriceSource source = PriceSource.LAST;
  int instrumentId;
  byte compare;
  long threshold;
  long second;

  LeafTarget(final SignalView view) {
    this.view = view;
  }

  LeafTarget of(final RuleSpec spec, final int i) {
    signal = spec.nodeSignals[i];
    source = spec.nodeSources[i];
    instrumentId = 0 == spec.nodeInstrumentIds[i] ? spec.instrumentId : spec.nodeInstrumentIds[i];
    compare = (byte) spec.nodeCompares[i].value();
    threshold = spec.nodeThresholds[i];
    second = spec.nodeSeconds[i];
    if (Signal.RISK_SIGNAL == signal) {
      instrumentId = spec.nodeInstrumentIds[i];
      second = view.signalSlot(0 == instrumentId ? spec.account : 0, instrumentId, second);
    } else if (Signal.POOL_IMPACT == signal) {
      signal = Signal.POOL_RESERVE;
      final boolean below = !SignalLane.isRising(compare);
      // A smaller impact is a larger reserve. An impact at or above is one reserve less than the first one below it.
      threshold = below ? reserve(spec, threshold) : reserve(spec, threshold - 1) - 1;
      compare ^= 1;
    }
    return this;
  }

  /** The smallest base reserve at which the rule's size moves the price by no more than this. */
  private long reserve(final RuleSpec spec, final long impactE8) {
    final long units = view.baseUnits(spec.instrumentId, spec.quantityLots);
    if (impactE8 <= 0) {
      return SignalLane.INFINITE - 1;
    }
    final long factor = Side.SELL == spec.side ? ONE_E8 - impactE8 : ONE_E8 + impactE8;
    return FixedPoint.mulDivFits(units, factor, impactE8, Rounding.UP)
        ? Math.min(SignalLane.INFINITE - 1, FixedPoint.mulDiv(units, factor, impactE8, Rounding.UP))
        : SignalLane.INFINITE - 1;
  }
}
