package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.AlgoStepDecoder;
import io.gavel.codecs.sbe.AuctionPriceDecoder;
import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.BalanceChangedDecoder;
import io.gavel.codecs.sbe.CapacityChangedDecoder;
import io.gavel.codecs.sbe.ChildRefusedDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CoolingOffDecoder;
import io.gavel.codecs.sbe.EventHeaderDecoder;
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
import io.gavel.codecs.sbe.TapePrintDecoder;
import io.gavel.codecs.sbe.TokenIssuedDecoder;
import io.gavel.codecs.sbe.TokenRebalancedDecoder;
import io.gavel.codecs.sbe.TradeDecoder;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The journal as people read it: one line per event, per command refused, and per command that has no event of its own
 * (registries, fees, limits), in order of sequence. A line is time (ISO-8601, UTC, nanoseconds), sequence.index,
 * account and a sentence, two blanks apart; the same journal gives the same bytes everywhere. Keeps one line at a time,
 * however long the journal. One thread.
 */
public final class ExecutionLog {

  private ExecutionLog() {
  }

  /**
   * How to write.
   *
   * @param withTapePrints whether the prints of a tape have lines too; there are many
   */
  public record Options(ReasonTexts.Language language, boolean withTapePrints) {
  }

  /**
   * Replays {@code dir} up to and including {@code toSequence} and appends the lines to {@code out}.
   *
   * @param names a directory that nothing has been told yet
   * @throws UncheckedIOException when {@code out} refuses a line, else as {@link Replayer#replay}
   */
  public static ReplayResult write(
      final Path dir, final long toSequence, final Options options, final JournalNames names, final Appendable out) {
    return Replayer.replay(dir, toSequence, new Writer(options, names, out));
  }

  /** Turns what a replay shows into lines. */
  private static final class Writer implements ReplayListener {

    private final boolean withTapePrints;
    private final JournalNames names;
    private final Appendable out;
    private final LogLine line;
    private final CommandSentences commands;
    private final OrderSentences orders;
    private final RuleSentences rules;
    private final SessionSentences sessions;
    private final SecuritySentences security;
    private final PriceSentences prices;
    private final LiquidationSentences liquidations;
    private final LimitSentences limits;
    private final TokenSentences tokens;
    private final MarginSentences margins;
    private final RemedySentences remedies;
    private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
    private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
    private final TradeDecoder trade = new TradeDecoder();
    private final OrderClosedDecoder closed = new OrderClosedDecoder();
    private final OrderAmendedDecoder amended = new OrderAmendedDecoder();
    private final ChildRefusedDecoder refused = new ChildRefusedDecoder();
    private final BalanceChangedDecoder balance = new BalanceChangedDecoder();
    private final RuleArmedDecoder armed = new RuleArmedDecoder();
    private final RuleStateChangedDecoder changed = new RuleStateChangedDecoder();
    private final RuleTriggeredDecoder triggered = new RuleTriggeredDecoder();
    private final PriceChangedDecoder price = new PriceChangedDecoder();
    private final PriceStateChangedDecoder priceState = new PriceStateChangedDecoder();
    private final FundingSettledDecoder funding = new FundingSettledDecoder();
    private final InterestSettledDecoder interest = new InterestSettledDecoder();
    private final HaltChangedDecoder halt = new HaltChangedDecoder();
    private final PositionChangedDecoder position = new PositionChangedDecoder();
    private final MarginChangedDecoder margin = new MarginChangedDecoder();
    private final LiquidationStepDecoder liquidation = new LiquidationStepDecoder();
    private final HouseFundChangedDecoder fund = new HouseFundChangedDecoder();
    private final InstrumentSettledDecoder settled = new InstrumentSettledDecoder();
    private final CoolingOffDecoder cooling = new CoolingOffDecoder();
    private final TokenRebalancedDecoder rebalanced = new TokenRebalancedDecoder();
    private final TokenIssuedDecoder issued = new TokenIssuedDecoder();
    private final AlgoStepDecoder algoStep = new AlgoStepDecoder();
    private final SessionChangedDecoder session = new SessionChangedDecoder();
    private final CapacityChangedDecoder capacity = new CapacityChangedDecoder();
    private final ProposalChangedDecoder proposal = new ProposalChangedDecoder();
    private final AuctionPriceDecoder auction = new AuctionPriceDecoder();
    private final RemediedDecoder remedied = new RemediedDecoder();
    private final EventHeaderDecoder header = new EventHeaderDecoder();
    private int frameTemplateId;
    private @Nullable IOException failure;

