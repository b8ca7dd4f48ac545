package io.gavel.engine.replay;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdjustMarginDecoder;
import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedCause;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.OrdType;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.PriceQuoteDecoder;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RedeemTokenDecoder;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.ReviewDecoder;
import io.gavel.codecs.sbe.RevokeKeyDecoder;
import io.gavel.codecs.sbe.SelfExcludeDecoder;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetAccountModeDecoder;
import io.gavel.codecs.sbe.SetAccountProfileDecoder;
import io.gavel.codecs.sbe.SetCollateralDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetFundingDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetLeverageDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetLiquidationDecoder;
import io.gavel.codecs.sbe.SetMarginDecoder;
import io.gavel.codecs.sbe.SetOptionVolatilityDecoder;
import io.gavel.codecs.sbe.SetPoolDecoder;
import io.gavel.codecs.sbe.SetPortfolioMarginDecoder;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.SetPriceRuleDecoder;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetSignalDecoder;
import io.gavel.codecs.sbe.SetTokenDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.codecs.sbe.SettleInstrumentDecoder;
import io.gavel.codecs.sbe.SubscribeTokenDecoder;
import io.gavel.codecs.sbe.TapePrintDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.jspecify.annotations.Nullable;

/** What the execution log says of commands: those refused, and those accepted that no other event tells of. */
final class CommandSentences {

