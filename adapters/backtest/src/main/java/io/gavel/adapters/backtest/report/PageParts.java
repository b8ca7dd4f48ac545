package io.gavel.adapters.backtest.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The files on the class path that the page is put together from. */
final class PageParts {
  private static final String CHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";

  private PageParts() {
  }

  static String template() throws IOException {
    return read("page.html");
  }

  static String style() throws IOException {
    return read("page.css");
  }

  /** Base and tables, then the panels of price and margin, then the others: one scope, in this order. */
  static String script() throws IOException {
    return read("page.js") + read("page_price.js") + read("page_margin.js") + read("page_panels.js");
  }

  /** The page on which two runs lie over each other. */
  static String overlay() throws IOException {
    return read("overlay.html");
  }

  static String overlayScript() throws IOException {
    return read("overlay.js");
  }

  /** The chart library, whole, so that the page needs no network. */
  static String charts() throws IOException {
    return read(CHARTS);
  }

  static InputStream open(final Class<?> owner, final String name) throws IOException {
    final @Nullable InputStream stream = owner.getResourceAsStream(name);
    if (stream == null) {
      throw new FileNotFoundException("not on the class path: " + name);
    }
    return stream;
  }

  private static String read(final String name) throws IOException {
    try (InputStream stream = open(PageParts.class, name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
