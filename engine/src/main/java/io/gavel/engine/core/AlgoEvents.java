package io.gavel.engine.core;

import io.gavel.codecs.sbe.AlgoMove;
import io.gavel.codecs.sbe.AlgoReason;
import io.gavel.codecs.sbe.AlgoStepEncoder;
import io.gavel.engine.algo.AlgoTable;
import io.gavel.engine.algo.ChildSlice;
import io.gavel.engine.trigger.RuleBook;

/** Writes what an order that is worked over time does, and what its hedge does. */
final class AlgoEvents {

  private final AlgoStepEncoder step = new AlgoStepEncoder();
  private final EventWriter events;
  private final RuleBook rules;
  private final RuleActions actions;
  private final AlgoTable table;

  AlgoEvents(final Rooms rooms) {
    events = rooms.events;
    rules = rooms.rules;
    actions = rooms.actions;
    table = rooms.algos.table;
  }

  /** What the parent of a rule does now; {@code orderId} is of the order that it places, or 0. */
  void step(final int ruleSlot, final int algo, final ChildSlice slice, final long orderId, final long lots,
      final int limitTicks, final long nextNs) {
    begin(rules.account(ruleSlot), rules.ruleId(ruleSlot), rules.instrumentId(ruleSlot));
    step.orderId(orderId).lots(lots).filledLots(table.filledLots(algo)).workingLots(table.workingLots(algo))
        .totalLots(table.totalLots(algo)).nextTimeNs(ChildSlice.NEVER_NS == nextNs ? 0 : nextNs)
        .limitTicks(limitTicks).step(slice.legIndex()).action(actions.action(ruleSlot))
        .what(AlgoMove.get((short) slice.action().ordinal())).why(AlgoReason.get((short) slice.reason().ordinal()));
    events.end(step.encodedLength());
  }

  /** A hedge sends an order, or could not have so many lots; what is hedged with counts, in lots either way. */
  void hedge(final Hedges hedges, final int row, final long orderId, final long lots, final int limitTicks,
      final AlgoReason why) {
    begin(hedges.account(row), hedges.ruleId(row), hedges.instrumentId(row));
    step.orderId(orderId).lots(lots).filledLots(Math.abs(hedges.hedgedLots(row))).workingLots(0)
        .totalLots(Math.abs(hedges.targetLots(row))).nextTimeNs(0).limitTicks(limitTicks).step(0)
        .action(hedges.action(row)).what(AlgoMove.HEDGE).why(why);
    events.end(step.encodedLength());
  }

  private void begin(final long account, final long ruleId, final int instrumentId) {
    step.wrap(events.buffer(), events.begin(AlgoStepEncoder.SCHEMA_ID, AlgoStepEncoder.TEMPLATE_ID,
        AlgoStepEncoder.SCHEMA_VERSION, AlgoStepEncoder.BLOCK_LENGTH));
    events.header(step.header(), account);
    step.ruleId(ruleId).instrumentId(instrumentId);
  }
}
