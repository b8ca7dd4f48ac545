package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.DeleveragePolicy;
import io.gavel.codecs.sbe.FundHouseEncoder;
import io.gavel.codecs.sbe.HouseFund;
import io.gavel.codecs.sbe.ReductionPolicy;
import io.gavel.codecs.sbe.SetLiquidationEncoder;
import io.gavel.codecs.sbe.SettleInstrumentEncoder;
import io.gavel.engine.Directory;
import java.util.List;

/** Money of the house, how positions are liquidated, and the end of a contract. */
final class LiquidationOps {

  private static final int BPS_MAX = 10_000;
  private static final int PPM_MAX = 1_000_000;
  private static final int ATTEMPTS_MAX = 1_000;
  private static final Words<HouseFund> FUNDS = Words.of(HouseFund.class);
  private static final Words<DeleveragePolicy> POLICIES = Words.of(DeleveragePolicy.class);
  private static final Words<ReductionPolicy> REDUCTIONS = Words.of(ReductionPolicy.class);

  private final FundHouseEncoder fund = new FundHouseEncoder();
  private final SetLiquidationEncoder terms = new SetLiquidationEncoder();
  private final SettleInstrumentEncoder settle = new SettleInstrumentEncoder();

  List<Op> ops() {
    return List.of(
        new Op("house-fund", this::fund, "fund", "ccy", "amt"),
        new Op("liquidation", this::terms, "instId", "collarBps", "depthShareBps", "partialBps", "attemptsMax",
            "retrySec", "backstopAcct", "fundAccountMax", "fundMax", "fundIntervalMax", "fundIntervalSec",
            "backstopLossMax", "policy", "reduction",
            "insuranceFeePpm"),
        new Op("settle-instrument", this::settle, "instId", "px"));
  }

  private void fund(final Fields line, final CommandScope scope) throws LineFault {
    final HouseFund which = line.word("fund", FUNDS);
    final Directory.AssetEntry asset = scope.asset(line, "ccy");
    final long amountUnits = scope.requiredUnits(asset, line, "amt");
    final FundHouseEncoder command = scope.ingress().begin(fund);
    scope.header(command.header(), 0);
    command.fund(which).assetId(asset.id()).amountUnits(amountUnits);
  }

  private void terms(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final Directory.AssetEntry settled = scope.settle(instrument, line);
    final long backstop = line.has("backstopAcct") ? scope.account(line, "backstopAcct") : 0;
    final SetLiquidationEncoder command = scope.ingress().begin(terms);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).backstopAccount(backstop).retryNs(scope.durationNs(line, "retrySec"))
        .fundAccountMaxUnits(scope.units(settled, line, "fundAccountMax"))
        .fundMaxUnits(scope.units(settled, line, "fundMax"))
        .fundIntervalMaxUnits(scope.units(settled, line, "fundIntervalMax"))
        .intervalNs(scope.durationNs(line, "fundIntervalSec"))
        .backstopLossMaxUnits(scope.units(settled, line, "backstopLossMax"))
        .collarBps(line.intOr("collarBps", 0, BPS_MAX, 0)).depthShareBps(line.intOr("depthShareBps", 0, BPS_MAX, 0))
        .partialBps(line.intOr("partialBps", 0, BPS_MAX, 0))
        .attemptsMax(line.intOr("attemptsMax", 0, ATTEMPTS_MAX, 0))
        .policy(line.wordOr("policy", POLICIES, DeleveragePolicy.PRO_RATA))
        .reduction(line.wordOr("reduction", REDUCTIONS, ReductionPolicy.SHARE))
        .insuranceFeeE6(line.intOr("insuranceFeePpm", 0, PPM_MAX, 0));
  }

  private void settle(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long priceUnits = scope.markUnits(instrument, line, "px");
    final SettleInstrumentEncoder command = scope.ingress().begin(settle);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).priceUnits(priceUnits);
  }
}
