package io.gavel.engine.core;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdvanceTimeDecoder;
import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.AmendRuleDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.CancelAllAfterDecoder;
import io.gavel.codecs.sbe.CancelOnDisconnectDecoder;
import io.gavel.codecs.sbe.CancelOrderDecoder;
import io.gavel.codecs.sbe.CancelRuleDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DegradedDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.DisconnectDecoder;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.GrowCapacityDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.MassCancelDecoder;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.QuarantineDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.SetAccountLimitsDecoder;
import io.gavel.codecs.sbe.SetFeesDecoder;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SetLimitsDecoder;
import io.gavel.codecs.sbe.SetPriceDecoder;
import io.gavel.codecs.sbe.SetSessionDecoder;
import io.gavel.codecs.sbe.SetVolatilityGuardDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
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
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final Rooms rooms;
  private final RegistryHandler registry;
  private final ControlHandler control;
  private final OrderHandler orders;
  private final RuleHandler rules;
  private final TapeHandler tape;
  private final SessionHandler sessions;
  private final ConnectionHandler connections;

  CommandDispatcher(final Rooms rooms, final RegistryHandler registry, final ControlHandler control,
      final OrderHandler orders, final RuleHandler rules, final TapeHandler tape, final SessionHandler sessions,
      final ConnectionHandler connections) {
    this.rooms = rooms;
    this.registry = registry;
    this.control = control;
    this.orders = orders;
    this.rules = rules;
    this.tape = tape;
    this.sessions = sessions;
    this.connections = connections;
  }

  /** {@code passOver}: the command is answered, and remembered, as quarantined, whatever it asks. */
  void dispatch(final FrameFlyweight frame, final boolean passOver) {
    final MutableDirectBuffer buffer = frame.buffer();
    final int templateId = frame.templateId();
    header.wrap(buffer, frame.bodyOffset());
    rooms.answers.begin(header, templateId);
    if (!isExecutable(frame, templateId)) {
      return;
    }
    final ReasonCode code = passOver ? ReasonCode.QUARANTINED : apply(templateId, frame, buffer);
    if (ReasonCode.OK != code) {
      rooms.answers.refuse(code);
    }
  }

  /** Session first, then expiry; what stops here is answered and has no effect. */
  private boolean isExecutable(final FrameFlyweight frame, final int templateId) {
    final Answers answers = rooms.answers;
    final long sessionId = answers.sessionId();
    if (0 != sessionId) {
      final long content = AnswerWindow.contentOf(frame.buffer(), frame.bodyOffset(),
          frame.offset() + frame.length(), CommandHeaderDecoder.ENCODED_LENGTH, templateId, answers.account());
      switch (rooms.window.check(sessionId, answers.sessionSequence(), content)) {
        case NEW, NO_SESSION -> {
          // goes on below
        }
        case REPEAT -> {
          rooms.answers.repeat();
          return false;
        }
        case TOO_OLD -> {
          return refuseUnremembered(ReasonCode.DUPLICATE_TOO_OLD);
        }
        case MISMATCH -> {
          return refuseUnremembered(ReasonCode.DUPLICATE_MISMATCH);
        }
        case GAP -> {
          return refuseUnremembered(ReasonCode.SESSION_SEQUENCE_GAP);
        }
        case NO_ROOM -> {
          return refuseUnremembered(ReasonCode.CAPACITY_SESSIONS);
        }
        default -> throw new IllegalStateException("unknown verdict");
      }
    } else {
      rooms.window.check(0, 0, 0);
    }
    final long expiryTimeNs = header.expiryTimeNs();
    if (0 != expiryTimeNs && rooms.clock.timeNs() > expiryTimeNs) {
      rooms.answers.refuse(ReasonCode.COMMAND_EXPIRED);
      return false;
    }
    return true;
  }

  private boolean refuseUnremembered(final ReasonCode code) {
    rooms.answers.refuseUnremembered(code);
    return false;
  }

  private ReasonCode apply(final int templateId, final FrameFlyweight frame, final MutableDirectBuffer buffer) {
    final int body = frame.bodyOffset();
    final int block = frame.blockLength();
    final int version = frame.version();
    return switch (templateId) {
      case TapePrintDecoder.TEMPLATE_ID -> tape.print(tapePrint.wrap(buffer, body, block, version));
      case PlaceOrderDecoder.TEMPLATE_ID -> orders.place(placeOrder.wrap(buffer, body, block, version));
      case CancelOrderDecoder.TEMPLATE_ID -> orders.cancel(cancelOrder.wrap(buffer, body, block, version));
      case AmendOrderDecoder.TEMPLATE_ID -> orders.amend(amendOrder.wrap(buffer, body, block, version));
      case SetPriceDecoder.TEMPLATE_ID -> tape.setPrice(setPrice.wrap(buffer, body, block, version));
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
      case EngineConfigDecoder.TEMPLATE_ID -> configure(engineConfig.wrap(buffer, body, block, version));
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
