package io.gavel.engine.core;

import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Asset;
import io.gavel.risk.instrument.Instrument;
import io.gavel.risk.liquidation.MarginWatch;
import io.gavel.risk.position.Contracts;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the core and liquidation: carries prices and changes of accounts to the margin watch, and steps of
 * liquidation back. It costs nothing until liquidation was set up. One thread.
 */
final class MarginGuard {

  private static final int LEGS_MAX = 512;
  private static final int STEP_DECIMALS = 3;

  private final Rooms rooms;
  private final RiskEngine risk;
  /** Of the marks, and behind them of the indices. */
  private final boolean[] mayLiquidate;
  private @Nullable Liquidators liquidators;
  private @Nullable MarginWatch watch;
  private @Nullable MarginExaminer examiner;
  private @Nullable LiquidationHandler handler;
  private int known;
  private final int[] concentrated;
  private int concentratedCount;

  /** Who acts on what the watch finds; made when liquidation is set up. */
  interface Liquidators {
    LiquidationHandler over(MarginWatch watch, MarginExaminer examiner);
  }

  MarginGuard(final Rooms rooms) {
    this.rooms = rooms;
    risk = rooms.risk;
    concentrated = new int[rooms.config.assetsMax()];
    mayLiquidate = new boolean[2 * (rooms.config.instrumentsMax() + 1)];
  }

  void liquidators(final Liquidators newLiquidators) {
    liquidators = newLiquidators;
  }

  /** Takes the memory and looks at every account; nothing when that was done. */
  void start() {
    if (null != watch || 0 == rooms.liquidationTerms.backstopAccount()) {
      return;
    }
    final int instruments = rooms.config.instrumentsMax() + 1;
    rooms.liquidationQueue.allocate();
    final int series = 4 * instruments + 2 * (rooms.config.assetsMax() + 1);
    final MarginWatch newWatch = new MarginWatch(rooms.config.accountsMax(), series,
        4 * rooms.config.balancesMax(), Math.min(LEGS_MAX, series));
    final MarginExaminer newExaminer = new MarginExaminer(rooms, newWatch);
    watch = newWatch;
    examiner = newExaminer;
    handler = null == liquidators ? null : liquidators.over(newWatch, newExaminer);
    for (int id = 1; id < instruments; id++) {
      priceChanged(id, PriceSource.MARK);
      priceChanged(id, PriceSource.INDEX);
    }
    for (int assetId = 1; assetId <= rooms.config.assetsMax(); assetId++) {
      if (rooms.risk.interest().isUsed(assetId)) {
        interestChanged(assetId);
      }
    }
    findConcentrated();
  }

  /** After a snapshot: who is in breach is what it was when the snapshot was taken, and waits as it did. */
  void restore() {
    start();
    if (null == watch || null == examiner) {
      return;
    }
    for (int slot = 0; slot < risk.accountCount(); slot++) {
      if (MarginMode.CASH != risk.accountModes().margin(slot)) {
        know(slot);
        if (!examiner.examine(slot) && !rooms.liquidationQueue.isPaused(slot)) {
          watch.await(slot);
        }
      }
    }
  }

  boolean hasWork() {
    return null != handler && handler.hasWork();
  }

  /** Whether what is matched now is an order of a liquidation. */
  boolean isReducing() {
    return null != handler && handler.isReducing();
  }

  void step() {
    if (null != handler) {
      handler.step();
    }
  }

  /** A mark or an index price has a new value. */
  void priceChanged(final int instrumentId, final PriceSource source) {
    final Instrument instrument = risk.instrument(instrumentId);
    if (null == watch || null == examiner || null == instrument) {
      return;
    }
    final int series = PriceSource.MARK == source ? instrumentId : examiner.indexSeries(instrumentId);
    final long units = risk.marks().priceUnits(instrumentId, source);
    if (!watch.isDefined(series)) {
      watch.definePrice(series, instrument.markUnitsPerTick());
    }
    if (units > 0) {
      watch.onLevel(series, units);
      timeChanged(examiner.timeSeries(instrumentId, source), risk.marks().timeNsOf(instrumentId, source));
    }
    validityChanged(instrumentId, source);
  }

  private void timeChanged(final int series, final long timeNs) {
    final long seconds = timeNs / MarginExaminer.SECOND_NS + 1;
    if (null != watch && seconds != watch.level(series)) {
      if (!watch.isDefined(series)) {
        watch.definePrice(series, 1);
      }
      watch.onLevel(series, seconds);
    }
  }

