package io.gavel.risk.funding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gavel.codecs.sbe.FundingRule;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetFundingEncoder;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.RiskWorld;
import io.gavel.risk.instrument.Instrument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Funding by index against a loop over all positions in every interval. */
class FundingIndexTest {

  private static final int LINEAR = 2;
  private static final int INVERSE = 3;
  private static final long EIGHT_HOURS_NS = 8 * FundingCommands.HOUR_NS;
  private static final BigDecimal E10 = BigDecimal.TEN.pow(10);

  private final RiskEngine risk = RiskWorld.open();
  private final FundingIndex funding = risk.funding();
  private long now = FundingCommands.HOUR_NS;

  FundingIndexTest() {
    RiskWorld.contract(risk, LINEAR, "LINEAR", c -> c.kind(InstrumentKind.LINEAR_PERPETUAL).settleAssetId(2));
    RiskWorld.contract(risk, INVERSE, "INVERSE",
        c -> c.kind(InstrumentKind.INVERSE_PERPETUAL).settleAssetId(1).lotSizeE10(10_000_000_000L));
  }

  /**
   * Goal: payers' total = receivers' total + residue, exactly, whoever is touched when. Method: random positions that
   * cancel out, random rates and marks, random touches; beside it every position's share of every interval, unrounded.
   */
  @Test
  void shouldPayNoMoreThanWasPaidAndLeaveAResidueBelowOneUnitATouch() {
    for (long seed = 1; seed <= 20; seed++) {
      System.out.println("funding seed " + seed);
      final int instrumentId = 0 == seed % 2 ? LINEAR : INVERSE;
      final Random random = new Random(seed);
      final long[] lots = new long[40];
      final long[] entries = new long[lots.length];
      final long[] paid = new long[lots.length];
      final BigDecimal[] owed = new BigDecimal[lots.length];
      Arrays.fill(owed, BigDecimal.ZERO);
      long touches = 0;
      set(instrumentId, f -> f.rule(FundingRule.DIRECT));
      for (int step = 0; step < 300; step++) {
        final int buyer = random.nextInt(lots.length);
        final int seller = random.nextInt(lots.length);
        touches += touch(instrumentId, buyer, lots, entries, paid) + touch(instrumentId, seller, lots, entries, paid);
        final long traded = 1 + random.nextLong(1_000_000);
        lots[buyer] += traded;
        lots[seller] -= traded;
        final long rateE10 = random.nextLong(200_000_001) - 100_000_000;
        set(instrumentId, f -> f.rule(FundingRule.DIRECT).rateE10(rateE10));
        final long mark = 1_000_000 + random.nextLong(100_000_000);
        now += FundingCommands.HOUR_NS;
        final long interval = funding.settle(instrumentId, mark, now);
        for (int i = 0; i < lots.length; i++) {
          owed[i] = owed[i].add(exact(instrumentId, lots[i], mark, interval));
        }
      }
      long residue = 0;
      BigDecimal error = BigDecimal.ZERO;
      for (int i = 0; i < lots.length; i++) {
        touches += touch(instrumentId, i, lots, entries, paid);
        residue += paid[i];
        error = error.max(owed[i].subtract(BigDecimal.valueOf(paid[i])).abs());
      }
      assertTrue(residue >= 0 && residue < touches, "residue " + residue + " of " + touches + " touches");
      // The index cuts 10^-8 tick (or 10^-10 unit) a lot and interval; the touches a unit each.
      assertTrue(error.compareTo(BigDecimal.valueOf(300)) < 0, "unit by unit: " + error);
    }
  }

  private long touch(final int instrumentId, final int i, final long[] lots, final long[] entries, final long[] paid) {
    final Instrument instrument = Objects.requireNonNull(risk.instrument(instrumentId));
    paid[i] += FundingIndex.owed(instrument, lots[i], funding.index(instrumentId) - entries[i]);
    entries[i] = funding.index(instrumentId);
    return 1;
  }

