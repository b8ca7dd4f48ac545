package io.gavel.benchmarks.workload;

import io.gavel.codecs.sbe.Side;

/**
 * Traffic for one book whose number of resting orders stays about the same: first orders that fill it, then 9 % new
 * limit orders, 3 % immediate-or-cancel, 6 % cancels and 82 % moves. A move is another price for what is open, and
 * loses priority. Orders to cancel or to move are drawn evenly from all that are live, so that a book of a million is
 * touched everywhere. Flat arrays, made from a seed: what is timed only reads them.
 *
 * <p>Prices stand around a fixed mid, nearer ones more often: the distance in ticks follows a power law (density
 * {@code (1 + d / 64) ^ -2.23}, cut at 30,000 ticks). 1,000 orders stand at about 450 levels, 1,000,000 at
 * about 12,000. Sizes are 1 to 100 lots. One move or new order in 200 is priced through the mid and trades at once.
 */
public final class BookMix {

  static final byte GTC = 0;
  static final byte IOC = 1;
  static final byte CANCEL = 2;
  static final byte MOVE = 3;

  private static final int MID_TICKS = 100_000;
  private static final int DISTANCE_TICKS_MAX = 30_000;
  private static final double DISTANCE_SCALE_TICKS = 64;
  private static final double TAIL_EXPONENT = 1.23;
  private static final int LOTS_MAX = 100;

  private final int restingOrders;
  private final byte[] kinds;
  private final Side[] sides;
  private final int[] orderIds;
  private final int[] ticks;
  private final int[] lots;
  private final int[] liveIds;
  private long seedState;
  private int nextOrderId = 1;
  private int liveCount;

  private BookMix(final int restingOrders, final int operations, final long seed) {
    this.restingOrders = restingOrders;
    final int messages = Math.addExact(restingOrders, operations);
    kinds = new byte[messages];
    sides = new Side[messages];
    orderIds = new int[messages];
    ticks = new int[messages];
    lots = new int[messages];
    liveIds = new int[messages + 1];
    seedState = seed;
  }

  /** Traffic for a book of {@code restingOrders}: as many messages that fill it, then {@code operations}. */
  public static BookMix make(final int restingOrders, final int operations, final long seed) {
    final BookMix mix = new BookMix(restingOrders, operations, seed);
    final BookPlayer book = new BookPlayer(mix.ordersMax());
    for (int i = 0; i < mix.messages(); i++) {
      if (i < restingOrders) {
        mix.placeNew(i, GTC);
      } else {
        mix.draw(i, book);
      }
      book.play(mix, i, i + 1);
    }
    return mix;
  }

  /** Messages that fill the book. */
  public int prefillMessages() {
    return restingOrders;
  }

  /** All messages, those that fill the book among them. */
  public int messages() {
    return kinds.length;
  }

  /** What a book must hold to play this: the number of resting orders sways by a few. */
  public int ordersMax() {
    return restingOrders + restingOrders / 100 + 1_000;
  }

  byte kind(final int message) {
    return kinds[message];
  }

  Side side(final int message) {
    return sides[message];
  }

  int orderId(final int message) {
    return orderIds[message];
  }

  int priceTicks(final int message) {
    return ticks[message];
  }

  int lots(final int message) {
    return lots[message];
  }

  private void draw(final int message, final BookPlayer book) {
    final int dice = next(100);
    if (dice < 9) {
      placeNew(message, GTC);
    } else if (dice < 12) {
      placeNew(message, IOC);
      through(message, 32);
      // Cancels and fills together must take out what new orders bring in: the size decides how many are filled.
      lots[message] = 1 + next(book.openOrders() < restingOrders ? LOTS_MAX / 5 : LOTS_MAX);
    } else {
      final int index = drawLive(book);
      final int orderId = liveIds[index];
      passive(message, dice < 18 ? CANCEL : MOVE, orderId, book.side(orderId));
      if (dice < 18) {
        liveIds[index] = liveIds[--liveCount];
      } else {
        lots[message] = (int) book.openLots(orderId);
      }
    }
    if (IOC != kinds[message] && CANCEL != kinds[message] && 0 == next(200)) {
      through(message, 1 + next(8));
    }
  }

  private void placeNew(final int message, final byte kind) {
    passive(message, kind, nextOrderId, 0 == next(2) ? Side.BUY : Side.SELL);
    if (GTC == kind) {
      liveIds[liveCount++] = nextOrderId;
    }
    nextOrderId++;
  }

  private void passive(final int message, final byte kind, final int orderId, final Side side) {
    kinds[message] = kind;
    orderIds[message] = orderId;
    sides[message] = side;
    ticks[message] = MID_TICKS + (Side.BUY == side ? -1 : 1) * distanceTicks();
    lots[message] = 1 + next(LOTS_MAX);
  }

  private void through(final int message, final int byTicks) {
    ticks[message] = MID_TICKS + (Side.BUY == sides[message] ? 1 : -1) * byTicks;
  }

  /** Every live order is as likely as any other: those found filled are dropped and drawn again. */
  private int drawLive(final BookPlayer book) {
    while (true) {
      final int index = next(liveCount);
      if (book.isOpen(liveIds[index])) {
        return index;
      }
      liveIds[index] = liveIds[--liveCount];
    }
  }

  private int distanceTicks() {
    while (true) {
      final double share = (next(1 << 30) + 1.0) / (1 << 30);
      final double ticks = DISTANCE_SCALE_TICKS * (StrictMath.pow(share, -1 / TAIL_EXPONENT) - 1);
      if (ticks < DISTANCE_TICKS_MAX) {
        return 1 + (int) ticks;
      }
    }
  }

  private int next(final int bound) {
    seedState += 0x9E3779B97F4A7C15L;
    long mixed = (seedState ^ (seedState >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (int) ((((mixed ^ (mixed >>> 31)) >>> 33) * bound) >>> 31);
  }
}
