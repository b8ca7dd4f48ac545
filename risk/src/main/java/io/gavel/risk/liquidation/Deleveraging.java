package io.gavel.risk.liquidation;

import io.gavel.codecs.InvariantViolation;
import io.gavel.codecs.Invariants;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.money.FixedPoint;
import io.gavel.risk.money.Rounding;
import io.gavel.risk.position.Contracts;

/**
 * Closes bankrupt lots against those who profit, at the bankruptcy price, in steps of bounded work: {@link #begin},
 * {@link #collect} until it is done, then {@link #closeNext} until nobody is left, then {@link #finish}. The lots that
 * were given and those that found nobody are together the bankrupt lots, to the lot, and the values that the
 * counterparties close at are together the bankruptcy value, to the unit. What found nobody stays with the backstop
 * account, and its part of the shortfall is paid by SOCIALISED and charged to all other holders. Allocates nothing
 * after {@link #allocate}. One thread.
 */
public final class Deleveraging {

  private final Accounts accounts;
  private final Instruments instruments;
  private final Contracts contracts;
  private final LiquidationTerms terms;
  private final BankruptLots bankrupt;
  private final HouseCash cash;
  private final int positionsMax;
  private DeleverageRanking ranking = new DeleverageRanking(0);
  private boolean isAllocated;
  private int instrumentId;
  private boolean longs;
  private int backstopSlot;
  private int cursor;
  private int rank;
  private long bankruptLots;
  private long bankruptUnits;
  private long givenLots;
  private long closedLots;
  private long closedUnits;
  private int counterparty;
  private long counterpartyLots;
  private long counterpartyUnits;

  public Deleveraging(final Accounts accounts, final Instruments instruments, final Contracts contracts,
      final LiquidationTerms terms, final BankruptLots bankrupt, final HouseCash cash, final int positionsMax) {
    this.accounts = accounts;
    this.instruments = instruments;
    this.contracts = contracts;
    this.terms = terms;
    this.bankrupt = bankrupt;
    this.cash = cash;
    this.positionsMax = positionsMax;
  }

  /** Takes the memory, once. */
  public void allocate() {
    if (!isAllocated) {
      isAllocated = true;
      ranking = new DeleverageRanking(positionsMax);
    }
  }

  /** Begins with the bankrupt lots of an instrument, the longs first; there must be some. */
  public void begin(final int ofInstrumentId, final int ofBackstopSlot) {
    instrumentId = ofInstrumentId;
    backstopSlot = ofBackstopSlot;
    longs = 0 != bankrupt.lots(instrumentId, true);
    bankruptLots = bankrupt.lots(instrumentId, longs);
    bankruptUnits = bankrupt.valueUnits(instrumentId, longs);
    Invariants.check(bankruptLots > 0, "nothing to deleverage: instrument, lots", instrumentId, bankruptLots);
    cursor = 0;
    rank = 0;
    closedLots = 0;
    closedUnits = 0;
    ranking.clear();
  }

  /** Looks at so many positions more; true when all were seen and the lots are spread. */
  public boolean collect(final int positions) {
    final int end = Math.min(contracts.size(), cursor + positions);
    for (; cursor < end; cursor++) {
      final long lots = contracts.lots(cursor);
      final int accountSlot = contracts.accountSlot(cursor);
      if (0 != lots && lots < 0 == longs && accountSlot != backstopSlot
          && contracts.instrumentId(cursor) == instrumentId) {
        add(cursor, accountSlot, lots);
      }
    }
    if (cursor < contracts.size()) {
      return false;
    }
    givenLots = bankruptLots - ranking.spread(bankruptLots, terms.policy(instrumentId));
    return true;
  }

  private void add(final int position, final int accountSlot, final long lots) {
    final long gain = cash.gainUnits(position);
    if (gain > 0) {
      final long value = cash.markValueUnits(position);
      final long entry = Math.max(1, Math.abs(contracts.costUnits(position)));
      final long score = DeleverageRanking.scoreE8(gain, value, entry, cash.backingUnits(position));
      final boolean added = ranking.add(accounts.at(accountSlot).id(), position, lots, score);
      Invariants.check(added, "no room in the ranking: position, lots", position, lots);
    }
  }

  /** Whether anybody is left; if so {@link #counterparty} is who is next, and {@link #counterpartyLots} what for. */
  public boolean hasNext() {
    while (rank < ranking.count() && 0 == ranking.closeLots(rank)) {
      rank++;
    }
    if (rank >= ranking.count()) {
      return false;
    }
    counterparty = ranking.key(rank);
    counterpartyLots = ranking.closeLots(rank);
    return true;
  }

  /** Closes what the next in rank gives up; false when nobody is left. */
  public boolean closeNext() {
    if (!hasNext()) {
      return false;
    }
    rank++;
    closedLots += counterpartyLots;
    final long unitsSoFar = FixedPoint.mulDiv(bankruptUnits, closedLots, bankruptLots, Rounding.DOWN);
    counterpartyUnits = unitsSoFar - closedUnits;
    closedUnits = unitsSoFar;
    cash.exchange(cash.openPosition(backstopSlot, instrumentId), counterparty,
        longs ? counterpartyLots : -counterpartyLots, counterpartyUnits);
    return true;
  }

  /** Ends it; returns the shortfall, in settle units, that all other holders bear since lots found nobody. */
  public long finish() {
    Invariants.check(closedLots == givenLots, "deleveraged lots are not those given: closed, given", closedLots,
        givenLots);
    final long shortfall = givenLots == bankruptLots ? 0 : FixedPoint.mulDiv(
        bankrupt.shortfallUnits(instrumentId, longs), bankruptLots - givenLots, bankruptLots, Rounding.UP);
    bankrupt.clear(instrumentId, longs);
    if (shortfall > 0) {
      cash.payIn(SystemAccount.SOCIALISED, backstopSlot, instrument().settleAssetId(), shortfall);
      cash.shareLoss(cash.openPosition(backstopSlot, instrumentId), shortfall);
    }
    return shortfall;
  }

  private Instrument instrument() {
    final Instrument instrument = instruments.get(instrumentId);
    if (null == instrument) {
      throw new InvariantViolation("no instrument " + instrumentId);
    }
    return instrument;
  }

  public int instrumentId() {
    return instrumentId;
  }

  /** Whether the bankrupt lots were long. */
  public boolean longs() {
    return longs;
  }

  /** Bankrupt lots, without sign. */
  public long bankruptLots() {
    return bankruptLots;
  }

  /** Lots that others gave up for them. */
  public long givenLots() {
    return givenLots;
  }

  /** The position that {@link #closeNext} took from, how many lots without sign, and what they were worth. */
  public int counterparty() {
    return counterparty;
  }

  public long counterpartyLots() {
    return counterpartyLots;
  }

  public long counterpartyUnits() {
    return counterpartyUnits;
  }
}