    Writer(final Options options, final JournalNames names, final Appendable out) {
      this.withTapePrints = options.withTapePrints();
      this.names = names;
      this.out = out;
      line = new LogLine(names, options.language());
      sessions = new SessionSentences(line);
      security = new SecuritySentences(line);
      prices = new PriceSentences(line);
      liquidations = new LiquidationSentences(line);
      limits = new LimitSentences(line);
      margins = new MarginSentences(line);
      tokens = new TokenSentences(line);
      commands = new CommandSentences(line, sessions, security, prices, liquidations, limits, margins, tokens);
      remedies = new RemedySentences(line);
      orders = new OrderSentences(line);
      rules = new RuleSentences(line);
    }

    @Override
    public void beforeFrame(
        final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
      line.machine(machine);
      commands.frame(buffer, offset, length);
      frameTemplateId = FrameFlyweight.templateIdOf(buffer, offset);
    }

    @Override
    public void onNaming(final DirectBuffer buffer, final int offset, final boolean accepting) {
      names.onFrame(buffer, offset, accepting);
    }

    @Override
    public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
      render(buffer, offset);
      try {
        if (null == failure && line.text().length() > 0) {
          out.append(line.text());
        }
      } catch (final IOException ex) {
        // Thrown from here it would pass for a fault of the core.
        failure = ex;
      }
    }

    @Override
    public void afterFrame(
        final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
      if (null != failure) {
        throw new UncheckedIOException("the execution log cannot be written", failure);
      }
    }

    private void render(final DirectBuffer buffer, final int offset) {
      final int body = offset + EventDescriptor.HEADER_LENGTH;
      final int block = EventKey.blockLength(buffer, offset);
      final int version = EventKey.version(buffer, offset);
      header.wrap(buffer, body);
      final String sentence = switch (EventKey.templateId(buffer, offset)) {
        case CommandAnswerDecoder.TEMPLATE_ID -> commands.answered(answer.wrap(buffer, body, block, version));
        case OrderAcceptedDecoder.TEMPLATE_ID -> orders.accepted(accepted.wrap(buffer, body, block, version));
        case TradeDecoder.TEMPLATE_ID -> orders.traded(trade.wrap(buffer, body, block, version));
        case OrderClosedDecoder.TEMPLATE_ID -> orders.closed(closed.wrap(buffer, body, block, version));
        case OrderAmendedDecoder.TEMPLATE_ID -> orders.amended(amended.wrap(buffer, body, block, version));
        case ChildRefusedDecoder.TEMPLATE_ID -> rules.childRefused(refused.wrap(buffer, body, block, version));
        case BalanceChangedDecoder.TEMPLATE_ID -> balance(balance.wrap(buffer, body, block, version));
        case RuleArmedDecoder.TEMPLATE_ID -> rules.armed(armed.wrap(buffer, body, block, version));
        case RuleStateChangedDecoder.TEMPLATE_ID -> rules.changed(changed.wrap(buffer, body, block, version));
        case RuleTriggeredDecoder.TEMPLATE_ID -> rules.triggered(triggered.wrap(buffer, body, block, version));
        case PriceChangedDecoder.TEMPLATE_ID -> price(price.wrap(buffer, body, block, version));
        case PriceStateChangedDecoder.TEMPLATE_ID -> prices.changed(priceState.wrap(buffer, body, block, version));
        case FundingSettledDecoder.TEMPLATE_ID -> prices.settled(funding.wrap(buffer, body, block, version));
        case InterestSettledDecoder.TEMPLATE_ID -> prices.settled(interest.wrap(buffer, body, block, version));
        case HaltChangedDecoder.TEMPLATE_ID -> halt(halt.wrap(buffer, body, block, version));
        case SessionChangedDecoder.TEMPLATE_ID -> sessions.changed(session.wrap(buffer, body, block, version));
        case CapacityChangedDecoder.TEMPLATE_ID -> capacity(capacity.wrap(buffer, body, block, version));
        case RemediedDecoder.TEMPLATE_ID -> remedies.told(remedied.wrap(buffer, body, block, version));
        case ProposalChangedDecoder.TEMPLATE_ID ->
            security.changed(proposal.wrap(buffer, body, block, version), commands.command());
        case AuctionPriceDecoder.TEMPLATE_ID -> sessions.price(auction.wrap(buffer, body, block, version));
        default -> contractSentence(buffer, offset);
      };
      set(sentence);
    }

