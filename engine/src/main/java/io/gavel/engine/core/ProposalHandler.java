package io.gavel.engine.core;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.AdjustTradeDecoder;
import io.gavel.codecs.sbe.ApproveDecoder;
import io.gavel.codecs.sbe.BustTradeDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.CompensateDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.ProposalChangedEncoder;
import io.gavel.codecs.sbe.ProposalState;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetHaltDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import org.agrona.MutableDirectBuffer;

/**
 * Commands that need two people. The first one's is kept; once another principal, whose key is good for the same
 * command, has approved it and the delay is over, it takes effect as if it came then, if both keys are still good for
 * it. Its answer was given when it was proposed, so what it comes to is told by the proposal's last event.
 */
final class ProposalHandler {

  /** Applies a command without asking who sent it. */
  interface Commands {
    ReasonCode apply(int templateId, FrameFlyweight frame, MutableDirectBuffer buffer);
  }

  private final Rooms rooms;
  private final Proposals proposals;
  private final Authority authority;
  private final Commands commands;
  private final CommandAmount amount;
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final SetHaltDecoder setHalt = new SetHaltDecoder();
  private final ProposalChangedEncoder event = new ProposalChangedEncoder();

  ProposalHandler(final Rooms rooms, final Authority authority, final Commands commands) {
    this.rooms = rooms;
    this.authority = authority;
    this.commands = commands;
    proposals = rooms.proposals;
    amount = new CommandAmount(rooms);
  }

  /** Whether a command needs a second person. Halting does not, only going on does; small amounts do not. */
  boolean isNeeded(final FrameFlyweight command) {
    final int templateId = command.templateId();
    if (!proposals.isDual(templateId)) {
      return isAlwaysDual(templateId);
    }
    return switch (templateId) {
      case SetHaltDecoder.TEMPLATE_ID -> Flag.NO == setHalt.wrap(command.buffer(), command.bodyOffset(),
          command.blockLength(), command.version()).on();
      case DepositDecoder.TEMPLATE_ID, HoldFundsDecoder.TEMPLATE_ID, SettleHoldDecoder.TEMPLATE_ID -> {
        amount.measure(templateId, command.buffer(), command.bodyOffset(), command.blockLength(), command.version());
        yield !proposals.isSmall(amount.assetId(), amount.units());
      }
      default -> true;
    };
  }

  /** Nobody undoes a trade or pays for harm alone, whatever a house asks for else. */
  private static boolean isAlwaysDual(final int templateId) {
    return switch (templateId) {
      case BustTradeDecoder.TEMPLATE_ID, AdjustTradeDecoder.TEMPLATE_ID, CompensateDecoder.TEMPLATE_ID -> true;
      default -> false;
    };
  }

  /** Keeps a command that is permitted; what it would come to is not looked at yet. */
  ReasonCode propose(final FrameFlyweight command, final long sessionId, final long principalId) {
    if (proposals.isFull()) {
      return ReasonCode.CAPACITY_PROPOSALS;
    }
    final long id = rooms.ids.next();
    rooms.answers.propose(id);
    final int row = proposals.add(id, sessionId, principalId, command, rooms.clock.timeNs());
    tell(row, ProposalState.PROPOSED, ReasonCode.OK, sessionId, principalId, proposals.deadlineNs(row));
    return ReasonCode.OK;
  }

  ReasonCode approve(final ApproveDecoder command) {
    final int row = proposals.rowOf(command.proposalId());
    if (Proposals.NULL_ROW == row) {
      return ReasonCode.UNKNOWN_PROPOSAL;
    }
    final long sessionId = rooms.answers.sessionId();
    final ReasonCode code = authority.mayAsk(sessionId, proposals.wrap(frame, row));
    if (ReasonCode.OK != code) {
      return code;
    }
    final long principalId = authority.principalId();
    if (Flag.NO == command.approved()) {
      rooms.answers.accept(command.proposalId());
      tell(row, ProposalState.REJECTED, ReasonCode.OK, sessionId, principalId, 0);
      proposals.remove(row, true);
      return ReasonCode.OK;
    }
    if (0 != proposals.approver(row)) {
      return ReasonCode.UNKNOWN_PROPOSAL;
    }
    if (principalId == proposals.principal(row)) {
      return ReasonCode.SAME_PRINCIPAL;
    }
    rooms.answers.accept(command.proposalId());
    proposals.approve(row, sessionId, rooms.clock.timeNs());
    tell(row, ProposalState.APPROVED, ReasonCode.OK, sessionId, principalId, proposals.deadlineNs(row));
    if (0 == proposals.delayNs()) {
      execute(row, true);
    }
    return ReasonCode.OK;
  }

  /** Its time has come: to take effect, if it was approved, else to be forgotten. */
  void due(final long proposalId) {
    final int row = proposals.rowOf(proposalId);
    if (0 != proposals.approver(row)) {
      execute(row, false);
    } else {
      tell(row, ProposalState.EXPIRED, ReasonCode.OK, 0, 0, 0);
      proposals.remove(row, false);
    }
  }

  private void execute(final int row, final boolean waits) {
    proposals.wrap(frame, row);
    header.wrap(frame.buffer(), frame.bodyOffset());
    final Answers answers = rooms.answers;
    ReasonCode code = stillGood(row);
    if (ReasonCode.OK == code) {
      answers.begin(header, frame.templateId());
      answers.mute();
      code = commands.apply(frame.templateId(), frame, frame.buffer());
      answers.unmute();
    }
    final boolean done = ReasonCode.OK == code;
    tell(row, done ? ProposalState.EXECUTED : ProposalState.REFUSED, code, proposals.session(row),
        proposals.principal(row), done ? answers.mutedId() : 0);
    proposals.remove(row, waits);
  }

  private ReasonCode stillGood(final int row) {
    if (0 != header.expiryTimeNs() && rooms.clock.timeNs() > header.expiryTimeNs()) {
      return ReasonCode.COMMAND_EXPIRED;
    }
    final ReasonCode first = authority.mayAsk(proposals.session(row), frame);
    return ReasonCode.OK != first ? first : authority.mayAsk(proposals.approver(row), frame);
  }

  /** {@code number}: the id of what came into being for EXECUTED, else the time of the next step. */
  private void tell(final int row, final ProposalState state, final ReasonCode reason, final long sessionId,
      final long principalId, final long number) {
    proposals.wrap(frame, row);
    header.wrap(frame.buffer(), frame.bodyOffset());
    final boolean executed = ProposalState.EXECUTED == state;
    event.wrap(rooms.events.buffer(), rooms.events.begin(ProposalChangedEncoder.SCHEMA_ID,
        ProposalChangedEncoder.TEMPLATE_ID, ProposalChangedEncoder.SCHEMA_VERSION,
        ProposalChangedEncoder.BLOCK_LENGTH));
    rooms.events.header(event.header(), header.account());
    event.proposalId(proposals.id(row)).sessionId(sessionId).principalId(principalId).id(executed ? number : 0)
        .nextTimeNs(executed ? 0 : number).commandTemplateId(frame.templateId()).state(state).reason(reason);
    rooms.events.end(event.encodedLength());
  }
}
