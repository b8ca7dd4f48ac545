package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.risk.position.Contracts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one run came to: every order and rule under a name that means the same in another run of the same commands, and
 * what every account has at the end. Ids are not such names, for one rule that fires earlier moves them all. Whole
 * units. One thread.
 */
public final class RunFacts {

  /**
   * One order.
   *
   * @param name         the client's, the rule's and a number, or its sequence
   * @param paidTickLots sum of price in ticks times lots over its fills
   * @param end          null: still open
   */
  public record OrderFact(String name, long account, int instrumentId, Side side, long sequence, long timeNs,
      long filledLots, BigInteger paidTickLots, long feeUnits, @Nullable ReasonCode end) {
  }

  /** One rule; {@code firedSequence} 0: it never fired. */
  public record RuleFact(String name, long account, int instrumentId, Side side, RuleState state, int firings,
      long firedSequence, long firedTimeNs, int referenceTicks, int levelTicks, long filledLots,
      BigInteger paidTickLots) {
  }

  /** What an account has of an asset, and, of a contract, its signed position. */
  public record Holding(long account, int assetId, long freeUnits, long heldUnits) {
  }

  /** A position in a contract: long above zero. */
  public record Exposure(long account, int instrumentId, long lots) {
  }

  /** A print or a fill that moved the last price, or a firing or a fill to be marked on a chart. */
  public record Point(long timeNs, int instrumentId, long value, String name) {
  }

  private static final class Order {
    private final String name;
    private final OrderAcceptedFacts facts;
    private long filledLots;
    private BigInteger paidTickLots = BigInteger.ZERO;
    private long feeUnits;
    private @Nullable ReasonCode end;

    Order(final String name, final OrderAcceptedFacts facts) {
      this.name = name;
      this.facts = facts;
    }
  }

  private record OrderAcceptedFacts(long account, int instrumentId, Side side, long sequence, long timeNs,
      long ruleId) {
  }

  private static final class Rule {
    private final String name;
    private final long account;
    private final int instrumentId;
    private final Side side;
    private RuleState state = RuleState.PENDING;
    private int firings;
    private long firedSequence;
    private long firedTimeNs;
    private int referenceTicks;
    private int levelTicks;
    private int orders;
    private long filledLots;
    private BigInteger paidTickLots = BigInteger.ZERO;

    Rule(final String name, final long account, final int instrumentId, final Side side) {
      this.name = name;
      this.account = account;
      this.instrumentId = instrumentId;
      this.side = side;
    }
  }

  private final List<Order> orders = new ArrayList<>();
  private final Long2ObjectHashMap<Order> orderById = new Long2ObjectHashMap<>();
  private final List<Rule> rules = new ArrayList<>();
  private final Long2ObjectHashMap<Rule> ruleById = new Long2ObjectHashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();
  private final List<Long> accounts = new ArrayList<>();
  private final List<Integer> assets = new ArrayList<>();
  private final List<Holding> holdings = new ArrayList<>();
  private final List<Exposure> exposures = new ArrayList<>();
  private final List<Point> firings = new ArrayList<>();
  private final List<Point> fills = new ArrayList<>();
  private final PriceThread prices = new PriceThread();
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final TradeDecoder trade = new TradeDecoder();
  private final OrderClosedDecoder closed = new OrderClosedDecoder();
  private final RuleArmedDecoder armed = new RuleArmedDecoder();
  private final RuleStateChangedDecoder changed = new RuleStateChangedDecoder();
  private final RuleTriggeredDecoder triggered = new RuleTriggeredDecoder();
  private final PriceChangedDecoder price = new PriceChangedDecoder();

  RunFacts() {
  }

  public List<OrderFact> orders() {
    return orders.stream().map(o -> new OrderFact(o.name, o.facts.account(), o.facts.instrumentId(), o.facts.side(),
        o.facts.sequence(), o.facts.timeNs(), o.filledLots, o.paidTickLots, o.feeUnits, o.end)).toList();
  }

  public List<RuleFact> rules() {
    return rules.stream().map(r -> new RuleFact(r.name, r.account, r.instrumentId, r.side, r.state, r.firings,
        r.firedSequence, r.firedTimeNs, r.referenceTicks, r.levelTicks, r.filledLots, r.paidTickLots)).toList();
  }

  public List<Holding> holdings() {
    return List.copyOf(holdings);
  }

  public List<Exposure> exposures() {
    return List.copyOf(exposures);
  }

  /** Firings, valued at the reference price in ticks. */
  public List<Point> firings() {
    return List.copyOf(firings);
  }

  /** Fills of orders that are somebody's, valued in ticks. */
  public List<Point> fills() {
    return List.copyOf(fills);
  }

  /** The last price over time, thinned. */
  public List<Point> prices() {
    return prices.points();
  }

