package io.gavel.codecs;

import io.gavel.codecs.sbe.ReasonCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.ResourceBundle;

/** The sentence of each {@link ReasonCode} in one language. Immutable, any thread; for the edge, never the core. */
public final class ReasonTexts {

  /** Languages in which the house speaks. */
  public enum Language {
    EN("en"),
    ZH("zh");

    private final String code;

    Language(final String code) {
      this.code = code;
    }

    /** The two letters of the language, as in options and file names. */
    public String code() {
      return code;
    }

    /** The language of two letters; refuses any other. */
    public static Language of(final String code) {
      for (final Language language : values()) {
        if (language.code.equals(code)) {
          return language;
        }
      }
      throw new IllegalArgumentException("language must be en or zh: " + code);
    }
  }

  private static final String BUNDLE = "io.gavel.codecs.reasons_";

  private final Language language;
  private final Map<ReasonCode, String> texts = new EnumMap<>(ReasonCode.class);

  private ReasonTexts(final Language language) {
    this.language = language;
    final ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE + language.code());
    for (final ReasonCode reason : ReasonCode.values()) {
      if (isReason(reason)) {
        texts.put(reason, bundle.getString(reason.name()));
      }
    }
  }

  /** Reads the bundle of {@code language}. */
  public static ReasonTexts of(final Language language) {
    return new ReasonTexts(language);
  }

  public Language language() {
    return language;
  }

  /** The sentence of {@code reason}; for the two values that are no reason, their name. */
  public String text(final ReasonCode reason) {
    return texts.getOrDefault(reason, reason.name());
  }

  static boolean isReason(final ReasonCode reason) {
    return ReasonCode.SBE_UNKNOWN != reason && ReasonCode.NULL_VAL != reason;
  }
}