  /** In tenths of a tick a hundredth (mark units), lots of 0.001 BTC or 1 USD: as the instruments say. */
  private BigDecimal exact(final int instrumentId, final long lots, final long mark, final long rateE10) {
    final Instrument instrument = Objects.requireNonNull(risk.instrument(instrumentId));
    final BigDecimal rate = BigDecimal.valueOf(rateE10).divide(E10);
    if (LINEAR == instrumentId) {
      return BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(instrument.quoteUnitsPerTickLot()))
          .multiply(BigDecimal.valueOf(mark)).divide(BigDecimal.valueOf(100)).multiply(rate);
    }
    // One USD a lot, ticks of 0.1 USD, marks of 1/100 tick: 10^8 / (mark / 1000) satoshi.
    return BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(100_000_000_000L)).multiply(rate)
        .divide(BigDecimal.valueOf(mark), 20, RoundingMode.HALF_EVEN);
  }

  @Test
  void shouldRoundUpWhatIsPaidAndDownWhatIsReceived() {
    final Instrument instrument = Objects.requireNonNull(risk.instrument(LINEAR));

    // 100 units a tick and lot; 10^-8 tick.
    assertEquals(1, FundingIndex.owed(instrument, 1, 1));
    assertEquals(0, FundingIndex.owed(instrument, 1, -1));
    assertEquals(0, FundingIndex.owed(instrument, -1, 1));
    assertEquals(1, FundingIndex.owed(instrument, -1, -1));
    assertEquals(100, FundingIndex.owed(instrument, 1, 100_000_000));
    assertEquals(-100, FundingIndex.owed(instrument, -1, 100_000_000));
    assertEquals(-150, FundingIndex.owed(instrument, -1, 150_000_001));
  }

  /** BMX-FUND-01, and the cap and the step in front of it. */
  @Test
  void shouldMakeTheRateOfThePremium() {
    final FundingTerms dampened = terms(f -> f.rule(FundingRule.DAMPENED).interestE10(1_000_000).dampE10(5_000_000));
    assertEquals(-13_400_000, dampened.rateE10(-18_400_000, 0));
    assertEquals(1_000_000, dampened.rateE10(0, 0));
    assertEquals(100_000_000, dampened.rateE10(900_000_000, 0));
    final FundingTerms dead = terms(f -> f.rule(FundingRule.DEAD_BAND).dampE10(2_500_000));
    assertEquals(0, dead.rateE10(2_500_000, 0));
    assertEquals(1, dead.rateE10(2_500_001, 0));
    assertEquals(-7_500_000, dead.rateE10(-10_000_000, 0));
    final FundingTerms stepped = terms(f -> f.rule(FundingRule.PREMIUM).stepMaxE10(100));
    assertEquals(100, stepped.rateE10(5_000, 0));
    assertEquals(-50, stepped.rateE10(-5_000, 50));
    assertEquals(125_000, stepped.intervalRateE10(1_000_007));
    assertEquals(-125_000, stepped.intervalRateE10(-1_000_007));
  }

  /** Three months of published rates (8 h, with the marks of the time): a position held through owes their sum. */
  @Test
  void shouldSumPublishedRates() throws IOException {
    final Path rates = sample("BTCUSDT-8h-funding-20250306-20250603.csv.gz");
    final Path marks = sample("BTCUSDT-8h-mark-20250306-20250603.csv.gz");
    assumeTrue(Files.exists(rates) && Files.exists(marks), "no sample data: neither GAVEL_DATA nor shared/data above");
    final Instrument instrument = Objects.requireNonNull(risk.instrument(LINEAR));
    final long lots = 123_457;
    BigDecimal sum = BigDecimal.ZERO;
    int count = 0;
    try (BufferedReader rateLines = lines(rates); BufferedReader markLines = lines(marks)) {
      rateLines.readLine();
      markLines.readLine();
      for (String line = rateLines.readLine(); null != line; line = rateLines.readLine()) {
        final BigDecimal rate = new BigDecimal(line.split(",", -1)[1]);
        final BigDecimal price = new BigDecimal(markLines.readLine().split(",", -1)[1]);
        final long mark = price.movePointRight(3).longValue();
        final long rateE10 = rate.multiply(E10).longValueExact();
        set(LINEAR, f -> f.rule(FundingRule.DIRECT).intervalNs(EIGHT_HOURS_NS).rateE10(rateE10));
        now += EIGHT_HOURS_NS;
        assertEquals(rateE10, funding.settle(LINEAR, mark, now));
        sum = sum.add(BigDecimal.valueOf(lots).multiply(BigDecimal.valueOf(mark)).multiply(rate));
        count++;
      }
    }
    final long owed = FundingIndex.owed(instrument, lots, funding.index(LINEAR));
    System.out.println(count + " published rates, 123.457 BTC long: " + owed + " units owed, sum " + sum);
    assertTrue(count > 200);
    assertTrue(sum.subtract(BigDecimal.valueOf(owed)).abs().compareTo(BigDecimal.valueOf(count)) <= 0);
  }

  /** GAVEL_DATA, or shared/data somewhere above the project. */
  private static Path sample(final String name) {
    final String named = System.getenv("GAVEL_DATA");
    if (null != named) {
      return Path.of(named, "funding", name);
    }
    Path above = Path.of("").toAbsolutePath();
    while (null != above.getParent() && !Files.isDirectory(above.resolve("shared/data"))) {
      above = above.getParent();
    }
    return above.resolve("shared/data/funding").resolve(name);
  }

  private static BufferedReader lines(final Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII));
  }

  /** An index that wraps changes nothing: only differences mean anything. */
  @Test
  void shouldNotMindThatTheIndexWraps() {
    final Instrument instrument = Objects.requireNonNull(risk.instrument(LINEAR));
    final long before = Long.parseLong("9223372036854775797");
    final long after = before + 100_000_000;

    assertTrue(after < before);
    assertEquals(100, FundingIndex.owed(instrument, 1, after - before));
    assertEquals(BigInteger.valueOf(-100),
        BigInteger.valueOf(FundingIndex.owed(instrument, -1, after - before)));
  }

  private static FundingTerms terms(final Consumer<SetFundingEncoder> change) {
    return new FundingTerms(FundingCommands.command(LINEAR, change));
  }

  private void set(final int instrumentId, final Consumer<SetFundingEncoder> change) {
    assertEquals(ReasonCode.OK, funding.check(FundingCommands.command(instrumentId, change)));
    funding.set(FundingCommands.command(instrumentId, change), now);
  }
}
