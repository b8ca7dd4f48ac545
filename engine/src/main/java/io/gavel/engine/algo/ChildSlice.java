package io.gavel.engine.algo;

/** The answer to "what now?" for one parent: a holder that is filled again by each {@link AlgoTable#next}. */
public final class ChildSlice {

  /** No time: nothing is due until the market or a child moves. */
  public static final long NEVER_NS = Long.MAX_VALUE;

  private SliceAction action = SliceAction.WAIT;
  private SliceReason reason = SliceReason.NOTHING_DUE;
  private SliceType type = SliceType.TAKE;
  private long lots;
  private int limitTicks;
  private int legIndex;
  private long goodTilNs;
  private long wakeNs;

  public SliceAction action() {
    return action;
  }

  public SliceReason reason() {
    return reason;
  }

  public SliceType type() {
    return type;
  }

  /** Size of the child; 0 unless one is placed. */
  public long lots() {
    return lots;
  }

  /** Worst price of the child; 0 is none. */
  public int limitTicks() {
    return limitTicks;
  }

  /** Which leg, bucket, price or step this child is, from 0. */
  public int legIndex() {
    return legIndex;
  }

  /** When the child expires; never after the parent's end. */
  public long goodTilNs() {
    return goodTilNs;
  }

  /** When to ask again at the latest. */
  public long wakeNs() {
    return wakeNs;
  }

  boolean isPlaced() {
    return SliceAction.PLACE == action || SliceAction.REPLACE == action;
  }

  void pause(final SliceReason why, final long untilNs) {
    set(SliceAction.WAIT, why, 0, 0, 0);
    wakeNs = untilNs;
  }

  void finish(final SliceReason why) {
    set(SliceAction.FINISH, why, 0, 0, 0);
    wakeNs = NEVER_NS;
  }

  void place(final SliceType kind, final long childLots, final int ticks, final int leg) {
    set(SliceAction.PLACE, SliceReason.SCHEDULED, childLots, ticks, leg);
    type = kind;
  }

  void replace(final SliceType kind, final long childLots, final int ticks, final int leg) {
    place(kind, childLots, ticks, leg);
    action = SliceAction.REPLACE;
  }

  void lots(final long childLots) {
    lots = childLots;
  }

  void times(final long goodTil, final long wake) {
    goodTilNs = goodTil;
    wakeNs = wake;
  }

  private void set(final SliceAction next, final SliceReason why, final long childLots, final int ticks,
      final int leg) {
    action = next;
    reason = why;
    lots = childLots;
    limitTicks = ticks;
    legIndex = leg;
    goodTilNs = 0;
  }
}
