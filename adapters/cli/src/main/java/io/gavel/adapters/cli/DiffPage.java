package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.RunDiff;
import io.gavel.engine.replay.RunFacts;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of the page on which two runs lie over each other: one instrument, that of the first rule that differs. */
final class DiffPage {

  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int E10_SCALE = 10;

  private final Terminal terminal;
  private final Directory directory;
  private final DiffText sentences;

  DiffPage(final Terminal terminal, final Directory directory, final DiffText sentences) {
    this.terminal = terminal;
    this.directory = directory;
    this.sentences = sentences;
  }

  ObjectNode data(final RunDiff.Result result, final DiffRows rows, final String first, final String second) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    final int instrument = instrument(result, rows);
    node.put("title", directory.instrumentName(instrument)).put("kind", terminal.text("diff.kind"));
    final ArrayNode lead = node.putArray("lead");
    lead.add("A: " + first).add("B: " + second);
    final RunDiff.Parting parting = result.parting();
    if (null == parting) {
      lead.add(terminal.text("diff.same"));
    } else {
      lead.add(terminal.text("diff.parted", parting.sequence(), Times.text(parting.timeNs())));
      node.put("partedMs", parting.timeNs() / NANOS_PER_MILLI);
    }
    node.putObject("words").put("fired", terminal.text("diff.word.fired"))
        .put("filled", terminal.text("diff.word.filled")).put("parted", terminal.text("diff.word.parted"));
    final ArrayNode runs = node.putArray("runs");
    run(runs.addObject(), "A", result.first(), instrument);
    run(runs.addObject(), "B", result.second(), instrument);
    tables(node.putArray("tables"), rows);
    return node;
  }

  private static int instrument(final RunDiff.Result result, final DiffRows rows) {
    if (!rows.rules().isEmpty()) {
      return rows.rules().get(0).any().instrumentId();
    }
    final List<RunFacts.Point> prices = result.first().prices();
    return prices.isEmpty() ? 0 : prices.get(0).instrumentId();
  }

  private void run(final ObjectNode node, final String name, final RunFacts facts, final int instrument) {
    node.put("name", name);
    points(node.putArray("price"), facts.prices(), instrument, false);
    points(node.putArray("firings"), facts.firings(), instrument, true);
    points(node.putArray("fills"), facts.fills(), instrument, true);
  }

  private void points(
      final ArrayNode list, final List<RunFacts.Point> points, final int instrument, final boolean named) {
    final Directory.InstrumentEntry entry = directory.instrument(instrument);
    final BigDecimal tick = null == entry ? BigDecimal.ONE : BigDecimal.valueOf(entry.tick().stepE10(), E10_SCALE);
    for (final RunFacts.Point point : points) {
      if (instrument == point.instrumentId()) {
        final ArrayNode item = list.addArray().add(point.timeNs() / NANOS_PER_MILLI)
            .add(BigDecimal.valueOf(point.value()).multiply(tick).stripTrailingZeros());
        if (named) {
          item.add(point.name());
        }
      }
    }
  }

  private void tables(final ArrayNode tables, final DiffRows rows) {
    final ArrayNode rules = table(tables, terminal.text("diff.rules"), rows.rules().isEmpty());
    for (final DiffRows.Pair<RunFacts.RuleFact> pair : rows.rules()) {
      rules.addArray().add(pair.any().name()).add("A").add(sentences.rule(pair.first()));
      rules.addArray().add("").add("B").add(sentences.rule(pair.second()));
    }
    final ArrayNode accounts = table(tables, terminal.text("diff.accounts"), rows.holdings().isEmpty());
    for (final DiffRows.Pair<RunFacts.Holding> pair : rows.holdings()) {
      final int asset = pair.any().assetId();
      final long one = DiffText.total(pair.first());
      final long two = DiffText.total(pair.second());
      accounts.addArray().add(directory.accountName(pair.any().account())).add(directory.assetName(asset))
          .add(directory.amountText(asset, one)).add(directory.amountText(asset, two))
          .add(DiffText.signed(directory.amountText(asset, two - one)));
    }
    final ArrayNode orders = table(tables,
        terminal.text("diff.orders", rows.orders().size(), rows.ordersCompared()), rows.orders().isEmpty());
    for (final DiffRows.Pair<RunFacts.OrderFact> pair : rows.orders()) {
      orders.addArray().add(pair.any().name()).add(directory.accountName(pair.any().account()))
          .add(order(pair.first())).add(order(pair.second()));
    }
  }

  private String order(final RunFacts.@Nullable OrderFact order) {
    if (null == order) {
      return terminal.text("diff.absent");
    }
    final String filled = 0 == order.filledLots() ? "0" : directory.sizeText(order.instrumentId(), order.filledLots())
        + " @ " + sentences.average(order.instrumentId(), order.paidTickLots(), order.filledLots());
    return "#" + order.sequence() + "  " + filled + "  "
        + (null == order.end() ? terminal.text("diff.open") : order.end().name());
  }

  /** An empty table is not shown: its rows go nowhere. */
  private static ArrayNode table(final ArrayNode tables, final String title, final boolean isEmpty) {
    return isEmpty ? JsonNodeFactory.instance.arrayNode()
        : tables.addObject().put("title", title).putArray("rows");
  }
}
