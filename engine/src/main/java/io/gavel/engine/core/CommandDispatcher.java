package io.gavel.engine.core;

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
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.FundHouseDecoder;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
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
import io.gavel.codecs.sbe.SetInterestDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
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
import org.agrona.MutableDirectBuffer;

/** Finds the handler of a command, after the session, the expiry and record 1 have had their say. */
final class CommandDispatcher {

  private final EngineConfigDecoder engineConfig = new EngineConfigDecoder();
  private final CreateAssetDecoder createAsset = new CreateAssetDecoder();
  private final CreateInstrumentDecoder createInstrument = new CreateInstrumentDecoder();
  private final CreateAccountDecoder createAccount = new CreateAccountDecoder();
  private final DepositDecoder deposit = new DepositDecoder();
  private final HoldFundsDecoder holdFunds = new HoldFundsDecoder();
  private final SettleHoldDecoder settleHold = new SettleHoldDecoder();
  private final ReleaseHoldDecoder releaseHold = new ReleaseHoldDecoder();
  private final PlaceOrderDecoder placeOrder = new PlaceOrderDecoder();
  private final CancelOrderDecoder cancelOrder = new CancelOrderDecoder();
  private final MassCancelDecoder massCancel = new MassCancelDecoder();
  private final AmendOrderDecoder amendOrder = new AmendOrderDecoder();
  private final ArmRuleDecoder armRule = new ArmRuleDecoder();
  private final CancelRuleDecoder cancelRule = new CancelRuleDecoder();
  private final AmendRuleDecoder amendRule = new AmendRuleDecoder();
  private final SetPriceDecoder setPrice = new SetPriceDecoder();
  private final TapePrintDecoder tapePrint = new TapePrintDecoder();
  private final SetFeesDecoder setFees = new SetFeesDecoder();
  private final SetLimitsDecoder setLimits = new SetLimitsDecoder();
  private final SetHaltDecoder setHalt = new SetHaltDecoder();
  private final DegradedDecoder degraded = new DegradedDecoder();
  private final SetSessionDecoder setSession = new SetSessionDecoder();
  private final SetVolatilityGuardDecoder setVolatilityGuard = new SetVolatilityGuardDecoder();
  private final CancelAllAfterDecoder cancelAllAfter = new CancelAllAfterDecoder();
  private final CancelOnDisconnectDecoder cancelOnDisconnect = new CancelOnDisconnectDecoder();
  private final DisconnectDecoder disconnect = new DisconnectDecoder();
  private final GrowCapacityDecoder growCapacity = new GrowCapacityDecoder();
  private final SetAccountLimitsDecoder accountLimits = new SetAccountLimitsDecoder();
  private final QuarantineDecoder quarantine = new QuarantineDecoder();
  private final GrantKeyDecoder grantKey = new GrantKeyDecoder();
  private final RevokeKeyDecoder revokeKey = new RevokeKeyDecoder();
  private final SetSecurityDecoder setSecurity = new SetSecurityDecoder();
  private final ApproveDecoder approve = new ApproveDecoder();
  private final SetPriceRuleDecoder setPriceRule = new SetPriceRuleDecoder();
  private final PriceQuoteDecoder priceQuote = new PriceQuoteDecoder();
  private final SetFundingDecoder setFunding = new SetFundingDecoder();
  private final SetInterestDecoder setInterest = new SetInterestDecoder();
  private final SetMarginDecoder setMargin = new SetMarginDecoder();
  private final SetCollateralDecoder setCollateral = new SetCollateralDecoder();
  private final SetAccountModeDecoder setAccountMode = new SetAccountModeDecoder();
  private final SetLeverageDecoder setLeverage = new SetLeverageDecoder();
  private final SetOptionVolatilityDecoder setOptionVolatility = new SetOptionVolatilityDecoder();
  private final SetPortfolioMarginDecoder setPortfolioMargin = new SetPortfolioMarginDecoder();
  private final AdjustMarginDecoder adjustMargin = new AdjustMarginDecoder();
  private final FundHouseDecoder fundHouse = new FundHouseDecoder();
  private final SetLiquidationDecoder setLiquidation = new SetLiquidationDecoder();
  private final SettleInstrumentDecoder settleInstrument = new SettleInstrumentDecoder();
  private final BustTradeDecoder bustTrade = new BustTradeDecoder();
  private final AdjustTradeDecoder adjustTrade = new AdjustTradeDecoder();
  private final CompensateDecoder compensate = new CompensateDecoder();
  private final CommandHeaderDecoder applied = new CommandHeaderDecoder();
  private final SetRiskLimitsDecoder riskLimits = new SetRiskLimitsDecoder();
  private final SetAccountProfileDecoder profile = new SetAccountProfileDecoder();
  private final SelfExcludeDecoder selfExclude = new SelfExcludeDecoder();
  private final SetTokenDecoder setToken = new SetTokenDecoder();
  private final SubscribeTokenDecoder subscribeToken = new SubscribeTokenDecoder();
  private final RedeemTokenDecoder redeemToken = new RedeemTokenDecoder();
  private final ReviewDecoder review = new ReviewDecoder();
  private final SetSignalDecoder setSignal = new SetSignalDecoder();
  private final SetPoolDecoder setPool = new SetPoolDecoder();
  private final FeedHandler feeds;
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final Rooms rooms;
  private final RegistryHandler registry;
  private final ControlHandler control;
  private final OrderHandler orders;
  private final RuleHandler rules;
  private final TapeHandler tape;
  private final PriceHandler prices;
  private final FundingHandler funding;
  private final SessionHandler sessions;
  private final ConnectionHandler connections;
  private final MarginHandler margin;
  private final LiquidationCommands liquidation;
  private final LimitHandler limits;
  private final TokenHandler tokens;
  private final RemedyHandler remedies;
  private final SecurityHandler security;
  private final Authority authority;
  private final ProposalHandler proposals;

