package io.gavel.engine.core;

import io.gavel.codecs.KeyScope;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.GrantKeyDecoder;
import io.gavel.codecs.sbe.Ids8Decoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RevokeKeyDecoder;
import io.gavel.codecs.sbe.SetSecurityDecoder;
import org.agrona.DirectBuffer;

/** Grants and revokes keys, and says whether they are asked for; never so that nobody could change that again. */
final class SecurityHandler {

  /** Commands that change keys: if they need two people, two must be able to. */
  private static final long KEY_TEMPLATES = 1L << GrantKeyDecoder.TEMPLATE_ID | 1L << RevokeKeyDecoder.TEMPLATE_ID
      | 1L << SetSecurityDecoder.TEMPLATE_ID;
  private static final int RATE_PER_SECOND_MAX = 1_000_000;

  private final Rooms rooms;
  private final Principals principals;
  private final Proposals proposals;

  SecurityHandler(final Rooms rooms) {
    this.rooms = rooms;
    principals = rooms.principals;
    proposals = rooms.proposals;
  }

  ReasonCode grant(final GrantKeyDecoder command, final DirectBuffer buffer) {
    final long sessionId = command.sessionId();
    if (!isSound(command, buffer)) {
      return ReasonCode.KEY_INVALID;
    }
    if (Principals.NULL_ROW == principals.rowOf(sessionId) && principals.isFull()) {
      return ReasonCode.CAPACITY_KEYS;
    }
    final boolean guards = 0 != (command.scopes() & KeyScope.SECURITY.bit()) && 0 == command.expiryTimeNs();
    if (principals.isOn() && principals.guardians(sessionId, guards ? command.principalId() : 0) < guardiansNeeded()) {
      return ReasonCode.KEY_LAST;
    }
    rooms.answers.accept(0);
    principals.grant(command, buffer);
    return ReasonCode.OK;
  }

  private boolean isSound(final GrantKeyDecoder command, final DirectBuffer buffer) {
    final boolean limits = 0 != (command.commandMaxUnits() | command.windowMaxUnits());
    if (limits != (0 != command.notionalAssetId()) || (0 != command.windowMaxUnits()) != (0 != command.windowNs())) {
      return false;
    }
    // The size of a rule may be a share of a balance, which no amount can limit beforehand.
    if (limits && 0 != (command.scopes() & KeyScope.RULES.bit())) {
      return false;
    }
    final boolean lists = !isEmpty(command.accounts(), buffer) || !isEmpty(command.instruments(), buffer);
    if (lists && 0 != (command.scopes() & KeyScope.SECURITY.bit())) {
      return false;
    }
    return (0 == command.expiryTimeNs() || command.expiryTimeNs() > rooms.clock.timeNs())
        && command.ratePerSecond() <= RATE_PER_SECOND_MAX && command.rateBurst() <= RATE_PER_SECOND_MAX;
  }

  ReasonCode revoke(final RevokeKeyDecoder command) {
    final long sessionId = command.sessionId();
    final int row = principals.rowOf(sessionId);
    if (Principals.NULL_ROW == row) {
      return ReasonCode.UNKNOWN_KEY;
    }
    if (principals.isOn() && principals.guardians(sessionId, 0) < guardiansNeeded()) {
      return ReasonCode.KEY_LAST;
    }
    rooms.answers.accept(0);
    principals.revoke(row);
    return ReasonCode.OK;
  }

  ReasonCode setSecurity(final SetSecurityDecoder command, final DirectBuffer buffer) {
    final boolean on = Flag.YES == command.on();
    final long dual = command.dualTemplates();
    final boolean needsNothing = isEmpty(command.assets(), buffer) && isEmpty(command.limitsUnits(), buffer)
        && 0 == command.delayNs() && 0 == command.timeToLiveNs();
    if (0 == dual ? !needsNothing
        : !on || 0 != (dual & ~CommandScopes.dualBits()) || 0 == command.timeToLiveNs()) {
      return ReasonCode.DUAL_CONTROL_INVALID;
    }
    if (on && principals.guardians(0, 0) < guardiansNeeded(dual)) {
      return ReasonCode.KEY_LAST;
    }
    rooms.answers.accept(0);
    principals.set(on, command.engineId());
    proposals.set(command, buffer);
    return ReasonCode.OK;
  }

  private int guardiansNeeded() {
    return proposals.isDual(GrantKeyDecoder.TEMPLATE_ID) || proposals.isDual(RevokeKeyDecoder.TEMPLATE_ID)
        || proposals.isDual(SetSecurityDecoder.TEMPLATE_ID) ? 2 : 1;
  }

  private static int guardiansNeeded(final long dualTemplates) {
    return 0 != (dualTemplates & KEY_TEMPLATES) ? 2 : 1;
  }

  private static boolean isEmpty(final Ids8Decoder ids, final DirectBuffer buffer) {
    long any = 0;
    for (int i = 0; i < Ids8Decoder.ENCODED_LENGTH; i += Long.BYTES) {
      any |= buffer.getLong(ids.offset() + i);
    }
    return 0 == any;
  }
}
