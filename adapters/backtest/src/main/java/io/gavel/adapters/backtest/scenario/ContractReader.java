package io.gavel.adapters.backtest.scenario;

import io.gavel.adapters.backtest.tape.TapeInput;
import io.gavel.codecs.sbe.InstrumentKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a scenario says about a contract, and checks what a schema cannot. */
final class ContractReader {

  private static final long ONE_E8 = 100_000_000L;
  private static final long ONE_E10 = 10_000_000_000L;
  private static final long NS_PER_YEAR = 366L * 86_400_000_000_000L;
  private static final int SOURCES_MAX = 16;
  private static final int QUORUM_MIN = 3;
  private static final int LEVER_MAX = 1_000;
  private static final List<String> INSTRUMENT_KEYS =
      List.of("settleCcy", "multiplier", "expiry", "settlementWindowMs");
  private static final List<String> VENUE_KEYS = List.of(
      "lever", "profitCounts", "tiers", "funding", "prices", "liquidation", "insurance", "backstop",
      "backstopFund");
  private static final List<String> DATA_KEYS = List.of("mark", "index", "sources");

  private final Fields instrument;
  private final Fields venue;
  private final Fields data;

  ContractReader(final Fields root) {
    instrument = root.child("instrument");
    venue = root.child("venue");
    data = root.child("data");
  }

  /** The contract of a scenario; null: its instrument is spot. */
  @Nullable ContractSpec contract(final String base, final String quote, final int baseScale, final int quoteScale) {
    final InstrumentKind kind = instrument.choice("kind", InstrumentKind.class, InstrumentKind.SPOT);
    if (InstrumentKind.SPOT == kind) {
      refuseKeys();
      return null;
    }
    final boolean inverse = InstrumentKind.INVERSE_PERPETUAL == kind || InstrumentKind.INVERSE_FUTURE == kind;
    final boolean future = InstrumentKind.LINEAR_FUTURE == kind || InstrumentKind.INVERSE_FUTURE == kind;
    final String usual = inverse ? base : quote;
    final String settle = instrument.text("settleCcy", usual);
    if (!usual.isEmpty() && !settle.equals(usual)) {
      instrument.mistake("settleCcy", "'" + settle + "': " + instrument.text("kind", "") + " is settled in " + usual);
    }
    if (future != instrument.has("expiry")) {
      instrument.mistake("expiry", future ? "missing; a future expires" : "only a future has it");
    }
    if (instrument.has("settlementWindowMs") && !future) {
      instrument.mistake("settlementWindowMs", "only a future has it");
    }
    if (future && venue.has("funding")) {
      venue.mistake("funding", "only a perpetual has it");
    }
    final int scale = inverse ? baseScale : quoteScale;
    return new ContractSpec(kind, usual, scale,
        instrument.has("multiplier") ? instrument.scaled("multiplier", "1", 10, 1, Long.MAX_VALUE) : 0,
        instrument.timeNs("expiry", 0), millis(instrument, "settlementWindowMs"), lever(venue),
        !"false".equals(venue.text("profitCounts")), tiers(scale), funding(), prices(), liquidation(scale));
  }

  private void refuseKeys() {
    refuse(instrument, INSTRUMENT_KEYS);
    refuse(venue, VENUE_KEYS);
    refuse(data, DATA_KEYS);
  }

  private static void refuse(final Fields fields, final List<String> keys) {
    for (final String key : keys) {
      if (fields.has(key)) {
        fields.mistake(key, "means nothing in spot; instrument.kind names a contract");
      }
    }
  }

  static @Nullable String lever(final Fields fields) {
    if (fields.has("lever")) {
      fields.scaled("lever", "1", 2, 100, LEVER_MAX * 100L);
    }
    return fields.text("lever");
  }

  private List<ContractSpec.Tier> tiers(final int settleScale) {
    final Fields list = venue.child("tiers");
    final List<ContractSpec.Tier> tiers = new ArrayList<>();
    if (!venue.has("tiers")) {
      venue.mistake("tiers", "missing; expected what a position needs, such as "
          + "[ { notional: 0, initial: 0.02, maintenance: 0.01 } ]");
    }
    long above = -1;
    for (int i = 0; i < list.size(); i++) {
      final Fields tier = list.item(i);
      final long floor = tier.scaled("notional", "0", settleScale, 0, Long.MAX_VALUE);
      final int initial = (int) tier.scaled("initial", "1", 8, 1, ONE_E8);
      final int maintenance = (int) tier.scaled("maintenance", "1", 8, 1, ONE_E8);
      if (0 == i && 0 != floor) {
        tier.mistake("notional", "'" + tier.text("notional") + "': the first tier begins at 0");
      } else if (floor <= above && null != tier.text("notional")) {
        tier.mistake("notional", "'" + tier.text("notional") + "' is not above that of the tier in front");
      }
      if (initial < maintenance && null != tier.text("maintenance") && null != tier.text("initial")) {
        tier.mistake("maintenance", "'" + tier.text("maintenance") + "' is more than initial");
      }
      above = Math.max(above, floor);
      tiers.add(new ContractSpec.Tier(floor, initial, maintenance));
    }
    return tiers;
  }