  private final LogLine line;
  private final SessionSentences sessions;
  private final SecuritySentences security;
  private final PriceSentences prices;
  private final LiquidationSentences liquidations;
  private final LimitSentences limits;
  private final TokenSentences tokens;
  private final MarginSentences margins;
  private final RemedySentences remedies;
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);

  CommandSentences(final LogLine line, final SessionSentences sessions, final SecuritySentences security,
      final PriceSentences prices, final LiquidationSentences liquidations, final LimitSentences limits,
      final MarginSentences margins,
      final TokenSentences tokens) {
    this.line = line;
    this.sessions = sessions;
    this.security = security;
    this.prices = prices;
    this.liquidations = liquidations;
    this.limits = limits;
    this.tokens = tokens;
    this.margins = margins;
    remedies = new RemedySentences(line);
  }

  /** The command that will be answered next. */
  void frame(final DirectBuffer buffer, final int offset, final int length) {
    frame.putBytes(0, buffer, offset, length);
  }

  @Nullable String answered(final CommandAnswerDecoder answer) {
    if (Flag.YES == answer.duplicate()) {
      return line.say("command.duplicate", command(), answer.answeredSequence(), line.reason(answer.code()));
    }
    if (ReasonCode.PROPOSED == answer.code()) {
      return null;
    }
    if (ReasonCode.OK != answer.code()) {
      return line.say("command.refused", command(), line.reason(answer.code()));
    }
    return isSilent() ? line.say("command.accepted", command()) : null;
  }

  /** Whether the command, once accepted, has no other event; time that merely passes is not worth a line. */
  private boolean isSilent() {
    return switch (FrameFlyweight.templateIdOf(frame, 0)) {
      case EngineConfigDecoder.TEMPLATE_ID, CreateAssetDecoder.TEMPLATE_ID, CreateInstrumentDecoder.TEMPLATE_ID,
          CreateAccountDecoder.TEMPLATE_ID, SetFeesDecoder.TEMPLATE_ID, SetLimitsDecoder.TEMPLATE_ID,
          MassCancelDecoder.TEMPLATE_ID, DegradedDecoder.TEMPLATE_ID, SetVolatilityGuardDecoder.TEMPLATE_ID,
          CancelAllAfterDecoder.TEMPLATE_ID, CancelOnDisconnectDecoder.TEMPLATE_ID,
          DisconnectDecoder.TEMPLATE_ID, SetAccountLimitsDecoder.TEMPLATE_ID, GrantKeyDecoder.TEMPLATE_ID,
          RevokeKeyDecoder.TEMPLATE_ID, SetSecurityDecoder.TEMPLATE_ID, SetPriceRuleDecoder.TEMPLATE_ID,
          SetFundingDecoder.TEMPLATE_ID, SetLiquidationDecoder.TEMPLATE_ID, SetRiskLimitsDecoder.TEMPLATE_ID,
          SetInterestDecoder.TEMPLATE_ID,
          SetCollateralDecoder.TEMPLATE_ID, SetAccountModeDecoder.TEMPLATE_ID, SetLeverageDecoder.TEMPLATE_ID,
          SetOptionVolatilityDecoder.TEMPLATE_ID, SetPortfolioMarginDecoder.TEMPLATE_ID,
          SetAccountProfileDecoder.TEMPLATE_ID, QuarantineDecoder.TEMPLATE_ID -> true;
      case SetTokenDecoder.TEMPLATE_ID -> 0 == wrap(new SetTokenDecoder()).leverageE8();
      case AdvanceTimeDecoder.TEMPLATE_ID -> 0 != wrap(new AdvanceTimeDecoder()).timeNs();
      default -> false;
    };
  }

  /** The command that was answered last. */
  String command() {
    final int templateId = FrameFlyweight.templateIdOf(frame, 0);
    return switch (templateId) {
      case PlaceOrderDecoder.TEMPLATE_ID -> order(wrap(new PlaceOrderDecoder()));
      case CancelOrderDecoder.TEMPLATE_ID -> {
        final CancelOrderDecoder command = wrap(new CancelOrderDecoder());
        yield line.say("command.CancelOrder", name(command.orderId(), EventWords.text(command.clOrdId())));
      }
      case AmendOrderDecoder.TEMPLATE_ID -> {
        final AmendOrderDecoder command = wrap(new AmendOrderDecoder());
        yield line.say("command.AmendOrder", name(command.orderId(), EventWords.text(command.clOrdId())));
      }
      case MassCancelDecoder.TEMPLATE_ID -> massCancel(wrap(new MassCancelDecoder()));
      case ArmRuleDecoder.TEMPLATE_ID -> rule(wrap(new ArmRuleDecoder()));
      case CancelRuleDecoder.TEMPLATE_ID -> {
        final CancelRuleDecoder command = wrap(new CancelRuleDecoder());
        yield line.say("command.CancelRule", name(command.ruleId(), EventWords.text(command.clRuleId())));
      }
      case AmendRuleDecoder.TEMPLATE_ID -> {
        final AmendRuleDecoder command = wrap(new AmendRuleDecoder());
        yield line.say("command.AmendRule", name(command.ruleId(), EventWords.text(command.clRuleId())));
      }
      case SetPriceDecoder.TEMPLATE_ID -> {
        final SetPriceDecoder command = wrap(new SetPriceDecoder());
        yield line.say("price", line.pair(command.instrumentId()), line.word(command.source()),
            line.names().markText(command.instrumentId(), command.priceUnits()));
      }
      case TapePrintDecoder.TEMPLATE_ID -> {
        final TapePrintDecoder command = wrap(new TapePrintDecoder());
        yield line.say("print", line.pair(command.instrumentId()),
            line.size(command.instrumentId(), command.sizeLots()),
            line.price(command.instrumentId(), command.priceTicks()));
      }
      default -> houseCommand(templateId);
    };
  }

  private String houseCommand(final int templateId) {
    return switch (templateId) {
      case EngineConfigDecoder.TEMPLATE_ID -> config(wrap(new EngineConfigDecoder()));
      case AdvanceTimeDecoder.TEMPLATE_ID ->
          line.say("command.AdvanceTime", line.time(wrap(new AdvanceTimeDecoder()).timeNs()));
      case CreateAssetDecoder.TEMPLATE_ID -> {
        final CreateAssetDecoder command = wrap(new CreateAssetDecoder());
        yield line.say("command.CreateAsset", EventWords.text(command.symbol()), command.scale(), command.assetId());
      }
      case CreateInstrumentDecoder.TEMPLATE_ID -> instrument(wrap(new CreateInstrumentDecoder()));
      case CreateAccountDecoder.TEMPLATE_ID -> {
        final CreateAccountDecoder command = wrap(new CreateAccountDecoder());
        yield line.say("command.CreateAccount", EventWords.text(command.name()), line.word(command.kind()),
            command.header().account());
      }
      case DepositDecoder.TEMPLATE_ID -> {
        final DepositDecoder command = wrap(new DepositDecoder());
        yield line.say("command.Deposit", line.amount(command.assetId(), command.amountUnits()));
      }
      case HoldFundsDecoder.TEMPLATE_ID -> {
        final HoldFundsDecoder command = wrap(new HoldFundsDecoder());
        yield line.say("command.HoldFunds", line.amount(command.assetId(), command.amountUnits()));
      }
      case SettleHoldDecoder.TEMPLATE_ID ->
          line.say("command.SettleHold", wrap(new SettleHoldDecoder()).holdId());
      case ReleaseHoldDecoder.TEMPLATE_ID ->
          line.say("command.ReleaseHold", wrap(new ReleaseHoldDecoder()).holdId());
      case SetFeesDecoder.TEMPLATE_ID -> fees(wrap(new SetFeesDecoder()));
      case SetLimitsDecoder.TEMPLATE_ID -> limits(wrap(new SetLimitsDecoder()));
      case SetHaltDecoder.TEMPLATE_ID -> halt(wrap(new SetHaltDecoder()));
      case DegradedDecoder.TEMPLATE_ID -> degraded(wrap(new DegradedDecoder()));
      default -> sessionCommand(templateId);
    };
  }

  private String sessionCommand(final int templateId) {
    return switch (templateId) {
      case SetSessionDecoder.TEMPLATE_ID -> sessions.asked(wrap(new SetSessionDecoder()));
      case SetVolatilityGuardDecoder.TEMPLATE_ID -> sessions.asked(wrap(new SetVolatilityGuardDecoder()));
      case CancelAllAfterDecoder.TEMPLATE_ID -> sessions.asked(wrap(new CancelAllAfterDecoder()));
      case CancelOnDisconnectDecoder.TEMPLATE_ID -> sessions.asked(wrap(new CancelOnDisconnectDecoder()));
      case SetAccountLimitsDecoder.TEMPLATE_ID -> sessions.asked(wrap(new SetAccountLimitsDecoder()));
      case GrowCapacityDecoder.TEMPLATE_ID -> capacity(wrap(new GrowCapacityDecoder()));
      case QuarantineDecoder.TEMPLATE_ID -> quarantine(wrap(new QuarantineDecoder()));
      case DisconnectDecoder.TEMPLATE_ID -> line.say("command.Disconnect", wrap(new DisconnectDecoder()).sessionId());
      case GrantKeyDecoder.TEMPLATE_ID -> security.asked(wrap(new GrantKeyDecoder()));
      case RevokeKeyDecoder.TEMPLATE_ID -> line.say("command.RevokeKey", wrap(new RevokeKeyDecoder()).sessionId());
      case SetSecurityDecoder.TEMPLATE_ID -> security.asked(wrap(new SetSecurityDecoder()));
      case ApproveDecoder.TEMPLATE_ID -> security.asked(wrap(new ApproveDecoder()));
      case FundHouseDecoder.TEMPLATE_ID -> liquidations.asked(wrap(new FundHouseDecoder()));
      case SetLiquidationDecoder.TEMPLATE_ID -> liquidations.asked(wrap(new SetLiquidationDecoder()));
      case SettleInstrumentDecoder.TEMPLATE_ID -> liquidations.asked(wrap(new SettleInstrumentDecoder()));
      case SetPriceRuleDecoder.TEMPLATE_ID -> prices.asked(wrap(new SetPriceRuleDecoder()));
      case SetFundingDecoder.TEMPLATE_ID -> prices.asked(wrap(new SetFundingDecoder()));
      case SetInterestDecoder.TEMPLATE_ID -> prices.asked(wrap(new SetInterestDecoder()));
      case PriceQuoteDecoder.TEMPLATE_ID -> prices.asked(wrap(new PriceQuoteDecoder()));
      case SetMarginDecoder.TEMPLATE_ID -> margins.asked(wrap(new SetMarginDecoder()));
      case SetCollateralDecoder.TEMPLATE_ID -> margins.asked(wrap(new SetCollateralDecoder()));
      case SetAccountModeDecoder.TEMPLATE_ID -> margins.asked(wrap(new SetAccountModeDecoder()));
      case SetLeverageDecoder.TEMPLATE_ID -> margins.asked(wrap(new SetLeverageDecoder()));
      case AdjustMarginDecoder.TEMPLATE_ID -> margins.asked(wrap(new AdjustMarginDecoder()));
      case SetOptionVolatilityDecoder.TEMPLATE_ID -> margins.asked(wrap(new SetOptionVolatilityDecoder()));
      case SetPortfolioMarginDecoder.TEMPLATE_ID -> margins.asked(wrap(new SetPortfolioMarginDecoder()));
      case SetRiskLimitsDecoder.TEMPLATE_ID -> limits.asked(wrap(new SetRiskLimitsDecoder()));
      case SetAccountProfileDecoder.TEMPLATE_ID -> limits.asked(wrap(new SetAccountProfileDecoder()));
      case ReviewDecoder.TEMPLATE_ID -> limits.asked(wrap(new ReviewDecoder()));
      case SetSignalDecoder.TEMPLATE_ID, SetPoolDecoder.TEMPLATE_ID -> feed(templateId);
      case SelfExcludeDecoder.TEMPLATE_ID -> limits.asked(wrap(new SelfExcludeDecoder()));
      case SetTokenDecoder.TEMPLATE_ID -> tokens.asked(wrap(new SetTokenDecoder()));
      case SubscribeTokenDecoder.TEMPLATE_ID -> tokens.asked(wrap(new SubscribeTokenDecoder()));
      case RedeemTokenDecoder.TEMPLATE_ID -> tokens.asked(wrap(new RedeemTokenDecoder()));
      default -> remedyCommand(templateId);
    };
  }

  private String feed(final int templateId) {
    return SetPoolDecoder.TEMPLATE_ID == templateId
        ? prices.asked(wrap(new SetPoolDecoder())) : prices.asked(wrap(new SetSignalDecoder()));
  }

  private String order(final PlaceOrderDecoder order) {
    final int instrumentId = order.instrumentId();
    final String what = 0 != order.quoteAmountUnits()
        ? line.say("terms.amount", line.word(order.side()), line.quote(instrumentId, order.quoteAmountUnits()),
            line.pair(instrumentId))
        : line.say(OrdType.MARKET == order.ordType() ? "terms.market" : "terms.limit", line.word(order.side()),
            line.size(instrumentId, order.quantityLots()), line.pair(instrumentId),
            line.price(instrumentId, order.limitPriceTicks()));
    return line.say("command.PlaceOrder", optional(EventWords.text(order.clOrdId())), what);
  }

  private String rule(final ArmRuleDecoder rule) {
    final int instrumentId = rule.instrumentId();
    final String size = 0 == rule.shareE8() ? line.size(instrumentId, rule.quantityLots())
        : line.say("command.share", DecimalText.format(rule.shareE8(), RuleSentences.RATIO_SCALE));
    return line.say("command.ArmRule", optional(EventWords.text(rule.clRuleId())), line.word(rule.side()), size,
        line.pair(instrumentId));
  }

  private String massCancel(final MassCancelDecoder command) {
    return line.say("command.MassCancel", line.word(command.scope()),
        0 == command.instrumentId() ? line.say("command.anywhere") : line.pair(command.instrumentId()));
  }

  private String config(final EngineConfigDecoder command) {
    return line.say("command.EngineConfig", command.behaviourVersion(), command.activationDelayNs(),
        command.clockJumpMaxNs());
  }

  private String instrument(final CreateInstrumentDecoder command) {
    return line.say("command.CreateInstrument", EventWords.text(command.symbol()), step(command.tickSizeE10()),
        step(command.lotSizeE10()), ratio(command.makerFeeE8()), ratio(command.takerFeeE8()),
        command.instrumentId());
  }

  private String fees(final SetFeesDecoder command) {
    return line.say("command.SetFees", line.pair(command.instrumentId()), ratio(command.makerFeeE8()),
        ratio(command.takerFeeE8()));
  }

  private String limits(final SetLimitsDecoder command) {
    final int instrumentId = command.instrumentId();
    return line.say("command.SetLimits", line.pair(instrumentId), command.collarBps(),
        line.size(instrumentId, command.minLots()), line.size(instrumentId, command.maxLots()),
        line.quote(instrumentId, command.minNotionalUnits()), line.quote(instrumentId, command.maxNotionalUnits()));
  }

  private String halt(final SetHaltDecoder command) {
    return limits.halted(
        command.scope(), command.instrumentId(), command.groupId(), command.on(), command.mode());
  }

  private String remedyCommand(final int templateId) {
    return switch (templateId) {
      case BustTradeDecoder.TEMPLATE_ID -> remedies.asked(wrap(new BustTradeDecoder()));
      case AdjustTradeDecoder.TEMPLATE_ID -> remedies.asked(wrap(new AdjustTradeDecoder()));
      case CompensateDecoder.TEMPLATE_ID -> remedies.asked(wrap(new CompensateDecoder()));
      default -> line.say("command.unknown", templateId);
    };
  }

  private String capacity(final GrowCapacityDecoder command) {
    return 0 == command.ordersMax() ? line.say("capacity.trades", command.tradesKept())
        : line.say("capacity.orders", command.ordersMax());
  }

  private String quarantine(final QuarantineDecoder command) {
    return line.say("command.Quarantine", command.sequence(), Long.toHexString(command.keyId()), command.incident());
  }

  private String degraded(final DegradedDecoder command) {
    final String key = Flag.YES == command.on() ? "command.degraded" : "command.restored";
    return line.say(DegradedCause.DISK_SPACE == command.cause() ? key + ".disk" : key);
  }

  private static String ratio(final int ratioE8) {
    return DecimalText.format(ratioE8, RuleSentences.RATIO_SCALE);
  }

  private static String step(final long stepE10) {
    return DecimalText.format(stepE10, DecimalText.SCALE_MAX);
  }

  private static String name(final long id, final String clientId) {
    return 0 == id ? clientId : Long.toString(id);
  }

  private static String optional(final String clientId) {
    return clientId.isEmpty() ? "" : ' ' + clientId;
  }

  private <T extends MessageDecoderFlyweight> T wrap(final T decoder) {
    decoder.wrap(frame, FrameDescriptor.HEADER_LENGTH,
        frame.getShort(FrameDescriptor.BLOCK_LENGTH_OFFSET, LITTLE_ENDIAN) & 0xFFFF,
        frame.getShort(FrameDescriptor.VERSION_OFFSET, LITTLE_ENDIAN) & 0xFFFF);
    return decoder;
  }
}
