package io.gavel.risk;

import io.gavel.codecs.sbe.HaltMode;
import io.gavel.codecs.sbe.HaltScope;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.limit.AccountProfiles;
import io.gavel.risk.limit.CascadeBudget;
import io.gavel.risk.limit.CoolingOff;
import io.gavel.risk.limit.HaltModes;
import io.gavel.risk.limit.Halts;
import io.gavel.risk.limit.RiskTable;
import io.gavel.risk.position.Contracts;
import io.gavel.risk.position.Positions;

/**
 * What operators and people themselves say about new risk: the risk table and what it knows of accounts, pauses, and
 * the kill switch in all its scopes. Answers refuse before their first effect. Allocates nothing after start. One
 * thread.
 */
public final class RiskControls {

  /** The rooms it has a door to. */
  record Rooms(
      Assets assets, Instruments instruments, Accounts accounts, Positions positions, Contracts contracts, Halts halts,
      HaltModes haltModes, AccountProfiles profiles, RiskTable limits, CoolingOff cooling, CascadeBudget cascades,
      LimitedSettlement settlement) {
  }

  private final Rooms rooms;
  private final Accounts accounts;
  private final Halts halts;
  private final HaltModes haltModes;

  RiskControls(final Rooms rooms) {
    this.rooms = rooms;
    accounts = rooms.accounts;
    halts = rooms.halts;
    haltModes = rooms.haltModes;
  }

  /**
   * Switches a halt of the scope on or off; switching to what it is already is OK and does nothing. There is one halt
   * for each thing that can be halted: a new one replaces its mode.
   */
  public ReasonCode setHalt(final HaltScope scope, final int instrumentId, final long account, final int groupId,
      final boolean on, final HaltMode mode) {
    final boolean reduceOnly = on && HaltMode.REDUCE_ONLY == mode;
    return switch (scope) {
      case ENGINE -> {
        halts.haltEngine(on && !reduceOnly);
        haltModes.reduceOnlyEngine(reduceOnly);
        yield ReasonCode.OK;
      }
      case INSTRUMENT -> {
        if (null == rooms.instruments.get(instrumentId)) {
          yield ReasonCode.UNKNOWN_INSTRUMENT;
        }
        halts.haltInstrument(instrumentId, on && !reduceOnly);
        haltModes.reduceOnlyInstrument(instrumentId, reduceOnly);
        yield ReasonCode.OK;
      }
      case ACCOUNT -> haltAccount(accounts.slotOf(account), on, reduceOnly);
      case GROUP -> {
        if (groupId <= 0 || groupId > AccountProfiles.GROUPS_MAX) {
          yield ReasonCode.OUT_OF_RANGE;
        }
        haltModes.haltGroup(groupId, on, reduceOnly);
        yield ReasonCode.OK;
      }
      case AUTO_SELL -> {
        if (reduceOnly) {
          yield ReasonCode.FLAGS_CONFLICT;
        }
        haltModes.haltAutoSell(on);
        yield ReasonCode.OK;
      }
      default -> ReasonCode.UNKNOWN_ENUM;
    };
  }

  private ReasonCode haltAccount(final int accountSlot, final boolean on, final boolean reduceOnly) {
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    halts.haltAccount(accountSlot, on && !reduceOnly);
    haltModes.reduceOnlyAccount(accountSlot, reduceOnly);
    return ReasonCode.OK;
  }

  /** Whether no rule may send an order. */
  public boolean isAutoSellHalted() {
    return haltModes.isAutoSellHalted();
  }

  /** Puts a row into the risk table or takes it out; account 0 is anyone. */
  public ReasonCode setRiskLimits(final SetRiskLimitsDecoder command) {
    final long account = command.header().account();
    final int accountSlot = 0 == account ? Accounts.NULL_SLOT : accounts.slotOf(account);
    if (0 != account && Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    return 0 != command.assetId() && null == rooms.assets.get(command.assetId())
        ? ReasonCode.UNKNOWN_ASSET : rooms.limits.set(command, accountSlot);
  }

  /** Tells the risk table whom it deals with. */
  public ReasonCode setProfile(final long account, final long openedTimeNs, final int groupId, final int region,
      final int leverageRow) {
    final int accountSlot = accounts.slotOf(account);
    if (Accounts.NULL_SLOT == accountSlot) {
      return ReasonCode.UNKNOWN_ACCOUNT;
    }
    if (leverageRow < 0 || leverageRow > RiskTable.ROWS_MAX || openedTimeNs < 0 || region < 0) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (!rooms.profiles.hasRoom(accountSlot, groupId)) {
      return ReasonCode.LIMITS_INVALID;
    }
    rooms.profiles.set(accountSlot, openedTimeNs, groupId, region, leverageRow);
    return ReasonCode.OK;
  }

  /** Profits less losses of an account in an instrument, without fees, in quote or settle units; a figure. */
  public long realisedUnits(final long account, final int instrumentId) {
    final int accountSlot = accounts.slotOf(account);
    final Contracts contracts = rooms.contracts;
    if (Accounts.NULL_SLOT == accountSlot || !contracts.isAllocated()) {
      return rooms.positions.realisedUnits(account, instrumentId);
    }
    long units = rooms.positions.realisedUnits(account, instrumentId);
    for (int position = contracts.first(accountSlot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      units += contracts.instrumentId(position) == instrumentId ? contracts.realisedUnits(position) : 0;
    }
    return units;
  }

  public RiskTable limits() {
    return rooms.limits;
  }

  public CoolingOff cooling() {
    return rooms.cooling;
  }

  public CascadeBudget cascades() {
    return rooms.cascades;
  }

  /** OK, or that the account takes no new risk for a while; an unknown one has nothing to wait for. */
  public ReasonCode checkPause(final long account) {
    final int accountSlot = rooms.cooling.isOn() ? accounts.slotOf(account) : Accounts.NULL_SLOT;
    return Accounts.NULL_SLOT == accountSlot ? ReasonCode.OK : rooms.settlement.checkPause(accountSlot);
  }

  /** Until when what was refused last with this reason is refused; 0 for a reason that does not end by itself. */
  public long refusedUntilNs(final ReasonCode code) {
    return ReasonCode.COOLING_OFF == code || ReasonCode.VOLATILITY_HALT == code
        ? rooms.settlement.untilTimeNs() : 0;
  }
}
