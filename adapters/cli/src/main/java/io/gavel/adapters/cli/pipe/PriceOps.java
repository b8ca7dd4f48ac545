package io.gavel.adapters.cli.pipe;

import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.MarkRuleKind;
import io.gavel.codecs.sbe.PriceQuoteEncoder;
import io.gavel.codecs.sbe.SetFundingEncoder;
import io.gavel.codecs.sbe.SetInterestEncoder;
import io.gavel.codecs.sbe.SetPriceRuleEncoder;
import io.gavel.engine.Directory;
import java.util.List;

/** Indices made of sources, marks made of indices, and what perpetuals pay. */
final class PriceOps {

  private static final int SOURCES_MAX = 16;
  private static final int ONE_E8 = 100_000_000;
  private static final Words<MarkRuleKind> MARK_RULES = Words.of(MarkRuleKind.class);
  private static final Words<FundingRule> FUNDING_RULES = Words.of(FundingRule.class);

  private final SetPriceRuleEncoder rule = new SetPriceRuleEncoder();
  private final PriceQuoteEncoder quote = new PriceQuoteEncoder();
  private final SetFundingEncoder funding = new SetFundingEncoder();
  private final SetInterestEncoder interest = new SetInterestEncoder();

  List<Op> ops() {
    return List.of(
        new Op("price-rule", this::rule, "instId", "quorum", "staleSec", "aheadSec", "off", "offSec", "back",
            "backSec", "confidenceMin", "moveMax", "source", "floorPx", "ceilPx", "markRule", "windowSec",
            "halfLifeSec", "band", "raiseMax", "raiseSec"),
        new Op("quote", this::quote, "instId", "source", "px", "seen", "confidence"),
        new Op("funding", this::funding, "instId", "fundingRule", "intervalSec", "periodSec", "cap", "stepMax",
            "interest", "damp", "rate"),
        new Op("interest", this::interest, "ccy", "intervalSec", "base", "kink", "slope", "slopeAbove", "reserve"));
  }

  private void interest(final Fields line, final CommandScope scope) throws LineFault {
    final int assetId = scope.asset(line, "ccy").id();
    final SetInterestEncoder command = scope.ingress().begin(interest);
    scope.header(command.header(), 0);
    command.assetId(assetId).intervalNs(scope.durationNs(line, "intervalSec"))
        .baseRateE10(scope.rateE10(line, "base")).slopeE10(scope.rateE10(line, "slope"))
        .slopeAboveE10(scope.rateE10(line, "slopeAbove")).kinkE8(scope.ratioE8(line, "kink"))
        .reserveE8(scope.ratioE8(line, "reserve"));
  }

  private void rule(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final long floorUnits = line.has("floorPx") ? scope.markUnits(instrument, line, "floorPx") : 0;
    final long ceilUnits = line.has("ceilPx") ? scope.markUnits(instrument, line, "ceilPx") : 0;
    final SetPriceRuleEncoder command = scope.ingress().begin(rule);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).quorum(line.intOr("quorum", 0, SOURCES_MAX, 0))
        .sourceId(line.intOr("source", 0, SOURCES_MAX, 0)).floorUnits(floorUnits).ceilUnits(ceilUnits)
        .staleNs(scope.durationNs(line, "staleSec")).futureNs(scope.durationNs(line, "aheadSec"))
        .deviationE8(scope.ratioE8(line, "off")).excludeNs(scope.durationNs(line, "offSec"))
        .readmitBandE8(scope.ratioE8(line, "back")).readmitNs(scope.durationNs(line, "backSec"))
        .confidenceMinE8(scope.ratioE8(line, "confidenceMin")).moveMaxE8(scope.ratioE8(line, "moveMax"))
        .markRule(line.wordOr("markRule", MARK_RULES, MarkRuleKind.DIRECT))
        .windowNs(scope.durationNs(line, "windowSec")).halfLifeNs(scope.durationNs(line, "halfLifeSec"))
        .bandE8(scope.ratioE8(line, "band")).raiseMaxE8(scope.ratioE8(line, "raiseMax"))
        .raiseIntervalNs(scope.durationNs(line, "raiseSec"));
  }

  private void quote(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final int source = (int) line.whole("source", 1, SOURCES_MAX);
    final long priceUnits = scope.markUnits(instrument, line, "px");
    final long seenNs = line.time("seen");
    final PriceQuoteEncoder command = scope.ingress().begin(quote);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).sourceId(source).priceUnits(priceUnits).sourceTimeNs(seenNs)
        .confidenceE8(line.has("confidence") ? scope.ratioE8(line, "confidence") : ONE_E8);
  }

  private void funding(final Fields line, final CommandScope scope) throws LineFault {
    final Directory.InstrumentEntry instrument = scope.instrument(line);
    final SetFundingEncoder command = scope.ingress().begin(funding);
    scope.header(command.header(), 0);
    command.instrumentId(instrument.id()).rule(line.wordOr("fundingRule", FUNDING_RULES, FundingRule.DIRECT))
        .intervalNs(scope.durationNs(line, "intervalSec")).periodNs(scope.durationNs(line, "periodSec"))
        .capE10(scope.rateE10(line, "cap")).stepMaxE10(scope.rateE10(line, "stepMax"))
        .interestE10(scope.rateE10(line, "interest")).dampE10(scope.rateE10(line, "damp"))
        .rateE10(scope.rateE10(line, "rate"));
  }
}
