package io.gavel.engine;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.CancelScope;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.core.CoreConfig;
import java.util.Random;

/** One market with two accounts, and seeded traffic on it. */
final class Scene {

  static final String PAIR = "BTC-USDT";
  static final CoreConfig CONFIG = CoreConfig.standard().withCapacities(16, 4_096, 1_024, 64);

  private Scene() {
  }

  static void open(final Gavel engine) {
    engine.admin().asset("BTC", 8).asset("USDT", 8)
        .instrument(PAIR, i -> i.tickSz("0.1").lotSz("0.001").makerFee("0.0002").takerFee("0.0005"))
        .account("alice").account("bob")
        .deposit("alice", "USDT", "1000000").deposit("bob", "BTC", "100").deposit("alice", "BTC", "10");
    drain(engine);
  }

  static void drain(final Gavel engine) {
    while (engine.doWork() > 0) {
      Thread.onSpinWait();
    }
  }

  static long limit(final Gavel engine, final String acct, final Side side, final String px, final String sz) {
    return engine.orders().place(o -> o.acct(acct).instId(PAIR).side(side).ordType(OrdType.LIMIT).px(px).sz(sz));
  }

  /** One random command; most are accepted. */
  static long random(final Gavel engine, final Random random, final int number) {
    final String acct = random.nextBoolean() ? "alice" : "bob";
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final String px = (59_900 + random.nextInt(200)) + "." + random.nextInt(10);
    return switch (random.nextInt(10)) {
      case 0 -> engine.prices().mark(PAIR, px);
      case 1 -> engine.orders().cancel(acct, "c" + random.nextInt(number + 1));
      case 2 -> engine.rules().arm(r -> r.acct("alice").instId(PAIR).sz("0.01").slTriggerPx(px)
          .triggerPxType(PriceSource.MARK).armPolicy(ArmPolicy.WAIT_RECROSS));
      case 3 -> engine.orders().place(o -> o.acct(acct).instId(PAIR).side(side).ordType(OrdType.LIMIT).px(px)
          .sz("0.05").tif(TimeInForce.IOC));
      case 4 -> 0 == random.nextInt(20) ? engine.orders().cancelAll(acct, PAIR, CancelScope.ORDERS)
          : engine.prices().index(PAIR, px);
      default -> engine.orders().place(o -> o.acct(acct).instId(PAIR).side(side).ordType(OrdType.LIMIT).px(px)
          .sz("0.0" + (1 + random.nextInt(9))).clOrdId("c" + number));
    };
  }
}