  private ContractSpec.@Nullable Funding funding() {
    if (!venue.has("funding")) {
      return null;
    }
    final Fields funding = venue.child("funding");
    final ContractSpec.FundingKind rule =
        funding.choice("rule", ContractSpec.FundingKind.class, ContractSpec.FundingKind.DIRECT);
    if (ContractSpec.FundingKind.DIRECT == rule != funding.has("rate")) {
      funding.mistake("rate", funding.has("rate") ? "only rule: direct has it"
          : "missing; rule: direct names the rate");
    }
    final long intervalNs = Math.max(1, millis(funding, "intervalMs"));
    return new ContractSpec.Funding(rule, intervalNs,
        funding.has("periodMs") ? millis(funding, "periodMs") : intervalNs,
        funding.scaled("rate", "0", 10, -ONE_E10, ONE_E10), funding.scaled("interest", "0", 10, -ONE_E10, ONE_E10),
        funding.scaled("damp", "0", 10, 0, ONE_E10), funding.scaled("cap", "1", 10, 1, ONE_E10),
        funding.scaled("stepMax", "0", 10, 0, ONE_E10));
  }

  private ContractSpec.@Nullable Prices prices() {
    if (!venue.has("prices")) {
      if (data.has("sources")) {
        venue.mistake("prices", "missing; data.sources need a quorum, such as { quorum: 3, deviation: 0.02, "
            + "staleMs: 10000 }");
      }
      return null;
    }
    final Fields prices = venue.child("prices");
    if (prices.has("quorum") != data.has("sources")) {
      prices.mistake("quorum", prices.has("quorum") ? "means nothing without data.sources"
          : "missing; data.sources are there");
    }
    final ContractSpec.MarkKind mark =
        prices.choice("mark", ContractSpec.MarkKind.class, ContractSpec.MarkKind.DIRECT);
    if (ContractSpec.MarkKind.DIRECT != mark && data.has("mark")) {
      data.mistake("mark", "the venue works it out itself: prices.mark says " + prices.text("mark"));
    }
    return new ContractSpec.Prices(prices.count("quorum", 0, QUORUM_MIN, SOURCES_MAX), ratio(prices, "deviation"),
        millis(prices, "staleMs"), millis(prices, "futureMs"), millis(prices, "excludeMs"),
        millis(prices, "readmitMs"), ratio(prices, "readmitBand"), ratio(prices, "confidenceMin"),
        ratio(prices, "moveMax"), mark, millis(prices, "halfLifeMs"), millis(prices, "windowMs"),
        ratio(prices, "band"), ratio(prices, "raiseMax"), millis(prices, "raiseIntervalMs"));
  }

  private ContractSpec.@Nullable Liquidation liquidation(final int settleScale) {
    if (!venue.has("liquidation")) {
      for (final String key : List.of("insurance", "backstop", "backstopFund")) {
        if (venue.has(key)) {
          venue.mistake(key, "means nothing without liquidation");
        }
      }
      return null;
    }
    final Fields terms = venue.child("liquidation");
    if (terms.has("fundIntervalMax") != terms.has("intervalMs")) {
      terms.mistake(terms.has("intervalMs") ? "fundIntervalMax" : "intervalMs", "missing; the two go together");
    }
    return new ContractSpec.Liquidation(bps(terms, "collar", "0.05", 1), bps(terms, "depthShare", "0.5", 0),
        bps(terms, "partial", "0.25", 0), terms.count("attempts", 10, 1, 1_000), millis(terms, "retryMs", "1000"),
        "greedy".equals(terms.text("policy")), units(terms, "fundAccountMax", settleScale),
        units(terms, "fundInstrumentMax", settleScale), units(terms, "fundIntervalMax", settleScale),
        millis(terms, "intervalMs"), units(terms, "backstopLossMax", settleScale),
        units(venue, "insurance", settleScale), units(venue, "backstop", settleScale),
        units(venue, "backstopFund", settleScale));
  }

  private static long units(final Fields fields, final String key, final int scale) {
    return fields.scaled(key, "0", scale, 0, Long.MAX_VALUE / 4);
  }

  private static int bps(final Fields fields, final String key, final String fallback, final int least) {
    return (int) fields.scaled(key, fallback, 4, least, 10_000);
  }

  /** What the sources of the index are, one an id. */
  List<Scenario.SourceTape> sources(final SourceOpener opener) {
    final Fields list = data.child("sources");
    final List<Scenario.SourceTape> sources = new ArrayList<>();
    int seen = 0;
    for (int i = 0; i < list.size(); i++) {
      final Fields source = list.item(i);
      final int id = source.count("id", 1, 1, SOURCES_MAX);
      if (null != source.text("id") && 0 != (seen & 1 << id)) {
        source.mistake("id", "'" + id + "' is taken by a source above");
      }
      seen |= 1 << id;
      final int confidence = (int) source.scaled("confidence", "1", 8, 0, ONE_E8);
      opener.open(source, "file").ifPresent(input -> sources.add(new Scenario.SourceTape(id, input, confidence)));
    }
    return sources;
  }

  /** Turns a path of the file into a tape, or into a mistake. */
  interface SourceOpener {
    Optional<TapeInput> open(Fields fields, String key);
  }

  private static long millis(final Fields fields, final String key) {
    return millis(fields, key, "0");
  }

  private static long millis(final Fields fields, final String key, final String fallback) {
    return fields.scaled(key, fallback, 6, 0, NS_PER_YEAR);
  }

  private static int ratio(final Fields fields, final String key) {
    return (int) fields.scaled(key, "0", 8, 0, ONE_E8);
  }
}
