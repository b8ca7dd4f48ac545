package io.gavel.engine.core;

import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.engine.trigger.RuleBook;

/**
 * Fired rules that wait for a person. A rule that is HELD for review is out of every index, so nothing fires it again;
 * it keeps its reservation and has a deadline, at which the default it was armed with is done.
 *
 * <p>Released, by a person or by default, it is looked at once more: if the condition that fired it still holds, it
 * goes on as any fired rule, protected from the price of now. If not, it is LIVE again as if it had been armed now, and
 * a later firing is a new one to be reviewed; a trailing stop then begins to track anew. Ending it instead would take
 * the protection away from somebody who asked for nothing but a second look.
 */
final class ReviewHandler {

  private final Rooms rooms;
  private final RuleBook rules;
  private final RuleTable table;
  private final RuleEvents events;
  private final RuleLife life;
  private final PriceFlow prices;
  private final RuleSender sender;

  ReviewHandler(final Rooms rooms, final RuleEvents events, final RuleLife life, final PriceFlow prices,
      final RuleSender sender) {
    this.rooms = rooms;
    rules = rooms.rules;
    table = rooms.ruleTable;
    this.events = events;
    this.life = life;
    this.prices = prices;
    this.sender = sender;
  }

  /** Keeps a rule that has just fired, if it is to be reviewed. */
  boolean keeps(final int slot) {
    final long reviewNs = rooms.actions.get(slot, RuleActions.REVIEW_NS);
    if (0 == reviewNs) {
      return false;
    }
    life.state(slot, RuleState.HELD, ReasonCode.HELD_FOR_REVIEW);
    table.dueTimesNs[slot] = Math.addExact(rooms.clock.timeNs(), reviewNs);
    table.dueHandles[slot] =
        rooms.deadlines.add(table.dueTimesNs[slot], rules.ruleId(slot), Rooms.RULE_DUE, slot);
    return true;
  }

  /** Whether a rule waits for a person: one that a halt holds has no time of its own. */
  private boolean isKept(final int slot) {
    return RuleState.HELD == rules.state(slot) && 0 != table.dueTimesNs[slot];
  }

  ReasonCode review(final ReviewDecoder command) {
    final int slot = rules.slotOf(command.ruleId());
    if (RuleBook.NULL_SLOT == slot || rules.account(slot) != command.header().account()) {
      return ReasonCode.UNKNOWN_RULE;
    }
    if (!isKept(slot)) {
      return ReasonCode.NOT_UNDER_REVIEW;
    }
    rooms.answers.accept(rules.ruleId(slot));
    rooms.deadlines.cancel(table.dueHandles[slot]);
    decide(slot, ReviewDefault.RELEASE == command.decision(),
        ReviewDefault.RELEASE == command.decision() ? ReasonCode.REVIEW_RELEASED : ReasonCode.REVIEW_CANCELLED);
    return ReasonCode.OK;
  }

  /** Nobody decided in time. Returns whether the deadline was a review's. */
  boolean lapsed(final int slot) {
    if (RuleState.HELD != rules.state(slot)) {
      return false;
    }
    decide(slot, rooms.actions.releasesByDefault(slot), ReasonCode.REVIEW_LAPSED);
    return true;
  }

  private void decide(final int slot, final boolean release, final ReasonCode reason) {
    table.dueHandles[slot] = RuleTable.NULL_SLOT;
    table.dueTimesNs[slot] = 0;
    if (!release) {
      life.end(slot, RuleState.CANCELLED, reason);
      return;
    }
    final long endNs = rules.endTimeNs(slot);
    final boolean over = 0 != endNs && rooms.clock.timeNs() >= endNs;
    if (rules.holds(slot, prices) || (over && ExpiryAction.SUBMIT == rules.expiryAction(slot))) {
      table.protectionTicks[slot] = sender.protectionNow(slot);
      life.state(slot, RuleState.TRIGGERING, reason);
      rooms.followUps.add(FollowUps.Kind.RULE_SEND, slot);
    } else if (over) {
      life.end(slot, RuleState.EXPIRED, ReasonCode.WINDOW_ENDED);
    } else {
      events.changed(slot, RuleState.HELD, RuleState.LIVE, reason);
      if (0 != endNs) {
        table.endHandles[slot] = rooms.deadlines.add(endNs, rules.ruleId(slot), Rooms.RULE_END, slot);
      }
      rules.rearm(slot, prices, rooms.fired);
      prices.queueFired();
    }
  }
}
