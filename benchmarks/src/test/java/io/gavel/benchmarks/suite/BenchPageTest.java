package io.gavel.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchPageTest {

  @Test
  void shouldCarryTheResultsAndNeedNothingElse() throws IOException {
    final String page = BenchPage.of(SampleResults.results());

    final String open = "<script type=\"application/json\" id=\"data\">";
    final int from = page.indexOf(open) + open.length();
    final JsonNode data = new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
    assertEquals(24.1e6, data.path("flows").path(0).path("entries").path(0).path("handedOffRate").asDouble());
    assertEquals(6, data.path("stages").path(0).path("latencyNs").size());
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(page.contains("$$script$$") || page.contains("$$data$$"), "a part of the page was not filled in");
    assertFalse(page.contains("src=\"http") || page.contains("href=\"http"));
    assertTrue(data.path("flows").path(1).path("entries").path(2).path("problem").asText().endsWith("</script><b>"),
        "a text that would end the block came through whole");
  }
}
