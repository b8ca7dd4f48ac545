package io.gavel.engine.core;

import static io.gavel.engine.core.MarginDesk.PERP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ArmRuleEncoder.LegsEncoder;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.risk.position.Contracts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random people whose rules are tied to positions, to orders and to one another; looked at after every command. */
final class RelationTown {

  private static final int PEOPLE = 8;
  private static final int COMMANDS = Integer.getInteger("gavel.relations.commands", 4_000);
  private static final long FIRST = 100;

  private final Random random;
  private final LiquidationDesk desk = new LiquidationDesk(MarginDesk.open());
  private final Core core = desk.core;
  private int price = 1_000;
  int bound;
  int checkedTargets;

  RelationTown(final long seed) {
    random = new Random(seed);
  }

  List<String> run(final int restartEvery) {
    for (int i = 0; i < PEOPLE; i++) {
      desk.trader(FIRST + i, MarginMode.CROSS, 0 == i % 4 ? PositionMode.HEDGE : PositionMode.ONE_WAY, 100_000_000);
    }
    desk.margin.mark(PERP, price);
    final List<String> told = new ArrayList<>();
    for (int command = 0; command < COMMANDS; command++) {
      final long timeNs = core.timeNs() + random.nextInt(20);
      core.at(timeNs);
      act();
      told.addAll(core.events);
      core.events.clear();
      if (0 != restartEvery && 0 == command % restartEvery) {
        core.restart();
      }
      check("command " + command);
      if (0 == command % 50) {
        core.machine.risk().assertConserved();
      }
    }
    return told;
  }

  private void act() {
    final long account = FIRST + random.nextInt(PEOPLE);
    switch (random.nextInt(20)) {
      case 0, 1, 2 -> {
        price = Math.max(200, Math.min(3_000, price + random.nextInt(41) - 20));
        desk.margin.mark(PERP, price);
      }
      case 3, 4, 5 -> protect(account);
      case 6, 7 -> bracket(account);
      case 8 -> core.massCancel(account, 0, io.gavel.codecs.sbe.CancelScope.ORDERS);
      case 9 -> spotRule();
      case 10 -> core.print(Math.max(1, price + random.nextInt(21) - 10), 1 + random.nextInt(5));
      case 11 -> core.limit(1 + random.nextInt(2), random.nextBoolean() ? Side.BUY : Side.SELL, near(),
          1 + random.nextInt(20));
      case 12 -> core.massCancel(1 + random.nextInt(2), 0, io.gavel.codecs.sbe.CancelScope.ORDERS);
      case 13 -> core.time(core.timeNs() + random.nextInt(100));
      default -> desk.order(account, random.nextBoolean() ? Side.BUY : Side.SELL, near(), 1 + random.nextInt(12));
    }
  }

  private int near() {
    return Math.max(1, price + random.nextInt(21) - 10);
  }

  private long someParent(final long account) {
    final int slot = core.machine.orders().firstOf(core.machine.risk().accountSlot(account));
    return slot < 0 ? 1 : core.machine.orderPool().orderId(slot);
  }

  private void leg(final LegsEncoder leg, final boolean sells) {
    final int dice = random.nextInt(4);
    final RuleKind kind = 0 == dice ? RuleKind.TAKE_PROFIT : 1 == dice ? RuleKind.STOP_LOSS
        : 2 == dice ? RuleKind.PROFIT : RuleKind.LOSS;
    final boolean up = (RuleKind.TAKE_PROFIT == kind || RuleKind.PROFIT == kind) == sells;
    final boolean ratio = random.nextBoolean();
    final long target = dice < 2 ? 0 : ratio ? 1_000_000 + random.nextInt(20_000_000) : 1 + random.nextInt(2_000);
    leg.levelTicks(dice < 2 ? Math.max(1, price + (up ? 1 : -1) * (5 + random.nextInt(40))) : 0).trailRatioE8(0)
        .trailSpreadTicks(0).activationTicks(0).childLimitTicks(sells && random.nextBoolean() ? 0 : near())
        .protectionBps(0).kind(kind).source(random.nextBoolean() ? PriceSource.MARK : PriceSource.LAST)
        .target(target).ratchetTicks(0)
        .targetUnit(dice >= 2 && ratio ? TargetUnit.ENTRY_RATIO : TargetUnit.AMOUNT);
  }

  private Core.RuleDraft draft(final Side side) {
    final Core.RuleDraft draft = new Core.RuleDraft();
    draft.side = side;
    draft.lots = random.nextBoolean() ? 1 + random.nextInt(6) : 0;
    draft.shareE8 = 0 == draft.lots ? 1_000_000 * (1 + random.nextInt(100)) : 0;
    draft.armPolicy = ArmPolicy.values()[random.nextInt(3)];
    draft.legs.add(l -> leg(l, Side.SELL == side));
    if (random.nextInt(3) == 0) {
      draft.legs.add(l -> leg(l, Side.SELL == side));
    }
    return draft;
  }

