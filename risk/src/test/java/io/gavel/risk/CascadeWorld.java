package io.gavel.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.risk.instrument.Assets;
import io.gavel.risk.instrument.Instruments;
import io.gavel.risk.instrument.Name;
import io.gavel.risk.ledger.Accounts;
import io.gavel.risk.ledger.SystemAccount;
import io.gavel.risk.liquidation.BankruptLots;
import io.gavel.risk.liquidation.Deleveraging;
import io.gavel.risk.liquidation.HouseCash;
import io.gavel.risk.liquidation.LiquidationTerms;
import io.gavel.risk.liquidation.MarginWatch;
import io.gavel.risk.liquidation.Takeover;
import io.gavel.risk.position.Contracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Half of the accounts long in one to three contracts with little money, half of them short with much: a crash makes
 * every long bankrupt or nearly so. Money is an array of balances; a value is mark times lots, exactly. Requirements
 * are 1 % of value. So many accounts are liquidated a step, then what nobody paid for is deleveraged.
 */
final class CascadeWorld implements HouseCash {

  static final int CONTRACTS = 3;
  static final int ASSET = 2;
  static final long FIRST_MARK = 1_000_000;
  static final int FIRST_ID = 500;
  private static final int BACKSTOP = 0;

  final Accounts accounts;
  final Contracts contracts;
  final LiquidationTerms terms = new LiquidationTerms(CONTRACTS);
  final long[] balances;
  final long[] system = new long[SystemAccount.values().length];
  final long[] marks = {0, FIRST_MARK, FIRST_MARK, FIRST_MARK};
  /** What happened, in order: account, lots, values, funds. */
  final List<String> told = new ArrayList<>();
  final long[] deleveragedLots = new long[CONTRACTS + 1];
  final long[] ownerlessLots = new long[CONTRACTS + 1];
  int liquidated;
  private final Instruments instruments;
  private BankruptLots bankrupt = new BankruptLots(CONTRACTS);
  private Takeover takeover;
  private Deleveraging deleveraging;
  private MarginWatch watch;

  CascadeWorld(final int longs, final long seed, final long fund, final long backstop) {
    final int count = 2 * longs + 1;
    final Assets assets = new Assets(4);
    assertEquals(ReasonCode.OK, assets.create(1, 8, 8, name("BTC")));
    assertEquals(ReasonCode.OK, assets.create(ASSET, 6, 6, name("USDT")));
    instruments = new Instruments(CONTRACTS, assets);
    for (int id = 1; id <= CONTRACTS; id++) {
      assertEquals(ReasonCode.OK, instruments.create(
          RiskWorld.instrument(id, "PERP-" + id, c -> c.kind(InstrumentKind.LINEAR_PERPETUAL))));
    }
    accounts = new Accounts(count);
    contracts = new Contracts(accounts, instruments, count, 4, CONTRACTS, CONTRACTS * count);
    contracts.allocate();
    balances = new long[count];
    // Ids fall while places rise.
    for (int slot = 0; slot < count; slot++) {
      assertEquals(ReasonCode.OK,
          accounts.create(FIRST_ID + count - slot, AccountKind.USER, new Name(0, 0, 0, 0)));
    }
    system[SystemAccount.INSURANCE.code()] = fund;
    system[SystemAccount.BACKSTOP.code()] = backstop;
    final Random random = new Random(seed);
    for (int pair = 0; pair < longs; pair++) {
      pair(random, 1 + pair, 1 + longs + pair);
    }
    restart();
  }

  private static Name name(final String text) {
    return new Name(Text32.word(text, 0), 0, 0, 0);
  }

  private void pair(final Random random, final int longSlot, final int shortSlot) {
    long worth = 0;
    for (int leg = random.nextInt(CONTRACTS); leg >= 0; leg--) {
      final int id = 1 + random.nextInt(CONTRACTS);
      final long lots = 1 + (long) random.nextInt(500);
      final long value = lots * FIRST_MARK;
      contracts.trade(contracts.open(longSlot, id, PositionSide.NET), lots, value);
      contracts.trade(contracts.open(shortSlot, id, PositionSide.NET), -lots, value);
      worth += value;
    }
    balances[longSlot] = worth / 100 * (3 + random.nextInt(20));
    balances[shortSlot] = worth * 2;
  }

  /** All that is not saved is built anew. */
  void restart() {
    watch = new MarginWatch(balances.length, CONTRACTS + 1, 2 * CONTRACTS * balances.length, CONTRACTS);
    for (int id = 1; id <= CONTRACTS; id++) {
      watch.definePrice(id, 100);
      watch.onLevel(id, marks[id]);
    }
    for (int slot = 1; slot < balances.length; slot++) {
      watch.identify(slot, accounts.at(slot).id());
      if (!examine(slot)) {
        watch.invalidate(slot);
      }
    }
    final BankruptLots saved = bankrupt;
    bankrupt = new BankruptLots(CONTRACTS);
    final StateTape tape = StateTape.saved(saved);
    if (!tape.isEmpty()) {
      bankrupt.load(tape);
    }
    takeover = new Takeover(instruments, contracts, terms, bankrupt, this);
    deleveraging = new Deleveraging(accounts, instruments, contracts, terms, bankrupt, this, contracts.size());
    deleveraging.allocate();
  }

