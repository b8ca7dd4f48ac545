package io.gavel.engine.core;

import static io.gavel.engine.core.Core.PAIR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.MarketByPriceDecoder;
import io.gavel.codecs.sbe.MessageHeaderDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.book.OrderBook;
import io.gavel.engine.book.OrderPool;
import io.gavel.engine.marketdata.MarketByOrderView;
import io.gavel.engine.marketdata.MarketByPriceView;
import io.gavel.engine.marketdata.MarketDataFeed;
import io.gavel.engine.marketdata.ViewState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What subscribers see against the book itself, command by command. One that loses a message cannot know before the
 * next one comes; from then on it shows nothing until a snapshot mends it.
 */
class MarketDataTest {

  private static final int COMMANDS = Integer.getInteger("gavel.coreCommands", 4_000);

  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final List<UnsafeBuffer> messages = new ArrayList<>();
  private final MarketDataFeed feed = new MarketDataFeed(4_096, 8,
      (data, offset, length) -> messages.add(new UnsafeBuffer(copy(data, offset, length))));
  private final MarketByPriceView byPrice = new MarketByPriceView(PAIR);
  private final MarketByOrderView byOrder = new MarketByOrderView(PAIR);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void shouldShowSubscribersTheBookAsItIs(final long seed) {
    System.out.println("market data seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final MarketByPriceView lossyByPrice = new MarketByPriceView(PAIR);
    final MarketByOrderView lossyByOrder = new MarketByOrderView(PAIR);
    final List<byte[]> frames = record(seed);
    final StateMachine machine = new StateMachine(Core.small());
    feed.snapshot(PAIR);
    deliver();
    int gaps = 0;

    for (final byte[] frame : frames) {
      apply(machine, frame);
      feed.flush();
      final boolean loses = !messages.isEmpty() && random.nextInt(12) == 0;
      for (int i = loses ? 1 : 0; i < messages.size(); i++) {
        lossyByPrice.onMarketData(messages.get(i), 0);
        lossyByOrder.onMarketData(messages.get(i), 0);
      }
      deliver();
      final List<MarketByOrderView.Order> bids = shown(machine, Side.BUY);
      final List<MarketByOrderView.Order> asks = shown(machine, Side.SELL);
      assertSame(byPrice, byOrder, bids, asks);
      final boolean live = ViewState.LIVE == lossyByPrice.state() && ViewState.LIVE == lossyByOrder.state();
      final boolean upToDate = lossyByPrice.engineSequence() == byPrice.engineSequence()
          && lossyByOrder.engineSequence() == byOrder.engineSequence();
      if (live && !upToDate) {
        continue;
      }
      if (live) {
        assertSame(lossyByPrice, lossyByOrder, bids, asks);
      } else if (random.nextInt(4) == 0) {
        gaps++;
        feed.snapshot(PAIR);
        messages.forEach(message -> lossyByPrice.onMarketData(message, 0));
        messages.forEach(message -> lossyByOrder.onMarketData(message, 0));
        deliver();
        assertSame(lossyByPrice, lossyByOrder, bids, asks);
      }
    }

    assertTrue(gaps > 10, "gaps " + gaps);
  }

  @Test
  void shouldSayWhenItsBookIsNotTheSame() {
    final List<byte[]> frames = record(7);
    final StateMachine machine = new StateMachine(Core.small());
    feed.snapshot(PAIR);
    deliver();
    final MarketByPriceDecoder message = new MarketByPriceDecoder();
    boolean spoiled = false;
    for (int i = 0; i < frames.size() && !spoiled; i++) {
      apply(machine, frames.get(i));
      feed.flush();
      for (final UnsafeBuffer data : messages) {
        if (MarketByPriceDecoder.TEMPLATE_ID == new MessageHeaderDecoder().wrap(data, 0).templateId()) {
          message.wrapAndApplyHeader(data, 0, new MessageHeaderDecoder());
          final int lots = MarketByPriceDecoder.BLOCK_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH
              + MarketByPriceDecoder.LevelsDecoder.sbeHeaderSize();
          data.putByte(lots, (byte) (data.getByte(lots) + 1));
          spoiled = true;
          break;
        }
      }
      deliver(false);
    }

    assertTrue(spoiled);
    assertEquals(ViewState.WRONG, byPrice.state());
    feed.snapshot(PAIR);
    deliver();
    assertEquals(ViewState.LIVE, byPrice.state());
  }

  @Test
  void shouldTellOneCommandThatChangesManyLevelsInParts() {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(0, 0, FeeAsset.QUOTE);
    for (int i = 0; i < 120; i++) {
      core.limit(Core.BOB, Side.SELL, 100 + i, 1);
    }
    core.limit(Core.ALICE, Side.BUY, 300, 110);
    final StateMachine machine = new StateMachine(Core.small());
    feed.snapshot(PAIR);
    deliver();

    int most = 0;
    for (final byte[] frame : frames) {
      apply(machine, frame);
      feed.flush();
      most = Math.max(most, messages.size());
      deliver();
    }

    assertEquals(6, most, "three parts by price, three by order");
    assertSame(byPrice, byOrder, shown(machine, Side.BUY), shown(machine, Side.SELL));
    assertEquals(10, byOrder.orders(Side.SELL).size());
    assertNotEquals(0, byPrice.engineSequence());
  }

  private void deliver() {
    deliver(true);
  }

  private void deliver(final boolean live) {
    for (final UnsafeBuffer message : messages) {
      byPrice.onMarketData(message, 0);
      byOrder.onMarketData(message, 0);
    }
    messages.clear();
    if (live) {
      assertEquals(ViewState.LIVE, byPrice.state());
      assertEquals(ViewState.LIVE, byOrder.state());
    }
  }

  private static void assertSame(final MarketByPriceView byPrice, final MarketByOrderView byOrder,
      final List<MarketByOrderView.Order> bids, final List<MarketByOrderView.Order> asks) {
    assertEquals(bids, byOrder.orders(Side.BUY));
    assertEquals(asks, byOrder.orders(Side.SELL));
    assertEquals(levels(bids), levels(byPrice, Side.BUY));
    assertEquals(levels(asks), levels(byPrice, Side.SELL));
  }

  private static List<String> levels(final List<MarketByOrderView.Order> orders) {
    final Map<Integer, long[]> levels = new LinkedHashMap<>();
    for (final MarketByOrderView.Order order : orders) {
      final long[] level = levels.computeIfAbsent(order.priceTicks(), ticks -> new long[2]);
      level[0] += order.shownLots();
      level[1]++;
    }
    final List<String> lines = new ArrayList<>();
    levels.forEach((ticks, level) -> lines.add(level[0] + "@" + ticks + " x" + level[1]));
    return lines;
  }

  private static List<String> levels(final MarketByPriceView view, final Side side) {
    final List<String> lines = new ArrayList<>();
    view.levels(side).forEach(level ->
        lines.add(level.getValue().shownLots() + "@" + level.getKey() + " x" + level.getValue().orders()));
    return lines;
  }

  /** What the book shows, the quotes of the simulated venue left out. */
  private static List<MarketByOrderView.Order> shown(final StateMachine machine, final Side side) {
    final List<MarketByOrderView.Order> orders = new ArrayList<>();
    final OrderBook book = machine.book(PAIR);
    if (null != book) {
      final OrderPool pool = machine.orderPool();
      for (int slot = book.firstOrder(side); OrderPool.NULL_SLOT != slot; slot = book.nextOrder(slot)) {
        if (!machine.orders().isTape(slot) && pool.shownLots(slot) > 0) {
          orders.add(new MarketByOrderView.Order(pool.orderId(slot), side, pool.priceTicks(slot),
              pool.shownLots(slot)));
        }
      }
    }
    return orders;
  }

  private void apply(final StateMachine machine, final byte[] frame) {
    buffer.putBytes(0, frame);
    boolean done = machine.apply(buffer, 0);
    drain(machine.outbox());
    while (!done) {
      done = machine.resume();
      drain(machine.outbox());
    }
  }

  private void drain(final Outbox outbox) {
    for (int at = 0; at < outbox.position();) {
      final int length = outbox.buffer().getInt(at + EventDescriptor.LENGTH_OFFSET);
      feed.onEvent(outbox.buffer(), at, length);
      at += length;
    }
    outbox.clear();
  }

  private static byte[] copy(final DirectBuffer data, final int offset, final int length) {
    final byte[] bytes = new byte[length];
    data.getBytes(offset, bytes);
    return bytes;
  }

  private static List<byte[]> record(final long seed) {
    final List<byte[]> frames = new ArrayList<>();
    final Core core = Core.recording(Core.small(), frames);
    core.openSpot(0, 0, FeeAsset.QUOTE);
    final RandomTraffic traffic = new RandomTraffic(seed);
    for (int i = 0; i < COMMANDS; i++) {
      traffic.next(core);
      core.take();
    }
    return frames;
  }
}
