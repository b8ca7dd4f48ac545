package io.gavel.engine.core;

import io.gavel.codecs.sbe.ChildRefusedEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleArmedEncoder;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.RuleStateChangedEncoder;
import io.gavel.codecs.sbe.RuleTriggeredEncoder;
import io.gavel.codecs.sbe.Text32Encoder;
import io.gavel.engine.trigger.RuleBook;

/** Writes what happens to rules: what was armed, each step of life, and the evidence of a firing. */
final class RuleEvents {

  private final RuleArmedEncoder armed = new RuleArmedEncoder();
  private final RuleStateChangedEncoder changed = new RuleStateChangedEncoder();
  private final RuleTriggeredEncoder triggered = new RuleTriggeredEncoder();
  private final ChildRefusedEncoder refused = new ChildRefusedEncoder();
  private final EventWriter events;
  private final CoreClock clock;
  private final RuleBook rules;
  private final RuleTable table;

  RuleEvents(final Rooms rooms) {
    events = rooms.events;
    clock = rooms.clock;
    rules = rooms.rules;
    table = rooms.ruleTable;
  }

  void armed(final int slot) {
    armed.wrap(events.buffer(), events.begin(RuleArmedEncoder.SCHEMA_ID, RuleArmedEncoder.TEMPLATE_ID,
        RuleArmedEncoder.SCHEMA_VERSION, RuleArmedEncoder.BLOCK_LENGTH));
    events.header(armed.header(), rules.account(slot));
    armed.ruleId(rules.ruleId(slot)).quantityLots(rules.remainingLots(slot)).startTimeNs(rules.startTimeNs(slot))
        .endTimeNs(rules.endTimeNs(slot)).instrumentId(rules.instrumentId(slot)).version(rules.version(slot))
        .shareE8(rules.shareE8(slot)).side(rules.side(slot)).armPolicy(rules.armPolicy(slot))
        .expiryAction(rules.expiryAction(slot)).reserveMode(rules.reserveMode(slot)).state(armedState(slot));
    clientId(armed.clRuleId(), slot);
    final int legCount = rules.legCount(slot);
    final RuleArmedEncoder.LegsEncoder legs = armed.legsCount(legCount);
    for (int leg = 0; leg < legCount; leg++) {
      legs.next().levelTicks(rules.levelTicks(slot, leg)).extremumTicks(rules.extremumTicks(slot, leg))
          .trailRatioE8(rules.trailRatioE8(slot, leg)).trailSpreadTicks(rules.trailSpreadTicks(slot, leg))
          .activationTicks(rules.activationTicks(slot, leg)).childLimitTicks(rules.childLimitTicks(slot, leg))
          .protectionBps(rules.protectionBps(slot, leg)).kind(rules.kind(slot, leg)).source(rules.source(slot, leg));
    }
    events.end(armed.encodedLength());
  }

  /** A rule that fires the moment it is armed was live before; the firing has an event of its own. */
  private RuleState armedState(final int slot) {
    final RuleState state = rules.state(slot);
    return RuleState.TRIGGERING == state ? RuleState.LIVE : state;
  }

  void changed(final int slot, final RuleState from, final RuleState to, final ReasonCode reason) {
    changed.wrap(events.buffer(), events.begin(RuleStateChangedEncoder.SCHEMA_ID,
        RuleStateChangedEncoder.TEMPLATE_ID, RuleStateChangedEncoder.SCHEMA_VERSION,
        RuleStateChangedEncoder.BLOCK_LENGTH));
    events.header(changed.header(), rules.account(slot));
    changed.ruleId(rules.ruleId(slot)).remainingLots(rules.remainingLots(slot))
        .instrumentId(rules.instrumentId(slot)).version(rules.version(slot)).fromState(from).toState(to)
        .reason(reason);
    clientId(changed.clRuleId(), slot);
    events.end(changed.encodedLength());
  }

  /** Evidence of a firing; one by the clock names no leg's kind, whose level nobody looked at. */
  void triggered(final int slot, final int leg, final boolean atTime, final int referenceTicks, final int levelTicks,
      final int extremumTicks) {
    triggered.wrap(events.buffer(), events.begin(RuleTriggeredEncoder.SCHEMA_ID, RuleTriggeredEncoder.TEMPLATE_ID,
        RuleTriggeredEncoder.SCHEMA_VERSION, RuleTriggeredEncoder.BLOCK_LENGTH));
    events.header(triggered.header(), rules.account(slot));
    triggered.ruleId(rules.ruleId(slot)).causeSequence(clock.sequence())
        .referencePriceUnits(table.firedPriceUnits[slot]).remainingLots(rules.remainingLots(slot))
        .instrumentId(rules.instrumentId(slot)).version(rules.version(slot)).legIndex(leg)
        .referenceTicks(referenceTicks).extremumTicks(extremumTicks).levelTicks(levelTicks)
        .protectionTicks(table.protectionTicks[slot]).kind(kind(slot, leg, atTime))
        .source(rules.source(slot, leg)).side(rules.side(slot));
    clientId(triggered.clRuleId(), slot);
    events.end(triggered.encodedLength());
  }

  private RuleKind kind(final int slot, final int leg, final boolean atTime) {
    final RuleKind kind = rules.kind(slot, leg);
    return atTime && RuleKind.NOW != kind ? RuleKind.AT_TIME : kind;
  }

  void childRefused(final int slot, final ReasonCode code) {
    refused.wrap(events.buffer(), events.begin(ChildRefusedEncoder.SCHEMA_ID, ChildRefusedEncoder.TEMPLATE_ID,
        ChildRefusedEncoder.SCHEMA_VERSION, ChildRefusedEncoder.BLOCK_LENGTH));
    events.header(refused.header(), rules.account(slot));
    refused.ruleId(rules.ruleId(slot)).instrumentId(rules.instrumentId(slot)).code(code);
    events.end(refused.encodedLength());
  }

  private void clientId(final Text32Encoder encoder, final int slot) {
    encoder.w0(table.clientWord(slot, 0)).w1(table.clientWord(slot, 1)).w2(table.clientWord(slot, 2))
        .w3(table.clientWord(slot, 3));
  }
}
