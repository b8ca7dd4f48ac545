package io.gavel.engine.replay;

import io.gavel.codecs.sbe.AlgoMove;
import io.gavel.codecs.sbe.AlgoReason;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleAction;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.egress.NamingHook;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells, by replaying a journal, why a rule fired or how near it came, what became of an order, and what one command
 * did. Stories hold the engine's whole numbers; whoever shows them knows the names and the decimals. Reads only.
 */
public final class Explanation {

  /** Slippage of something that was not filled. */
  public static final long NULL_SLIPPAGE = Long.MIN_VALUE;

  private static final long BPS_E2 = 1_000_000L;

  private Explanation() {
  }

  /** How near a price came to a level, or to the activation of a trailing stop that sleeps. */
  public record NearMiss(
      long sequence, long timeNs, long priceUnits, int referenceTicks, int levelTicks, int distanceTicks,
      boolean isActivation) {
  }

  /** One leg as armed last; {@code nearest} is null when it never had a price beside a level. */
  public record LegStory(
      RuleKind kind, PriceSource source, int levelTicks, int trailRatioE8, int trailSpreadTicks, int activationTicks,
      int childLimitTicks, int protectionBps, @Nullable NearMiss nearest) {
  }

  /** One step in the life of a rule. */
  public record RuleStep(
      long sequence, long timeNs, RuleState from, RuleState to, ReasonCode reason, long remainingLots) {
  }

  /** The evidence of one firing, and the command that caused it. */
  public record Firing(
      long sequence, long timeNs, int version, int legIndex, RuleKind kind, PriceSource source, long priceUnits,
      int referenceTicks, int levelTicks, int extremumTicks, int protectionTicks, long causeSequence,
      int causeTemplateId) {
  }

  /** One fill of an order that is told about. */
  public record FillStory(
      long sequence, long timeNs, int priceTicks, long lots, long notionalUnits, long feeUnits, boolean isMaker,
      long counterparty) {
  }

  /** An order from its command to its end; {@code refusal} null: accepted, {@code closeReason} null: still open. */
  public record OrderStory(
      long orderId, long ruleId, String clOrdId, long account, int instrumentId, Side side, OrdType ordType,
      int limitTicks, long quantityLots, long quoteAmountUnits, long sequence, long timeNs,
      @Nullable ReasonCode refusal, List<FillStory> fills, @Nullable ReasonCode closeReason, long closeSequence,
      long closeTimeNs, long filledLots, long cancelledLots, long filledNotionalUnits, long feeUnits) {

    /** How much worse than {@code referenceTicks}, in 1/100 of 1/10,000, rounded towards worse; negative: better. */
    public long slippageBpsE2(final int referenceTicks) {
      return Explanation.slippageBpsE2(side, referenceTicks, fills);
    }
  }

  /**
   * What an order that is worked over time did, and why.
   *
   * @param orderId     of the order it placed; 0: none
   * @param workingLots in open orders, that one included
   * @param nextTimeNs  when it looks again at the latest; 0: never
   */
  public record WorkStep(
      long sequence, long timeNs, RuleAction action, int step, AlgoMove what, AlgoReason why, long orderId, long lots,
      int limitTicks, long filledLots, long workingLots, long totalLots, long nextTimeNs) {
  }

  /** A rule from its arming to where the journal ends; {@code refusal} null: it was armed. */
  public record RuleStory(
      long ruleId, String clRuleId, long account, int instrumentId, Side side, long quantityLots, int version,
      long armSequence, long armTimeNs, @Nullable ReasonCode refusal, RuleState state, List<LegStory> legs,
      List<RuleStep> steps, List<Firing> firings, List<OrderStory> orders, List<WorkStep> work) {

    /** As {@link OrderStory#slippageBpsE2}, over the fills of all its orders. */
    public long slippageBpsE2(final int referenceTicks) {
      return Explanation.slippageBpsE2(
          side, referenceTicks, orders.stream().flatMap(order -> order.fills().stream()).toList());
    }
  }

  /** One frame: what was asked, the answer, and copies of its bytes and events for whoever shows them. */
  public record FrameStory(
      long sequence, long timeNs, int templateId, ReasonCode code, long id, FrameBytes frame,
      List<FrameBytes> events) {
  }

  /** Every rule of {@code dir} that has this id or client id, in order of arming. */
  public static List<RuleStory> rules(final Path dir, final String key, final NamingHook naming) {
    final StoryCollector collector = StoryCollector.ofRules(key, naming);
    Replayer.replay(dir, collector);
    return collector.ruleStories();
  }

  /** The client ids, or else the ids, of all rules of {@code dir} that were armed or refused, sorted. */
  public static SortedSet<String> ruleNames(final Path dir) {
    final RuleNames names = new RuleNames();
    Replayer.replay(dir, names);
    return names.names();
  }

  /** Every order of {@code dir} that has this id or client id, in order of arrival. */
  public static List<OrderStory> orders(final Path dir, final String key, final NamingHook naming) {
    final StoryCollector collector = StoryCollector.ofOrders(key, naming);
    Replayer.replay(dir, collector);
    return collector.orderStories();
  }

  /**
   * What became of an account on margin; null when the journal does not know it.
   *
   * @param account its id, 0 while the journal has not named it: asked in front of each frame
   */
  public static @Nullable MarginStory margin(final Path dir, final LongSupplier account, final NamingHook naming) {
    final MarginCollector collector = new MarginCollector(account, naming);
    Replayer.replay(dir, collector);
    return collector.story();
  }

  /** The frame at {@code sequence}; null when the journal does not reach it. */
  public static @Nullable FrameStory frame(final Path dir, final long sequence, final NamingHook naming) {
    final FrameCollector collector = new FrameCollector(sequence, naming);
    Replayer.replay(dir, sequence, collector);
    return collector.story();
  }

  static long slippageBpsE2(final Side side, final int referenceTicks, final List<FillStory> fills) {
    long lots = 0;
    BigInteger paid = BigInteger.ZERO;
    for (final FillStory fill : fills) {
      lots = Math.addExact(lots, fill.lots());
      paid = paid.add(BigInteger.valueOf(fill.priceTicks()).multiply(BigInteger.valueOf(fill.lots())));
    }
    if (0 == lots || referenceTicks <= 0) {
      return NULL_SLIPPAGE;
    }
    final BigInteger fair = BigInteger.valueOf(referenceTicks).multiply(BigInteger.valueOf(lots));
    final BigInteger worse = Side.SELL == side ? fair.subtract(paid) : paid.subtract(fair);
    final BigInteger[] bps = worse.multiply(BigInteger.valueOf(BPS_E2)).divideAndRemainder(fair);
    return bps[0].longValueExact() + (bps[1].signum() > 0 ? 1 : 0);
  }
}