  /** A mark or an index may count for something else than before: who waits for it is looked at again. */
  void validityChanged(final int instrumentId, final PriceSource source) {
    if (null == watch) {
      return;
    }
    final boolean may = PriceSource.MARK == source ? risk.validity().mayLiquidate(instrumentId)
        : risk.validity().indexMayLiquidate(instrumentId);
    final int at = PriceSource.MARK == source ? instrumentId : mayLiquidate.length / 2 + instrumentId;
    if (may && !mayLiquidate[at]) {
      watch.wake();
    }
    mayLiquidate[at] = may;
  }

  /** A command was applied for an account; what is deposited of a concentrated asset concerns others, too. */
  void commandApplied(final long account) {
    accountChanged(account);
    for (int i = 0; null != watch && null != examiner && i < concentratedCount; i++) {
      final int series = examiner.depositSeries(concentrated[i]);
      final long issued = risk.ledger().issuedUnits(concentrated[i]);
      if (issued != watch.level(series)) {
        watch.onLevel(series, issued);
      }
    }
  }

  /** The assets that count for less as more of them is deposited. */
  private void findConcentrated() {
    concentratedCount = 0;
    for (int i = 0; null != watch && null != examiner && i < risk.assetCount(); i++) {
      final Asset asset = risk.assetAt(i);
      if (risk.collateral().isConcentrated(asset.id())) {
        concentrated[concentratedCount++] = asset.id();
        final int series = examiner.depositSeries(asset.id());
        if (!watch.isDefined(series)) {
          watch.definePrice(series, depositStep(asset.scale()));
        }
        watch.onLevel(series, risk.ledger().issuedUnits(asset.id()));
      }
    }
  }

  /** A thousandth of one of the asset, so that 2,000,000 of it are within what steps can say. */
  private static long depositStep(final int scale) {
    long step = 1;
    for (int i = STEP_DECIMALS; i < scale; i++) {
      step *= 10;
    }
    return step;
  }

  /** Debts in the asset have grown, or will from now on, for which accounts have set something aside. */
  void interestChanged(final int assetId) {
    if (null == watch || null == examiner) {
      return;
    }
    final int series = examiner.interestSeries(assetId);
    if (!watch.isDefined(series)) {
      watch.defineIndex(series, MarginExaminer.INTEREST_STEP_E15);
      allChanged();
    }
    watch.onLevel(series, risk.interest().borrowIndexE15(assetId));
  }

  /** Something about an account has changed that it may be worse off by. */
  void accountChanged(final int accountSlot) {
    if (null != watch && accountSlot >= 0 && MarginMode.CASH != risk.accountModes().margin(accountSlot)) {
      know(accountSlot);
      watch.invalidate(accountSlot);
    }
  }

  void accountChanged(final long account) {
    if (null != watch && 0 != account) {
      accountChanged(risk.accountSlot(account));
    }
  }

  /** Whoever has a position in the instrument may be worse off: funding was settled. Walks all positions. */
  void holdersChanged(final int instrumentId) {
    final Contracts contracts = risk.contracts();
    for (int position = 0; null != watch && position < contracts.size(); position++) {
      if (instrumentId == contracts.instrumentId(position) && 0 != contracts.lots(position)) {
        accountChanged(contracts.accountSlot(position));
      }
    }
  }

  /** Something has changed that all accounts may depend on. */
  void allChanged() {
    findConcentrated();
    for (int slot = 0; null != watch && slot < risk.accountCount(); slot++) {
      accountChanged(slot);
    }
  }

  /** Terms have changed for accounts of these ids, the first exclusive. */
  void idsChanged(final long fromId, final long throughId) {
    for (int slot = 0; null != watch && slot < risk.accountCount(); slot++) {
      final long id = risk.accountAt(slot);
      if (id > fromId && id <= throughId) {
        accountChanged(slot);
      }
    }
  }

  private void know(final int accountSlot) {
    for (; null != watch && known <= accountSlot; known++) {
      watch.identify(known, risk.accountAt(known));
    }
  }

  /** Prices may be good for liquidation again. */
  void wake() {
    if (null != watch) {
      watch.wake();
    }
  }

  /** The pause of an account is over. */
  void retry(final int accountSlot) {
    if (null != handler) {
      handler.retry(accountSlot);
    }
  }

  /** Accounts examined since this machine was built; a figure. */
  long examined() {
    return null == watch ? 0 : watch.examined();
  }
}
