package io.gavel.adapters.cli.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;

/**
 * Owns the words of the tool in one language. Both bundles hold the same keys; a missing key is a fault of ours and
 * throws. Placeholders are {@code {0}}, {@code {1}}, ... and are put in as they are: no locale, no number format.
 * Immutable, any thread.
 */
public final class Texts {

  public static final String ENGLISH = "en";
  public static final String CHINESE = "zh";

  private final String language;
  private final ResourceBundle bundle;

  private Texts(final String language, final ResourceBundle bundle) {
    this.language = language;
    this.bundle = bundle;
  }

  public static Texts of(final String language) {
    final String name = "Texts_" + language + ".properties";
    try (InputStream stream = Texts.class.getResourceAsStream(name)) {
      if (null == stream) {
        throw new IllegalStateException("no text bundle " + name);
      }
      return new Texts(language, new PropertyResourceBundle(new InputStreamReader(stream, StandardCharsets.UTF_8)));
    } catch (final IOException e) {
      throw new UncheckedIOException("text bundle " + name, e);
    }
  }

  public static boolean isLanguage(final String language) {
    return ENGLISH.equals(language) || CHINESE.equals(language);
  }

  public String language() {
    return language;
  }

  public Locale locale() {
    return Locale.forLanguageTag(language);
  }

  public ResourceBundle bundle() {
    return bundle;
  }

  public Set<String> keys() {
    return bundle.keySet();
  }

  public boolean has(final String key) {
    return bundle.containsKey(key);
  }

  public String get(final String key, final Object... values) {
    String text = bundle.getString(key);
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }
}
