package io.gavel.engine.core;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.PositionTarget;
import io.gavel.risk.position.Positions;

/**
 * What a rule closes, and at which price that has made or lost what a leg waits for. In a contract it is the position
 * on the other side of the rule; in spot, for a sale, the lots whose cost the house knows.
 */
final class PositionTargets {

  private static final long ONE_E8 = 100_000_000L;

  private final RiskEngine risk;
  private final Contracts contracts;
  private final Positions holdings;

  PositionTargets(final RiskEngine risk) {
    this.risk = risk;
    contracts = risk.contracts();
    holdings = risk.positions();
  }

  /** The position that a rule of the side closes. */
  PositionSide closedBy(final int accountSlot, final Side side) {
    if (PositionMode.ONE_WAY == risk.accountModes().position(accountSlot)) {
      return PositionSide.NET;
    }
    return Side.SELL == side ? PositionSide.LONG : PositionSide.SHORT;
  }

  /** Lots that a rule of the side can close, signed as the position; 0: there are none. */
  long lots(final int accountSlot, final Instrument instrument, final Side side) {
    final boolean sells = Side.SELL == side;
    if (!instrument.isContract()) {
      return sells ? holdings.lots(risk.accountAt(accountSlot), instrument.id()) : 0;
    }
    final int position = contracts.find(accountSlot, instrument.id(), closedBy(accountSlot, side));
    final long lots = Contracts.NULL_POSITION == position ? 0 : contracts.lots(position);
    return sells == lots > 0 ? lots : 0;
  }

  /** Where those lots have made, or lost, the target; {@link PositionTarget#NULL_TICKS}: at no price. */
  int ticks(final int accountSlot, final Instrument instrument, final Side side, final boolean isLoss,
      final long target, final TargetUnit unit) {
    final long lots = lots(accountSlot, instrument, side);
    if (0 == lots) {
      return PositionTarget.NULL_TICKS;
    }
    final int position = instrument.isContract()
        ? contracts.find(accountSlot, instrument.id(), closedBy(accountSlot, side)) : Contracts.NULL_POSITION;
    final long costUnits = instrument.isContract()
        ? contracts.costUnits(position) : holdings.costUnits(risk.accountAt(accountSlot), instrument.id());
    long units = target;
    if (TargetUnit.AMOUNT != unit) {
      final long basis = TargetUnit.ENTRY_RATIO == unit ? Math.abs(costUnits)
          : marginUnits(accountSlot, instrument, position, lots, Math.abs(costUnits));
      // A profit is not said too small, nor a loss too large.
      final Rounding rounding = isLoss ? Rounding.DOWN : Rounding.CEILING;
      if (!FixedPoint.mulDivFits(basis, target, ONE_E8, rounding)) {
        return PositionTarget.NULL_TICKS;
      }
      units = FixedPoint.mulDiv(basis, target, ONE_E8, rounding);
    }
    return PositionTarget.ticks(instrument, lots, costUnits, isLoss ? -units : units);
  }

  /** What an isolated position is held by; of a cross one what it needs to be opened at its cost. */
  private long marginUnits(final int accountSlot, final Instrument instrument, final int position, final long lots,
      final long costUnits) {
    return MarginMode.ISOLATED == risk.accountModes().margin(accountSlot) ? contracts.marginUnits(position)
        : risk.legMargin().initialOf(instrument, risk.marginRegister().terms(accountSlot, instrument.id()), costUnits,
        Math.abs(lots), contracts.leverageE2(position));
  }
}