  private void protect(final long account) {
    final Side side = random.nextBoolean() ? Side.SELL : Side.BUY;
    final boolean hedges = 0 == (account - FIRST) % 4;
    final Core.RuleDraft draft = draft(side);
    final long pauseNs = random.nextInt(4) == 0 ? 1 + random.nextInt(500) : 0;
    draft.block = c -> c.instrumentId(PERP).attach(RuleAttach.POSITION).coolDownNs(pauseNs)
        .posSide(!hedges ? PositionSide.NET : Side.SELL == side ? PositionSide.LONG : PositionSide.SHORT);
    core.arm(account, draft);
  }

  private void bracket(final long account) {
    final boolean spot = random.nextInt(3) == 0;
    final long owner = spot ? 1 + random.nextInt(2) : account;
    final Core.RuleDraft draft = draft(random.nextInt(4) == 0 ? Side.BUY : Side.SELL);
    final RuleAttach attach = RuleAttach.get((short) (2 + random.nextInt(3)));
    final long parent = someParent(owner);
    draft.block = c -> c.instrumentId(spot ? Core.PAIR : PERP).attach(attach).parentId(parent);
    core.arm(owner, draft);
  }

  private void spotRule() {
    final long account = 1L + random.nextInt(2);
    final Core.RuleDraft draft = draft(Side.SELL);
    draft.reserveMode = ReserveMode.NONE;
    final int slot = core.machine.ruleTable().firstOf(core.machine.risk().accountSlot(account));
    final long other = slot < 0 || random.nextBoolean() ? 0 : core.machine.rules().ruleId(slot);
    final int priority = random.nextInt(3);
    final long pauseNs = random.nextInt(3) == 0 ? 1 + random.nextInt(500) : 0;
    draft.block = c -> c.priority(priority).coolDownNs(pauseNs).updatesRuleId(other)
        .updatesLevelTicks(0 == other ? 0 : near());
    core.arm(account, draft);
  }

  private void check(final String text) {
    final RuleBook rules = core.machine.rules();
    final Relations relations = core.machine.relations();
    for (int slot = rules.nextSlot(RuleBook.NULL_SLOT); RuleBook.NULL_SLOT != slot; slot = rules.nextSlot(slot)) {
      final boolean armed = RuleState.LIVE == rules.state(slot) || RuleState.PENDING == rules.state(slot);
      if (armed && relations.isBound(slot)) {
        checkBound(rules, slot, text + " rule " + rules.ruleId(slot));
      }
      if (armed && relations.waits(slot)) {
        assertEquals(RuleState.PENDING, rules.state(slot), text);
        assertEquals(0, rules.remainingLots(slot), text);
      }
    }
    final Contracts contracts = core.machine.risk().contracts();
    for (int position = 0; position < contracts.size(); position++) {
      final long lots = Math.abs(contracts.lots(position));
      assertTrue(contracts.reduceOnlyLots(position) <= lots, text + ": more reduces than there is");
    }
  }

  private void checkBound(final RuleBook rules, final int slot, final String text) {
    bound++;
    final Contracts contracts = core.machine.risk().contracts();
    final int accountSlot = core.machine.risk().accountSlot(rules.account(slot));
    final boolean sells = Side.SELL == rules.side(slot);
    final boolean hedges = 0 == (rules.account(slot) - FIRST) % 4;
    final int position = contracts.find(accountSlot, PERP,
        !hedges ? PositionSide.NET : sells ? PositionSide.LONG : PositionSide.SHORT);
    final long lots = contracts.lots(position);
    assertTrue(sells ? lots > 0 : lots < 0, text + ": nothing to close");
    assertEquals(contracts.epoch(position), core.machine.ruleTable().epochs[slot], text);
    assertTrue(rules.remainingLots(slot) > 0 && rules.remainingLots(slot) <= Math.abs(lots), text);
    final Relations relations = core.machine.relations();
    for (int leg = 0; leg < rules.legCount(slot); leg++) {
      if (0 != relations.target(slot, leg)) {
        checkTarget(rules.levelTicks(slot, leg), lots, contracts.costUnits(position), relations.target(slot, leg),
            relations.targetUnit(slot, leg), RuleKind.LOSS == rules.kind(slot, leg), text);
      }
    }
  }

  /** F-01 solved for the price; this perpetual is worth its price times its lots, and free of fees. */
  private void checkTarget(final int level, final long lots, final long cost, final long target, final TargetUnit unit,
      final boolean loss, final String text) {
    checkedTargets++;
    final BigDecimal share = BigDecimal.valueOf(target).multiply(BigDecimal.valueOf(Math.abs(cost)))
        .divide(BigDecimal.valueOf(Core.E8), 0, loss ? RoundingMode.DOWN : RoundingMode.CEILING);
    final BigDecimal amount = TargetUnit.AMOUNT == unit ? BigDecimal.valueOf(target) : share;
    final BigDecimal result = loss ? amount.negate() : amount;
    final long expected = BigDecimal.valueOf(cost).add(result)
        .divide(BigDecimal.valueOf(lots), 0, lots > 0 ? RoundingMode.CEILING : RoundingMode.FLOOR).longValueExact();
    if (expected > 0) {
      assertEquals(expected, level, text);
    } else {
      assertTrue(level <= 1, text + " " + level);
    }
  }
}
