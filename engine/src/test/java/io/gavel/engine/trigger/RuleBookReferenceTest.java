package io.gavel.engine.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: no rule is missed, none fires too much, and all fire in the order that the house promises. Method: the book and
 * {@link ReferenceRules} get the same arms, cancels, amendments, window starts, prices and restarts; every step they
 * must have fired the same legs with the same evidence in the same order.
 */
class RuleBookReferenceTest {

  private static final PriceSource[] SOURCES =
      {PriceSource.LAST, PriceSource.BID, PriceSource.ASK, PriceSource.MARK, PriceSource.INDEX};
  private static final RuleKind[] KINDS = {RuleKind.TAKE_PROFIT, RuleKind.STOP_LOSS, RuleKind.TRAILING_STOP};
  private static final ArmPolicy[] POLICIES = {ArmPolicy.REJECT, ArmPolicy.FIRE, ArmPolicy.WAIT_RECROSS};
  private static final int INSTRUMENTS = 2;
  private static final int RULES_MAX = 400;

  private Random random = new Random();
  private int lowest;
  private int width;
  private final int[] prices = new int[(INSTRUMENTS + 1) * SOURCES.length];
  private final int[] floors = new int[(INSTRUMENTS + 1) * SOURCES.length];
  private final int[] ceils = new int[(INSTRUMENTS + 1) * SOURCES.length];
  private final PriceView view = new PriceView() {
    @Override
    public int floorTicks(final int instrumentId, final PriceSource source) {
      return floors[at(instrumentId, source)];
    }

    @Override
    public int ceilTicks(final int instrumentId, final PriceSource source) {
      return ceils[at(instrumentId, source)];
    }
  };

  private RuleBook book = new RuleBook(INSTRUMENTS, RULES_MAX);
  private final ReferenceRules reference = new ReferenceRules();
  private final FiredBuffer fired = new FiredBuffer(RULES_MAX);
  private final RuleSpec spec = new RuleSpec();
  private long nextRuleId = 1;
  private long firedCount;
  private long refusedCount;

  @ParameterizedTest(name = "seed {0}, {1} prints, prices {2} + {3}, {4} rules aimed at")
  @DisplayName("R-01, R-03, R-09, R-13, R-15, R-16, R-25 the book fires exactly what a full scan fires")
  @CsvSource({
      "101, 150000, 1, 40, 60",
      "102, 120000, 90000, 20000, 150",
      "103, 60000, 1, 6, 20",
      "104, 40000, 2147483000, 646, 60",
      "105, 30000, 1000, 300, 350"})
  void shouldFireWhatFullScanFires(final long seed, final int prints, final int lowestTicks, final int widthTicks,
      final int population) {
    random = new Random(seed);
    lowest = lowestTicks;
    width = widthTicks;
    for (int i = 0; i < prices.length; i++) {
      prices[i] = lowest + random.nextInt(width);
    }
    int printed = 0;
    while (printed < prints) {
      for (int i = random.nextInt(4); i > 0; i--) {
        command(population);
      }
      final int printsInStep = 1 + (random.nextInt(4) == 0 ? random.nextInt(4) : 0);
      for (int i = 0; i < printsInStep; i++) {
        print();
        printed++;
      }
      compareFired();
      if (random.nextInt(200) == 0) {
        compareFacts();
      }
      if (random.nextInt(700) == 0) {
        final RuleBook loaded = restarted(book);
        assertEquals(RuleDesk.digest(book), RuleDesk.digest(loaded));
        book = loaded;
      }
    }
    System.out.println("RuleBookReferenceTest seed " + seed + ": prints " + printed + ", fired " + firedCount
        + ", refused " + refusedCount + ", live " + book.size());
    assertTrue(firedCount > prints / 100, "too little fired to mean anything: " + firedCount);
  }

  private void command(final int population) {
    final int action = random.nextInt(100);
    if (action < 50 || reference.rules.isEmpty()) {
      if (reference.rules.size() < population) {
        arm();
      }
      return;
    }
    final ReferenceRules.Rule rule = anyRule();
    final int slot = book.slotOf(rule.id);
    if (RuleState.TRIGGERING == rule.state) {
      return;
    }
    if (action < 60) {
      reference.rules.remove(rule.id);
      book.release(slot);
    } else if (action < 90) {
      amend(rule, slot);
    } else if (RuleState.PENDING == rule.state) {
      final boolean refused = ArmPolicy.REJECT == rule.policy && reference.isAnyCrossed(rule, view);
      assertEquals(refused ? ReasonCode.ALREADY_CROSSED : ReasonCode.OK, book.start(slot, view, fired));
      if (!refused) {
        reference.enter(rule, view);
      }
      compareFired();
    }
  }

