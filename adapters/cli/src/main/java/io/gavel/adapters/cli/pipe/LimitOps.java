package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.AmendOrderDecoder;
import io.gavel.codecs.sbe.ArmRuleDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.PlaceOrderDecoder;
import io.gavel.codecs.sbe.PoolKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SelfExcludeEncoder;
import io.gavel.codecs.sbe.SetAccountProfileEncoder;
import io.gavel.codecs.sbe.SetPoolEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.SetSignalEncoder;
import io.gavel.engine.Directory;
import io.gavel.risk.limit.CascadeBudget;
import java.util.List;

/** Rows of the risk table, what it knows of accounts, and who shuts itself out. Each kind has a field for its limit. */
final class LimitOps {

  /** Commands whose rate a row can weigh. */
  enum Weighed {
    ORDER(PlaceOrderDecoder.TEMPLATE_ID), AMEND(AmendOrderDecoder.TEMPLATE_ID), RULE(ArmRuleDecoder.TEMPLATE_ID);

    private final int templateId;

    Weighed(final int templateId) {
      this.templateId = templateId;
    }

    int templateId() {
      return templateId;
    }
  }

  private static final int ROWS_MAX = 64;
  private static final int GROUPS_MAX = 4_096;
  private static final int E2 = 100;
  private static final Words<RiskLimitKind> KINDS = Words.of(RiskLimitKind.class);
  private static final Words<Weighed> WEIGHED = Words.of(Weighed.class);
  private static final Words<PoolKind> POOLS = Words.of(PoolKind.class);

  private final SetRiskLimitsEncoder riskLimit = new SetRiskLimitsEncoder();
  private final SetAccountProfileEncoder profile = new SetAccountProfileEncoder();
  private final SelfExcludeEncoder selfExclude = new SelfExcludeEncoder();
  private final SetSignalEncoder signal = new SetSignalEncoder();
  private final SetPoolEncoder pool = new SetPoolEncoder();

  List<Op> ops() {
    return List.of(
        new Op("risk-limit", this::riskLimit, "row", "kind", "acct", "instId", "ccy", "group", "region",
            "ageFromSec", "ageBelowSec", "maxSz", "max", "leverage", "above", "bps", "count", "command", "windowSec",
            "pauseSec", "staged"),
        new Op("account-profile", this::profile, "acct", "opened", "group", "region", "leverageRow"),
        new Op("self-exclude", this::selfExclude, "acct", "until"),
        new Op("signal", this::signal, "acct", "instId", "signal", "value", "until"),
        new Op("pool", this::pool, "instId", "pool", "baseAmt", "quoteAmt", "fee", "kind", "amplification"));
  }

  private void riskLimit(final Fields line, final CommandScope scope) throws LineFault {
    final int row = (int) line.whole("row", 1, ROWS_MAX);
    final RiskLimitKind kind = line.word("kind", KINDS);
    final long account = line.has("acct") ? scope.account(line) : 0;
    final long limit = limit(kind, line, scope);
    final long threshold = line.has("above") ? scope.requiredUnits(money(line, scope), line, "above") : 0;
    final int templateId = RiskLimitKind.COMMAND_COST == kind ? line.word("command", WEIGHED).templateId() : 0;
    final int instrumentId = line.has("instId") ? scope.instrument(line).id() : 0;
    final int assetId = line.has("ccy") ? scope.asset(line, "ccy").id() : 0;
    final int bandBps = RiskLimitKind.CASCADE == kind ? line.intOr("bps", 0, CascadeBudget.BAND_BPS_MAX, 0) : 0;
    final boolean staged = line.has("staged") && line.flag("staged");
    final SetRiskLimitsEncoder command = scope.ingress().begin(riskLimit);
    scope.header(command.header(), account);
    command.row(row).kind(kind).limitValue(limit).thresholdUnits(threshold).commandTemplateId(templateId)
        .bandBps(bandBps).instrumentId(instrumentId).assetId(assetId).groupId(line.intOr("group", 0, GROUPS_MAX, 0))
        .region(line.intOr("region", 0, Integer.MAX_VALUE, 0)).ageFromNs(scope.durationNs(line, "ageFromSec"))
        .ageBelowNs(scope.durationNs(line, "ageBelowSec")).windowNs(scope.durationNs(line, "windowSec"))
        .durationNs(scope.durationNs(line, "pauseSec")).staged(staged ? Flag.YES : Flag.NO);
  }

