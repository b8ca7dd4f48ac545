package io.gavel.adapters.backtest.scenario;

import io.gavel.adapters.backtest.tape.IntrabarPath;
import io.gavel.adapters.backtest.tape.TapeInput;
import io.gavel.adapters.backtest.tape.ZeroSize;
import io.gavel.codecs.sbe.AlgoBasis;
import io.gavel.codecs.sbe.AlgoEnd;
import io.gavel.codecs.sbe.AlgoSizes;
import io.gavel.codecs.sbe.ArmPolicy;
import io.gavel.codecs.sbe.ExpiryAction;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReviewDefault;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.Side;
import io.gavel.codecs.sbe.TargetUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A checked scenario: what to replay, on which market, for whom and with which rules. Prices and sizes are the decimal
 * text of the file, known to fit the instrument.
 *
 * @param seed       told in the results; nothing in a run is random
 * @param contract   what the instrument is besides; null: spot
 * @param configHash SHA-256 of the effective scenario, overrides applied and keys sorted, hexadecimal
 */
public record Scenario(
    String name,
    String description,
    long seed,
    Data data,
    Market market,
    Venue venue,
    @Nullable ContractSpec contract,
    List<AccountSpec> accounts,
    List<RuleSpec> rules,
    List<OrderSpec> orders,
    ReportSpec report,
    String configHash) {

  /** At once: before the first row of the tape. */
  public static final long AT_START = 0;

  /** The tapes, trades before bars before prices, each in the order of the file. */
  public record Data(
      List<TapeInput> trades, List<TapeInput> klines, List<TapeInput> mark, List<TapeInput> index,
      List<SourceTape> sources, ZeroSize zeroSize, IntrabarPath path) {
  }

  /** What one source of an index said; {@code confidenceE8}: how sure it is of itself. */
  public record SourceTape(int id, TapeInput input, int confidenceE8) {
  }

  /** The one instrument. */
  public record Market(
      String instId,
      String baseSymbol,
      String quoteSymbol,
      String tickSz,
      String lotSz,
      long tickSizeE10,
      long lotSizeE10,
      int baseScale,
      int quoteScale,
      String makerFee,
      String takerFee,
      FeeAsset feeAsset,
      int protectionBps) {
  }

  /**
   * How the tape's liquidity meets our orders.
   *
   * @param shareE8           part of each print's size that is offered on both sides
   * @param slippageTicks     how much worse than the print the quotes are
   * @param activationDelayNs how long a fired rule's order takes to arrive
   * @param loop              how many times the tapes are played
   */
  public record Venue(int shareE8, int slippageTicks, long activationDelayNs, int loop) {
  }

  /** What secures an account's contracts: nothing can be opened; each position by itself; all by all it has. */
  public enum TdMode { CASH, ISOLATED, CROSS }

  /**
   * A user account; deposits by asset symbol, in the order of the file.
   *
   * @param tdMode CASH in spot
   * @param hedged whether it keeps a long and a short position beside each other
   * @param lever  its leverage in the contract; null: what the tiers allow
   */
  public record AccountSpec(
      String name, Map<String, String> deposits, @Nullable String basisPx, TdMode tdMode, boolean hedged,
      @Nullable String lever) {
  }

  /**
   * A rule in the words of the file; null: not said.
   *
   * @param armAtNs {@link #AT_START}, or before the first row at or after this time
   * @param when    a condition as {@link io.gavel.engine.ConditionWords} reads it
   * @param atr     from which its trailing distance is worked out; null: it is said
   * @param work    how its order is worked, or looked at first; null: it is sent at once and whole
   */
  public record RuleSpec(
      String algoClOrdId,
      String acct,
      Side side,
      @Nullable String tpTriggerPx,
      @Nullable String tpOrdPx,
      @Nullable String slTriggerPx,
      @Nullable String slOrdPx,
      @Nullable String callbackRatio,
      @Nullable String callbackSpread,
      @Nullable String callbackOrdPx,
      @Nullable String activePx,
      PriceSource triggerPxType,
      @Nullable String sz,
      @Nullable String closeFraction,
      ArmPolicy armPolicy,
      long armAtNs,
      long startTimeNs,
      long endTimeNs,
      ExpiryAction expiryAction,
      int protectionBps,
      @Nullable Object when,
      @Nullable String whenOrdPx,
      @Nullable Atr atr,
      @Nullable Relation relation,
      @Nullable Work work) {
  }

  /**
   * How the order of a fired rule is worked over time; 0 or null: not said. Which fields go with which action is the
   * reader's.
   *
   * @param action   ORDER: sent whole, after a review
   * @param curve    weights of equal parts of the duration; empty: none
   * @param reviewNs how long a person could look at it, whom a backtest does not have; then the default is done
   */
  public record Work(
      RuleAction action,
      long durationNs,
      long intervalNs,
      long stepNs,
      @Nullable String participation,
      @Nullable String collar,
      @Nullable String depthShare,
      @Nullable String tolerance,
      @Nullable String displaySz,
      @Nullable String forecastSz,
      @Nullable String firstPx,
      @Nullable String lastPx,
      int orderCount,
      AlgoSizes sizes,
      @Nullable String offsetPx,
      int reprices,
      int widerBps,
      AlgoEnd end,
      AlgoBasis basis,
      List<Integer> curve,
      long reviewNs,
      ReviewDefault reviewDefault) {
  }

  /**
   * What ties a rule: to the position it closes, to a profit or a loss of that, to others that fire in one step.
   *
   * @param position whether it is bound to the position
   */
  public record Relation(
      boolean position,
      PositionSide posSide,
      int priority,
      @Nullable String profit,
      TargetUnit profitUnit,
      @Nullable String profitOrdPx,
      @Nullable String loss,
      TargetUnit lossUnit,
      @Nullable String lossOrdPx,
      @Nullable String callbackStep) {
  }

  /**
   * A trailing distance of {@code kE8} times the mean true range of the last {@code bars} finished bars, as it is when
   * the rule is armed; 10^8 is once.
   */
  public record Atr(long kE8, int bars, long barNs) {
  }

  /** Kinds of plain order. */
  public enum OrderKind { LIMIT, POST_ONLY, IOC, FOK, MARKET }

  /** A plain order; null: not said. */
  public record OrderSpec(
      String clOrdId,
      String acct,
      Side side,
      OrderKind kind,
      @Nullable String px,
      @Nullable String sz,
      @Nullable String quoteSz,
      int protectionBps,
      PositionSide posSide,
      boolean reduceOnly,
      long atNs) {
  }

  /** Forms of a table. */
  public enum Format { CSV, JSON }

  /** What a run leaves in its directory besides the journal. */
  public record ReportSpec(boolean html, List<Format> export) {
  }
}
