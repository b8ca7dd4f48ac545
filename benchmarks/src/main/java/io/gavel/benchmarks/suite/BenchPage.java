package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The run as one page that needs nothing else: the chart library, the style of the backtest's report, a script and the
 * results are inside, and its content security policy forbids every connection.
 */
final class BenchPage {

  private static final String CHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
  private static final String STYLE = "/io/gavel/adapters/backtest/report/page.css";

  private BenchPage() {
  }

  static String of(final BenchResults results) throws IOException {
    final ObjectMapper mapper = new ObjectMapper();
    final ObjectNode data = mapper.valueToTree(results);
    final StringBuilder page = new StringBuilder(1_300_000);
    final String[] parts = read("bench.html").split("\\$\\$", -1);
    for (int i = 0; i < parts.length; i++) {
      page.append(0 == i % 2 ? parts[i] : part(parts[i], results, mapper.writeValueAsString(data)));
    }
    return page.toString();
  }

  private static String part(final String name, final BenchResults results, final String data) throws IOException {
    return switch (name) {
      case "title" -> escaped(results.profile() + " " + results.began());
      case "style" -> read(STYLE) + read("bench.css");
      case "charts" -> read(CHARTS);
      case "script" -> read("bench.js");
      case "data" -> inert(data);
      default -> throw new IllegalStateException("the page asks for " + name);
    };
  }

  /** JSON that cannot end its script block nor open a comment in it, whatever texts it carries. */
  private static String inert(final String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  private static String escaped(final String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String read(final String name) throws IOException {
    try (@Nullable InputStream in = BenchPage.class.getResourceAsStream(name)) {
      if (null == in) {
        throw new FileNotFoundException("not on the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
