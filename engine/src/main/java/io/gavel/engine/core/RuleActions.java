package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.engine.algo.AlgoSpec;
import io.gavel.engine.algo.AlgoTable;
import io.gavel.engine.trigger.RuleBook;
import io.gavel.engine.trigger.RuleSpec;
import io.gavel.risk.price.Slots;
import java.util.Arrays;

/**
 * What a rule does beyond sending one order when it fires: the facts of its action, of a review, of a hedge and of a
 * payment. A rule that has none of it has no row. The index and the rows are taken by the page when they are first
 * needed, so rules that only send an order cost nothing here.
 */
final class RuleActions implements StateOwner {

  static final int ACTION = 0;
  static final int REVIEW_NS = 1;
  static final int REVIEW_DEFAULT = 2;
  static final int DURATION_NS = 3;
  static final int INTERVAL_NS = 4;
  static final int PARTICIPATION_E8 = 5;
  static final int COLLAR_E8 = 6;
  static final int DEPTH_SHARE_E8 = 7;
  static final int TOLERANCE_E8 = 8;
  static final int SLICE_LOTS = 9;
  static final int FORECAST_LOTS = 10;
  static final int STEP_NS = 11;
  static final int FIRST_TICKS = 12;
  static final int LAST_TICKS = 13;
  static final int ORDER_COUNT = 14;
  static final int OFFSET_TICKS = 15;
  static final int REPRICES_MAX = 16;
  static final int WIDER_BPS = 17;
  static final int END_POLICY = 18;
  static final int BASIS = 19;
  static final int SIZES = 20;
  /** Asked for: the instrument that is hedged with; of a rule: its row among the hedges, plus 1; 0: no hedge. */
  static final int HEDGE = 21;
  static final int HEDGE_RATIO_E8 = 22;
  static final int HEDGE_BY_DELTA = 23;
  static final int HOLD_ID = 24;
  /** Of the live parent; -1 while none works for the rule. */
  static final int ALGO_SLOT = 25;
  static final int CURVE_LENGTH = 26;
  private static final int CURVE = 27;
  private static final int ROW = CURVE + AlgoSpec.CURVE_MAX;
  private static final int NULL_ROW = -1;
  private static final int INDEX_PAGE = 4_096;
  private static final int ROW_PAGE = 256;
  private static final RuleAction[] ACTIONS = RuleAction.values();

  private final RuleBook rules;
  private final int[][] index;
  private final long[][] rows;
  private final Slots taken;
  /** What the command in work asks for, or what a fired rule was armed with. */
  private final long[] asked = new long[ROW];
  private int worked;
  private int moreChildren;
  private int growths;

  RuleActions(final RuleBook rules) {
    this.rules = rules;
    index = new int[(rules.capacity() + INDEX_PAGE - 1) / INDEX_PAGE][];
    rows = new long[(rules.capacity() + ROW_PAGE - 1) / ROW_PAGE][];
    taken = new Slots(rules.capacity());
  }

  /** Takes what a command asks for. */
  void read(final RuleSpec spec) {
    Arrays.fill(asked, 0);
    asked[ACTION] = spec.action.value();
    asked[REVIEW_NS] = spec.reviewNs;
    asked[REVIEW_DEFAULT] = spec.reviewDefault.value();
    asked[DURATION_NS] = spec.durationNs;
    asked[INTERVAL_NS] = spec.intervalNs;
    asked[PARTICIPATION_E8] = spec.participationE8;
    asked[COLLAR_E8] = spec.collarE8;
    asked[DEPTH_SHARE_E8] = spec.depthShareE8;
    asked[TOLERANCE_E8] = spec.toleranceE8;
    asked[SLICE_LOTS] = spec.sliceLots;
    asked[FORECAST_LOTS] = spec.forecastLots;
    asked[STEP_NS] = spec.stepNs;
    asked[FIRST_TICKS] = spec.firstTicks;
    asked[LAST_TICKS] = spec.lastTicks;
    asked[ORDER_COUNT] = spec.orderCount;
    asked[OFFSET_TICKS] = spec.offsetTicks;
    asked[REPRICES_MAX] = spec.repricesMax;
    asked[WIDER_BPS] = spec.widerBps;
    asked[END_POLICY] = spec.algoEnd.value();
    asked[BASIS] = spec.algoBasis.value();
    asked[SIZES] = spec.algoSizes.value();
    asked[HEDGE] = spec.hedgeInstrumentId;
    asked[HEDGE_RATIO_E8] = spec.hedgeRatioE8;
    asked[HEDGE_BY_DELTA] = spec.hedgeByDelta ? 1 : 0;
    asked[HOLD_ID] = spec.holdId;
    asked[ALGO_SLOT] = AlgoTable.NULL_SLOT;
    asked[CURVE_LENGTH] = spec.curveCount;
    for (int i = 0; i < spec.curveCount; i++) {
      asked[CURVE + i] = spec.curve[i];
    }
  }

  /** Makes what a rule was armed with the asked. */
  void recall(final int ruleSlot) {
    final int row = row(ruleSlot);
    if (NULL_ROW == row) {
      Arrays.fill(asked, 0);
    } else {
      System.arraycopy(rows[row / ROW_PAGE], row % ROW_PAGE * ROW, asked, 0, ROW);
    }
  }

  long asked(final int column) {
    return asked[column];
  }

  RuleAction askedAction() {
    return ACTIONS[(int) asked[ACTION]];
  }

  long askedWeight(final int part) {
    return asked[CURVE + part];
  }

