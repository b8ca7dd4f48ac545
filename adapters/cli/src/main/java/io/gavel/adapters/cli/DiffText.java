package io.gavel.adapters.cli;

import io.gavel.adapters.cli.pipe.JournalWords;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.Directory;
import io.gavel.engine.replay.FrameBytes;
import io.gavel.engine.replay.RunDiff;
import io.gavel.engine.replay.RunFacts;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Tells people what differs between two runs. */
final class DiffText {

  /** Orders that differ; JSON has them all. */
  private static final int ORDERS_SHOWN_MAX = 12;
  private static final int EXTRA_DECIMALS = 2;
  private static final BigInteger E10 = BigInteger.TEN.pow(10);

  private final Terminal terminal;
  private final JournalWords firstWords;
  private final JournalWords secondWords;
  private final Directory directory;

  /** The names of the first run serve both: the second may know fewer. */
  DiffText(final Terminal terminal, final JournalWords first, final JournalWords second) {
    this.terminal = terminal;
    firstWords = first;
    secondWords = second;
    directory = first.directory();
  }

  void tell(final RunDiff.Result result, final DiffRows rows) {
    parting(result.parting());
    if (!rows.rules().isEmpty()) {
      terminal.line(terminal.text("diff.rules"));
      for (final DiffRows.Pair<RunFacts.RuleFact> pair : rows.rules()) {
        final RunFacts.RuleFact any = pair.any();
        say("diff.ruleHead", any.name(), directory.accountName(any.account()),
            directory.instrumentName(any.instrumentId()), StoryText.word(any.side()));
        say("diff.first", rule(pair.first()));
        say("diff.second", rule(pair.second()));
      }
    }
    orders(rows);
    money(rows);
    say("diff.hashes", result.firstHash().stateHash(), result.secondHash().stateHash());
  }

  private void parting(final RunDiff.@Nullable Parting parting) {
    if (null == parting) {
      say("diff.same");
      return;
    }
    say("diff.parted", parting.sequence(), Times.text(parting.timeNs()));
    say("diff.first", event(parting.first(), firstWords));
    say("diff.second", event(parting.second(), secondWords));
  }

  private String event(final @Nullable FrameBytes event, final JournalWords words) {
    if (null == event) {
      return terminal.text("diff.noEvent");
    }
    final String line = words.event(event);
    return line.isEmpty() ? terminal.text("diff.answer") : line;
  }

  /** What became of a rule, as a sentence. */
  String rule(final RunFacts.@Nullable RuleFact rule) {
    if (null == rule) {
      return terminal.text("diff.absent");
    }
    if (0 == rule.firings()) {
      return terminal.text("diff.notFired", rule.state());
    }
    final int id = rule.instrumentId();
    final String fired = terminal.text("diff.fired", rule.firedSequence(), Times.text(rule.firedTimeNs()),
        directory.priceText(id, rule.referenceTicks()), directory.priceText(id, rule.levelTicks()));
    return fired + (0 == rule.filledLots() ? terminal.text("diff.unfilled", rule.state())
        : terminal.text("diff.filled", directory.sizeText(id, rule.filledLots()),
            average(id, rule.paidTickLots(), rule.filledLots()), rule.state()));
  }

  private void orders(final DiffRows rows) {
    if (rows.orders().isEmpty()) {
      return;
    }
    say("diff.orders", rows.orders().size(), rows.ordersCompared());
    final Table table = new Table("lllrrlrrl");
    table.row("", "", terminal.text("diff.one"), "", "", terminal.text("diff.two"), "", "", "");
    int shown = 0;
    for (final DiffRows.Pair<RunFacts.OrderFact> pair : rows.orders()) {
      if (shown++ == ORDERS_SHOWN_MAX) {
        break;
      }
      final RunFacts.OrderFact one = pair.first();
      final RunFacts.OrderFact two = pair.second();
      final RunFacts.OrderFact any = pair.any();
      table.row(any.name(), directory.accountName(any.account()) + " " + StoryText.word(any.side()), sequence(one),
          size(one), price(one), sequence(two), size(two), price(two), end(one) + " / " + end(two));
    }
    terminal.lines(table.lines());
    if (rows.orders().size() > ORDERS_SHOWN_MAX) {
      say("diff.moreOrders", rows.orders().size() - ORDERS_SHOWN_MAX);
    }
  }

