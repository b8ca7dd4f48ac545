package io.gavel.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTableTest {

  private final List<String> lines = new ConsoleTable(SampleResults.results()).lines();

  @Test
  void shouldSetOursBesideThePeers() {
    assertLine("static", "24.10", "13.10", "9.20", "17.50", "1.38 x", "5f0c01234567 ✓");
    assertLine("1,000 resting", "41.0", "82.0", "110.0", "150.0", "2.00 x");
  }

  @Test
  void shouldSayPlainlyWhereAPeerIsAhead() {
    assertLine("flash-crash", "15.50", "12.30", "-", "16.50", "0.94 x, behind");
  }

  @Test
  void shouldShowNoFigureOfAPeerThatDisagrees() {
    assertLine("! flash-crash, parity: no figure: bookSha256 is 00, ours 11");
  }

  @Test
  void shouldRefuseALatencyThatTheMachineCannotMeasure() {
    assertLine("dedicated-journal", "2.00M", "NOT A LATENCY RESULT: 1 free cores, 2 spinning threads");
    final String refused = lines.stream().filter(line -> line.contains("NOT A LATENCY RESULT")).findFirst().orElse("");
    assertTrue(refused.contains(" -  "), refused);
  }

  @Test
  void shouldSayWhatWasNotMeasured() {
    assertLine("JMH: exit code 1");
  }

  @Test
  void shouldAlignColumns() {
    assertEquals(List.of("  a    bbb  c", "  aaa    b  cc", "  x"),
        new Columns().row("a", "bbb", "c").row("aaa", "b", "cc").row("x").lines());
  }

  private void assertLine(final String... parts) {
    assertTrue(lines.stream().anyMatch(line -> {
      int from = 0;
      for (final String part : parts) {
        from = line.indexOf(part, from);
        if (from < 0) {
          return false;
        }
        from += part.length();
      }
      return true;
    }), () -> String.join(" | ", parts) + " in\n" + String.join("\n", lines));
  }
}
