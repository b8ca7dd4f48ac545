package io.gavel.benchmarks.engine;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AmendOrderEncoder;
import io.gavel.codecs.sbe.CancelOrderEncoder;
import io.gavel.codecs.sbe.CommandHeaderEncoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PlaceOrderEncoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.codecs.sbe.TimeInForce;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.OrderTable;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.jspecify.annotations.Nullable;

/**
 * The commands: 9 % GTC, 3 % IOC, 6 % cancel, 82 % move, on orders picked uniformly among all that rest, by any
 * account. A plain core runs along, so each command is about an order that is still there. Every order has a client
 * id; half of the cancels and moves name it, half name the engine's id. Of the moves four in five change the price, one
 * in ten price and size, the rest the size. The middle walks, so moves trade too; the size of an IOC keeps the book at
 * its size.
 */
final class OrderMix implements PlainCore.Listener {

  private static final int LOTS_MAX = 100;
  private static final int SPREAD_TICKS_MIN = 100;
  private static final int ORDERS_PER_SPREAD_TICK = 500;
  private static final int WALK_EVERY = 50;

  private final Scale scale;
  private final FrameSink tape;
  private final FrameWriter frames = new FrameWriter();
  private final SplittableRandom random;
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final PlaceOrderEncoder place = new PlaceOrderEncoder();
  private final CancelOrderEncoder cancel = new CancelOrderEncoder();
  private final AmendOrderEncoder amend = new AmendOrderEncoder();
  private final long[] live;
  private final long[] sessionSequences;
  private final int spreadTicks;
  private PlainCore core;
  private int[] placeOfId = new int[1 << 16];
  private int liveCount;
  private int midTicks = Founding.MID_TICKS;
  private long clientNumber;
  private long commands;

  OrderMix(final Scale scale, final long seed, final FrameSink tape) {
    this(scale, seed, tape, scale.config(), null);
  }

  /** Every frame that the core takes goes to {@code journal}, too. */
  OrderMix(final Scale scale, final long seed, final FrameSink tape, final CoreConfig config,
      final @Nullable FrameSink journal) {
    this.scale = scale;
    this.tape = tape;
    random = new SplittableRandom(seed);
    live = new long[config.ordersMax()];
    sessionSequences = new long[scale.sessions() + 1];
    spreadTicks = Math.max(SPREAD_TICKS_MIN, scale.restingOrders() / ORDERS_PER_SPREAD_TICK);
    core = new PlainCore(config, this, journal);
  }

  /** Founds the house, fills the book, and writes the commands to the tape; returns the core that ran along. */
  PlainCore write() {
    rest();
    commands(scale.warmUpCommands() + scale.commands());
    return core;
  }

  /** Founds the house and fills the book. */
  PlainCore rest() {
    Founding.write(scale, core);
    while (liveCount < scale.restingOrders()) {
      placeGtc();
    }
    return core;
  }

  /** Writes so many commands more. */
  void commands(final long count) {
    for (long i = 0; i < count; i++) {
      if (0 == i % WALK_EVERY) {
        walk();
      }
      one();
    }
  }

  private void one() {
    final int dice = random.nextInt(100);
    if (dice < 9 || 0 == liveCount) {
      placeGtc();
    } else if (dice < 12) {
      placeIoc();
    } else if (dice < 18) {
      cancel();
    } else {
      move();
    }
  }

  private void walk() {
    final int step = random.nextBoolean() ? 1 : -1;
    if (Math.abs(midTicks + step - Founding.MID_TICKS) < spreadTicks) {
      midTicks += step;
    }
  }

  private void placeGtc() {
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    begin(place, 1L + random.nextInt(scale.accounts()));
    newClientId(place.clOrdId());
    place.instrumentId(Founding.INSTRUMENT).side(side).timeInForce(TimeInForce.GTC).quantityLots(lots())
        .limitPriceTicks(priceTicks(side));
    send(place);
  }

  private void placeIoc() {
    final Side side = random.nextBoolean() ? Side.BUY : Side.SELL;
    final OrderBook book = book();
    final int first = book.firstOrder(Side.BUY == side ? Side.SELL : Side.BUY);
    final long makerLots = OrderPool.NULL_SLOT == first ? 1 : pool().openLots(first);
    final long wantedLots = liveCount > scale.restingOrders() ? 2 * makerLots : Math.max(1, makerLots / 2);
    begin(place, 1L + random.nextInt(scale.accounts()));
    newClientId(place.clOrdId());
    place.instrumentId(Founding.INSTRUMENT).side(side).timeInForce(TimeInForce.IOC)
        .quantityLots(Math.min(LOTS_MAX, wantedLots))
        .limitPriceTicks(Side.BUY == side ? midTicks + 3 * spreadTicks : midTicks - 3 * spreadTicks);
    send(place);
  }

