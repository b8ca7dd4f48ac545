package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.scenario.ContractSpec;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.tape.TapeRow;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.codecs.sbe.PriceQuoteEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.engine.Codes;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.ring.Ingress;

/**
 * The prices of a contract besides its trades: a row of a mark, index or source tape is a command. Without a tape and
 * without a rule that works the mark out, the mark is the price of the last trade, set in front of it.
 */
final class Pricing {

  private final Ingress ingress;
  private final Runnable drive;
  private final MarginLog log;
  private final int instrumentId;
  private final boolean markFollowsTrades;
  private final SetPriceEncoder set = new SetPriceEncoder();
  private final PriceQuoteEncoder quote = new PriceQuoteEncoder();
  private long timeNs;

  Pricing(final Scenario scenario, final Ingress ingress, final Runnable drive, final int instrumentId,
      final MarginLog log) {
    this.ingress = ingress;
    this.drive = drive;
    this.instrumentId = instrumentId;
    this.log = log;
    final ContractSpec contract = scenario.contract();
    markFollowsTrades = null != contract && scenario.data().mark().isEmpty() && !worksOutMarks(contract);
  }

  private static boolean worksOutMarks(final ContractSpec contract) {
    final ContractSpec.Prices prices = contract.prices();
    return null != prices && ContractSpec.MarkKind.DIRECT != prices.mark();
  }

  /** In front of everything: so that what is sent at the start finds a mark. */
  void begin(final TapeRow first) {
    trade(first);
  }

  /** In front of a print. */
  void trade(final TapeRow row) {
    if (markFollowsTrades) {
      set(PriceSource.MARK, (long) row.priceTicks * TapeScale.MARK_UNITS_PER_TICK);
    }
  }

  /** A row that is no trade. */
  void price(final TapeRow row) {
    switch (row.kind) {
      case MARK -> set(PriceSource.MARK, row.priceUnits);
      case INDEX -> set(PriceSource.INDEX, row.priceUnits);
      case SOURCE -> quote(row);
      default -> throw new IllegalStateException("no price: " + row.kind);
    }
  }

  private void quote(final TapeRow row) {
    log.source(row.sourceId, row.timeNs, row.priceTicks);
    ingress.begin(quote);
    quote.instrumentId(instrumentId).priceUnits(row.priceUnits).sourceTimeNs(row.timeNs).sourceId(row.sourceId)
        .confidenceE8(row.confidenceE8);
    offer();
  }

  /** Behind each row: what is in force now. */
  void look(final StateMachine machine) {
    log.prices(timeNs, machine.risk().marks().priceUnits(instrumentId, PriceSource.MARK),
        machine.risk().marks().priceUnits(instrumentId, PriceSource.INDEX));
  }

  void at(final long rowTimeNs) {
    timeNs = rowTimeNs;
  }

  private void set(final PriceSource source, final long priceUnits) {
    ingress.begin(set);
    set.instrumentId(instrumentId).source(source).priceUnits(priceUnits);
    offer();
  }

  private void offer() {
    final long code = ingress.offer();
    if (code < 0) {
      throw new RunException("the engine took no price: " + Codes.describe(code));
    }
    drive.run();
  }
}