  private void arm() {
    final ReferenceRules.Rule rule = describe();
    final boolean pending = 0 != spec.startTimeNs;
    final ReasonCode expected = ReferenceRules.isInverted(rule) ? ReasonCode.LEGS_INVERTED
        : !pending && ArmPolicy.REJECT == rule.policy && reference.isAnyCrossed(rule, view)
        ? ReasonCode.ALREADY_CROSSED : ReasonCode.OK;
    assertEquals(expected, book.check(spec, 1, view));
    if (ReasonCode.OK != expected) {
      refusedCount++;
      return;
    }
    nextRuleId++;
    reference.rules.put(rule.id, rule);
    book.arm(spec, rule.id, 7, 10, 0, 1, view, fired);
    if (!pending) {
      reference.enter(rule, view);
    }
    compareFired();
  }

  private ReferenceRules.Rule describe() {
    final ReferenceRules.Rule rule = new ReferenceRules.Rule();
    rule.id = nextRuleId;
    rule.instrumentId = 1 + random.nextInt(INSTRUMENTS);
    rule.side = random.nextBoolean() ? Side.SELL : Side.BUY;
    rule.policy = POLICIES[random.nextInt(POLICIES.length)];
    rule.state = RuleState.PENDING;
    spec.clear();
    spec.instrumentId = rule.instrumentId;
    spec.side = rule.side;
    spec.armPolicy = rule.policy;
    spec.expiryAction = ExpiryAction.CANCEL;
    spec.reserveMode = ReserveMode.NONE;
    spec.quantityLots = 10;
    spec.startTimeNs = random.nextInt(8) == 0 ? 100 : 0;
    spec.legCount = random.nextInt(3) == 0 ? 1 + random.nextInt(RuleSpec.LEGS_MAX) : 1;
    final PriceSource common = SOURCES[random.nextInt(SOURCES.length)];
    for (int i = 0; i < spec.legCount; i++) {
      final ReferenceRules.Leg leg = new ReferenceRules.Leg();
      leg.index = i;
      leg.kind = KINDS[random.nextInt(KINDS.length)];
      leg.source = random.nextInt(3) == 0 ? SOURCES[random.nextInt(SOURCES.length)] : common;
      if (RuleKind.TRAILING_STOP == leg.kind) {
        leg.ratioE8 = random.nextBoolean() ? ratioE8() : 0;
        leg.spread = 0 == leg.ratioE8 ? 1 + random.nextInt(width) : 0;
        leg.activation = random.nextInt(3) == 0 ? levelNear(rule.instrumentId, leg.source) : 0;
      } else {
        leg.level = levelNear(rule.instrumentId, leg.source);
      }
      rule.legs.add(leg);
      spec.kinds[i] = leg.kind;
      spec.sources[i] = leg.source;
      spec.levelTicks[i] = leg.level;
      spec.trailRatioE8[i] = leg.ratioE8;
      spec.trailSpreadTicks[i] = leg.spread;
      spec.activationTicks[i] = leg.activation;
      spec.childLimitTicks[i] = 5;
    }
    return rule;
  }

  private void amend(final ReferenceRules.Rule rule, final int slot) {
    final int legIndex = random.nextInt(rule.legs.size());
    final ReferenceRules.Leg leg = rule.legs.get(legIndex);
    int level = 0;
    int ratioE8 = 0;
    int spread = 0;
    if (RuleKind.TRAILING_STOP != leg.kind) {
      level = random.nextInt(10) == 0 ? leg.level : levelNear(rule.instrumentId, leg.source);
    } else if (random.nextBoolean()) {
      ratioE8 = ratioE8();
    } else {
      spread = 1 + random.nextInt(width);
    }
    final ReasonCode expected = reference.amend(rule, legIndex, level, ratioE8, spread, view);
    assertEquals(expected, book.amend(slot, legIndex, level, ratioE8, spread, 0, view, fired));
    if (ReasonCode.OK != expected) {
      refusedCount++;
    }
    assertEquals(rule.version, book.version(slot));
    compareFired();
  }

