package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.codecs.ReasonTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes two runs laid over each other as one file that opens offline: price, firings and fills of both, and tables.
 * The words are in the data, {@code title}, {@code kind}, {@code lead}, {@code words}, {@code runs} and {@code tables}.
 */
public final class OverlayPage {

  private OverlayPage() {
  }

  /** Directories above the file are made when they are missing. */
  public static void write(final Path file, final String title, final ReasonTexts.Language language,
      final JsonNode data) throws IOException {
    final @Nullable Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    final String json = HtmlReport.inert(new ObjectMapper().writeValueAsString(data));
    final StringBuilder page = new StringBuilder(json.length() + 1_200_000);
    final String[] parts = PageParts.overlay().split("\\$\\$", -1);
    for (int i = 0; i < parts.length; i++) {
      page.append(i % 2 == 0 ? parts[i] : part(parts[i], title, language, json));
    }
    Files.write(file, page.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String part(final String name, final String title, final ReasonTexts.Language language,
      final String json) throws IOException {
    return switch (name) {
      case "lang" -> language.code();
      case "title" -> HtmlReport.escaped(title);
      case "style" -> PageParts.style();
      case "charts" -> PageParts.charts();
      case "script" -> PageParts.overlayScript();
      case "data" -> json;
      default -> throw new IllegalStateException("no part " + name);
    };
  }
}
