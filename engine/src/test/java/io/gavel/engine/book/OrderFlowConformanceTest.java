package io.gavel.engine.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.StpMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: the book says what independent engines agree on. Method: replay an order flow and compare the report stream
 * byte for byte. The flow lies outside the project (GAVEL_DATA, or shared/data above it); absent, the test says so.
 */
class OrderFlowConformanceTest {

  private static final int HEADER_LENGTH = 16;
  private static final int MESSAGE_LENGTH = 40;
  private static final int ORDERS_MAX = 1 << 16;

  private final OrderPool pool = new OrderPool(ORDERS_MAX);
  private final OrderBook book = new OrderBook(1, pool, 1);
  private final FillBuffer fills = new FillBuffer(3);
  private final StringBuilder reports = new StringBuilder();

  @ParameterizedTest
  @ValueSource(strings = {"normal n2000", "normal n20000", "flash-crash n2000", "flash-crash n20000"})
  void shouldReportWhatIndependentEnginesReport(final String flow) throws IOException {
    final Path folder = SampleData.folder("matching/order-flow-seed7");
    assumeTrue(Files.isDirectory(folder), SampleData.ABSENT);
    final String scenario = flow.substring(0, flow.indexOf(' '));
    final String count = flow.substring(flow.indexOf(' ') + 1);
    final ByteBuffer orders =
        ByteBuffer.wrap(unzip(folder.resolve("orders_" + scenario + "_s7_" + count + ".bin.gz")))
            .order(ByteOrder.LITTLE_ENDIAN);
    final byte[] expected = unzip(folder.resolve(scenario + ".seed7." + count + ".reports.txt.gz"));

    final int messages = orders.getInt(12);
    assertEquals(HEADER_LENGTH + messages * MESSAGE_LENGTH, orders.capacity());
    for (int i = 0; i < messages; i++) {
      apply(orders, HEADER_LENGTH + i * MESSAGE_LENGTH);
    }

    final String[] expectedLines = new String(expected, StandardCharsets.US_ASCII).split("\n", -1);
    final String[] actualLines = reports.substring(1).split("\n", -1);
    for (int i = 0; i < Math.min(expectedLines.length, actualLines.length); i++) {
      assertEquals(expectedLines[i], actualLines[i], "line " + (i + 1));
    }
    assertEquals(expectedLines.length, actualLines.length);
    assertTrue(pool.size() > 0);
  }

  private void apply(final ByteBuffer orders, final int offset) {
    final int type = orders.get(offset);
    final Side side = 0 == orders.get(offset + 1) ? Side.BUY : Side.SELL;
    final boolean isIoc = 0 != orders.get(offset + 2);
    final long lots = Integer.toUnsignedLong(orders.getInt(offset + 4));
    final long sequence = orders.getLong(offset + 8);
    final long orderId = orders.getLong(offset + 16);
    final int ticks = Math.toIntExact(orders.getLong(offset + 24));
    final int resting = pool.slotOf(orderId);
    if (0 == type) {
      report(0, sequence, side.value(), orderId, ticks, lots);
      match(pool.claim(orderId, 1, side, ticks, lots), sequence, isIoc);
    } else if (OrderPool.NULL_SLOT == resting) {
      report(1 == type ? 4 : 5, sequence, orderId);
    } else if (1 == type) {
      book.remove(resting);
      report(2, sequence, pool.side(resting).value(), orderId, pool.priceTicks(resting));
      pool.release(resting);
    } else {
      final Side restingSide = pool.side(resting);
      book.remove(resting);
      pool.reprice(resting, ticks, lots);
      match(resting, sequence, false);
      report(3, sequence, restingSide.value(), orderId, ticks, lots);
    }
  }

  private void match(final int taker, final long sequence, final boolean isIoc) {
    final long takerId = pool.orderId(taker);
    boolean isDone = false;
    while (!isDone) {
      isDone = book.match(taker, pool.priceTicks(taker), StpMode.NONE, OrderBook.NO_BUDGET, fills);
      for (int i = 0; i < fills.size(); i++) {
        final int maker = fills.makerSlot(i);
        report(1, sequence, fills.priceTicks(i), fills.lots(i), pool.orderId(maker), takerId);
        if (0 == fills.makerOpenLots(i)) {
          pool.release(maker);
        }
      }
    }
    if (0 == pool.openLots(taker)) {
      pool.release(taker);
    } else if (isIoc) {
      report(2, sequence, pool.side(taker).value(), takerId, pool.priceTicks(taker));
      pool.release(taker);
    } else {
      book.rest(taker);
    }
  }

  private void report(final long... values) {
    char separator = '\n';
    for (final long value : values) {
      reports.append(separator).append(value);
      separator = ',';
    }
  }

  private static byte[] unzip(final Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }
}
