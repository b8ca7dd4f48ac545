package io.gavel.engine.trigger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReserveMode;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.Side;
import java.util.ArrayList;
import java.util.List;

/** A rule book with prices and a buffer around it, and the words in which the tests talk about rules. */
final class RuleDesk implements PriceView {

  static final int INSTRUMENT = 1;
  static final int INSTRUMENTS_MAX = 3;

  record Fired(long ruleId, int legIndex, int reference, int level, int extremum, PriceSource source) {
  }

  final RuleBook book;
  final FiredBuffer fired;
  final RuleSpec spec = new RuleSpec();
  private final int[] floors = new int[(INSTRUMENTS_MAX + 1) * 5];
  private final int[] ceils = new int[(INSTRUMENTS_MAX + 1) * 5];
  private long nextRuleId = 1;
  long nowNs = 1_000;

  RuleDesk() {
    this(64);
  }

  RuleDesk(final int rulesMax) {
    book = new RuleBook(INSTRUMENTS_MAX, rulesMax);
    fired = new FiredBuffer(rulesMax);
  }

  @Override
  public int floorTicks(final int instrumentId, final PriceSource source) {
    return floors[instrumentId * 5 + source.value()];
  }

  @Override
  public int ceilTicks(final int instrumentId, final PriceSource source) {
    return ceils[instrumentId * 5 + source.value()];
  }

  /** Begins the description of a rule without legs. */
  RuleDesk rule(final Side side, final ArmPolicy policy) {
    spec.clear();
    spec.instrumentId = INSTRUMENT;
    spec.side = side;
    spec.quantityLots = 10;
    spec.armPolicy = policy;
    spec.expiryAction = ExpiryAction.CANCEL;
    spec.reserveMode = ReserveMode.RESERVE;
    return this;
  }

  RuleDesk sell() {
    return rule(Side.SELL, ArmPolicy.REJECT);
  }

  RuleDesk buy() {
    return rule(Side.BUY, ArmPolicy.REJECT);
  }

  RuleDesk policy(final ArmPolicy policy) {
    spec.armPolicy = policy;
    return this;
  }

  RuleDesk window(final long startTimeNs, final long endTimeNs) {
    spec.startTimeNs = startTimeNs;
    spec.endTimeNs = endTimeNs;
    return this;
  }

  RuleDesk takeProfit(final PriceSource source, final int levelTicks) {
    return leg(RuleKind.TAKE_PROFIT, source, levelTicks, 0, 0, 0);
  }

  RuleDesk stopLoss(final PriceSource source, final int levelTicks) {
    return leg(RuleKind.STOP_LOSS, source, levelTicks, 0, 0, 0);
  }

  RuleDesk trailSpread(final PriceSource source, final int spreadTicks, final int activationTicks) {
    return leg(RuleKind.TRAILING_STOP, source, 0, 0, spreadTicks, activationTicks);
  }

  RuleDesk trailRatio(final PriceSource source, final int ratioE8, final int activationTicks) {
    return leg(RuleKind.TRAILING_STOP, source, 0, ratioE8, 0, activationTicks);
  }

  RuleDesk atTime() {
    return leg(RuleKind.AT_TIME, PriceSource.LAST, 0, 0, 0, 0);
  }

  RuleDesk leg(final RuleKind kind, final PriceSource source, final int levelTicks, final int ratioE8,
      final int spreadTicks, final int activationTicks) {
    final int i = spec.legCount++;
    spec.kinds[i] = kind;
    spec.sources[i] = source;
    spec.levelTicks[i] = levelTicks;
    spec.trailRatioE8[i] = ratioE8;
    spec.trailSpreadTicks[i] = spreadTicks;
    spec.activationTicks[i] = activationTicks;
    spec.childLimitTicks[i] = Side.BUY == spec.side ? 1_000_000 : 0;
    return this;
  }

  ReasonCode check() {
    return book.check(spec, nowNs, this);
  }

  /** Arms what was described and returns its slot. */
  int arm() {
    assertEquals(ReasonCode.OK, check());
    return book.arm(spec, nextRuleId++, 7, spec.quantityLots, 3, nowNs, this, fired);
  }

  List<Fired> price(final PriceSource source, final int ticks) {
    return price(INSTRUMENT, source, ticks, ticks);
  }

  /** A print in a step of its own. */
  List<Fired> price(final int instrumentId, final PriceSource source, final int floorTicks, final int ceilTicks) {
    print(instrumentId, source, floorTicks, ceilTicks);
    return drain();
  }

  void print(final int instrumentId, final PriceSource source, final int floorTicks, final int ceilTicks) {
    quietPrice(instrumentId, source, floorTicks, ceilTicks);
    book.onPrice(instrumentId, source, floorTicks, ceilTicks, fired);
  }

  void quietPrice(final int instrumentId, final PriceSource source, final int floorTicks, final int ceilTicks) {
    floors[instrumentId * 5 + source.value()] = floorTicks;
    ceils[instrumentId * 5 + source.value()] = ceilTicks;
  }

  List<Fired> drain() {
    final List<Fired> list = new ArrayList<>();
    for (int i = 0; i < fired.size(); i++) {
      list.add(new Fired(book.ruleId(fired.ruleSlot(i)), fired.legIndex(i), fired.referenceTicks(i),
          fired.levelTicks(i), fired.extremumTicks(i), fired.source(i)));
    }
    fired.clear();
    return list;
  }

  List<Long> firedIds(final PriceSource source, final int ticks) {
    return price(source, ticks).stream().map(Fired::ruleId).toList();
  }

  ReasonCode amendTrailSpread(final int slot, final int spreadTicks) {
    return book.amend(slot, 0, 0, 0, spreadTicks, 0, this, fired);
  }

  ReasonCode amendLevel(final int slot, final int legIndex, final int levelTicks) {
    return book.amend(slot, legIndex, levelTicks, 0, 0, 0, this, fired);
  }

  /** What a state owner wrote, to be compared and read again. */
  static final class Saved implements SnapshotSink, SnapshotSource {

    final List<Long> values = new ArrayList<>();
    private int position;

    @Override
    public void putInt(final int value) {
      values.add((long) value);
    }

    @Override
    public void putLong(final long value) {
      values.add(value);
    }

    @Override
    public int getInt() {
      return (int) getLong();
    }

    @Override
    public long getLong() {
      return values.get(position++);
    }
  }

  static List<Long> digest(final RuleBook book) {
    final Saved saved = new Saved();
    book.save(saved);
    return saved.values;
  }

  /** A fresh book that was loaded from what this one saves. */
  static RuleBook restarted(final RuleBook book) {
    final RuleBook fresh = new RuleBook(INSTRUMENTS_MAX, book.capacity());
    if (book.size() > 0) {
      final Saved saved = new Saved();
      book.save(saved);
      fresh.load(saved);
    }
    return fresh;
  }
}
