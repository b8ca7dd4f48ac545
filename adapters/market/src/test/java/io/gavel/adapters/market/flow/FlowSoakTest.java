package io.gavel.adapters.market.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: as {@link FlowReplayTest}, on tapes of a million new orders: {@code -DexcludedGroups= -Dgroups=soak}. */
@Tag("soak")
class FlowSoakTest {

  @ParameterizedTest
  @CsvSource({"static, 0", "normal, 0", "swing-25, 0", "swing-40, 0", "flash-crash, 0",
      "static, 10000", "normal, 10000", "swing-25, 10000", "swing-40, 10000", "flash-crash, 10000"})
  void shouldReportAsTheObviousMatcherOnAMillionOrders(final String scenario, final int overlap)
      throws NoSuchAlgorithmException {
    for (int seed = 1; seed <= 2; seed++) {
      final FlowTape tape =
          FlowGenerator.generate(FlowScenario.of(scenario).orElseThrow(), seed, 1_000_000, overlap);

      final String sha256 = FlowReports.of(tape).sha256();

      final byte[] expected = ReferenceMatcher.reports(tape).getBytes(StandardCharsets.US_ASCII);
      assertEquals(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(expected)), sha256,
          scenario + ", seed " + seed + ", overlap " + overlap);
      System.out.println(scenario + ", seed " + seed + ", overlap " + overlap + ": " + tape.messages()
          + " messages, " + sha256);
    }
  }
}
