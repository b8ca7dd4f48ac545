package io.gavel.adapters.market.capture;

import java.util.List;
import java.util.Map;

/**
 * What a check came to.
 *
 * @param records      records read: lines or rows of the capture
 * @param rowsCompared rows of truth that the book was compared with
 * @param rowsWrong    how many of them it does not agree with
 * @param counts       what else was counted, by name, in a fixed order
 * @param differences  the first rows that were wrong, a sentence each
 */
public record CaptureReport(String file, CaptureFormat format, long records, long rowsCompared, long rowsWrong,
    Map<Count, Long> counts, List<String> differences) {

  /** What a check may count besides its rows. */
  public enum Count {
    /** Instruments whose book was followed. */
    BOOKS("books"),
    /** Whole books in the capture. */
    SNAPSHOTS("snapshots"),
    /** Places where messages are missing; nothing is compared from there to the next whole book. */
    GAPS("gaps"),
    /** Rows of truth from before there was a book to compare with. */
    BEFORE_BOOK("beforeBook"),
    /** Rows whose truth is not in the capture. */
    NOT_COMPARED("notCompared"),
    /** Rows whose truth has the very update id of the row; the others have the newest one below it. */
    SAME_ID("sameId"),
    /** Truths older than one before them. */
    STALE("stale"),
    /** Rows compared that are tickers. */
    TICKERS("tickers"),
    /** Rows compared that are matches. */
    MATCHES("matches"),
    /** Rows compared that are events with fills. */
    FILL_EVENTS("fillEvents"),
    /** Rows compared that are levels of the file beside the capture. */
    LEVEL_ROWS("levelRows"),
    /** Levels that came into view and were taken over as they are. */
    REVEALED("revealedLevels"),
    /** Modifies of an order that is not there, which the publisher defines to be new orders. */
    MODIFY_AS_NEW("modifiesAsNew"),
    /** Executions sent through the engine's matching. */
    EXECUTIONS("executions"),
    /** Executions that hit the very order the venue says was hit. */
    HITS("hits"),
    /** Executions of orders from before the capture that hit those orders, which have no name in the book. */
    UNNAMED_HITS("unnamedHits"),
    /** Executions that hit another order. */
    MISSES("misses"),
    /** Messages of other channels, acknowledgements, trades. */
    OTHER("other");

    private final String label;

    Count(final String label) {
      this.label = label;
    }

    /** As in JSON. */
    public String label() {
      return label;
    }
  }
}
