package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.FrameBytes;
import io.gavel.engine.replay.RunDiff;
import io.gavel.engine.replay.RunFacts;
import org.jspecify.annotations.Nullable;

/** What differs between two runs, for programs: decimals as strings, times as digits, sequences as numbers. */
final class DiffJson {

  private final JournalWords first;
  private final JournalWords second;
  private final Directory directory;

  DiffJson(final JournalWords first, final JournalWords second) {
    this.first = first;
    this.second = second;
    directory = first.directory();
  }

  ObjectNode tell(final RunDiff.Result result, final DiffRows rows) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("same", result.isSame());
    final RunDiff.Parting parting = result.parting();
    if (null != parting) {
      final ObjectNode at = node.putObject("parted");
      at.put("seq", parting.sequence()).put("ts", Long.toString(parting.timeNs()));
      event(at, "first", parting.first(), first);
      event(at, "second", parting.second(), second);
    }
    final ArrayNode rules = node.putArray("rules");
    for (final DiffRows.Pair<RunFacts.RuleFact> pair : rows.rules()) {
      final ObjectNode row = rules.addObject();
      row.put("algoClOrdId", pair.any().name()).put("acct", directory.accountName(pair.any().account()));
      rule(row, "first", pair.first());
      rule(row, "second", pair.second());
    }
    final ArrayNode orders = node.putArray("orders");
    for (final DiffRows.Pair<RunFacts.OrderFact> pair : rows.orders()) {
      final ObjectNode row = orders.addObject();
      row.put("order", pair.any().name()).put("acct", directory.accountName(pair.any().account()));
      order(row, "first", pair.first());
      order(row, "second", pair.second());
    }
    final ArrayNode accounts = node.putArray("accounts");
    for (final DiffRows.Pair<RunFacts.Holding> pair : rows.holdings()) {
      final RunFacts.Holding any = pair.any();
      final long one = DiffText.total(pair.first());
      final long two = DiffText.total(pair.second());
      accounts.addObject().put("acct", directory.accountName(any.account()))
          .put("ccy", directory.assetName(any.assetId())).put("first", directory.amountText(any.assetId(), one))
          .put("second", directory.amountText(any.assetId(), two))
          .put("change", directory.amountText(any.assetId(), two - one));
    }
    exposures(node.putArray("positions"), rows);
    node.putObject("stateHash").put("first", result.firstHash().stateHash())
        .put("second", result.secondHash().stateHash());
    return node;
  }

  private void exposures(final ArrayNode positions, final DiffRows rows) {
    for (final DiffRows.Pair<RunFacts.Exposure> pair : rows.exposures()) {
      final RunFacts.Exposure any = pair.any();
      positions.addObject().put("acct", directory.accountName(any.account()))
          .put("instId", directory.instrumentName(any.instrumentId()))
          .put("first", directory.sizeText(any.instrumentId(), null == pair.first() ? 0 : pair.first().lots()))
          .put("second", directory.sizeText(any.instrumentId(), null == pair.second() ? 0 : pair.second().lots()));
    }
  }

  private static void event(
      final ObjectNode node, final String name, final @Nullable FrameBytes event, final JournalWords words) {
    node.put(name, null == event ? "" : words.event(event));
  }

  private void rule(final ObjectNode row, final String name, final RunFacts.@Nullable RuleFact rule) {
    if (null == rule) {
      return;
    }
    final int id = rule.instrumentId();
    final ObjectNode node = row.putObject(name);
    node.put("state", StoryText.word(rule.state())).put("firings", rule.firings());
    if (0 != rule.firings()) {
      node.put("seq", rule.firedSequence()).put("ts", Long.toString(rule.firedTimeNs()))
          .put("refPx", directory.priceText(id, rule.referenceTicks()))
          .put("level", directory.priceText(id, rule.levelTicks()))
          .put("filledSz", directory.sizeText(id, rule.filledLots()));
    }
    if (0 != rule.filledLots()) {
      node.put("avgPx", DiffText.average(directory, id, rule.paidTickLots(), rule.filledLots()));
    }
  }

  private void order(final ObjectNode row, final String name, final RunFacts.@Nullable OrderFact order) {
    if (null == order) {
      return;
    }
    final int id = order.instrumentId();
    final ReasonCode end = order.end();
    final ObjectNode node = row.putObject(name);
    node.put("seq", order.sequence()).put("ts", Long.toString(order.timeNs()))
        .put("side", StoryText.word(order.side())).put("filledSz", directory.sizeText(id, order.filledLots()))
        .put("state", null == end ? "open" : StoryText.word(end));
    if (0 != order.filledLots()) {
      node.put("avgPx", DiffText.average(directory, id, order.paidTickLots(), order.filledLots()));
    }
  }
}
