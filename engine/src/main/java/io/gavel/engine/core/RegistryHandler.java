package io.gavel.engine.core;

import io.gavel.codecs.sbe.BalanceCause;
import io.gavel.codecs.sbe.CreateAccountDecoder;
import io.gavel.codecs.sbe.CreateAssetDecoder;
import io.gavel.codecs.sbe.CreateInstrumentDecoder;
import io.gavel.codecs.sbe.DepositDecoder;
import io.gavel.codecs.sbe.HoldFundsDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldDecoder;
import io.gavel.codecs.sbe.SettleHoldDecoder;
import io.gavel.codecs.sbe.Text32Decoder;
import io.gavel.risk.RiskEngine;

/** Opens assets, instruments and accounts, and moves money in and out in its two phases. */
final class RegistryHandler {

  private final Rooms rooms;
  private final RiskEngine risk;
  private final MarketEvents events;
  private final ExpiryHandler expiries;

  RegistryHandler(final Rooms rooms, final MarketEvents events, final ExpiryHandler expiries) {
    this.expiries = expiries;
    this.rooms = rooms;
    risk = rooms.risk;
    this.events = events;
  }

  ReasonCode createAsset(final CreateAssetDecoder command) {
    final Text32Decoder symbol = command.symbol();
    final ReasonCode code = risk.createAsset(command.assetId(), command.scale(), command.externalDecimals(),
        symbol.w0(), symbol.w1(), symbol.w2(), symbol.w3());
    return acceptIfOk(code, command.assetId());
  }

  ReasonCode createInstrument(final CreateInstrumentDecoder command) {
    if (0 != command.expiryTimeNs() && command.expiryTimeNs() <= rooms.clock.timeNs()) {
      return ReasonCode.CONTRACT_TERMS_INVALID;
    }
    final ReasonCode code = risk.createInstrument(command);
    if (ReasonCode.OK == code) {
      final int instrumentId = command.instrumentId();
      rooms.openBook(instrumentId, rooms.instrument(instrumentId).quoteUnitsPerTickLot());
      expiries.created(rooms.instrument(instrumentId));
    }
    return acceptIfOk(code, command.instrumentId());
  }

  ReasonCode createAccount(final CreateAccountDecoder command) {
    final Text32Decoder name = command.name();
    final long account = command.header().account();
    final ReasonCode code =
        risk.createAccount(account, command.kind(), name.w0(), name.w1(), name.w2(), name.w3());
    return acceptIfOk(code, account);
  }

  ReasonCode deposit(final DepositDecoder command) {
    final long account = command.header().account();
    final long amountUnits = command.amountUnits();
    final ReasonCode code = risk.deposit(account, command.assetId(), amountUnits, command.basisInstrumentId(),
        command.basisPriceTicks());
    if (ReasonCode.OK == code) {
      rooms.answers.accept(0);
      events.balanceChanged(account, command.assetId(), amountUnits, 0, BalanceCause.DEPOSIT);
    }
    return code;
  }

  ReasonCode holdFunds(final HoldFundsDecoder command) {
    final long account = command.header().account();
    final long holdId = rooms.ids.peek();
    final ReasonCode code = risk.holdFunds(account, command.assetId(), command.amountUnits(), holdId);
    if (ReasonCode.OK == code) {
      rooms.answers.accept(rooms.ids.next());
      events.balanceChanged(account, command.assetId(), -command.amountUnits(), holdId, BalanceCause.HOLD);
    }
    return code;
  }

  ReasonCode settleHold(final SettleHoldDecoder command) {
    final long account = command.header().account();
    final long holdId = command.holdId();
    final int assetId = risk.holdAsset(holdId);
    final ReasonCode code = risk.settleHold(account, holdId, command.amountUnits());
    if (ReasonCode.OK == code) {
      rooms.answers.accept(holdId);
      events.balanceChanged(account, assetId, -command.amountUnits(), holdId, BalanceCause.SETTLE);
    }
    return code;
  }

  ReasonCode releaseHold(final ReleaseHoldDecoder command) {
    final long account = command.header().account();
    final long holdId = command.holdId();
    final int assetId = risk.holdAsset(holdId);
    final long units = risk.holdUnits(holdId);
    final ReasonCode code = risk.releaseHold(account, holdId);
    if (ReasonCode.OK == code) {
      rooms.answers.accept(holdId);
      events.balanceChanged(account, assetId, units, holdId, BalanceCause.RELEASE);
    }
    return code;
  }

  private ReasonCode acceptIfOk(final ReasonCode code, final long id) {
    if (ReasonCode.OK == code) {
      rooms.answers.accept(id);
    }
    return code;
  }
}
