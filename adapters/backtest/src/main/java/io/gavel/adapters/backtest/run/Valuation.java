package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.AccountRow;
import io.gavel.engine.core.StateMachine;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.Positions;
import java.util.ArrayList;
import java.util.List;

/**
 * What user accounts are worth at a price, read from the engine's state. Base is valued down to whole quote units; of a
 * contract it is the settle asset and what the mark makes of the positions.
 */
final class Valuation {

  private final long[] accounts;
  private final int instrumentId;
  private final long[] startUnits;
  private int priceTicks;
  private long totalUnits;

  Valuation(final long[] accounts, final int instrumentId) {
    this.accounts = accounts;
    this.instrumentId = instrumentId;
    startUnits = new long[accounts.length];
  }

  /** Set before {@link #look} is handed to the engine. */
  void at(final int lastPriceTicks) {
    priceTicks = lastPriceTicks;
  }

  /** Sums all accounts, on the engine's thread. */
  void look(final StateMachine machine) {
    totalUnits = 0;
    for (final long account : accounts) {
      totalUnits += equityUnits(machine.risk(), account);
    }
  }

  /** As {@link #look}, and remembers each account's worth as its start. */
  void lookFirst(final StateMachine machine) {
    for (int i = 0; i < accounts.length; i++) {
      startUnits[i] = equityUnits(machine.risk(), accounts[i]);
    }
    look(machine);
  }

  long totalUnits() {
    return totalUnits;
  }

  /** The accounts as they are now. */
  List<AccountRow> rows(final StateMachine machine, final Names names, final OrderLog orders) {
    final RiskEngine risk = machine.risk();
    final Instrument instrument = instrument(risk);
    final Positions positions = risk.positions();
    final List<AccountRow> rows = new ArrayList<>();
    for (int i = 0; i < accounts.length; i++) {
      final long account = accounts[i];
      if (instrument.isContract()) {
        final int settle = instrument.settleAssetId();
        rows.add(new AccountRow(account, names.account(account), startUnits[i], equityUnits(risk, account), 0, 0,
            risk.freeUnits(account, settle), risk.heldUnits(account, settle), realisedUnits(risk, account),
            gainUnits(risk, account), orders.feeUnits(account)));
        continue;
      }
      rows.add(new AccountRow(account, names.account(account), startUnits[i], equityUnits(risk, account),
          risk.freeUnits(account, instrument.baseAssetId()), risk.heldUnits(account, instrument.baseAssetId()),
          risk.freeUnits(account, instrument.quoteAssetId()), risk.heldUnits(account, instrument.quoteAssetId()),
          positions.realisedUnits(account, instrumentId),
          positions.unrealisedUnits(account, instrumentId, priceTicks), orders.feeUnits(account)));
    }
    return rows;
  }

  private long equityUnits(final RiskEngine risk, final long account) {
    final Instrument instrument = instrument(risk);
    if (instrument.isContract()) {
      return contractEquityUnits(risk, account, instrument);
    }
    final int base = instrument.baseAssetId();
    final int quote = instrument.quoteAssetId();
    final long baseUnits = risk.freeUnits(account, base) + risk.heldUnits(account, base);
    final long lots = baseUnits / instrument.baseUnitsPerLot();
    return risk.freeUnits(account, quote) + risk.heldUnits(account, quote)
        + (0 == lots ? 0 : instrument.notionalUnits(priceTicks, lots));
  }

  /** Money in the settle asset, and what positions have gained or lost at the mark. */
  private static long contractEquityUnits(final RiskEngine risk, final long account, final Instrument instrument) {
    final int settle = instrument.settleAssetId();
    return risk.freeUnits(account, settle) + risk.heldUnits(account, settle) + gainUnits(risk, account);
  }

  private static long gainUnits(final RiskEngine risk, final long account) {
    final Contracts contracts = risk.contracts();
    long sum = 0;
    for (int position = contracts.first(risk.accountSlot(account)); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      sum += risk.legMargin().gainUnits(position);
    }
    return sum;
  }

  private static long realisedUnits(final RiskEngine risk, final long account) {
    final Contracts contracts = risk.contracts();
    long sum = 0;
    for (int position = contracts.first(risk.accountSlot(account)); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      sum += contracts.realisedUnits(position);
    }
    return sum;
  }

  private Instrument instrument(final RiskEngine risk) {
    final Instrument instrument = risk.instrument(instrumentId);
    if (null == instrument) {
      throw new IllegalStateException("no instrument " + instrumentId);
    }
    return instrument;
  }
}