  /** @param aligned the sequence that means the same frame in both runs */
  void onEvent(final DirectBuffer buffer, final int offset, final int templateOfFrame, final long aligned,
      final StateMachine machine) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case CommandAnswerDecoder.TEMPLATE_ID -> answered(answer.wrap(buffer, body, block, version), templateOfFrame);
      case OrderAcceptedDecoder.TEMPLATE_ID -> accepted(accepted.wrap(buffer, body, block, version), aligned);
      case TradeDecoder.TEMPLATE_ID -> traded(trade.wrap(buffer, body, block, version));
      case OrderClosedDecoder.TEMPLATE_ID -> closed(closed.wrap(buffer, body, block, version));
      case RuleArmedDecoder.TEMPLATE_ID -> armed(armed.wrap(buffer, body, block, version));
      case RuleStateChangedDecoder.TEMPLATE_ID -> changed(changed.wrap(buffer, body, block, version));
      case RuleTriggeredDecoder.TEMPLATE_ID -> triggered(triggered.wrap(buffer, body, block, version), aligned);
      case PriceChangedDecoder.TEMPLATE_ID -> priced(price.wrap(buffer, body, block, version), machine);
      default -> {
        // Nothing else is compared by name.
      }
    }
  }

  /** Looks at what everybody has; called once, at the end. */
  void finish(final StateMachine machine) {
    for (final long account : accounts) {
      for (final int asset : assets) {
        final long free = machine.risk().freeUnits(account, asset);
        final long held = machine.risk().heldUnits(account, asset);
        if (0 != free || 0 != held) {
          holdings.add(new Holding(account, asset, free, held));
        }
      }
      final Contracts contracts = machine.risk().contracts();
      if (!contracts.isAllocated()) {
        continue;
      }
      for (int position = contracts.first(machine.risk().accountSlot(account)); Contracts.NULL_POSITION != position;
          position = contracts.next(position)) {
        if (0 != contracts.lots(position)) {
          exposures.add(new Exposure(account, contracts.instrumentId(position), contracts.lots(position)));
        }
      }
    }
  }

  private void answered(final CommandAnswerDecoder told, final int templateOfFrame) {
    if (ReasonCode.OK == told.code() && CreateAccountDecoder.TEMPLATE_ID == templateOfFrame) {
      accounts.add(told.id());
    } else if (ReasonCode.OK == told.code() && CreateAssetDecoder.TEMPLATE_ID == templateOfFrame) {
      assets.add((int) told.id());
    }
  }

  private void accepted(final OrderAcceptedDecoder order, final long aligned) {
    final Rule rule = ruleById.get(order.ruleId());
    final long account = order.header().account();
    final OrderAcceptedFacts facts = new OrderAcceptedFacts(account, order.instrumentId(), order.side(), aligned,
        order.header().engineTimeNs(), order.ruleId());
    final String client = EventWords.text(order.clOrdId());
    final String name;
    if (null != rule) {
      name = rule.name + "/" + ++rule.orders;
    } else {
      name = client.isEmpty() ? "#" + aligned : unique("o" + account + " ", client);
    }
    final Order notes = new Order(name, facts);
    orders.add(notes);
    orderById.put(order.orderId(), notes);
  }

  private void traded(final TradeDecoder fill) {
    filled(fill.takerOrderId(), fill, fill.takerFeeUnits());
    filled(fill.makerOrderId(), fill, fill.makerFeeUnits());
    prices.add(fill.header().engineTimeNs(), fill.instrumentId(), fill.priceTicks());
  }

  private void filled(final long orderId, final TradeDecoder fill, final long feeUnits) {
    final Order order = orderById.get(orderId);
    if (null == order) {
      return;
    }
    order.filledLots += fill.quantityLots();
    final BigInteger paid =
        BigInteger.valueOf(fill.priceTicks()).multiply(BigInteger.valueOf(fill.quantityLots()));
    order.paidTickLots = order.paidTickLots.add(paid);
    order.feeUnits += feeUnits;
    fills.add(new Point(fill.header().engineTimeNs(), fill.instrumentId(), fill.priceTicks(), order.name));
    final Rule rule = ruleById.get(order.facts.ruleId());
    if (null != rule) {
      rule.filledLots += fill.quantityLots();
      rule.paidTickLots = rule.paidTickLots.add(paid);
    }
  }

  private void closed(final OrderClosedDecoder order) {
    final Order notes = orderById.remove(order.orderId());
    if (null != notes) {
      notes.end = order.reason();
    }
  }

  private void armed(final RuleArmedDecoder rule) {
    if (!ruleById.containsKey(rule.ruleId())) {
      final String client = EventWords.text(rule.clRuleId());
      final long account = rule.header().account();
      final Rule notes = new Rule(client.isEmpty() ? "rule " + rule.ruleId() : unique("r" + account + " ", client),
          account, rule.instrumentId(), rule.side());
      notes.state = rule.state();
      rules.add(notes);
      ruleById.put(rule.ruleId(), notes);
    }
  }

  private void changed(final RuleStateChangedDecoder change) {
    final Rule rule = ruleById.get(change.ruleId());
    if (null != rule) {
      rule.state = change.toState();
    }
  }

  private void triggered(final RuleTriggeredDecoder evidence, final long aligned) {
    final Rule rule = ruleById.get(evidence.ruleId());
    if (null == rule) {
      return;
    }
    if (0 == rule.firings++) {
      rule.firedSequence = aligned;
      rule.firedTimeNs = evidence.header().engineTimeNs();
      rule.referenceTicks = evidence.referenceTicks();
      rule.levelTicks = evidence.levelTicks();
    }
    firings.add(new Point(evidence.header().engineTimeNs(), evidence.instrumentId(), evidence.referenceTicks(),
        rule.name));
  }

  private void priced(final PriceChangedDecoder change, final StateMachine machine) {
    if (PriceSource.LAST == change.source()) {
      prices.add(change.header().engineTimeNs(), change.instrumentId(),
          machine.risk().marks().floorTicks(change.instrumentId(), PriceSource.LAST));
    }
  }

  /** A client may use a name again once it is free: the second time it is another one. */
  private String unique(final String kind, final String client) {
    final int count = seen.merge(kind + client, 1, Integer::sum);
    return 1 == count ? client : client + "~" + count;
  }
}
