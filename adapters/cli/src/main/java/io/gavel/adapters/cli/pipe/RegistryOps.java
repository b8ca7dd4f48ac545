package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.engine.Directory;
import java.util.List;

/** Assets, instruments and accounts. A name that is known is sent under the id it has: the engine refuses it. */
final class RegistryOps {

  private static final Words<InstrumentKind> KINDS = Words.of(InstrumentKind.class);
  private static final Words<FeeAsset> FEE_ASSETS = Words.of(FeeAsset.class);
  private static final Words<AccountKind> ACCOUNT_KINDS = Words.of(AccountKind.class);
  private static final int BPS_MAX = 10_000;
  private static final int PROTECTION_BPS = 1_000;
  private static final int MARK_UNITS_PER_TICK = 100;
  private static final int MARK_UNITS_PER_TICK_MAX = 1_000_000;
  private static final int EXTERNAL_DECIMALS_MAX = 36;

  private final CreateAssetEncoder asset = new CreateAssetEncoder();
  private final CreateInstrumentEncoder instrument = new CreateInstrumentEncoder();
  private final CreateAccountEncoder account = new CreateAccountEncoder();

  List<Op> ops() {
    return List.of(
        new Op("asset", this::asset, "ccy", "scale", "externalDecimals"),
        new Op("instrument", this::instrument, "instId", "baseCcy", "quoteCcy", "tickSz", "lotSz", "minSz", "maxSz",
            "minNotional", "maxNotional", "makerFee", "takerFee", "feeAsset", "protectionBps", "collarBps",
            "markUnitsPerTick",
            "kind", "settleCcy", "indexInstId", "multiplier", "expiry", "settlementWindowSec", "strikePx"),
        new Op("account", this::account, "acct", "kind"));
  }

  private void asset(final Fields line, final CommandScope scope) throws LineFault {
    final String symbol = line.name("ccy");
    final int scale = (int) line.whole("scale", 0, DecimalText.SCALE_MAX);
    final int external = line.intOr("externalDecimals", 0, EXTERNAL_DECIMALS_MAX, scale);
    final Directory directory = scope.directory();
    final int known = directory.assetId(symbol);
    final List<Directory.AssetEntry> all = directory.assets();
    final int next = all.isEmpty() ? 1 : all.get(all.size() - 1).id() + 1;
    final CreateAssetEncoder command = scope.ingress().begin(asset);
    scope.header(command.header(), 0);
    command.assetId(Directory.NULL_ID == known ? next : known).scale((short) scale)
        .externalDecimals((short) external);
    CommandScope.text(command.symbol(), symbol);
  }

  private void instrument(final Fields line, final CommandScope scope) throws LineFault {
    final String symbol = line.name("instId");
    final int dash = symbol.indexOf('-');
    final boolean named = dash > 0 && dash < symbol.length() - 1;
    final Directory.AssetEntry base = !line.has("baseCcy") && named
        ? scope.asset(symbol.substring(0, dash), line, "instId") : scope.asset(line, "baseCcy");
    final Directory.AssetEntry quote = !line.has("quoteCcy") && named
        ? scope.asset(symbol.substring(dash + 1), line, "instId") : scope.asset(line, "quoteCcy");
    final DecimalStep lot = scope.step(line, "lotSz");
    final DecimalStep tick = scope.step(line, "tickSz");
    final Directory directory = scope.directory();
    final int known = directory.instrumentId(symbol);
    final List<Directory.InstrumentEntry> all = directory.instruments();
    final int next = all.isEmpty() ? 1 : all.get(all.size() - 1).id() + 1;
    final int settleAssetId = line.has("settleCcy") ? scope.asset(line, "settleCcy").id() : 0;
    final int indexInstrumentId = line.has("indexInstId") ? scope.instrument(line, "indexInstId").id() : 0;
    final CreateInstrumentEncoder command = scope.ingress().begin(instrument);
    scope.header(command.header(), 0);
    command.instrumentId(Directory.NULL_ID == known ? next : known).baseAssetId(base.id()).quoteAssetId(quote.id())
        .makerFeeE8(scope.ratioE8(line, "makerFee")).takerFeeE8(scope.ratioE8(line, "takerFee"))
        .markUnitsPerTick(line.intOr("markUnitsPerTick", 1, MARK_UNITS_PER_TICK_MAX, MARK_UNITS_PER_TICK))
        .protectionBps(line.intOr("protectionBps", 1, BPS_MAX, PROTECTION_BPS))
        .collarBps(line.intOr("collarBps", 0, BPS_MAX, 0))
        .tickSizeE10(tick.stepE10()).lotSizeE10(lot.stepE10())
        .minLots(scope.lots(lot, line, "minSz")).maxLots(scope.lots(lot, line, "maxSz"))
        .minNotionalUnits(scope.units(quote, line, "minNotional"))
        .maxNotionalUnits(scope.units(quote, line, "maxNotional"))
        .kind(line.wordOr("kind", KINDS, InstrumentKind.SPOT))
        .feeAsset(line.wordOr("feeAsset", FEE_ASSETS, FeeAsset.QUOTE));
    command.settleAssetId(settleAssetId).indexInstrumentId(indexInstrumentId)
        .multiplierE10(scope.rateE10(line, "multiplier")).expiryTimeNs(line.timeOr("expiry", 0))
        .settlementWindowNs(scope.durationNs(line, "settlementWindowSec"))
        .strikeTicks(scope.ticks(tick, line, "strikePx"));
    CommandScope.text(command.symbol(), symbol);
  }

  private void account(final Fields line, final CommandScope scope) throws LineFault {
    final String name = line.name("acct");
    final Directory directory = scope.directory();
    final long known = directory.accountId(name);
    final List<Directory.AccountEntry> all = directory.accounts();
    final long next = all.isEmpty() ? 1 : all.get(all.size() - 1).id() + 1;
    final AccountKind kind = line.wordOr("kind", ACCOUNT_KINDS, AccountKind.USER);
    final CreateAccountEncoder command = scope.ingress().begin(account);
    scope.header(command.header(), Directory.NULL_ID == known ? next : known);
    command.kind(kind);
    CommandScope.text(command.name(), name);
  }
}
