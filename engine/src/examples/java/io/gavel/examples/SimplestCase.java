package io.gavel.examples;

import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.GavelEvents;
import java.nio.file.Path;

// tag::simplest[]
public final class SimplestCase implements GavelEvents {

  public static void main(final String[] args) {
    final var ctx = new GavelContext().dir(Path.of(args[0]));  // the journal; recovers if not empty
    try (Gavel engine = Gavel.launch(ctx, new SimplestCase())) {
      engine.admin().asset("BTC", 8).asset("USDT", 6).account("alice").account("mm")
          .instrument("BTC-USDT", i -> i.tickSz("0.1").lotSz("0.00001").takerFee("0.0005"))
          .deposit("alice", "BTC", "2").deposit("mm", "USDT", "500000");
      engine.orders().place(o -> o.acct("mm").instId("BTC-USDT").side(Side.BUY)
          .ordType(OrdType.LIMIT).px("58490").sz("3").clOrdId("bid-1"));
      engine.rules().arm(r -> r.acct("alice").instId("BTC-USDT").side(Side.SELL).algoClOrdId("sl-1")
          .closeFraction("0.5").triggerPxType(PriceSource.MARK).slTriggerPx("58500").slOrdPx("-1"));
      engine.prices().mark("BTC-USDT", "58499.9");
      while (engine.doWork() > 0) {                            // your thread is the engine's thread
      }
      System.out.println("seq=" + engine.sequence() + " hash=" + engine.stateHash());
    }
  }

  @Override public void onTrigger(final RuleTriggeredDecoder e) {
    System.out.println("fired: mark " + e.referenceTicks() + " <= " + e.levelTicks() + " ticks, seq "
        + e.causeSequence());
  }

  @Override public void onTrade(final TradeDecoder e) {
    System.out.println("sold " + e.quantityLots() + " lots at " + e.priceTicks() + " ticks, fee " + e.takerFeeUnits());
  }
}
// end::simplest[]
