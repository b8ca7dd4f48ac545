package io.gavel.adapters.backtest.report;

import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language. A missing key is a broken build, not a user's mistake: it throws, and a test compares the
 * bundles. Placeholders are <code>{0}</code> to <code>{9}</code>; nothing depends on the machine's locale.
 */
final class ReportTexts {
  private final ReasonTexts.Language language;
  private final ReasonTexts reasons;
  private final Properties entries;

  ReportTexts(final ReasonTexts.Language language) {
    this.language = language;
    this.reasons = ReasonTexts.of(language);
    this.entries = load("text_" + language.code() + ".properties");
  }

  ReasonTexts.Language language() {
    return language;
  }

  String text(final String key, final Object... arguments) {
    final @Nullable String pattern = entries.getProperty(key);
    if (pattern == null) {
      throw new IllegalStateException("no text: key=" + key + ", language=" + language.code());
    }
    String text = pattern;
    for (int i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /** The word of an enum value: key {@code prefix.NAME}. */
  String word(final String prefix, final Enum<?> value) {
    return text(prefix + "." + value.name());
  }

  /** What a reason code means, as a sentence. */
  String reason(final ReasonCode code) {
    return reasons.text(code);
  }

  SortedSet<String> keys() {
    return new TreeSet<>(entries.stringPropertyNames());
  }

  private static Properties load(final String name) {
    final Properties properties = new Properties();
    try (InputStream stream = PageParts.open(ReportTexts.class, name);
         Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read text bundle " + name, e);
    }
    return properties;
  }
}