  private boolean isAskedBare() {
    for (int column = ACTION; column <= HOLD_ID; column++) {
      if (0 != asked[column]) {
        return false;
      }
    }
    return true;
  }

  boolean isAskedWorked() {
    return isWorked(askedAction());
  }

  /** Orders that a worked rule may have open beyond one. */
  int askedMoreChildren() {
    return RuleAction.SCALE == askedAction() ? (int) asked[ORDER_COUNT] - 1 : 0;
  }

  /** A rule was armed with what is asked for. */
  void open(final int ruleSlot) {
    if (isAskedBare()) {
      return;
    }
    final int row = taken.claim();
    claimed(ruleSlot, row);
    System.arraycopy(asked, 0, rows[row / ROW_PAGE], row % ROW_PAGE * ROW, ROW);
    count(1);
  }

  private void claimed(final int ruleSlot, final int row) {
    final int page = ruleSlot / INDEX_PAGE;
    if (null == index[page]) {
      index[page] = new int[INDEX_PAGE];
      Arrays.fill(index[page], NULL_ROW);
      growths++;
    }
    if (null == rows[row / ROW_PAGE]) {
      rows[row / ROW_PAGE] = new long[ROW_PAGE * ROW];
      growths++;
    }
    index[page][ruleSlot % INDEX_PAGE] = row;
  }

  private void count(final int sign) {
    worked += isAskedWorked() ? sign : 0;
    moreChildren += isAskedWorked() ? sign * askedMoreChildren() : 0;
  }

  /** The rule is gone. */
  void close(final int ruleSlot) {
    final int row = row(ruleSlot);
    if (NULL_ROW != row) {
      recall(ruleSlot);
      count(-1);
      Arrays.fill(rows[row / ROW_PAGE], row % ROW_PAGE * ROW, row % ROW_PAGE * ROW + ROW, 0);
      index[ruleSlot / INDEX_PAGE][ruleSlot % INDEX_PAGE] = NULL_ROW;
      taken.release(row);
    }
  }

  /** Armed rules that work an order over time. */
  int worked() {
    return worked;
  }

  /** Orders that they may have open beyond one each. */
  int moreChildren() {
    return moreChildren;
  }

  /** How often a page was taken; none is given back. */
  int growths() {
    return growths;
  }

  boolean has(final int ruleSlot) {
    return NULL_ROW != row(ruleSlot);
  }

  /** A fact of a rule; 0 for one without a row. */
  long get(final int ruleSlot, final int column) {
    final int row = row(ruleSlot);
    return NULL_ROW == row ? 0 : rows[row / ROW_PAGE][row % ROW_PAGE * ROW + column];
  }

  void set(final int ruleSlot, final int column, final long value) {
    final int row = row(ruleSlot);
    Invariants.check(NULL_ROW != row, "rule has no action of its own: slot, column", ruleSlot, column);
    rows[row / ROW_PAGE][row % ROW_PAGE * ROW + column] = value;
  }

  RuleAction action(final int ruleSlot) {
    return ACTIONS[(int) get(ruleSlot, ACTION)];
  }

  boolean isWorked(final int ruleSlot) {
    return isWorked(action(ruleSlot));
  }

  /** Whether a payment is what the rule does. */
  boolean pays(final int ruleSlot) {
    return isPayment(action(ruleSlot));
  }

  static boolean isPayment(final RuleAction action) {
    return RuleAction.RELEASE_HOLD == action || RuleAction.REFUND_HOLD == action;
  }

  /** The live parent of a rule, or AlgoTable.NULL_SLOT. */
  int algoSlot(final int ruleSlot) {
    return has(ruleSlot) ? (int) get(ruleSlot, ALGO_SLOT) : AlgoTable.NULL_SLOT;
  }

  boolean isRunning(final int ruleSlot) {
    return AlgoTable.NULL_SLOT != algoSlot(ruleSlot);
  }

  boolean releasesByDefault(final int ruleSlot) {
    return ReviewDefault.RELEASE.value() == get(ruleSlot, REVIEW_DEFAULT);
  }

  private static boolean isWorked(final RuleAction action) {
    return action.value() >= RuleAction.TWAP.value() && action.value() <= RuleAction.LADDER.value();
  }

  private int row(final int ruleSlot) {
    final int[] page = index[ruleSlot / INDEX_PAGE];
    return null == page ? NULL_ROW : page[ruleSlot % INDEX_PAGE];
  }

  @Override
  public int componentId() {
    return 2050;
  }

  @Override
  public String componentName() {
    return "rule-actions";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == taken.size()) {
      return;
    }
    sink.putInt(taken.size());
    for (int slot = rules.nextSlot(RuleBook.NULL_SLOT); RuleBook.NULL_SLOT != slot; slot = rules.nextSlot(slot)) {
      if (has(slot)) {
        sink.putLong(rules.ruleId(slot));
        final int last = CURVE + (int) get(slot, CURVE_LENGTH);
        for (int column = 0; column < last; column++) {
          sink.putLong(get(slot, column));
        }
      }
    }
  }

  /** The rules must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = rules.slotOf(source.getLong());
      Arrays.fill(asked, 0);
      for (int column = 0; column < CURVE; column++) {
        asked[column] = source.getLong();
      }
      for (int part = 0; part < asked[CURVE_LENGTH]; part++) {
        asked[CURVE + part] = source.getLong();
      }
      claimed(slot, taken.claim());
      final int row = row(slot);
      System.arraycopy(asked, 0, rows[row / ROW_PAGE], row % ROW_PAGE * ROW, ROW);
      count(1);
    }
  }
}
