package io.gavel.engine;

import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.PriceQuoteEncoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.SetPoolEncoder;
import io.gavel.codecs.sbe.SetPriceEncoder;
import io.gavel.codecs.sbe.SetSignalEncoder;
import io.gavel.codecs.sbe.TapePrintEncoder;
import io.gavel.engine.ring.Ingress;

/**
 * Prices that enter by command. Every method answers a position in the ring, or a negative code; what does not fit
 * throws {@link RefusedException} before anything is sent. Any thread; takes a lock.
 */
public final class Prices extends Facade {

  private final SetPriceEncoder set = new SetPriceEncoder();
  private final PriceQuoteEncoder quote = new PriceQuoteEncoder();
  private final SetSignalEncoder signal = new SetSignalEncoder();
  private final SetPoolEncoder pool = new SetPoolEncoder();
  private final TapePrintEncoder print = new TapePrintEncoder();
  private long sessionId;
  private long sessionSequence;

  Prices(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  /** The prices that follow come from this session, numbered from {@code nextSequence}; see {@link Admin#session}. */
  public synchronized Prices session(final long id, final long nextSequence) {
    sessionId = id;
    sessionSequence = nextSequence;
    return this;
  }

  public long mark(final String instId, final String px) {
    return set(instId, PriceSource.MARK, px, 0);
  }

  public long index(final String instId, final String px) {
    return set(instId, PriceSource.INDEX, px, 0);
  }

  /** A mark or index price; {@code reqId} is echoed in the answer. */
  public synchronized long set(final String instId, final PriceSource source, final String px, final long reqId) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final long priceUnits = Directory.MarkText.parse(instrument, px);
    final SetPriceEncoder command = ingress.begin(set);
    command.header().sessionId(sessionId).sessionSequence(sessionSequence).correlationId(reqId);
    command.instrumentId(instrument.id()).source(source).priceUnits(priceUnits);
    return offer();
  }

  /**
   * What a source of an index says, seen at {@code sourceTimeNs} of the engine's time base; {@code confidence} from 0
   * to 1.
   */
  public synchronized long quote(
      final String instId, final int sourceId, final String px, final long sourceTimeNs, final String confidence) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final long priceUnits = Directory.MarkText.parse(instrument, px);
    final PriceQuoteEncoder command = ingress.begin(quote);
    command.header().sessionId(sessionId).sessionSequence(sessionSequence);
    command.instrumentId(instrument.id()).sourceId(sourceId).priceUnits(priceUnits).sourceTimeNs(sourceTimeNs)
        .confidenceE8(ratioE8(confidence, "confidence"));
    return offer();
  }

  /** A trade of the past on the quotes of a TAPE account; {@code share} of its size is what a child can take. */
  public synchronized long print(
      final String tapeAcct, final String instId, final String px, final String sz, final String share,
      final int slippageTicks) {
    final long account = directory.requireAccount(tapeAcct);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final TapePrintEncoder command = ingress.begin(print);
    command.header().sessionId(sessionId).sessionSequence(sessionSequence).account(account);
    command.instrumentId(instrument.id()).priceTicks(ticks(instrument.tick(), px, "px"))
        .sizeLots(steps(instrument.lot(), sz, "sz")).shareE8(ratioE8(share, "share"))
        .slippageTicks(slippageTicks);
    return offer();
  }

  /** A score about an account, known until a time (0: for good), that conditions may wait for. */
  public synchronized long accountSignal(final String acct, final int signalId, final long value, final long untilNs) {
    final long account = directory.requireAccount(acct);
    final SetSignalEncoder command = ingress.begin(signal);
    command.header().sessionId(sessionId).sessionSequence(sessionSequence).account(account);
    command.signalId(signalId).value(value).untilNs(untilNs);
    return offer();
  }

  /** The same about an instrument. */
  public synchronized long signal(final String instId, final int signalId, final long value, final long untilNs) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetSignalEncoder command = ingress.begin(signal);
    command.header().sessionId(sessionId).sessionSequence(sessionSequence);
    command.instrumentId(instrument.id()).signalId(signalId).value(value).untilNs(untilNs);
    return offer();
  }

  /** What a pool of constant product holds, in units of base and quote; both 0: it is not known any more. */
  public synchronized long pool(
      final String instId, final long poolId, final long baseUnits, final long quoteUnits, final String fee) {
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetPoolEncoder command = ingress.begin(pool);
    command.header().sessionId(sessionId).sessionSequence(sessionSequence);
    command.poolId(poolId).baseUnits(baseUnits).quoteUnits(quoteUnits).instrumentId(instrument.id())
        .feeE8(ratioE8(fee, "fee")).kind(PoolKind.CONSTANT_PRODUCT);
    return offer();
  }

  private long offer() {
    final long code = ingress.offer();
    sessionSequence += 0 != sessionId && code >= 0 ? 1 : 0;
    return code;
  }
}