  CommandDispatcher(final Rooms rooms, final RegistryHandler registry, final ControlHandler control,
      final OrderHandler orders, final RuleHandler rules, final TapeHandler tape, final PriceHandler prices,
      final FundingHandler funding, final SessionHandler sessions, final ConnectionHandler connections,
      final MarginHandler margin, final LiquidationCommands liquidation, final TokenHandler tokens,
      final LimitHandler limits, final RemedyHandler remedies) {
    this.rooms = rooms;
    this.registry = registry;
    this.control = control;
    this.orders = orders;
    this.rules = rules;
    this.tape = tape;
    this.prices = prices;
    this.funding = funding;
    this.sessions = sessions;
    this.connections = connections;
    this.margin = margin;
    this.liquidation = liquidation;
    this.limits = limits;
    this.tokens = tokens;
    feeds = prices.feeds();
    this.remedies = remedies;
    security = new SecurityHandler(rooms);
    authority = new Authority(rooms);
    proposals = new ProposalHandler(rooms, authority, this::apply);
  }

  /** {@code passOver}: the command is answered, and remembered, as quarantined, whatever it asks. */
  void dispatch(final FrameFlyweight frame, final boolean passOver) {
    final MutableDirectBuffer buffer = frame.buffer();
    final int templateId = frame.templateId();
    header.wrap(buffer, frame.bodyOffset());
    rooms.answers.begin(header, templateId);
    if (rooms.principals.isOn() && !frame.isOwn()) {
      dispatchGuarded(frame, templateId, passOver);
      return;
    }
    if (!isExecutable(frame, templateId, frame.length())) {
      return;
    }
    final ReasonCode code = passOver ? ReasonCode.QUARANTINED : apply(templateId, frame, buffer);
    if (ReasonCode.OK != code) {
      rooms.answers.refuse(code, rooms.risk.controls().refusedUntilNs(code));
    }
  }