  private void cancel() {
    final int slot = pick();
    begin(cancel, pool().account(slot));
    if (random.nextBoolean()) {
      cancel.orderId(pool().orderId(slot));
    } else {
      clientId(cancel.clOrdId(), slot);
    }
    send(cancel);
  }

  private void move() {
    final int slot = pick();
    final OrderTable orders = core.machine().orders();
    final long lots = orders.quantityLots(slot);
    final long openLots = pool().openLots(slot);
    final int ticks = pool().priceTicks(slot);
    begin(amend, pool().account(slot));
    if (random.nextBoolean()) {
      amend.orderId(pool().orderId(slot));
    } else {
      clientId(amend.clOrdId(), slot);
    }
    final int dice = random.nextInt(10);
    if (dice < 9) {
      final int wantedTicks = priceTicks(pool().side(slot));
      amend.newLimitPriceTicks(wantedTicks == ticks ? ticks + 1 : wantedTicks);
    }
    if (dice >= 8) {
      final long more = openLots > 1 && (random.nextBoolean() || openLots > LOTS_MAX) ? -1 : 1;
      amend.newQuantityLots(lots + more);
    }
    send(amend);
  }

  private int pick() {
    return pool().slotOf(live[random.nextInt(liveCount)]);
  }

  private long lots() {
    return 1L + random.nextInt(LOTS_MAX);
  }

  /** Nearer prices are likelier. */
  private int priceTicks(final Side side) {
    final double u = random.nextDouble();
    final int away = 1 + (int) (spreadTicks * u * u);
    return Side.BUY == side ? midTicks - away : midTicks + away;
  }

  private void begin(final MessageEncoderFlyweight command, final long account) {
    frames.begin(command);
    final CommandHeaderEncoder header = header(command);
    header.account(account).correlationId(++commands);
    if (scale.sessions() > 0) {
      final int session = 1 + (int) (account % scale.sessions());
      header.sessionId(session).sessionSequence(++sessionSequences[session]);
    }
  }

  private static CommandHeaderEncoder header(final MessageEncoderFlyweight command) {
    if (command instanceof final PlaceOrderEncoder order) {
      return order.header();
    }
    return command instanceof final CancelOrderEncoder order ? order.header() : ((AmendOrderEncoder) command).header();
  }

  private void clientId(final Text32Encoder words, final int slot) {
    final OrderTable orders = core.machine().orders();
    words.w0(orders.clientWord(slot, 0)).w1(orders.clientWord(slot, 1)).w2(orders.clientWord(slot, 2))
        .w3(orders.clientWord(slot, 3));
  }

  private void newClientId(final Text32Encoder words) {
    final String text = "client-order-" + ++clientNumber;
    words.w0(Text32.word(text, 0)).w1(Text32.word(text, 1)).w2(Text32.word(text, 2)).w3(Text32.word(text, 3));
  }

  private void send(final MessageEncoderFlyweight command) {
    frames.send(command, (buffer, offset, length) -> {
      tape.send(buffer, offset, length);
      core.send(buffer, offset, length);
    });
  }

  private OrderPool pool() {
    return core.machine().orderPool();
  }

  private OrderBook book() {
    final OrderBook book = core.machine().book(Founding.INSTRUMENT);
    if (null == book) {
      throw new IllegalStateException("no book");
    }
    return book;
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    switch (buffer.getShort(offset + EventDescriptor.TEMPLATE_ID_OFFSET, ByteOrder.LITTLE_ENDIAN)) {
      case OrderAcceptedDecoder.TEMPLATE_ID -> add(accepted.wrap(buffer, body, OrderAcceptedDecoder.BLOCK_LENGTH,
          OrderAcceptedDecoder.SCHEMA_VERSION).orderId());
      case OrderClosedDecoder.TEMPLATE_ID -> remove(closed.wrap(buffer, body, OrderClosedDecoder.BLOCK_LENGTH,
          OrderClosedDecoder.SCHEMA_VERSION).orderId());
      default -> {
        // Changes nothing about who is live.
      }
    }
  }

  private void add(final long orderId) {
    final int id = (int) orderId;
    if (id >= placeOfId.length) {
      placeOfId = Arrays.copyOf(placeOfId, 2 * id);
    }
    placeOfId[id] = liveCount;
    live[liveCount++] = orderId;
  }

  private void remove(final long orderId) {
    final int place = placeOfId[(int) orderId];
    final long last = live[--liveCount];
    live[place] = last;
    placeOfId[(int) last] = place;
  }
}
