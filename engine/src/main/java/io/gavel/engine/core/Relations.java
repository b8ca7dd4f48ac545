package io.gavel.engine.core;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.RuleAttach;
import io.gavel.codecs.sbe.TargetUnit;
import io.gavel.engine.trigger.RuleSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What ties rules to positions, to orders and to one another, for the few that are tied: facts in pages by the rule's
 * slot, taken when the first rule of a page needs one and counted in {@link #growths()}; and for each account the list
 * of its tied rules, in order of arming. An account whose positions or orders changed waits here until its tied rules
 * have been looked at, within the same frame. One thread.
 */
public final class Relations implements StateOwner {

  static final int NULL_SLOT = SlotList.NULL_SLOT;

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_MASK = (1 << PAGE_SHIFT) - 1;

  private static final int FLAGS = 0;
  private static final int PARENT = 1;
  private static final int PARENT_LOTS = 2;
  private static final int BASIS_LOTS = 3;
  private static final int COOL_DOWN = 4;
  private static final int COOL_UNTIL = 5;
  private static final int UPDATES = 6;
  private static final int UPDATES_LEVEL = 7;
  private static final int PRIORITY = 8;
  private static final int PAUSED = 9;
  private static final int UNITS = 10;
  private static final int TARGET = 11;
  private static final int SAVED = TARGET + RuleSpec.LEGS_MAX;
  private static final int NEXT = SAVED;
  private static final int PREVIOUS = SAVED + 1;
  private static final int HANDLE = SAVED + 2;
  private static final int STRIDE = 18;

  private static final int ATTACH_BITS = 0xFF;
  private static final int SIDE_SHIFT = 8;
  private static final int TIED = 1 << 16;
  private static final int WAITS = 1 << 17;
  private static final int PARENT_DONE = 1 << 18;
  private static final int BOUND = 1 << 19;
  private static final int UNIT_BITS = 8;

  private final Rooms rooms;
  private final long[] @Nullable [] pages;
  private final int[] first;
  private final int[] last;
  private final SlotList changed;
  private int current = NULL_SLOT;
  private int cursor = NULL_SLOT;
  private int tiedCount;
  private int prioritised;
  private int growths;

  Relations(final Rooms rooms) {
    this.rooms = rooms;
    final int rulesMax = rooms.config.rulesMax();
    final int accountsMax = rooms.config.accountsMax();
    pages = new long[(rulesMax + PAGE_MASK) >>> PAGE_SHIFT][];
    first = new int[accountsMax];
    last = new int[accountsMax];
    Arrays.fill(first, NULL_SLOT);
    Arrays.fill(last, NULL_SLOT);
    changed = new SlotList(accountsMax, 1);
  }

  /** Whether a rule of this kind has anything to keep here. */
  static boolean isTied(final RuleSpec spec) {
    boolean tied = RuleAttach.NONE != spec.attach
        || 0 != (spec.coolDownNs | spec.updatesRuleId | spec.priority);
    for (int leg = 0; leg < spec.legCount && leg < RuleSpec.LEGS_MAX; leg++) {
      tied |= 0 != spec.targets[leg];
    }
    return tied;
  }

  /** Takes what the rule asks for. */
  void open(final int slot, final RuleSpec spec, final boolean isBound) {
    tie(slot);
    final long[] page = page(slot);
    final int at = at(slot);
    page[at + FLAGS] = TIED | spec.attach.value() | (spec.posSide.value() << SIDE_SHIFT)
        | (spec.waitsForOrder() ? WAITS : 0) | (isBound ? BOUND : 0);
    page[at + PARENT] = spec.parentId;
    page[at + BASIS_LOTS] = spec.quantityLots;
    page[at + COOL_DOWN] = spec.coolDownNs;
    page[at + UPDATES] = spec.updatesRuleId;
    page[at + UPDATES_LEVEL] = spec.updatesLevelTicks;
    page[at + PRIORITY] = spec.priority;
    for (int leg = 0; leg < RuleSpec.LEGS_MAX; leg++) {
      page[at + TARGET + leg] = leg < spec.legCount ? spec.targets[leg] : 0;
      page[at + UNITS] |= leg < spec.legCount ? (long) spec.targetUnits[leg].value() << (UNIT_BITS * leg) : 0;
    }
    prioritised += 0 == spec.priority ? 0 : 1;
  }

  private void tie(final int slot) {
    if (null == pages[slot >>> PAGE_SHIFT]) {
      pages[slot >>> PAGE_SHIFT] = new long[STRIDE << PAGE_SHIFT];
      growths++;
    }
    final int accountSlot = rooms.ruleTable.accountSlots[slot];
    final long[] page = page(slot);
    final int at = at(slot);
    Arrays.fill(page, at, at + STRIDE, 0);
    page[at + HANDLE] = NULL_SLOT;
    page[at + NEXT] = NULL_SLOT;
    page[at + PREVIOUS] = last[accountSlot];
    if (NULL_SLOT == last[accountSlot]) {
      first[accountSlot] = slot;
    } else {
      set(last[accountSlot], NEXT, slot);
    }
    last[accountSlot] = slot;
    tiedCount++;
  }

  /** The rule is no more. */
  void close(final int slot) {
    if (!has(slot)) {
      return;
    }
    final int accountSlot = rooms.ruleTable.accountSlots[slot];
    final int next = (int) get(slot, NEXT);
    final int previous = (int) get(slot, PREVIOUS);
    if (NULL_SLOT == previous) {
      first[accountSlot] = next;
    } else {
      set(previous, NEXT, next);
    }
    if (NULL_SLOT == next) {
      last[accountSlot] = previous;
    } else {
      set(next, PREVIOUS, previous);
    }
    if (slot == cursor) {
      cursor = next;
    }
    if (NULL_SLOT != get(slot, HANDLE)) {
      rooms.deadlines.cancel((int) get(slot, HANDLE));
    }
    prioritised -= 0 == priority(slot) ? 0 : 1;
    set(slot, FLAGS, 0);
    tiedCount--;
  }

  /** Pages taken since the start. */
  public int growths() {
    return growths;
  }

  boolean hasPriorities() {
    return prioritised > 0;
  }

  /** Whether any rule of the account is tied. */
  boolean hasAny(final int accountSlot) {
    return NULL_SLOT != first[accountSlot];
  }

  boolean has(final int slot) {
    final long[] page = pages[slot >>> PAGE_SHIFT];
    return null != page && 0 != (page[at(slot) + FLAGS] & TIED);
  }

  int firstOf(final int accountSlot) {
    return first[accountSlot];
  }

  int nextOf(final int slot) {
    return (int) get(slot, NEXT);
  }

  /** A position, a holding or an order of the account changed. */
  void touched(final int accountSlot) {
    if (NULL_SLOT != first[accountSlot] && !changed.contains(accountSlot)) {
      changed.append(0, accountSlot);
    }
  }

  boolean hasWork() {
    return NULL_SLOT != cursor || NULL_SLOT != changed.first(0);
  }

  /** The next rule to be looked at, or NULL_SLOT when an account has just been done. */
  int take() {
    if (NULL_SLOT == cursor) {
      current = changed.first(0);
      changed.remove(current);
      cursor = first[current];
    }
    final int slot = cursor;
    cursor = NULL_SLOT == slot ? NULL_SLOT : nextOf(slot);
    return slot;
  }

  /** An order is closed: its rules keep how much of it was filled. */
  void parentClosed(final int accountSlot, final long orderId, final long netLots) {
    for (int slot = first[accountSlot]; NULL_SLOT != slot; slot = nextOf(slot)) {
      if (orderId == get(slot, PARENT) && !isParentDone(slot)) {
        set(slot, PARENT_LOTS, netLots);
        set(slot, FLAGS, get(slot, FLAGS) | PARENT_DONE);
        touched(accountSlot);
      }
    }
  }

  RuleAttach attach(final int slot) {
    return has(slot) ? RuleAttach.get((short) (get(slot, FLAGS) & ATTACH_BITS)) : RuleAttach.NONE;
  }

  /** PENDING for its order: no clock starts it. */
  boolean waits(final int slot) {
    return has(slot) && 0 != (get(slot, FLAGS) & WAITS);
  }

  void waitsNoMore(final int slot) {
    set(slot, FLAGS, get(slot, FLAGS) & ~(long) WAITS);
  }

  boolean isParentDone(final int slot) {
    return 0 != (get(slot, FLAGS) & PARENT_DONE);
  }

  /** Lives and dies with a position: that of its epoch. */
  boolean isBound(final int slot) {
    return has(slot) && 0 != (get(slot, FLAGS) & BOUND);
  }

  void bind(final int slot) {
    set(slot, FLAGS, get(slot, FLAGS) | BOUND);
  }

  long parentId(final int slot) {
    return get(slot, PARENT);
  }

  /** What the order left when it was closed. */
  long parentLots(final int slot) {
    return get(slot, PARENT_LOTS);
  }

  /** The quantity that was asked for; 0: a share. */
  long basisLots(final int slot) {
    return get(slot, BASIS_LOTS);
  }

  void basisLots(final int slot, final long lots) {
    set(slot, BASIS_LOTS, lots);
  }

  long coolDownNs(final int slot) {
    return get(slot, COOL_DOWN);
  }

  long coolUntilNs(final int slot) {
    return get(slot, COOL_UNTIL);
  }

  void coolUntilNs(final int slot, final long timeNs) {
    set(slot, COOL_UNTIL, timeNs);
  }

  long updatesRuleId(final int slot) {
    return has(slot) ? get(slot, UPDATES) : 0;
  }

  int updatesLevelTicks(final int slot) {
    return (int) get(slot, UPDATES_LEVEL);
  }

  int priority(final int slot) {
    return has(slot) ? (int) get(slot, PRIORITY) : 0;
  }

  /** The rule is deaf until its pause is over. */
  void pause(final int slot) {
    set(slot, PAUSED, 1);
    set(slot, HANDLE,
        rooms.deadlines.add(coolUntilNs(slot), rooms.rules.ruleId(slot), Rooms.COOLED_DOWN, slot));
  }

  boolean isPaused(final int slot) {
    return 0 != get(slot, PAUSED);
  }

  void endPause(final int slot) {
    rooms.deadlines.cancel((int) get(slot, HANDLE));
    pauseIsOver(slot);
  }

  void pauseIsOver(final int slot) {
    set(slot, PAUSED, 0);
    set(slot, HANDLE, NULL_SLOT);
  }

  /** The profit or loss that the leg waits for; 0: its level is its own. */
  long target(final int slot, final int leg) {
    return get(slot, TARGET + leg);
  }

  TargetUnit targetUnit(final int slot, final int leg) {
    return TargetUnit.get((short) ((get(slot, UNITS) >>> (UNIT_BITS * leg)) & ATTACH_BITS));
  }

  boolean hasTargets(final int slot) {
    return 0 != (get(slot, TARGET) | get(slot, TARGET + 1) | get(slot, TARGET + 2) | get(slot, TARGET + 3));
  }

  private long[] page(final int slot) {
    final long[] page = pages[slot >>> PAGE_SHIFT];
    if (null == page) {
      throw new IllegalStateException("the rule is tied to nothing: " + slot);
    }
    return page;
  }

  private long get(final int slot, final int fact) {
    return page(slot)[at(slot) + fact];
  }

  private void set(final int slot, final int fact, final long value) {
    page(slot)[at(slot) + fact] = value;
  }

  private static int at(final int slot) {
    return (slot & PAGE_MASK) * STRIDE;
  }

  @Override
  public int componentId() {
    return 2053;
  }

  @Override
  public String componentName() {
    return "relations";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (0 == tiedCount) {
      return;
    }
    sink.putInt(tiedCount);
    for (int accountSlot = 0; accountSlot < rooms.risk.accountCount(); accountSlot++) {
      for (int slot = first[accountSlot]; NULL_SLOT != slot; slot = nextOf(slot)) {
        sink.putLong(rooms.rules.ruleId(slot));
        for (int fact = 0; fact < SAVED; fact++) {
          sink.putLong(get(slot, fact));
        }
      }
    }
  }

  /** The rules must have been loaded. */
  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int slot = rooms.rules.slotOf(source.getLong());
      tie(slot);
      for (int fact = 0; fact < SAVED; fact++) {
        set(slot, fact, source.getLong());
      }
      prioritised += 0 == priority(slot) ? 0 : 1;
      if (isPaused(slot)) {
        pause(slot);
      }
    }
  }
}
