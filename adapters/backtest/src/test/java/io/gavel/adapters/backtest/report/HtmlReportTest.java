package io.gavel.adapters.backtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.codecs.ReasonTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  private static final long SEED = 11;
  private static final int BYTES_MAX = 3_000_000;

  @TempDir
  private Path directory;

  @Test
  void shouldReferToNothingOutsideTheFile() throws IOException {
    final String page = HtmlReport.page(SampleRun.of(SEED, 5_000).result(), ReasonTexts.Language.EN);
    final String own = page.replace(PageParts.charts(), "");

    assertTrue(own.length() < page.length(), "the chart library is inlined whole");
    for (final String reference : List.of("http:", "https:", "src=", "href=", "url(", "@import", "fetch(",
        "XMLHttpRequest", "WebSocket", "import(")) {
      assertFalse(own.contains(reference), "the page refers outside: " + reference);
    }
    assertTrue(own.contains("default-src 'none'"), "connections are forbidden");
  }

  @Test
  void shouldKeepNamesFromBecomingMarkup() throws IOException {
    final SampleRun run = SampleRun.of(SEED, 2_000);
    run.name = "</script><script>alert(1)</script><!-- \u2028 $$charts$$";

    final String own = HtmlReport.page(run.result(), ReasonTexts.Language.EN).replace(PageParts.charts(), "");

    assertFalse(own.contains("alert(1)</script>"));
    assertFalse(own.contains("<!--"));
    assertEquals(3, count(own, "</script>"), "data, library and page script");
    assertEquals(run.name, data(own).path("head").path("title").asText());
  }

  @Test
  void shouldStaySmallWhenTheTapeIsLong() throws IOException {
    final Path file = directory.resolve("deep/below/report.html");

    HtmlReport.write(SampleRun.of(SEED, 400_000).result(), file, ReasonTexts.Language.ZH);

    assertTrue(Files.size(file) < BYTES_MAX, "bytes=" + Files.size(file));
    final JsonNode data = data(Files.readString(file, StandardCharsets.UTF_8));
    assertTrue(data.path("price").path("t").size() <= 12_000, "points=" + data.path("price").path("t").size());
  }

  @Test
  void shouldCarryOnlyWholeNumbersInWhatIsDrawn() throws IOException {
    final JsonNode data = data(HtmlReport.page(SampleRun.of(SEED, 5_000).result(), ReasonTexts.Language.EN));

    for (final String series : List.of("price", "equity", "fees")) {
      for (final String column : List.of("t", "v")) {
        data.path(series).path(column).forEach(value -> assertTrue(value.isIntegralNumber(), series + " " + value));
      }
    }
  }

  @Test
  void shouldAskAboutItsOwnRules() throws IOException {
    final RunResult result = SampleRun.of(SEED, 30_000).result();

    final JsonNode ask = data(HtmlReport.page(result, ReasonTexts.Language.EN)).path("ask");

    assertTrue(ask.path(0).path(0).asText().startsWith("gavel explain out/journal --rule "), ask.toString());
    assertEquals("gavel verify out/journal", ask.path(ask.size() - 1).path(0).asText());
    assertEquals("'it'\\''s $1'", Questions.quoted("it's $1"));
  }

  private static JsonNode data(final String page) throws IOException {
    final Matcher matcher =
        Pattern.compile("<script type=\"application/json\" id=\"data\">([^<]*)</script>").matcher(page);
    assertTrue(matcher.find(), "no data block");
    return new ObjectMapper().readTree(matcher.group(1));
  }

  private static int count(final String text, final String part) {
    int count = 0;
    for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      count++;
    }
    return count;
  }
}