  /** While commands need a key: who asks, before the session; whether it may, before the handlers. */
  private void dispatchGuarded(final FrameFlyweight frame, final int templateId, final boolean passOver) {
    final long sessionId = rooms.answers.sessionId();
    final ReasonCode who = authority.identify(frame, sessionId);
    if (ReasonCode.OK != who) {
      rooms.answers.refuseUnremembered(who);
      return;
    }
    if (!isExecutable(frame, templateId, frame.unsignedLength())) {
      return;
    }
    ReasonCode code = passOver ? ReasonCode.QUARANTINED : authority.permit(frame);
    if (ReasonCode.OK == code) {
      code = proposals.isNeeded(frame) ? proposals.propose(frame, sessionId, authority.principalId())
          : apply(templateId, frame, frame.buffer());
      if (ReasonCode.OK == code) {
        authority.take();
        return;
      }
    }
    rooms.answers.refuse(code, rooms.risk.controls().refusedUntilNs(code));
  }

  /** A proposal's delay, or its time to wait, is over. */
  void proposalDue(final long proposalId) {
    proposals.due(proposalId);
  }

  /** Session first, then expiry; what stops here is answered and has no effect. */
  private boolean isExecutable(final FrameFlyweight frame, final int templateId, final int length) {
    final long sessionId = rooms.answers.sessionId();
    if (0 == sessionId) {
      rooms.window.check(0, 0, 0);
    } else {
      final long content = AnswerWindow.contentOf(frame.buffer(), frame.bodyOffset(),
          frame.offset() + length, CommandHeaderDecoder.ENCODED_LENGTH, templateId, rooms.answers.account());
      if (!isNew(rooms.window.check(sessionId, rooms.answers.sessionSequence(), content))) {
        return false;
      }
    }
    final long expiryTimeNs = header.expiryTimeNs();
    if (0 != expiryTimeNs && rooms.clock.timeNs() > expiryTimeNs) {
      rooms.answers.refuse(ReasonCode.COMMAND_EXPIRED);
      return false;
    }
    return true;
  }

  private boolean isNew(final AnswerWindow.Verdict verdict) {
    return switch (verdict) {
      case NEW, NO_SESSION -> true;
      case REPEAT -> {
        rooms.answers.repeat();
        yield false;
      }
      case TOO_OLD -> refuseUnremembered(ReasonCode.DUPLICATE_TOO_OLD);
      case MISMATCH -> refuseUnremembered(ReasonCode.DUPLICATE_MISMATCH);
      case GAP -> {
        rooms.answers.refuseUnremembered(ReasonCode.SESSION_SEQUENCE_GAP, rooms.window.expectedNumber());
        yield false;
      }
      case NO_ROOM -> refuseUnremembered(ReasonCode.CAPACITY_SESSIONS);
      default -> throw new IllegalStateException("unknown verdict");
    };
  }

  private boolean refuseUnremembered(final ReasonCode code) {
    rooms.answers.refuseUnremembered(code);
    return false;
  }

  /** What a command does to its account, the margin watch hears of. */
  private ReasonCode apply(final int templateId, final FrameFlyweight frame, final MutableDirectBuffer buffer) {
    final ReasonCode code = applyTrade(templateId, frame, buffer);
    if (ReasonCode.OK == code) {
      rooms.guard.commandApplied(applied.wrap(buffer, frame.bodyOffset()).account());
    }
    return code;
  }

