package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.MarginPoint;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.engine.core.StateMachine;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.margin.MarginTerms;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Reads the margins of accounts from the engine's state, and works out at which mark each would be liquidated. Of an
 * isolated account it is the position that is nearest to it. One thread, the engine's.
 */
final class MarginSampler {

  private static final int SEARCH_STEPS_MAX = 64;

  private final String[] names;
  private final long[] accounts;
  private final int instrumentId;
  private final MarginLog log;
  private long timeNs;

  /** Of accounts on margin, in the order of the scenario. */
  MarginSampler(final String[] names, final long[] accounts, final int instrumentId, final MarginLog log) {
    this.names = names;
    this.accounts = accounts;
    this.instrumentId = instrumentId;
    this.log = log;
  }

  /** Set before {@link #look} is handed to the engine. */
  void at(final long sampleTimeNs) {
    timeNs = sampleTimeNs;
  }

  void look(final StateMachine machine) {
    final RiskEngine risk = machine.risk();
    for (int i = 0; i < accounts.length; i++) {
      final int slot = risk.accountSlot(accounts[i]);
      if (MarginMode.ISOLATED == risk.accountModes().margin(slot)) {
        isolated(risk, names[i], slot);
      } else {
        shared(risk, names[i], slot);
      }
    }
  }

  private void shared(final RiskEngine risk, final String name, final int slot) {
    final long equityUnits = risk.marginBook().equityUnits(slot);
    final long maintenanceUnits = risk.marginBook().maintenanceUnits(slot);
    log.sample(name, new MarginPoint(timeNs, equityUnits, risk.marginBook().initialUnits(slot), maintenanceUnits));
    log.level(name, timeNs, levelTicks(risk, slot, Contracts.NULL_POSITION, equityUnits, maintenanceUnits));
  }

  private void isolated(final RiskEngine risk, final String name, final int slot) {
    final Contracts contracts = risk.contracts();
    MarginPoint worst = new MarginPoint(timeNs, 0, 0, 0);
    int worstPosition = Contracts.NULL_POSITION;
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position)) {
        final long equityUnits = contracts.marginUnits(position) + risk.legMargin().gainUnits(position);
        final long maintenanceUnits = risk.legMargin().maintenanceOf(position);
        final MarginPoint point =
            new MarginPoint(timeNs, equityUnits, contracts.marginUnits(position), maintenanceUnits);
        if (Contracts.NULL_POSITION == worstPosition || point.ratioBps() > worst.ratioBps()) {
          worst = point;
          worstPosition = position;
        }
      }
    }
    log.sample(name, worst);
    log.level(name, timeNs, Contracts.NULL_POSITION == worstPosition ? 0
        : levelTicks(risk, slot, worstPosition, worst.equityUnits(), worst.maintenanceUnits()));
  }

  /** The tick nearest to the mark at which equity is below maintenance, all else equal; 0: there is none. */
  private int levelTicks(
      final RiskEngine risk, final int slot, final int onlyPosition, final long equityUnits, final long needUnits) {
    final Instrument instrument = risk.instrument(instrumentId);
    final long markUnits = risk.marks().priceUnits(instrumentId, PriceSource.MARK);
    if (null == instrument || 0 == markUnits || 0 == needUnits) {
      return 0;
    }
    final long markTicks = markUnits / instrument.markUnitsPerTick();
    final long down = search(risk, instrument, slot, onlyPosition, equityUnits, needUnits, markTicks, 1);
    return (int) (0 != down ? down
        : search(risk, instrument, slot, onlyPosition, equityUnits, needUnits, markTicks, 4 * markTicks));
  }

  /** Halves the way from the mark to the far end, where the account must be short of margin. */
  private long search(
      final RiskEngine risk, final Instrument instrument, final int slot, final int onlyPosition,
      final long equityUnits, final long needUnits, final long markTicks, final long farTicks) {
    long safe = markTicks;
    long dead = farTicks;
    if (farTicks > Integer.MAX_VALUE || !fails(risk, instrument, slot, onlyPosition, equityUnits, needUnits, dead)) {
      return 0;
    }
    for (int i = 0; i < SEARCH_STEPS_MAX && Math.abs(dead - safe) > 1; i++) {
      final long middle = (safe + dead) / 2;
      if (fails(risk, instrument, slot, onlyPosition, equityUnits, needUnits, middle)) {
        dead = middle;
      } else {
        safe = middle;
      }
    }
    return dead;
  }

  private boolean fails(
      final RiskEngine risk, final Instrument instrument, final int slot, final int onlyPosition,
      final long equityUnits, final long needUnits, final long ticks) {
    final Contracts contracts = risk.contracts();
    final long markUnits = risk.marks().priceUnits(instrumentId, PriceSource.MARK);
    final long thenUnits = ticks * instrument.markUnitsPerTick();
    long equity = equityUnits;
    long need = needUnits;
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final long lots = contracts.lots(position);
      final boolean counts = Contracts.NULL_POSITION == onlyPosition || position == onlyPosition;
      if (0 != lots && counts && instrumentId == contracts.instrumentId(position)) {
        final long size = Math.abs(lots);
        final long nowValue = instrument.markValueUnits(markUnits, size, Rounding.UP);
        final long thenValue = instrument.markValueUnits(thenUnits, size, Rounding.UP);
        equity += lots > 0 != instrument.isInverse() ? thenValue - nowValue : nowValue - thenValue;
        final MarginTerms terms = risk.marginRegister().terms(slot, instrumentId);
        need += null == terms ? 0 : terms.schedule().maintenanceUnits(thenValue, size)
            - terms.schedule().maintenanceUnits(nowValue, size);
      }
    }
    return equity < need;
  }
}
