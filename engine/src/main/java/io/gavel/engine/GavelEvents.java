package io.gavel.engine;

import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.CapacityChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CoolingOffDecoder;
import io.gavel.codecs.sbe.FundingSettledDecoder;
import io.gavel.codecs.sbe.HaltChangedDecoder;
import io.gavel.codecs.sbe.HouseFundChangedDecoder;
import io.gavel.codecs.sbe.InstrumentSettledDecoder;
import io.gavel.codecs.sbe.InterestSettledDecoder;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.MarginChangedDecoder;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.OrderAmendedDecoder;
import io.gavel.codecs.sbe.OrderClosedDecoder;
import io.gavel.codecs.sbe.PositionChangedDecoder;
import io.gavel.codecs.sbe.PriceChangedDecoder;
import io.gavel.codecs.sbe.PriceStateChangedDecoder;
import io.gavel.codecs.sbe.ProposalChangedDecoder;
import io.gavel.codecs.sbe.RemediedDecoder;
import io.gavel.codecs.sbe.RuleArmedDecoder;
import io.gavel.codecs.sbe.RuleStateChangedDecoder;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.SessionChangedDecoder;
import io.gavel.codecs.sbe.TokenIssuedDecoder;
import io.gavel.codecs.sbe.TokenRebalancedDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.journal.DurabilityLevel;
import org.agrona.DirectBuffer;

/**
 * What a host hears. Called on the engine's thread, in the order of (sequence, index), after the command is committed.
 * Decoders and buffers are reused: copy what must outlive the call. Commands may be offered from here; driving,
 * querying or closing the engine may not. A throwing handler halts the engine.
 */
public interface GavelEvents {

  /** Hears nothing. */
  GavelEvents NONE = new GavelEvents() { };

  /** Every event, before its typed method; the bytes are an {@code EventDescriptor} record. */
  default void onEvent(final DirectBuffer buffer, final int offset, final int length) {
  }

  /**
   * Exactly one for each command, the first of its events, with what the command had survived before this was said: an
   * acknowledgement to be passed on together with its level. Hands on to {@link #onAnswer(CommandAnswerDecoder)}.
   */
  default void onAnswer(final CommandAnswerDecoder answer, final DurabilityLevel committedAt) {
    onAnswer(answer);
  }

  /** As {@link #onAnswer(CommandAnswerDecoder, DurabilityLevel)}, for who knows the level of the launch. */
  default void onAnswer(final CommandAnswerDecoder answer) {
  }

  default void onOrderAccepted(final OrderAcceptedDecoder order) {
  }

  default void onTrade(final TradeDecoder trade) {
  }

  default void onOrderClosed(final OrderClosedDecoder order) {
  }

  default void onOrderAmended(final OrderAmendedDecoder order) {
  }

  default void onChildRefused(final ChildRefusedDecoder child) {
  }

  default void onBalanceChanged(final BalanceChangedDecoder balance) {
  }

  default void onRuleArmed(final RuleArmedDecoder rule) {
  }

  default void onRuleStateChanged(final RuleStateChangedDecoder rule) {
  }

  /** A rule fired; its evidence. */
  default void onTrigger(final RuleTriggeredDecoder evidence) {
  }

  default void onPriceChanged(final PriceChangedDecoder price) {
  }

  /** A mark or index counts for more or for less than before, or a source was excluded or readmitted. */
  default void onPriceStateChanged(final PriceStateChangedDecoder price) {
  }

  /** An interval of a perpetual is over: what its lots owe by now. */
  default void onFundingSettled(final FundingSettledDecoder funding) {
  }

  /** An interval of an asset is over: what borrowers owe by now, and lenders get. */
  default void onInterestSettled(final InterestSettledDecoder interest) {
  }

  default void onHaltChanged(final HaltChangedDecoder halt) {
  }

  /** A market opened, was called, halted, limited or closed; or its call phase was prolonged. */
  default void onSessionChanged(final SessionChangedDecoder session) {
  }

  /** At which price an auction would trade now; or, with {@code uncrossed}, did. */
  default void onAuctionPrice(final AuctionPriceDecoder auction) {
  }

  /** An operator made room for more orders. */
  default void onCapacityChanged(final CapacityChangedDecoder capacity) {
  }

  /**
   * The disk ran short, or has room again; the core knows: it takes no new risk meanwhile, cancels and auto-sell go on.
   * Not an event of the journal's, which has the command: a launch on a disk that is short says it again.
   */
  default void onDegraded(final boolean on, final long usableBytes) {
  }

  /** A command that needs two people was proposed, approved, rejected, done, refused, or expired. */
  default void onProposalChanged(final ProposalChangedDecoder proposal) {
  }

  /** A position in a contract traded, was settled, or was given other margin. */
  default void onPositionChanged(final PositionChangedDecoder position) {
  }

  /** New margin terms of a contract hold for so many more accounts. */
  default void onMarginChanged(final MarginChangedDecoder margin) {
  }

  /** What was done to a position, or by one, because an account's equity fell below its maintenance margin. */
  default void onLiquidationStep(final LiquidationStepDecoder step) {
  }

  /** Money of the house came or went by command. */
  default void onHouseFundChanged(final HouseFundChangedDecoder fund) {
  }

  /** A contract has ended. */
  default void onInstrumentSettled(final InstrumentSettledDecoder settled) {
  }

  /** An account, or of account 0 a market, takes no new risk until the time it names. */
  default void onCoolingOff(final CoolingOffDecoder cooling) {
  }

  /** A leveraged token is at its target again. */
  default void onTokenRebalanced(final TokenRebalancedDecoder token) {
  }

  /** Tokens, or shares in their pool, were given out or taken back. */
  default void onTokenIssued(final TokenIssuedDecoder token) {
  }

  /** A rule that works its order over time did something, or waits for another reason than before. */
  default void onAlgoStep(final AlgoStepDecoder step) {
  }

  /** What one side of a trade that was wrong got back or gave back, or what an account was paid for harm. */
  default void onRemedied(final RemediedDecoder remedied) {
  }

  /** The engine met a fault and has stopped for good; called once. The journal is sealed, the process lives. */
  default void onHalt(final Throwable cause) {
  }
}
