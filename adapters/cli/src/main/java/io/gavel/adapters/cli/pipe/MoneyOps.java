package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.HoldFundsEncoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.SettleHoldEncoder;
import io.gavel.engine.Directory;
import java.util.List;

/** Money in, and money out in two phases: hold, then settle or release. */
final class MoneyOps {

  private final DepositEncoder deposit = new DepositEncoder();
  private final HoldFundsEncoder hold = new HoldFundsEncoder();
  private final SettleHoldEncoder settle = new SettleHoldEncoder();
  private final ReleaseHoldEncoder release = new ReleaseHoldEncoder();

  List<Op> ops() {
    return List.of(
        new Op("deposit", this::deposit, "acct", "ccy", "amt", "basisInstId", "basisPx"),
        new Op("hold", this::hold, "acct", "ccy", "amt"),
        new Op("settle", this::settle, "acct", "holdId", "ccy", "amt"),
        new Op("release", this::release, "acct", "holdId"));
  }

  private void deposit(final Fields line, final CommandScope scope) throws LineFault {
    if (1 == line.count("basisInstId", "basisPx")) {
      throw line.fault(ReasonCode.MALFORMED, "pipe.bothOrNone", "basisInstId", "basisPx");
    }
    final long account = scope.account(line);
    final Directory.AssetEntry asset = scope.asset(line, "ccy");
    final long amountUnits = scope.requiredUnits(asset, line, "amt");
    final DepositEncoder command = scope.ingress().begin(deposit);
    scope.header(command.header(), account);
    command.assetId(asset.id()).amountUnits(amountUnits);
    if (line.has("basisInstId")) {
      final Directory.InstrumentEntry basis = scope.instrument(line, "basisInstId");
      command.basisInstrumentId(basis.id()).basisPriceTicks(scope.ticks(basis, line, "basisPx"));
    }
  }

  private void hold(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final Directory.AssetEntry asset = scope.asset(line, "ccy");
    final long amountUnits = scope.requiredUnits(asset, line, "amt");
    final HoldFundsEncoder command = scope.ingress().begin(hold);
    scope.header(command.header(), account);
    command.assetId(asset.id()).amountUnits(amountUnits);
  }

  private void settle(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long holdId = line.whole("holdId", 1, Long.MAX_VALUE);
    final Directory.AssetEntry asset = scope.asset(line, "ccy");
    final int held = scope.engine().ask(state -> state.risk().holdAsset(holdId));
    if (0 < held && held != asset.id()) {
      throw line.fault(ReasonCode.UNKNOWN_HOLD, "pipe.otherAsset", holdId, scope.directory().assetName(held),
          asset.symbol());
    }
    final long amountUnits = scope.requiredUnits(asset, line, "amt");
    final SettleHoldEncoder command = scope.ingress().begin(settle);
    scope.header(command.header(), account);
    command.holdId(holdId).amountUnits(amountUnits);
  }

  private void release(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long holdId = line.whole("holdId", 1, Long.MAX_VALUE);
    final ReleaseHoldEncoder command = scope.ingress().begin(release);
    scope.header(command.header(), account);
    command.holdId(holdId);
  }
}
