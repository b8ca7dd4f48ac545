package io.gavel.risk;

import static io.gavel.risk.RiskWorld.ALICE;
import static io.gavel.risk.RiskWorld.BOB;
import static io.gavel.risk.RiskWorld.BTC;
import static io.gavel.risk.RiskWorld.BTC_USDT;
import static io.gavel.risk.RiskWorld.CAROL;
import static io.gavel.risk.RiskWorld.USDT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.Side;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: no interleaving of placing, filling, amending, reducing, cancelling, of limits that change and of restarts ever
 * brings a position above its limit, and nothing is refused that could not have. Method: a list of orders beside the
 * engine, added up anew for every question.
 */
class RiskTableModelTest {

  private static final long[] ACCOUNTS = {ALICE, BOB, CAROL};
  private static final int GROUP = 9;
  private static final int MARK_TICKS = 1_000;

  private static final class Order {
    private final long account;
    private final boolean sells;
    private final int reservation;
    private int ticks;
    private long lots;

    private Order(final long account, final boolean sells, final int reservation, final int ticks, final long lots) {
      this.account = account;
      this.sells = sells;
      this.reservation = reservation;
      this.ticks = ticks;
      this.lots = lots;
    }
  }

  private final List<Order> orders = new ArrayList<>();
  private final long[] lots = new long[3];
  /** The worst position that orders from before the limits in force can still come to. */
  private final long[] openedBefore = new long[3];
  private RiskWorld world = world();
  private Random random = new Random();
  private long accountMax;
  private long groupMax;
  private long notionalMax;
  private int accepted;
  private int refused;

