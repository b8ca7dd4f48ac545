package io.gavel.adapters.backtest.report;

import java.util.Locale;
import java.util.Optional;

/** The languages a report can be written in. */
public enum ReportLanguage {
  EN("en"),
  ZH("zh");

  private final String tag;

  ReportLanguage(final String tag) {
    this.tag = tag;
  }

  /** As in {@code --lang} and in the page's {@code lang} attribute. */
  public String tag() {
    return tag;
  }

  /** The language of a tag such as {@code zh}, or empty when there is no report in it. */
  public static Optional<ReportLanguage> of(final String tag) {
    for (final ReportLanguage language : values()) {
      if (language.tag.equals(tag.toLowerCase(Locale.ROOT))) {
        return Optional.of(language);
      }
    }
    return Optional.empty();
  }
}