  private void print() {
    final int instrumentId = 1 + random.nextInt(INSTRUMENTS);
    final PriceSource source = SOURCES[random.nextInt(SOURCES.length)];
    final int index = at(instrumentId, source);
    final int move = random.nextInt(100);
    if (move < 5) {
      floors[index] = 0;
      ceils[index] = 0;
    } else {
      if (move < 10) {
        prices[index] = lowest + random.nextInt(width);
      } else if (move < 85) {
        final int step = 1 + random.nextInt(Math.max(1, width / 60));
        final long next = (long) prices[index] + (random.nextBoolean() ? step : -step);
        prices[index] = (int) Math.max(lowest, Math.min(next, (long) lowest + width));
      }
      final boolean subTick = source.value() >= PriceSource.MARK.value() && random.nextBoolean();
      ceils[index] = prices[index];
      floors[index] = subTick ? prices[index] - 1 : prices[index];
    }
    reference.print(instrumentId, source, floors[index], ceils[index]);
    book.onPrice(instrumentId, source, floors[index], ceils[index], fired);
  }

  private void compareFired() {
    if (random.nextInt(10) == 0 && fired.size() < 5) {
      return;
    }
    final List<RuleDesk.Fired> actual = new ArrayList<>();
    for (int i = 0; i < fired.size(); i++) {
      actual.add(new RuleDesk.Fired(book.ruleId(fired.ruleSlot(i)), fired.legIndex(i), fired.referenceTicks(i),
          fired.levelTicks(i), fired.extremumTicks(i), fired.source(i)));
    }
    fired.clear();
    assertEquals(reference.drain(), actual);
    for (final RuleDesk.Fired entry : actual) {
      firedCount++;
      final int slot = book.slotOf(entry.ruleId());
      assertEquals(RuleState.TRIGGERING, book.state(slot));
      assertEquals(entry.legIndex(), book.firedLeg(slot));
      book.release(slot);
      reference.rules.remove(entry.ruleId());
    }
  }

  private void compareFacts() {
    assertEquals(reference.rules.size(), book.size());
    for (final ReferenceRules.Rule rule : reference.rules.values()) {
      final int slot = book.slotOf(rule.id);
      assertEquals(rule.state, book.state(slot));
      for (final ReferenceRules.Leg leg : rule.legs) {
        final String which = "rule " + rule.id + " leg " + leg.index;
        assertEquals(rule.level(leg), book.levelTicks(slot, leg.index), which);
        assertEquals(leg.extremum, book.extremumTicks(slot, leg.index), which);
        assertEquals(leg.dormant, book.isDormant(slot, leg.index), which);
        assertEquals(leg.waiting, book.isWaitingRecross(slot, leg.index), which);
        assertEquals(leg.ratioE8, book.trailRatioE8(slot, leg.index), which);
        assertEquals(leg.spread, book.trailSpreadTicks(slot, leg.index), which);
      }
    }
  }

  private ReferenceRules.Rule anyRule() {
    int skip = random.nextInt(reference.rules.size());
    for (final ReferenceRules.Rule rule : reference.rules.values()) {
      if (0 == skip--) {
        return rule;
      }
    }
    throw new IllegalStateException("no rule");
  }

  private int levelNear(final int instrumentId, final PriceSource source) {
    final int price = prices[at(instrumentId, source)];
    final int reach = random.nextInt(3) == 0 ? width : Math.max(3, width / 20);
    final long level = (long) price + random.nextInt(2 * reach + 1) - reach;
    return (int) Math.max(1, Math.min(level, Integer.MAX_VALUE));
  }

  private int ratioE8() {
    return 1 + random.nextInt(random.nextBoolean() ? 99_999_999 : 5_000_000);
  }

  private static int at(final int instrumentId, final PriceSource source) {
    return instrumentId * SOURCES.length + source.value();
  }

  private static RuleBook restarted(final RuleBook book) {
    final RuleBook fresh = new RuleBook(INSTRUMENTS, RULES_MAX);
    if (book.size() > 0) {
      final RuleDesk.Saved saved = new RuleDesk.Saved();
      book.save(saved);
      fresh.load(saved);
    }
    return fresh;
  }
}
