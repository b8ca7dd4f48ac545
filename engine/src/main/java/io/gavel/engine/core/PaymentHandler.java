package io.gavel.engine.core;

import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.RiskEngine;

/**
 * Conditional payments: a rule that fires moves held money instead of trading. RELEASE_HOLD lets all of the hold leave
 * to whom it was held for, as SettleHold does; REFUND_HOLD makes it the account's own again, as ReleaseHold does. Two
 * rules on one hold, one for each way, are an escrow: the second finds no hold any more and is REJECTED.
 */
final class PaymentHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final RuleBook rules;
  private final RuleEvents ruleEvents;
  private final MarketEvents events;
  private final RuleLife life;

  PaymentHandler(final Rooms rooms, final RuleEvents ruleEvents, final RuleLife life) {
    this.rooms = rooms;
    risk = rooms.risk;
    rules = rooms.rules;
    this.ruleEvents = ruleEvents;
    events = new MarketEvents(rooms);
    this.life = life;
  }

  /** Why a payment may not be armed for this hold, or OK. */
  ReasonCode check(final long account, final long holdId) {
    return risk.isHoldOf(account, holdId) ? ReasonCode.OK : ReasonCode.UNKNOWN_HOLD;
  }

  void pay(final int slot) {
    final long account = rules.account(slot);
    final long holdId = rooms.actions.get(slot, RuleActions.HOLD_ID);
    final int assetId = risk.holdAsset(holdId);
    final long units = risk.holdUnits(holdId);
    final boolean leaves = RuleAction.RELEASE_HOLD == rooms.actions.action(slot);
    final ReasonCode code =
        leaves ? risk.settleHold(account, holdId, units) : risk.releaseHold(account, holdId);
    if (ReasonCode.OK != code) {
      ruleEvents.childRefused(slot, code);
      life.end(slot, RuleState.REJECTED, ReasonCode.CHILD_REFUSED);
      return;
    }
    events.balanceChanged(account, assetId, leaves ? -units : units, holdId,
        leaves ? BalanceCause.SETTLE : BalanceCause.RELEASE);
    rooms.guard.accountChanged(account);
    life.end(slot, RuleState.FINISHED, ReasonCode.PAYMENT_MADE);
  }
}
