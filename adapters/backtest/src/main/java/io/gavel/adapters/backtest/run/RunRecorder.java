package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.scenario.ContractSpec;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.egress.EventKey;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Hears the engine and sorts what it hears into the logs of a run. What the tape's own account does is left out. */
final class RunRecorder implements GavelEvents {

  private final Requests requests;
  private final Names names;
  private final RuleLog rules;
  private final OrderLog orders;
  private final RejectLog rejects = new RejectLog();
  private final EventRows rows;
  private final MarginLog margin;
  private final LiquidationStepDecoder liquidation = new LiquidationStepDecoder();
  private final InstrumentFacts facts;
  private ReasonCode lastCode = ReasonCode.OK;
  private @Nullable Throwable fault;

  RunRecorder(final Requests requests, final Names names, final LevelWatch watch, final InstrumentFacts facts,
      final @Nullable ContractSpec contract) {
    this.requests = requests;
    this.names = names;
    this.facts = facts;
    rules = new RuleLog(names, watch);
    orders = new OrderLog(names, rules);
    rows = new EventRows(names, facts);
    margin = new MarginLog(names, facts, contract);
  }

  RuleLog rules() {
    return rules;
  }

  OrderLog orders() {
    return orders;
  }

  MarginLog margin() {
    return margin;
  }

  RejectLog rejects() {
    return rejects;
  }

  EventRows rows() {
    return rows;
  }

  /** Code of the last answer heard. */
  ReasonCode lastCode() {
    return lastCode;
  }

  /** Why the engine halted; null: it has not. */
  @Nullable Throwable fault() {
    return fault;
  }

  @Override
  public void onAnswer(final CommandAnswerDecoder answer) {
    lastCode = answer.code();
    if (ReasonCode.OK == lastCode) {
      return;
    }
    final Requests.Request request = requests.get(answer.correlationId());
    final String command = null == request ? "TapePrint" : request.command();
    final String subject = null == request ? "" : request.subject();
    rejects.add(answer.header().engineTimeNs(), answer.header().sequence(), command, subject, lastCode);
    rows.refused(answer.header(), command, subject, lastCode);
    if (null != request && null != request.rule()) {
      rules.onRefused(request.rule(), answer);
    }
  }

  @Override
  public void onOrderAccepted(final OrderAcceptedDecoder order) {
    if (names.isUser(order.header().account())) {
      orders.onAccepted(order);
      rows.accepted(order);
    }
  }

  @Override
  public void onTrade(final TradeDecoder trade) {
    if (names.isUser(trade.header().account()) || names.isUser(trade.makerAccount())) {
      orders.onTrade(trade);
      rows.trade(trade);
    }
  }

  @Override
  public void onOrderClosed(final OrderClosedDecoder order) {
    if (names.isUser(order.header().account())) {
      orders.onClosed(order);
      rows.closed(order);
    }
  }

  @Override
  public void onOrderAmended(final OrderAmendedDecoder order) {
    if (names.isUser(order.header().account())) {
      orders.onAmended(order);
      rows.amended(order);
    }
  }

  @Override
  public void onChildRefused(final ChildRefusedDecoder child) {
    rejects.add(child.header().engineTimeNs(), child.header().sequence(), "Child", Long.toString(child.ruleId()),
        child.code());
    rows.childRefused(child);
  }

  @Override
  public void onPriceStateChanged(final PriceStateChangedDecoder price) {
    margin.onPriceState(price);
    rows.priceState(price);
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    if (LiquidationStepDecoder.TEMPLATE_ID == EventKey.templateId(buffer, offset)) {
      liquidation.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
          EventKey.version(buffer, offset));
      margin.onStep(liquidation);
      rows.liquidation(liquidation);
    }
  }

  @Override
  public void onPositionChanged(final PositionChangedDecoder position) {
    if (names.isUser(position.header().account())) {
      rows.position(position);
    }
  }

  @Override
  public void onBalanceChanged(final BalanceChangedDecoder balance) {
    margin.onBalance(balance);
    if (names.isUser(balance.header().account())) {
      final String asset = names.asset(balance.assetId());
      final int scale = asset.equals(facts.quoteSymbol()) ? facts.quoteScale() : facts.baseScale();
      rows.balance(balance, "cause=" + balance.cause() + " asset=" + asset
          + " change=" + DecimalText.format(balance.changeUnits(), scale)
          + " free=" + DecimalText.format(balance.freeUnits(), scale)
          + " held=" + DecimalText.format(balance.heldUnits(), scale));
    }
  }

  @Override
  public void onRuleArmed(final RuleArmedDecoder rule) {
    rows.armed(rule);
    rules.onArmed(rule);
  }

  @Override
  public void onRuleStateChanged(final RuleStateChangedDecoder rule) {
    rows.stateChanged(rule);
    rules.onStateChanged(rule);
  }

  @Override
  public void onTrigger(final RuleTriggeredDecoder evidence) {
    rows.triggered(evidence);
    rules.onTriggered(evidence);
  }

  @Override
  public void onAlgoStep(final AlgoStepDecoder step) {
    rows.algo(step);
    rules.onAlgoStep(step);
  }

  @Override
  public void onHalt(final Throwable cause) {
    fault = cause;
  }
}