  private static long limit(final RiskLimitKind kind, final Fields line, final CommandScope scope) throws LineFault {
    return switch (kind) {
      case ORDER_LOTS, POSITION_LOTS, GROUP_LOTS, OPEN_INTEREST -> {
        line.decimal("maxSz");
        yield scope.lots(scope.instrument(line), line, "maxSz");
      }
      case ORDER_NOTIONAL, POSITION_NOTIONAL, GROUP_NOTIONAL, LOSS ->
          scope.requiredUnits(money(line, scope), line, "max");
      case LEVERAGE -> line.whole("leverage", 1, Integer.MAX_VALUE / E2) * E2;
      case VOLATILITY -> line.whole("bps", 1, Integer.MAX_VALUE);
      case STOP_OUTS, CASCADE, COMMAND_COST -> line.whole("count", 0, Integer.MAX_VALUE);
      default -> 0;
    };
  }

  /** What an amount of the row is in: the asset it names, or what its instrument is quoted in. */
  private static Directory.AssetEntry money(final Fields line, final CommandScope scope) throws LineFault {
    if (line.has("ccy")) {
      return scope.asset(line, "ccy");
    }
    if (!line.has("instId")) {
      throw line.fault(ReasonCode.LIMITS_INVALID, "pipe.amountOfNothing", "ccy", "instId");
    }
    return scope.quote(scope.instrument(line), line);
  }

  private void profile(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final SetAccountProfileEncoder command = scope.ingress().begin(profile);
    scope.header(command.header(), account);
    command.openedTimeNs(line.timeOr("opened", 0)).groupId(line.intOr("group", 0, GROUPS_MAX, 0))
        .region(line.intOr("region", 0, Integer.MAX_VALUE, 0)).leverageRow(line.intOr("leverageRow", 0, ROWS_MAX, 0));
  }

  /** A score about an instrument or, without one, about an account. */
  private void signal(final Fields line, final CommandScope scope) throws LineFault {
    final int instrumentId = line.has("instId") ? scope.instrument(line).id() : 0;
    final long account = 0 == instrumentId ? scope.account(line) : 0;
    final SetSignalEncoder command = scope.ingress().begin(signal);
    scope.header(command.header(), account);
    command.instrumentId(instrumentId).signalId((int) line.whole("signal", 0, Integer.MAX_VALUE))
        .value(line.whole("value", Long.MIN_VALUE, Long.MAX_VALUE)).untilNs(line.timeOr("until", 0));
  }

  private void pool(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long quote = line.has("quoteAmt") ? scope.requiredUnits(scope.quote(instrument, line), line, "quoteAmt") : 0;
    final long base = line.has("baseAmt") ? scope.requiredUnits(scope.base(instrument, line), line, "baseAmt") : 0;
    final SetPoolEncoder command = scope.ingress().begin(pool);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).poolId(line.whole("pool", 1, Long.MAX_VALUE)).baseUnits(base)
        .quoteUnits(quote).feeE8(scope.ratioE8(line, "fee"))
        .kind(line.wordOr("kind", POOLS, PoolKind.CONSTANT_PRODUCT))
        .amplification(line.intOr("amplification", 0, Integer.MAX_VALUE, 0));
  }

  private void selfExclude(final Fields line, final CommandScope scope) throws LineFault {
    final long account = scope.account(line);
    final long untilTimeNs = line.time("until");
    final SelfExcludeEncoder command = scope.ingress().begin(selfExclude);
    scope.header(command.header(), account);
    command.untilTimeNs(untilTimeNs);
  }
}
