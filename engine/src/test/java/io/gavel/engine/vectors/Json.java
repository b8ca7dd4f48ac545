package io.gavel.engine.vectors;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of JSON: objects are maps in their order, arrays lists, numbers decimals as written. Anything else
 * throws.
 */
final class Json {

  private final String text;
  private int position;

  private Json(final String text) {
    this.text = text;
  }

  static @Nullable Object read(final String text) {
    final Json json = new Json(text);
    final Object value = json.value();
    json.blanks();
    if (json.position != text.length()) {
      throw json.wrong("the end");
    }
    return value;
  }

  private @Nullable Object value() {
    blanks();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    final Map<String, @Nullable Object> map = new LinkedHashMap<>();
    expect('{');
    blanks();
    if ('}' == peek()) {
      position++;
      return map;
    }
    while (true) {
      blanks();
      final String key = string();
      blanks();
      expect(':');
      if (map.containsKey(key)) {
        throw wrong("a key only once: " + key);
      }
      map.put(key, value());
      blanks();
      if (',' != peek()) {
        expect('}');
        return map;
      }
      position++;
    }
  }

  private List<@Nullable Object> array() {
    final List<@Nullable Object> list = new ArrayList<>();
    expect('[');
    blanks();
    if (']' == peek()) {
      position++;
      return list;
    }
    while (true) {
      list.add(value());
      blanks();
      if (',' != peek()) {
        expect(']');
        return list;
      }
      position++;
    }
  }

  private String string() {
    expect('"');
    final StringBuilder builder = new StringBuilder();
    while ('"' != peek()) {
      final char c = text.charAt(position++);
      builder.append('\\' == c ? escaped() : c);
    }
    position++;
    return builder.toString();
  }

  private char escaped() {
    final char c = text.charAt(position++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> (char) Integer.parseInt(text.substring(position, position += 4), 16);
      default -> throw wrong("an escape");
    };
  }

  private BigDecimal number() {
    final int start = position;
    while (position < text.length() && "+-.0123456789eE".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (start == position) {
      throw wrong("a value");
    }
    return new BigDecimal(text.substring(start, position));
  }

  private @Nullable Object word(final String word, final @Nullable Object value) {
    if (!text.startsWith(word, position)) {
      throw wrong(word);
    }
    position += word.length();
    return value;
  }

  private void blanks() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private char peek() {
    if (position >= text.length()) {
      throw wrong("more");
    }
    return text.charAt(position);
  }

  private void expect(final char c) {
    if (c != peek()) {
      throw wrong("'" + c + "'");
    }
    position++;
  }

  private IllegalArgumentException wrong(final String expected) {
    return new IllegalArgumentException("expected " + expected + " at " + position + " of " + text);
  }
}
