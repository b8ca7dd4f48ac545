package io.gavel.engine.core;

import io.gavel.codecs.Invariants;
import org.agrona.BitUtil;

/**
 * What the core still owes the frame in work, first in, first out; empty between frames. A rule is in here at most
 * twice (fired, then sent), an instrument once for its mark and once for its tokens, so the capacity follows from
 * theirs.
 */
final class FollowUps {

  /** What a follow-up does; its payload is a slot or an instrument. */
  enum Kind {
    TAPE_BID, TAPE_ASK, RULE_FIRED, RULE_SEND, RULE_RESEND, RULE_LIFT, MASS_CANCEL_ORDERS, MASS_CANCEL_RULES,
    BOOKS_CHANGED, UNCROSS, DISCONNECT, SETTLE_INSTRUMENT, MARK_FOLLOWS, EXPIRE_ORDERS, EXPIRE_RULES, EXPIRE_POSITIONS,
    TOKENS_FOLLOW, ALGO_STEP, HEDGE
  }

  private static final int WIDTH = 5;

  private final int mask;
  private final Kind[] kinds;
  private final int[] facts;
  private long head;
  private long tail;

  FollowUps(final int rulesMax, final int instrumentsMax) {
    final int capacity = BitUtil.findNextPositivePowerOfTwo(3 * rulesMax + 4 * instrumentsMax + 16);
    mask = capacity - 1;
    kinds = new Kind[capacity];
    facts = new int[capacity * WIDTH];
  }

  boolean isEmpty() {
    return head == tail;
  }

  void add(final Kind kind, final int payload) {
    add(kind, payload, 0, 0, 0, 0);
  }

  /** A firing with its evidence. */
  void add(final Kind kind, final int payload, final int legIndex, final int referenceTicks, final int levelTicks,
      final int extremumTicks) {
    Invariants.check(tail - head <= mask, "follow-ups overfull: held, capacity", tail - head, mask + 1L);
    final int at = (int) tail & mask;
    kinds[at] = kind;
    facts[at * WIDTH] = payload;
    facts[at * WIDTH + 1] = legIndex;
    facts[at * WIDTH + 2] = referenceTicks;
    facts[at * WIDTH + 3] = levelTicks;
    facts[at * WIDTH + 4] = extremumTicks;
    tail++;
  }

  Kind kind() {
    return kinds[(int) head & mask];
  }

  int payload() {
    return fact(0);
  }

  int legIndex() {
    return fact(1);
  }

  int referenceTicks() {
    return fact(2);
  }

  int levelTicks() {
    return fact(3);
  }

  int extremumTicks() {
    return fact(4);
  }

  /** Moves the cursor of a follow-up that takes several steps; it shares the place of a firing's reference. */
  void cursor(final int cursor) {
    facts[((int) head & mask) * WIDTH + 2] = cursor;
  }

  void removeFirst() {
    head++;
  }

  private int fact(final int index) {
    return facts[((int) head & mask) * WIDTH + index];
  }
}
