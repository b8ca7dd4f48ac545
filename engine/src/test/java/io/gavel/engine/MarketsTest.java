package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SessionChangedDecoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions, auctions, the guard and lost connections as a host says and hears them. */
class MarketsTest {

  private final List<String> heard = new ArrayList<>();
  private final TestClock clock = new TestClock();
  private final GavelEvents events = new GavelEvents() {
    @Override
    public void onAnswer(final CommandAnswerDecoder answer) {
      if (ReasonCode.OK != answer.code() || 0 != answer.correlationId()) {
        heard.add("#" + answer.correlationId() + ' ' + answer.code());
      }
    }

    @Override
    public void onSessionChanged(final SessionChangedDecoder session) {
      heard.add(session.fromState() + "->" + session.toState() + ' ' + session.reason());
    }

    @Override
    public void onAuctionPrice(final AuctionPriceDecoder auction) {
      heard.add(auction.uncrossed() + " " + auction.volumeLots() + '@' + auction.priceTicks());
    }

    @Override
    public void onOrderAccepted(final OrderAcceptedDecoder order) {
      heard.add("shows " + order.displayLots() + ", hidden " + order.hidden() + ", reduces " + order.reduceOnly());
    }

    @Override
    public void onOrderClosed(final OrderClosedDecoder order) {
      heard.add("closed " + order.reason());
    }
  };

  private Gavel launch() {
    final Gavel engine = Gavel.launch(new GavelContext().clock(clock).config(Scene.CONFIG), events);
    Scene.open(engine);
    heard.clear();
    return engine;
  }

  @Test
  void shouldCallAnAuctionAndTellItsPriceAndItsEnd() {
    try (Gavel engine = launch()) {
      final long endNs = engine.engineTimeNs() + 1_000;
      engine.markets().auction(Scene.PAIR,
          a -> a.until(endNs).referencePx("60000").next(SessionState.CLOSE_ONLY).reqId(5));
      engine.orders().place(o -> o.acct("bob").instId(Scene.PAIR).side(Side.SELL).ordType(OrdType.LIMIT).px("59990")
          .sz("2").displaySz("0.5"));
      engine.orders().place(o -> o.acct("alice").instId(Scene.PAIR).side(Side.BUY).ordType(OrdType.LIMIT)
          .px("60010").sz("1").tif(TimeInForce.GFA));
      Scene.drain(engine);
      clock.advance(2_000);
      Scene.drain(engine);

      assertEquals(List.of("#5 OK", "CONTINUOUS->AUCTION SESSION_BY_OPERATOR", "shows 500, hidden NO, reduces NO",
          "shows 0, hidden NO, reduces NO", "NO 1000@600000", "closed FILLED", "YES 1000@600000",
          "AUCTION->CLOSE_ONLY SESSION_CALL_OVER"), heard);
      assertFalse(engine.isHalted());
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFitBeforeAnythingIsSent() {
    try (Gavel engine = launch()) {
      final long before = engine.sequence();
      assertThrows(RefusedException.class, () -> engine.markets().session("NO-PAIR", SessionState.CLOSED));
      assertThrows(RefusedException.class, () -> engine.markets().auction(Scene.PAIR, a -> a.referencePx("1.05")));
      assertEquals(ReasonCode.GUARD_INVALID, assertThrows(RefusedException.class, () -> engine.markets()
          .volatilityGuard(Scene.PAIR, 50, Duration.ofDays(1_000_000), Duration.ZERO)).code());
      assertEquals(ReasonCode.COUNTDOWN_OUT_OF_RANGE, assertThrows(RefusedException.class, () -> engine.orders()
          .cancelAllAfter("alice", Duration.ofDays(1_000_000), CancelScope.ORDERS)).code());
      assertThrows(RefusedException.class,
          () -> engine.orders().cancelOnDisconnect("nobody", 7, CancelScope.ORDERS));
      assertEquals(ReasonCode.OUT_OF_RANGE, Codes.reason(engine.orders().disconnected(0)));
      assertThrows(RefusedException.class, () -> engine.orders().place(o -> o.acct("bob").instId(Scene.PAIR)
          .side(Side.SELL).ordType(OrdType.LIMIT).px("60000").sz("1").displaySz("0.0001")));
      Scene.drain(engine);
      assertEquals(before, engine.sequence());
    }
  }

  @Test
  void shouldInterruptAMarketAtTheEdgeOfItsGuard() {
    try (Gavel engine = launch()) {
      engine.prices().mark(Scene.PAIR, "60000");
      engine.markets().volatilityGuard(Scene.PAIR, 100, Duration.ofSeconds(1), Duration.ofMinutes(5));
      Scene.limit(engine, "bob", Side.SELL, "61000", "1");
      Scene.limit(engine, "alice", Side.BUY, "61000", "1");
      Scene.drain(engine);
      assertTrue(heard.contains("CONTINUOUS->AUCTION SESSION_VOLATILITY"), heard.toString());
    }
  }

  @Test
  void shouldCancelForAnAccountThatIsSilentOrGone() {
    try (Gavel engine = launch()) {
      engine.orders().place(o -> o.acct("bob").instId(Scene.PAIR).side(Side.SELL).ordType(OrdType.LIMIT).px("61000")
          .sz("1").hidden(true).reduceOnly(true));
      engine.orders().cancelAllAfter(c -> c.acct("bob").reqId(8), Duration.ofSeconds(2), CancelScope.ORDERS);
      Scene.drain(engine);
      clock.advance(3_000_000_000L);
      Scene.drain(engine);
      Scene.limit(engine, "alice", Side.BUY, "59000", "1");
      engine.orders().cancelOnDisconnect(c -> c.acct("alice").reqId(9), 77, CancelScope.ALL);
      engine.orders().disconnected(77);
      Scene.drain(engine);

      assertEquals(List.of("shows 0, hidden YES, reduces YES", "#8 OK", "closed CANCELLED_COUNTDOWN",
          "shows 0, hidden NO, reduces NO", "#9 OK", "closed CANCELLED_DISCONNECT"), heard);
    }
  }
}
