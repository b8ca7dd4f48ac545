package io.gavel.engine.replay;

import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

/** The sentences and words of the execution log in one language, with places {0} to {9}. Immutable, any thread. */
final class LogTexts {

  private static final String BUNDLE = "io.gavel.engine.replay.log_";
  private static final int PLACE_LENGTH = "{0}".length();

  private final ReasonTexts reasons;
  private final Map<String, Sentence> sentences = new TreeMap<>();

  /** {@code parts[i]}, then value {@code places[i]}, ..., and one part more. */
  private record Sentence(List<String> parts, List<Integer> places) {

    static Sentence of(final String text) {
      final List<String> parts = new ArrayList<>();
      final List<Integer> places = new ArrayList<>();
      int from = 0;
      for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
        parts.add(text.substring(from, at));
        places.add(text.charAt(at + 1) - '0');
        from = at + PLACE_LENGTH;
      }
      parts.add(text.substring(from));
      return new Sentence(parts, places);
    }
  }

  LogTexts(final ReasonTexts.Language language) {
    reasons = ReasonTexts.of(language);
    final ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE + language.code());
    for (final String key : bundle.keySet()) {
      sentences.put(key, Sentence.of(bundle.getString(key)));
    }
  }

  /** The sentence {@code key} with its values. */
  String say(final String key, final Object... values) {
    final Sentence sentence = sentences.get(key);
    if (null == sentence) {
      throw new IllegalStateException("the execution log has no text " + key);
    }
    final StringBuilder out = new StringBuilder(sentence.parts.get(0));
    for (int i = 0; i < sentence.places.size(); i++) {
      out.append(values[sentence.places.get(i)]).append(sentence.parts.get(i + 1));
    }
    return out.toString();
  }

  /** The word for a value of an enum of the schema; its name for one that this build does not know. */
  String word(final Enum<?> value) {
    final Sentence word = sentences.get(value.getDeclaringClass().getSimpleName() + '.' + value.name());
    return null == word ? value.name().toLowerCase(Locale.ROOT) : word.parts.get(0);
  }

  /** Name and sentence of a reason. */
  String reason(final ReasonCode code) {
    return say("reason", code.name(), reasons.text(code));
  }
}
