package io.gavel.adapters.cli.pipe;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The lower-case words that stand for the values of one enum of the schema, both ways. Immutable. */
final class Words<E extends Enum<E>> {

  /** What the generator adds to every enum. */
  private static final Set<String> NOT_IN_SCHEMA = Set.of("SBE_UNKNOWN", "NULL_VAL");

  private final Map<String, E> byWord;

  private Words(final Map<String, E> byWord) {
    this.byWord = byWord;
  }

  /** Every value of the schema under its name in lower case. */
  static <E extends Enum<E>> Words<E> of(final Class<E> type) {
    return of(type, value -> true);
  }

  /** As {@link #of(Class)}, without the values that {@code allowed} leaves out. */
  static <E extends Enum<E>> Words<E> of(final Class<E> type, final Predicate<E> allowed) {
    final Map<String, E> words = new LinkedHashMap<>();
    for (final E value : type.getEnumConstants()) {
      if (!NOT_IN_SCHEMA.contains(value.name()) && allowed.test(value)) {
        words.put(word(value), value);
      }
    }
    return new Words<>(words);
  }

  @Nullable E value(final String word) {
    return byWord.get(word.toLowerCase(Locale.ROOT));
  }

  /** All words, for messages. */
  String list() {
    return byWord.keySet().stream().collect(Collectors.joining(", "));
  }

  static String word(final Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
