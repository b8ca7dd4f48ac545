package io.gavel.engine;

import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.AdjustMarginEncoder;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PositionMode;
import io.gavel.codecs.sbe.PositionSide;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetAccountModeEncoder;
import io.gavel.codecs.sbe.SetCollateralEncoder;
import io.gavel.codecs.sbe.SetLeverageEncoder;
import io.gavel.codecs.sbe.SetMarginEncoder;
import io.gavel.engine.ring.Ingress;
import java.util.function.Consumer;

/**
 * What positions in contracts need, and how accounts are margined. Every method answers a position in the ring, or a
 * negative code; what does not fit throws {@link RefusedException} before anything is sent. Any thread; takes a lock.
 */
public final class Margins extends Facade {

  private static final int LEVERAGE_SCALE = 2;

  private final SetMarginEncoder margin = new SetMarginEncoder();
  private final SetCollateralEncoder collateral = new SetCollateralEncoder();
  private final SetAccountModeEncoder mode = new SetAccountModeEncoder();
  private final SetLeverageEncoder leverage = new SetLeverageEncoder();
  private final AdjustMarginEncoder adjust = new AdjustMarginEncoder();

  Margins(final Directory directory, final Ingress ingress) {
    super(directory, ingress);
  }

  /** What positions of a contract need; with positions open it takes hold account by account, by rising id. */
  public synchronized long terms(final String instId, final Consumer<MarginTicket> fill) {
    final MarginTicket ticket = new MarginTicket();
    fill.accept(ticket);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final Directory.AssetEntry settle = settle(instrument);
    final SetMarginEncoder command = ingress.begin(margin);
    command.instrumentId(instrument.id()).curve(ticket.curve).leverageMaxE2(hundredths(ticket.leverageMax))
        .lotsPerSize(steps(instrument.lot(), ticket.sizeOne, "sizeOne"))
        .initialSlopeE8(ratioE8(ticket.initialSlope, "initialSlope"))
        .maintenanceSlopeE8(ratioE8(ticket.maintenanceSlope, "maintenanceSlope"))
        .openInterestLowUnits(units(settle, ticket.openInterestLow, "openInterestLow"))
        .openInterestHighUnits(units(settle, ticket.openInterestHigh, "openInterestHigh"))
        .accountsPerStep(ticket.accountsPerStep).stepNs(ticket.stepNs).profitCounts(flag(ticket.profitCounts));
    final SetMarginEncoder.TiersEncoder tiers = command.tiersCount(ticket.tiers.size());
    for (final MarginTicket.Tier tier : ticket.tiers) {
      tiers.next().floorUnits(units(settle, tier.from(), "from")).initialRateE8(ratioE8(tier.initial(), "initial"))
          .maintenanceRateE8(ratioE8(tier.maintenance(), "maintenance"));
    }
    return ingress.offer();
  }

  /** What free money in an asset backs; the first without a price instrument is the reference asset. */
  public synchronized long collateral(final String ccy, final Consumer<CollateralTicket> fill) {
    final CollateralTicket ticket = new CollateralTicket();
    fill.accept(ticket);
    final Directory.AssetEntry asset = directory.requireAsset(ccy, "ccy");
    final Directory.InstrumentEntry price =
        null == ticket.priceInstId ? null : directory.requireInstrument(ticket.priceInstId);
    final Directory.AssetEntry reference = null == price ? asset : directory.asset(price.quoteAssetId());
    final SetCollateralEncoder command = ingress.begin(collateral);
    command.assetId(asset.id()).instrumentId(null == price ? 0 : price.id())
        .amountPerSize(units(asset, "1", "one")).debtWeightE8(ratioE8(ticket.debtWeight, "debtWeight"))
        .factorE6(ticket.factorE6)
        .concentrationStartUnits(
            null == reference ? 0 : units(reference, ticket.concentrationStart, "concentrationStart"));
    final SetCollateralEncoder.TiersEncoder tiers = command.tiersCount(ticket.tiers.size());
    for (final CollateralTicket.Tier tier : ticket.tiers) {
      tiers.next().floorUnits(null == reference ? 0 : units(reference, tier.from(), "from"))
          .weightE8(ratioE8(tier.weight(), "weight"));
    }
    return ingress.offer();
  }

  /** How an account is margined; only while it has no position, order in a contract or debt. */
  public synchronized long mode(final String acct, final MarginMode marginMode, final PositionMode positionMode) {
    final long account = directory.requireAccount(acct);
    final SetAccountModeEncoder command = ingress.begin(mode);
    command.header().account(account);
    command.marginMode(marginMode).positionMode(positionMode);
    return ingress.offer();
  }

  /** The leverage an account chooses in a contract, "5" or "12.5"; "0" is no choice. */
  public synchronized long leverage(final String acct, final String instId, final String times) {
    final long account = directory.requireAccount(acct);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final SetLeverageEncoder command = ingress.begin(leverage);
    command.header().account(account);
    command.instrumentId(instrument.id()).leverageE2(hundredths(times));
    return ingress.offer();
  }

  /** Money to the margin of an isolated position, or with a minus from it. */
  public synchronized long adjust(
      final String acct, final String instId, final PositionSide side, final String amt) {
    final long account = directory.requireAccount(acct);
    final Directory.InstrumentEntry instrument = directory.requireInstrument(instId);
    final long amountUnits = units(settle(instrument), amt, "amt");
    final AdjustMarginEncoder command = ingress.begin(adjust);
    command.header().account(account);
    command.instrumentId(instrument.id()).positionSide(side).amountUnits(amountUnits);
    return ingress.offer();
  }

  private static int hundredths(final String times) {
    final long hundredths = refusing(() -> DecimalText.parse(times, LEVERAGE_SCALE, "leverage"));
    if (hundredths != (int) hundredths) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, "leverage", times, "is no leverage: 5 is five times");
    }
    return (int) hundredths;
  }
}