  private void money(final DiffRows rows) {
    if (rows.holdings().isEmpty() && rows.exposures().isEmpty()) {
      return;
    }
    terminal.line(terminal.text("diff.accounts"));
    final Table table = new Table("llrrr");
    for (final DiffRows.Pair<RunFacts.Holding> pair : rows.holdings()) {
      final RunFacts.Holding any = pair.any();
      table.row(directory.accountName(any.account()), directory.assetName(any.assetId()),
          amount(any.assetId(), total(pair.first())), amount(any.assetId(), total(pair.second())),
          signed(directory.amountText(any.assetId(), total(pair.second()) - total(pair.first()))));
    }
    for (final DiffRows.Pair<RunFacts.Exposure> pair : rows.exposures()) {
      final RunFacts.Exposure any = pair.any();
      final long one = null == pair.first() ? 0 : pair.first().lots();
      final long two = null == pair.second() ? 0 : pair.second().lots();
      table.row(directory.accountName(any.account()), directory.instrumentName(any.instrumentId()),
          directory.sizeText(any.instrumentId(), one), directory.sizeText(any.instrumentId(), two),
          signed(directory.sizeText(any.instrumentId(), two - one)));
    }
    terminal.lines(table.lines());
  }

  static long total(final RunFacts.@Nullable Holding holding) {
    return null == holding ? 0 : holding.freeUnits() + holding.heldUnits();
  }

  private String amount(final int assetId, final long units) {
    return directory.amountText(assetId, units);
  }

  static String signed(final String number) {
    return number.startsWith("-") ? number : "+" + number;
  }

  private static String sequence(final RunFacts.@Nullable OrderFact order) {
    return null == order ? "-" : "#" + order.sequence();
  }

  private String size(final RunFacts.@Nullable OrderFact order) {
    return null == order ? "-" : directory.sizeText(order.instrumentId(), order.filledLots());
  }

  private String price(final RunFacts.@Nullable OrderFact order) {
    return null == order || 0 == order.filledLots() ? "-"
        : average(order.instrumentId(), order.paidTickLots(), order.filledLots());
  }

  private String end(final RunFacts.@Nullable OrderFact order) {
    final ReasonCode end = null == order ? null : order.end();
    return null == order ? "-" : null == end ? terminal.text("diff.open") : end.name();
  }

  /** The price paid on average, two decimals finer than the tick. */
  String average(final int instrumentId, final BigInteger paidTickLots, final long lots) {
    return average(directory, instrumentId, paidTickLots, lots);
  }

  static String average(
      final Directory directory, final int instrumentId, final BigInteger paidTickLots, final long lots) {
    final Directory.InstrumentEntry entry = directory.instrument(instrumentId);
    if (null == entry || 0 == lots) {
      return "-";
    }
    return average(entry.tick().stepE10(), entry.tick().scale(), paidTickLots, lots);
  }

  /** As above, of ticks of {@code tickE10} ten-thousand-millionths that show with {@code decimals}. */
  static String average(final long tickE10, final int decimals, final BigInteger paidTickLots, final long lots) {
    final int shown = decimals + EXTRA_DECIMALS;
    final BigInteger twice = paidTickLots.multiply(BigInteger.valueOf(tickE10)).multiply(BigInteger.TEN.pow(shown))
        .multiply(BigInteger.TWO);
    final BigInteger part = E10.multiply(BigInteger.valueOf(lots));
    return BigDecimal.valueOf(twice.add(part).divide(part.multiply(BigInteger.TWO)).longValueExact(), shown)
        .toPlainString();
  }

  private void say(final String key, final Object... values) {
    terminal.line(terminal.text(key, values));
  }
}
