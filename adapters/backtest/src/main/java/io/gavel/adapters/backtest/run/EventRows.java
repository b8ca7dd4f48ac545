package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.EventRow;
import io.gavel.adapters.backtest.result.InstrumentFacts;
import io.gavel.adapters.backtest.tape.TapeScale;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.EventHeaderDecoder;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events of user accounts as rows of text. */
final class EventRows {

  private final Names names;
  private final InstrumentFacts facts;
  private final List<EventRow> rows = new ArrayList<>();

  EventRows(final Names names, final InstrumentFacts facts) {
    this.names = names;
    this.facts = facts;
  }

  List<EventRow> rows() {
    return rows;
  }

  void refused(final EventHeaderDecoder header, final String command, final String subject, final ReasonCode code) {
    add(header, "CommandAnswer", names.account(header.account()), 0, 0, subject, "", "", "",
        "command=" + command + " code=" + code);
  }

  void accepted(final OrderAcceptedDecoder e) {
    add(e.header(), "OrderAccepted", names.account(e.header().account()), e.orderId(), e.ruleId(),
        Names.text(e.clOrdId()), side(e.side()), price(e.limitPriceTicks()), size(e.quantityLots()),
        "ordType=" + e.ordType() + " tif=" + e.timeInForce());
  }

  void amended(final OrderAmendedDecoder e) {
    add(e.header(), "OrderAmended", names.account(e.header().account()), e.orderId(), 0, "", "",
        price(e.limitPriceTicks()), size(e.quantityLots()),
        "open=" + size(e.openLots()) + " keptPriority=" + e.keptPriority() + " reason=" + e.reason());
  }

  void trade(final TradeDecoder e) {
    final boolean takerIsUser = names.isUser(e.header().account());
    add(e.header(), "Trade", names.account(takerIsUser ? e.header().account() : e.makerAccount()),
        takerIsUser ? e.takerOrderId() : e.makerOrderId(), takerIsUser ? e.takerRuleId() : e.makerRuleId(), "",
        side(e.takerSide()) + " taker", price(e.priceTicks()), size(e.quantityLots()),
        "tradeId=" + e.tradeId() + " notional=" + facts.quote(e.notionalUnits())
            + " makerFee=" + facts.fee(e.makerFeeUnits()) + " takerFee=" + facts.fee(e.takerFeeUnits())
            + " makerOrder=" + e.makerOrderId() + " takerOrder=" + e.takerOrderId());
  }

  void closed(final OrderClosedDecoder e) {
    add(e.header(), "OrderClosed", names.account(e.header().account()), e.orderId(), e.ruleId(),
        Names.text(e.clOrdId()), side(e.side()), "", size(e.filledLots()),
        "cancelled=" + size(e.cancelledLots()) + " fee=" + facts.fee(e.feeUnits()) + " reason=" + e.reason());
  }

  void childRefused(final ChildRefusedDecoder e) {
    add(e.header(), "ChildRefused", names.account(e.header().account()), 0, e.ruleId(), "", "", "", "",
        "code=" + e.code());
  }

  void balance(final BalanceChangedDecoder e, final String change) {
    add(e.header(), "BalanceChanged", names.account(e.header().account()), 0, 0, "", "", "", "", change);
  }

  void armed(final RuleArmedDecoder e) {
    add(e.header(), "RuleArmed", names.account(e.header().account()), 0, e.ruleId(), Names.text(e.clRuleId()),
        side(e.side()), "", size(e.quantityLots()), "version=" + e.version() + " state=" + e.state());
  }

  void stateChanged(final RuleStateChangedDecoder e) {
    add(e.header(), "RuleStateChanged", names.account(e.header().account()), 0, e.ruleId(),
        Names.text(e.clRuleId()), "", "", size(e.remainingLots()),
        "from=" + e.fromState() + " to=" + e.toState() + " reason=" + e.reason());
  }

  void triggered(final RuleTriggeredDecoder e) {
    add(e.header(), "RuleTriggered", names.account(e.header().account()), 0, e.ruleId(), Names.text(e.clRuleId()),
        side(e.side()), price(e.referenceTicks()), size(e.remainingLots()),
        "kind=" + e.kind() + " source=" + e.source() + " level=" + price(e.levelTicks())
            + " extremum=" + price(e.extremumTicks()) + " protection=" + price(e.protectionTicks())
            + " version=" + e.version() + " cause=" + e.causeSequence());
  }

  void algo(final AlgoStepDecoder e) {
    add(e.header(), "AlgoStep", names.account(e.header().account()), e.orderId(), e.ruleId(), "", "",
        price(e.limitTicks()), size(e.lots()),
        "action=" + e.action() + " step=" + e.step() + " what=" + e.what() + " why=" + e.why() + " filled="
            + size(e.filledLots()) + " open=" + size(e.workingLots()) + " total=" + size(e.totalLots()));
  }

  void priceState(final PriceStateChangedDecoder e) {
    add(e.header(), "PriceStateChanged", "", 0, 0, "", "", price(e.priceUnits() / TapeScale.MARK_UNITS_PER_TICK), "",
        "source=" + e.source() + " from=" + e.fromState() + " to=" + e.toState() + " counted=" + e.countedSources()
            + " excluded=" + e.excludedSources());
  }

  void liquidation(final LiquidationStepDecoder e) {
    add(e.header(), "LiquidationStep", names.account(e.header().account()), 0, 0, "", "",
        price(e.markUnits() / TapeScale.MARK_UNITS_PER_TICK), size(e.lots()),
        "stage=" + e.stage() + " equity=" + facts.quote(e.equityUnits()) + " requirement="
            + facts.quote(e.requirementUnits()) + " value=" + facts.quote(e.valueUnits()) + " fund="
            + facts.quote(e.fundUnits()) + " backstop=" + facts.quote(e.backstopUnits()) + " shortfall="
            + facts.quote(e.shortfallUnits()) + " cause=" + e.causeSequence());
  }

  void position(final PositionChangedDecoder e) {
    add(e.header(), "PositionChanged", names.account(e.header().account()), 0, 0, "", "", "", size(e.lots()),
        "side=" + e.positionSide() + " cause=" + e.cause() + " change=" + size(e.changeLots()) + " cost="
            + facts.quote(e.costUnits()) + " realised=" + facts.quote(e.realisedUnits()) + " margin="
            + facts.quote(e.marginUnits()) + " epoch=" + e.epoch());
  }

  private void add(final EventHeaderDecoder header, final String event, final String account, final long orderId,
      final long ruleId, final String clientId, final String side, final String price, final String size,
      final String detail) {
    rows.add(new EventRow(header.sequence(), header.index(), header.engineTimeNs(), event, account, orderId, ruleId,
        clientId, side, price, size, detail));
  }

  private String price(final long ticks) {
    return 0 == ticks ? "" : facts.price(ticks);
  }

  private String size(final long lots) {
    return facts.size(lots);
  }

  private static String side(final Enum<?> side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}