  private ReasonCode applyTrade(final int templateId, final FrameFlyweight frame, final MutableDirectBuffer buffer) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    return switch (templateId) {
      case TapePrintDecoder.TEMPLATE_ID -> tape.print(tapePrint.wrap(buffer, body, block, version));
      case PlaceOrderDecoder.TEMPLATE_ID -> orders.place(placeOrder.wrap(buffer, body, block, version));
      case CancelOrderDecoder.TEMPLATE_ID -> orders.cancel(cancelOrder.wrap(buffer, body, block, version));
      case AmendOrderDecoder.TEMPLATE_ID -> orders.amend(amendOrder.wrap(buffer, body, block, version));
      case SetPriceDecoder.TEMPLATE_ID -> prices.setPrice(setPrice.wrap(buffer, body, block, version));
      case PriceQuoteDecoder.TEMPLATE_ID -> prices.quote(priceQuote.wrap(buffer, body, block, version));
      case ArmRuleDecoder.TEMPLATE_ID -> rules.arm(armRule.wrap(buffer, body, block, version));
      case CancelRuleDecoder.TEMPLATE_ID -> rules.cancel(cancelRule.wrap(buffer, body, block, version));
      case AmendRuleDecoder.TEMPLATE_ID -> rules.amend(amendRule.wrap(buffer, body, block, version));
      case MassCancelDecoder.TEMPLATE_ID -> connections.massCancel(massCancel.wrap(buffer, body, block, version));
      case AdvanceTimeDecoder.TEMPLATE_ID -> accept();
      case DepositDecoder.TEMPLATE_ID -> registry.deposit(deposit.wrap(buffer, body, block, version));
      case HoldFundsDecoder.TEMPLATE_ID -> registry.holdFunds(holdFunds.wrap(buffer, body, block, version));
      case SettleHoldDecoder.TEMPLATE_ID -> registry.settleHold(settleHold.wrap(buffer, body, block, version));
      case ReleaseHoldDecoder.TEMPLATE_ID -> registry.releaseHold(releaseHold.wrap(buffer, body, block, version));
      case CreateAssetDecoder.TEMPLATE_ID -> registry.createAsset(createAsset.wrap(buffer, body, block, version));
      case CreateInstrumentDecoder.TEMPLATE_ID ->
          registry.createInstrument(createInstrument.wrap(buffer, body, block, version));
      case CreateAccountDecoder.TEMPLATE_ID ->
          registry.createAccount(createAccount.wrap(buffer, body, block, version));
      default -> applyControl(templateId, frame, buffer);
    };
  }

  private ReasonCode applyControl(final int templateId, final FrameFlyweight frame,
      final MutableDirectBuffer buffer) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    return switch (templateId) {
      case SetFeesDecoder.TEMPLATE_ID -> control.setFees(setFees.wrap(buffer, body, block, version));
      case SetLimitsDecoder.TEMPLATE_ID -> control.setLimits(setLimits.wrap(buffer, body, block, version));
      case SetHaltDecoder.TEMPLATE_ID -> control.setHalt(setHalt.wrap(buffer, body, block, version));
      case DegradedDecoder.TEMPLATE_ID -> control.degraded(degraded.wrap(buffer, body, block, version));
      case SetFundingDecoder.TEMPLATE_ID -> funding.setFunding(setFunding.wrap(buffer, body, block, version));
      case SetPriceRuleDecoder.TEMPLATE_ID ->
          prices.setPriceRule(setPriceRule.wrap(buffer, body, block, version));
      case SetSessionDecoder.TEMPLATE_ID ->
          sessions.setSession(setSession.wrap(buffer, body, block, version));
      case SetVolatilityGuardDecoder.TEMPLATE_ID ->
          sessions.setVolatilityGuard(setVolatilityGuard.wrap(buffer, body, block, version));
      case CancelAllAfterDecoder.TEMPLATE_ID ->
          connections.cancelAllAfter(cancelAllAfter.wrap(buffer, body, block, version));
      case CancelOnDisconnectDecoder.TEMPLATE_ID ->
          connections.cancelOnDisconnect(cancelOnDisconnect.wrap(buffer, body, block, version));
      case DisconnectDecoder.TEMPLATE_ID ->
          connections.disconnect(disconnect.wrap(buffer, body, block, version));
      case SetAccountLimitsDecoder.TEMPLATE_ID ->
          control.setAccountLimits(accountLimits.wrap(buffer, body, block, version));
      case GrowCapacityDecoder.TEMPLATE_ID -> control.grow(growCapacity.wrap(buffer, body, block, version));
      case QuarantineDecoder.TEMPLATE_ID -> control.quarantine(quarantine.wrap(buffer, body, block, version));
      case GrantKeyDecoder.TEMPLATE_ID ->
          security.grant(grantKey.wrap(buffer, body, block, version), buffer);
      case RevokeKeyDecoder.TEMPLATE_ID -> security.revoke(revokeKey.wrap(buffer, body, block, version));
      case SetSecurityDecoder.TEMPLATE_ID ->
          security.setSecurity(setSecurity.wrap(buffer, body, block, version), buffer);
      case ApproveDecoder.TEMPLATE_ID -> proposals.approve(approve.wrap(buffer, body, block, version));
      case SetRiskLimitsDecoder.TEMPLATE_ID -> limits.setRiskLimits(riskLimits.wrap(buffer, body, block, version));
      case SetAccountProfileDecoder.TEMPLATE_ID -> limits.setProfile(profile.wrap(buffer, body, block, version));
      case SelfExcludeDecoder.TEMPLATE_ID -> limits.selfExclude(selfExclude.wrap(buffer, body, block, version));
      case EngineConfigDecoder.TEMPLATE_ID -> configure(engineConfig.wrap(buffer, body, block, version));
      default -> applyMargin(templateId, frame, buffer);
    };
  }

  private ReasonCode applyMargin(final int templateId, final FrameFlyweight frame, final MutableDirectBuffer buffer) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    return switch (templateId) {
      case SetSignalDecoder.TEMPLATE_ID -> feeds.setSignal(setSignal.wrap(buffer, body, block, version));
      case SetPoolDecoder.TEMPLATE_ID -> feeds.setPool(setPool.wrap(buffer, body, block, version));
      case SetInterestDecoder.TEMPLATE_ID ->
          funding.interest().setInterest(setInterest.wrap(buffer, body, block, version));
      case SetMarginDecoder.TEMPLATE_ID -> margin.setMargin(setMargin.wrap(buffer, body, block, version));
      case SetCollateralDecoder.TEMPLATE_ID ->
          margin.setCollateral(setCollateral.wrap(buffer, body, block, version));
      case SetAccountModeDecoder.TEMPLATE_ID ->
          margin.setAccountMode(setAccountMode.wrap(buffer, body, block, version));
      case SetLeverageDecoder.TEMPLATE_ID -> margin.setLeverage(setLeverage.wrap(buffer, body, block, version));
      case AdjustMarginDecoder.TEMPLATE_ID -> margin.adjust(adjustMargin.wrap(buffer, body, block, version));
      case SetOptionVolatilityDecoder.TEMPLATE_ID ->
          margin.setVolatility(setOptionVolatility.wrap(buffer, body, block, version));
      case SetPortfolioMarginDecoder.TEMPLATE_ID ->
          margin.setPortfolio(setPortfolioMargin.wrap(buffer, body, block, version));
      case FundHouseDecoder.TEMPLATE_ID -> liquidation.fund(fundHouse.wrap(buffer, body, block, version));
      case SetLiquidationDecoder.TEMPLATE_ID ->
          liquidation.setLiquidation(setLiquidation.wrap(buffer, body, block, version));
      case SettleInstrumentDecoder.TEMPLATE_ID ->
          liquidation.settle(settleInstrument.wrap(buffer, body, block, version));
      case SetTokenDecoder.TEMPLATE_ID -> tokens.setToken(setToken.wrap(buffer, body, block, version));
      case SubscribeTokenDecoder.TEMPLATE_ID ->
          tokens.subscribe(subscribeToken.wrap(buffer, body, block, version));
      case RedeemTokenDecoder.TEMPLATE_ID -> tokens.redeem(redeemToken.wrap(buffer, body, block, version));
      case ReviewDecoder.TEMPLATE_ID -> rules.review(review.wrap(buffer, body, block, version));
      case BustTradeDecoder.TEMPLATE_ID -> remedies.bust(bustTrade.wrap(buffer, body, block, version));
      case AdjustTradeDecoder.TEMPLATE_ID -> remedies.adjust(adjustTrade.wrap(buffer, body, block, version));
      case CompensateDecoder.TEMPLATE_ID -> remedies.compensate(compensate.wrap(buffer, body, block, version));
      default -> ReasonCode.UNKNOWN_TEMPLATE;
    };
  }

  private ReasonCode accept() {
    rooms.answers.accept(0);
    return ReasonCode.OK;
  }

  /** Record 1, and only record 1, says how the house is built. */
  private ReasonCode configure(final EngineConfigDecoder command) {
    if (1 != rooms.clock.sequence() || !rooms.config.equals(CoreConfig.decode(command))) {
      return ReasonCode.NOT_CONFIGURED;
    }
    return accept();
  }
}