  private static RiskWorld world() {
    final RiskWorld world = new RiskWorld();
    for (final long account : ACCOUNTS) {
      world.deposit(account, USDT, 1_000_000_000_000_000L).deposit(account, BTC, 1_000_000_000_000L);
    }
    world.risk.controls().setProfile(BOB, 0, GROUP, 0, 0);
    world.risk.controls().setProfile(CAROL, 0, GROUP, 0, 0);
    world.risk.marks().setMark(BTC_USDT, MARK_TICKS * 100L - 1, 1, 1);
    return world;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldNeverExceedALimitWhateverTheOrderOfThings(final long seed) {
    run(seed, 4_000);
  }

  @Test
  @Tag("soak")
  void shouldNeverExceedALimitForALongTime() {
    for (long seed = 100; seed < 200; seed++) {
      new RiskTableModelTest().run(seed, 20_000);
    }
  }

  private void run(final long seed, final int steps) {
    random = new Random(seed);
    for (int step = 0; step < steps; step++) {
      if (step % 500 == 0) {
        newLimits();
      }
      act(random.nextInt(20));
      check(seed, step);
    }
    assertTrue(accepted > steps / 10 && refused > steps / 50, "seed " + seed + ": " + accepted + ", " + refused);
  }

  private void newLimits() {
    for (int who = 0; who < 3; who++) {
      openedBefore[who] = lots[who] + openBuys(who);
    }
    accountMax = 20L + random.nextInt(60);
    groupMax = 30L + random.nextInt(90);
    notionalMax = (20L + random.nextInt(60)) * MARK_TICKS * RiskWorld.QUOTE_PER_TICK_LOT;
    world.limited(1, RiskLimitKind.POSITION_LOTS, accountMax, c -> { })
        .limited(5, RiskLimitKind.GROUP_LOTS, groupMax, c -> c.groupId(GROUP))
        .limited(64, RiskLimitKind.POSITION_NOTIONAL, notionalMax, c -> c.assetId(USDT));
  }

  private void act(final int what) {
    if (what < 9) {
      place();
    } else if (what < 13) {
      fill();
    } else if (what < 15) {
      resize();
    } else if (what < 16) {
      reduce();
    } else if (what < 19) {
      cancel();
    } else {
      restart();
    }
  }

  private void place() {
    final int who = random.nextInt(3);
    final boolean sells = random.nextInt(3) == 0;
    final long size = 1L + random.nextInt(30);
    final int ticks = MARK_TICKS - 50 + random.nextInt(100);
    final boolean expected = sells || mayBuy(who, size, 0);

    final ReasonCode code =
        world.accept(world.limit(ACCOUNTS[who], sells ? Side.SELL : Side.BUY, ticks, size));

    answered(expected, code);
    if (ReasonCode.OK == code) {
      orders.add(new Order(ACCOUNTS[who], sells, world.request.reservation, ticks, size));
    }
  }

  private void answered(final boolean expected, final ReasonCode code) {
    assertEquals(expected ? ReasonCode.OK : ReasonCode.POSITION_ABOVE_MAX, code);
    accepted += expected ? 1 : 0;
    refused += expected ? 0 : 1;
  }

  /** Any buyer that pays enough for any seller trades, at the seller's price. */
  private void fill() {
    for (final Order buyer : orders) {
      for (final Order seller : orders) {
        if (!buyer.sells && seller.sells && buyer.ticks >= seller.ticks) {
          trade(buyer, seller, 1 + random.nextLong(Math.min(buyer.lots, seller.lots)));
          return;
        }
      }
    }
  }

  private void trade(final Order buyer, final Order seller, final long size) {
    world.settle(seller.reservation, buyer.reservation, Side.BUY, seller.ticks, size);
    lots[who(seller)] -= Math.min(size, lots[who(seller)]);
    lots[who(buyer)] += size;
    for (final Order order : List.of(buyer, seller)) {
      order.lots -= size;
      if (0 == order.lots) {
        world.risk.release(order.reservation);
        orders.remove(order);
      }
    }
  }

  private void resize() {
    if (orders.isEmpty()) {
      return;
    }
    final Order order = orders.get(random.nextInt(orders.size()));
    final long size = 1L + random.nextInt(30);
    final int ticks = MARK_TICKS - 50 + random.nextInt(100);
    final boolean expected = order.sells || size <= order.lots || mayBuy(who(order), size, order.lots);

    final ReasonCode code = world.risk.resize(order.reservation, ticks, size);

    answered(expected, code);
    if (ReasonCode.OK == code) {
      order.ticks = ticks;
      order.lots = size;
    }
  }

  private void reduce() {
    if (!orders.isEmpty()) {
      final Order order = orders.get(random.nextInt(orders.size()));
      order.lots = 1 + random.nextLong(order.lots);
      world.risk.reduce(order.reservation, order.lots);
    }
  }

  private void cancel() {
    if (!orders.isEmpty()) {
      world.risk.release(orders.remove(random.nextInt(orders.size())).reservation);
    }
  }

  private void restart() {
    final RiskWorld loaded = new RiskWorld(c -> { });
    final RiskEngine fresh = new RiskEngine(100, 8, 8, 1_000, 1_000, 1_000);
    StateTape.copy(world.risk, fresh);
    assertEquals(StateTape.of(world.risk), StateTape.of(fresh));
    world = loaded.with(fresh);
  }

  private boolean mayBuy(final int who, final long size, final long replaced) {
    final long worst = Math.max(0, lots[who] + openBuys(who) + size - replaced);
    final BigInteger notional = BigInteger.valueOf(worst).multiply(BigInteger.valueOf(MARK_TICKS))
        .multiply(BigInteger.valueOf(RiskWorld.QUOTE_PER_TICK_LOT));
    final long group = 0 == who ? 0 : worst + lots[3 - who] + openBuys(3 - who);
    return worst <= accountMax && group <= groupMax && notional.compareTo(BigInteger.valueOf(notionalMax)) <= 0;
  }

  private long openBuys(final int who) {
    return orders.stream().filter(o -> !o.sells && who(o) == who).mapToLong(o -> o.lots).sum();
  }

  private static int who(final Order order) {
    return (int) (order.account - ALICE);
  }

  /** Limits may have come down; what is open since then may not be more than what was let in. */
  private void check(final long seed, final int step) {
    for (int who = 0; who < 3; who++) {
      assertEquals(lots[who], world.risk.positions().lots(ACCOUNTS[who], BTC_USDT), "seed " + seed + " step " + step);
      assertTrue(lots[who] <= Math.max(accountMax, openedBefore[who]), "seed " + seed + " step " + step);
    }
  }
}