    private void set(final @Nullable String sentence) {
      if (null == sentence) {
        line.clear();
      } else {
        line.set(header, sentence);
      }
    }

    private String contractSentence(final DirectBuffer buffer, final int offset) {
      final int body = offset + EventDescriptor.HEADER_LENGTH;
      final int block = EventKey.blockLength(buffer, offset);
      final int version = EventKey.version(buffer, offset);
      return switch (EventKey.templateId(buffer, offset)) {
        case PositionChangedDecoder.TEMPLATE_ID -> margins.changed(position.wrap(buffer, body, block, version));
        case MarginChangedDecoder.TEMPLATE_ID -> margins.changed(margin.wrap(buffer, body, block, version));
        case LiquidationStepDecoder.TEMPLATE_ID -> liquidations.step(liquidation.wrap(buffer, body, block, version));
        case HouseFundChangedDecoder.TEMPLATE_ID -> liquidations.changed(fund.wrap(buffer, body, block, version));
        case InstrumentSettledDecoder.TEMPLATE_ID -> liquidations.settled(settled.wrap(buffer, body, block, version));
        case CoolingOffDecoder.TEMPLATE_ID -> limits.cooling(cooling.wrap(buffer, body, block, version));
        case TokenRebalancedDecoder.TEMPLATE_ID -> tokens.rebalanced(rebalanced.wrap(buffer, body, block, version));
        case TokenIssuedDecoder.TEMPLATE_ID -> tokens.issued(issued.wrap(buffer, body, block, version));
        case AlgoStepDecoder.TEMPLATE_ID -> rules.worked(algoStep.wrap(buffer, body, block, version));
        default -> line.say("unknown", EventKey.templateId(buffer, offset));
      };
    }

    private String capacity(final CapacityChangedDecoder change) {
      final String orders = line.say("capacity.orders", change.ordersMax());
      return 0 == change.tradesKept() ? orders
          : line.say("capacity.both", orders, line.say("capacity.trades", change.tradesKept()));
    }

    private String balance(final BalanceChangedDecoder change) {
      final int assetId = change.assetId();
      // Told as what was held or taken away, so without a sign.
      final boolean away = BalanceCause.HOLD == change.cause() || BalanceCause.SETTLE == change.cause();
      return line.say("balance", line.word(change.cause()),
          line.amount(assetId, away ? -change.changeUnits() : change.changeUnits()),
          names.amountText(assetId, change.freeUnits()), names.amountText(assetId, change.heldUnits()),
          0 == change.holdId() ? "" : line.say("balance.ofHold", change.holdId()));
    }

    private @Nullable String price(final PriceChangedDecoder change) {
      final int instrumentId = change.instrumentId();
      final String px = names.markText(instrumentId, change.priceUnits());
      if (TapePrintDecoder.TEMPLATE_ID != frameTemplateId) {
        return line.say("price", line.pair(instrumentId), line.word(change.source()), px);
      }
      return withTapePrints
          ? line.say("print", line.pair(instrumentId), line.size(instrumentId, change.sizeLots()), px) : null;
    }

    private String halt(final HaltChangedDecoder change) {
      return limits.halted(
          change.scope(), change.instrumentId(), change.groupId(), change.on(), change.mode());
    }
  }
}