  private long equity(final int slot) {
    long equity = balances[slot];
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      equity += gainUnits(position);
    }
    return equity;
  }

  private long maintenance(final int position) {
    return (markValueUnits(position) + 99) / 100;
  }

  private long maintenanceOf(final int slot) {
    long sum = 0;
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      sum += maintenance(position);
    }
    return sum;
  }

  private boolean examine(final int slot) {
    watch.begin(slot);
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final long value = markValueUnits(position);
      if (0 != value) {
        final boolean isLong = contracts.lots(position) > 0;
        watch.linear(contracts.instrumentId(position), isLong ? value : 0, isLong ? 0 : value + value / 100 + 1);
      }
    }
    return watch.commit(equity(slot) - maintenanceOf(slot), 2 * CONTRACTS);
  }

  void mark(final int id, final long units) {
    marks[id] = units;
    watch.onLevel(id, units);
  }

  /** So many accounts in breach are liquidated, then bankrupt lots are deleveraged; true when nothing is left. */
  boolean step(final int accountsMax, final long timeNs) {
    int done = 0;
    while (done < accountsMax) {
      final int slot = watch.poll();
      if (MarginWatch.NULL_ACCOUNT == slot) {
        break;
      }
      if (!examine(slot)) {
        liquidate(slot, timeNs);
        done++;
      }
    }
    deleverage();
    return 0 == watch.dueCount();
  }

  private void liquidate(final int slot, final long timeNs) {
    final long equity = equity(slot);
    final long maintenance = maintenanceOf(slot);
    liquidated++;
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position)) {
        takeover.take(position, BACKSTOP, Takeover.shareUnits(equity, maintenance(position), maintenance), timeNs);
        told.add(accounts.at(slot).id() + " took " + takeover.lots() + " at " + takeover.valueUnits() + " fund "
            + takeover.fundUnits() + " backstop " + takeover.backstopUnits() + " short " + takeover.shortfallUnits());
        ownerlessLots[contracts.instrumentId(position)] +=
            takeover.shortfallUnits() > 0 ? Math.abs(takeover.lots()) : 0;
      }
    }
    assertTrue(balances[slot] >= 0 && balances[slot] < CONTRACTS, "left over: " + balances[slot]);
    assertTrue(examine(slot));
  }

  private void deleverage() {
    for (int id = bankrupt.next(1); 0 != id; id = bankrupt.next(1)) {
      deleveraging.begin(id, BACKSTOP);
      int steps = 1;
      while (!deleveraging.collect(64)) {
        steps++;
      }
      assertEquals((contracts.size() + 63) / 64, steps);
      while (deleveraging.closeNext()) {
        final int slot = contracts.accountSlot(deleveraging.counterparty());
        told.add(accounts.at(slot).id() + " gave " + deleveraging.counterpartyLots() + " at "
            + deleveraging.counterpartyUnits());
        deleveragedLots[id] += deleveraging.counterpartyLots();
        watch.invalidate(slot);
      }
      assertEquals(0, deleveraging.finish());
    }
  }

  /** Per contract lots are zero, and all money together is what it was. */
  long moneyThereIs() {
    long sum = contracts.netCostUnits(ASSET);
    for (final long each : balances) {
      sum += each;
    }
    for (final long each : system) {
      sum += each;
    }
    assertEquals(0, contracts.netCostUnits(ASSET) + system[SystemAccount.CLEARING.code()]);
    for (int id = 1; id <= CONTRACTS; id++) {
      assertEquals(0, contracts.netLots(id));
    }
    return sum - contracts.netCostUnits(ASSET);
  }

  @Override
  public void exchange(final int fromPosition, final int toPosition, final long lots, final long valueUnits) {
    realise(fromPosition, contracts.trade(fromPosition, -lots, valueUnits));
    realise(toPosition, contracts.trade(toPosition, lots, valueUnits));
  }

  private void realise(final int position, final long resultUnits) {
    balances[contracts.accountSlot(position)] += resultUnits;
    system[SystemAccount.CLEARING.code()] -= resultUnits;
  }

  @Override
  public int openPosition(final int accountSlot, final int instrumentId) {
    return contracts.open(accountSlot, instrumentId, PositionSide.NET);
  }

  @Override
  public void payIn(final SystemAccount from, final int accountSlot, final int assetId, final long amountUnits) {
    assertTrue(amountUnits > 0);
    system[from.code()] -= amountUnits;
    balances[accountSlot] += amountUnits;
  }

  @Override
  public void shareLoss(final int exemptPosition, final long lossUnits) {
    assertTrue(lossUnits > 0);
    assertEquals(BACKSTOP, contracts.accountSlot(exemptPosition));
  }

  @Override
  public long fundUnits(final SystemAccount account, final int assetId) {
    return system[account.code()];
  }

  @Override
  public long backingUnits(final int position) {
    return equity(contracts.accountSlot(position));
  }

  @Override
  public long gainUnits(final int position) {
    return contracts.lots(position) * marks[contracts.instrumentId(position)] - contracts.costUnits(position);
  }

  @Override
  public long markValueUnits(final int position) {
    return Math.abs(contracts.lots(position)) * marks[contracts.instrumentId(position)];
  }
}
