package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.codecs.ReasonTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run as one HTML file that needs nothing else: chart library, style, script and data are inside, and its
 * content security policy forbids every connection. An existing file is replaced. Stateless; any thread.
 */
public final class HtmlReport {
  private HtmlReport() {
  }

  /** In English. */
  public static void write(final RunResult result, final Path file) throws IOException {
    write(result, file, ReasonTexts.Language.EN);
  }

  /** Directories above the file are made when they are missing. */
  public static void write(final RunResult result, final Path file, final ReasonTexts.Language language)
      throws IOException {
    final @Nullable Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    Files.write(file, page(result, language).getBytes(StandardCharsets.UTF_8));
  }

  static String page(final RunResult result, final ReasonTexts.Language language) throws IOException {
    final ReportTexts texts = new ReportTexts(language);
    final String data = inert(new ObjectMapper().writeValueAsString(new PageData(result, texts).toJson()));
    final StringBuilder page = new StringBuilder(data.length() + 1_200_000);
    final String[] parts = PageParts.template().split("\\$\\$", -1);
    for (int i = 0; i < parts.length; i++) {
      page.append(i % 2 == 0 ? parts[i] : part(parts[i], result, texts, data));
    }
    return page.toString();
  }

  private static String part(
      final String name, final RunResult result, final ReportTexts texts, final String data) throws IOException {
    return switch (name) {
      case "lang" -> texts.language().code();
      case "title" -> escaped(result.header().name());
      case "style" -> PageParts.style();
      case "charts" -> PageParts.charts();
      case "script" -> PageParts.script();
      case "data" -> data;
      case "panel.fees" -> escaped(texts.text(result.margin().isEmpty() ? "panel.fees" : "panel.funding"));
      default -> escaped(texts.text(name));
    };
  }

  /** JSON that cannot end its script block nor open a comment in it, whatever names and texts it carries. */
  static String inert(final String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }

  static String escaped(final String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
