package io.gavel.adapters.backtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens the page in a real browser and counts the shapes on it: the page asks its charts, not its data. */
class HtmlReportDrawingTest {
  private static final Pattern DRAWN = Pattern.compile("data-drawn=\"([^\"]*)\"");
  private static final long SEED = 7;

  @TempDir
  private Path directory;
  private Browser browser;

  @BeforeEach
  void findBrowser() {
    final Optional<Browser> found = Browser.find();
    assumeTrue(found.isPresent(),
        "Skipped: no chromium or google-chrome on the PATH, so the report cannot be drawn (apt-get install chromium).");
    browser = found.orElseThrow();
  }

  @Test
  void shouldDrawEveryMarkerLaneAndRowInBothLanguages() throws Exception {
    final RunResult result = SampleRun.of(SEED, 30_000).result();

    for (final ReasonTexts.Language language : ReasonTexts.Language.values()) {
      final JsonNode drawn = drawn(result, language);

      assertMarks(result, drawn);
      assertEquals(2, drawn.path("trails").asInt(), drawn.toString());
      assertEquals(result.fills().size(), drawn.path("rows").path("fills").asInt(), drawn.toString());
      assertEquals(result.triggers().size(), drawn.path("rows").path("triggers").asInt(), drawn.toString());
      assertEquals(result.rejects().size(), drawn.path("rows").path("rejects").asInt(), drawn.toString());
      assertEquals(6, drawn.path("kpis").asInt(), drawn.toString());
      assertTrue(drawn.path("prices").asInt() > 1_000, drawn.toString());
      assertTrue(drawn.path("equity").asInt() > 1_000, drawn.toString());
    }
  }

  @Test
  void shouldDropNoMarkerWhenThereAreThousandsAndSomeLieFarOffTheScale() throws Exception {
    final SampleRun run = SampleRun.of(SEED, 30_000);
    for (int i = 0; i < 6_000; i++) {
      final int ticks = i % 100 == 0 ? 1 + i * 1_000 : 90_000;
      run.fills.add(new FillRow(run.prices.get(i * 4).timeNs(), i, i, 0, "alice", i % 2 == 0 ? Side.BUY : Side.SELL,
          ticks, 1, 1_000, 0, FillRow.Liquidity.MAKER, FillRow.NO_SLIPPAGE));
    }
    final RunResult result = run.result();

    final JsonNode drawn = drawn(result, ReasonTexts.Language.EN);

    assertMarks(result, drawn);
  }

  @Test
  void shouldDrawMarginWithEveryStepOfEveryLiquidationInBothLanguages() throws Exception {
    final SampleRun run = SampleRun.of(SEED, 30_000);
    run.margin = SampleMargin.of(run);
    final RunResult result = run.result();

    for (final ReasonTexts.Language language : ReasonTexts.Language.values()) {
      final JsonNode drawn = drawn(result, language);

      assertMarks(result, drawn);
      assertEquals(result.margin().liquidations().size(), drawn.path("steps").asInt(), drawn.toString());
      assertEquals(result.margin().accounts().size(), drawn.path("ratios").asInt(), drawn.toString());
      assertEquals(result.margin().references().size(), drawn.path("references").asInt(), drawn.toString());
      assertEquals(2, drawn.path("levels").asInt(), drawn.toString());
      assertEquals(result.margin().funding().size() + 2, drawn.path("funding").asInt(), drawn.toString());
      assertEquals(result.margin().liquidations().size(), drawn.path("rows").path("liquidations").asInt());
      assertEquals(result.margin().priceStates().size(), drawn.path("rows").path("prices").asInt());
      assertEquals(8, drawn.path("kpis").asInt(), drawn.toString());
    }
  }

  @Test
  void shouldDrawAnEmptyRun() throws Exception {
    final RunResult result = new SampleRun().result();

    final JsonNode drawn = drawn(result, ReasonTexts.Language.EN);

    assertMarks(result, drawn);
    assertEquals(0, drawn.path("prices").asInt(), drawn.toString());
  }

  private static void assertMarks(final RunResult result, final JsonNode drawn) {
    final int armedLegs =
        result.rules().stream().filter(rule -> rule.ruleId() != 0).mapToInt(rule -> rule.legs().size()).sum();
    assertEquals(result.orders().size(), drawn.path("orders").asInt(), drawn.toString());
    assertEquals(result.fills().size(), drawn.path("fills").asInt(), drawn.toString());
    assertEquals(armedLegs, drawn.path("armed").asInt(), drawn.toString());
    assertEquals(result.triggers().size(), drawn.path("fired").asInt(), drawn.toString());
    assertEquals(result.margin().liquidations().size(), drawn.path("liquidations").asInt(), drawn.toString());
    assertEquals(result.rules().size(), drawn.path("lanes").asInt(), drawn.toString());
  }

  private JsonNode drawn(final RunResult result, final ReasonTexts.Language language)
      throws IOException, InterruptedException {
    final Path place = directory.resolve(language.code());
    final Path page = place.resolve("report.html");
    HtmlReport.write(result, page, language);

    final String document = browser.document(page, place);

    assertFalse(document.contains("data-fault="), () -> "the page told a fault: " + fault(document));
    final Matcher matcher = DRAWN.matcher(document);
    assertTrue(matcher.find(), "the page did not finish drawing");
    return new ObjectMapper().readTree(matcher.group(1).replace("&quot;", "\""));
  }

  private static String fault(final String document) {
    final int start = document.indexOf("data-fault=");
    return document.substring(start, Math.min(document.length(), start + 200));
  }
}
