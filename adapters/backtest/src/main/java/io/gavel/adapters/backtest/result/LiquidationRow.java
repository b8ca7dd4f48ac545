package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.Side;
import org.jspecify.annotations.Nullable;

/**
 * One step of a liquidation; what a stage has no use for is 0 or empty.
 *
 * @param causeSequence    of the command by whose price or effect the account fell short
 * @param account          whose position it is
 * @param instId           empty: the step is about the account as a whole
 * @param side             of the position's closing; null: nothing was closed
 * @param lots             closed, taken over or deleveraged
 * @param markTicks        the mark at that sequence
 * @param priceTicks       at which it was closed, to the nearest tick; of a takeover the bankruptcy price
 * @param equityUnits      of the account, in front of the step
 * @param maintenanceUnits of the account, in front of the step
 * @param fundUnits        what the step did to the fund of the stage: below zero, it paid
 */
public record LiquidationRow(
    long timeNs,
    long sequence,
    int index,
    long causeSequence,
    String account,
    String instId,
    Stage stage,
    @Nullable Side side,
    long lots,
    int markTicks,
    int priceTicks,
    long equityUnits,
    long maintenanceUnits,
    long fundUnits) {

  /** Where the waterfall stands; money of a fund is a step of its own. */
  public enum Stage {
    /** Equity fell below what must be there: the waterfall begins. */
    STARTED,
    /** Resting orders were cancelled, and what they had locked counts again. */
    ORDERS_CANCELLED,
    /** A part of the position was sent to the book. */
    REDUCING,
    /** The book had no more to give: the next part comes later. */
    PAUSED,
    /** The mark is not good enough to take anything away: it goes on when it is. */
    AWAITING_PRICE,
    /** The backstop account took the rest over, at the price at which nothing is left. */
    TAKEN_OVER,
    /** The insurance fund paid what was missing. */
    INSURANCE,
    /** The backstop's own fund paid what was missing. */
    BACKSTOP,
    /** Profitable positions of the other side were closed against the rest. */
    DELEVERAGED,
    /** What nobody covered was shared out. */
    SOCIALISED,
    /** The account is above its requirement again, or has nothing left to close. */
    ENDED
  }

  /** The margin at the step. */
  public MarginPoint margin() {
    return new MarginPoint(timeNs, equityUnits, maintenanceUnits, maintenanceUnits);
  }
}
