package io.gavel.adapters.backtest.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.backtest.tape.TapeTime;
import io.gavel.codecs.DecimalFormatException;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of the tree field by field. What the schema has already refused is read as not said, so that every
 * mistake is told once and none hides another.
 */
final class Fields {

  private final JsonNode node;
  private final String pointer;
  private final YamlText yaml;
  private final List<Mistake> mistakes;

  Fields(final JsonNode node, final String pointer, final YamlText yaml, final List<Mistake> mistakes) {
    this.node = node;
    this.pointer = pointer;
    this.yaml = yaml;
    this.mistakes = mistakes;
  }

  Fields child(final String key) {
    return new Fields(node.path(key), pointer + "/" + Pointers.escape(key), yaml, mistakes);
  }

  Fields item(final int index) {
    return new Fields(node.path(index), pointer + "/" + index, yaml, mistakes);
  }

  int size() {
    return node.isArray() || node.isObject() ? node.size() : 0;
  }

  /** A nested object as maps, lists and texts. */
  Object tree(final String key) {
    return plain(node.path(key));
  }

  private static Object plain(final JsonNode value) {
    if (value.isObject()) {
      final Map<String, Object> map = new LinkedHashMap<>();
      value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (value.isArray()) {
      final List<Object> list = new ArrayList<>();
      value.forEach(each -> list.add(plain(each)));
      return list;
    }
    return value.asText();
  }

  List<String> keys() {
    final List<String> keys = new java.util.ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  boolean has(final String key) {
    return node.has(key);
  }

  /** The text of this node itself; null when it is not text or already wrong. */
  @Nullable String self() {
    return node.isTextual() && !isWrong(pointer) ? node.asText() : null;
  }

  @Nullable String text(final String key) {
    return child(key).self();
  }

  String text(final String key, final String fallback) {
    final String text = text(key);
    return null == text ? fallback : text;
  }

  /** An enum constant by its name in any case, with - for _. */
  <T extends Enum<T>> T choice(final String key, final Class<T> type, final T fallback) {
    final String text = text(key);
    if (null != text) {
      for (final T constant : type.getEnumConstants()) {
        if (constant.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
          return constant;
        }
      }
    }
    return fallback;
  }

  int count(final String key, final int fallback, final int least, final int most) {
    final String text = text(key);
    if (null == text) {
      return fallback;
    }
    final long value = DecimalText.parse(text, 0);
    if (value < least || value > most) {
      mistake(key, "'" + text + "' is not from " + least + " to " + most);
      return fallback;
    }
    return (int) value;
  }

  /** A decimal times ten to the {@code scale}; refused outside [least, most]. */
  long scaled(final String key, final String fallback, final int scale, final long least, final long most) {
    final String text = text(key, fallback);
    try {
      final long value = DecimalText.parse(text, scale);
      if (value >= least && value <= most) {
        return value;
      }
      mistake(key, "'" + text + "' is not from " + DecimalText.format(least, scale) + " to "
          + DecimalText.format(most, scale));
    } catch (final DecimalFormatException e) {
      mistake(key, String.valueOf(e.getMessage()));
    }
    return DecimalText.parse(fallback, scale);
  }

  /** Decimal text that is a positive whole number of steps, or -1 where it stands for the market; null: not said. */
  @Nullable String steps(final String key, final @Nullable DecimalStep step, final long most) {
    final String text = text(key);
    if (null == text || null == step || "-1".equals(text)) {
      return text;
    }
    try {
      final long count = step.parse(text, "");
      if (count >= 1 && count <= most) {
        return text;
      }
      mistake(key, "'" + text + "' is " + (count < 1 ? "not positive" : "too large"));
    } catch (final DecimalFormatException e) {
      mistake(key, String.valueOf(e.getMessage()));
    }
    return null;
  }

  long timeNs(final String key, final long fallback) {
    final String text = text(key);
    if (null == text) {
      return fallback;
    }
    final long timeNs = TapeTime.parse(text);
    if (TapeTime.NOT_PARSED == timeNs) {
      mistake(key, "'" + text + "' is not a time such as 2013-11-25T12:00:00Z");
      return fallback;
    }
    return timeNs;
  }

  void mistake(final String key, final String text) {
    final String at = key.isEmpty() ? pointer : pointer + "/" + Pointers.escape(key);
    mistakes.add(new Mistake(Pointers.words(at), yaml.line(at), text));
  }

  private boolean isWrong(final String at) {
    final String words = Pointers.words(at);
    for (final Mistake mistake : mistakes) {
      if (mistake.path().equals(words)) {
        return true;
      }
    }
    return false;
  }
}
