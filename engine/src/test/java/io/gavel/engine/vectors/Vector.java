package io.gavel.engine.vectors;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One object of a row's inputs, read by name: numbers as numbers, decimal strings or rationals. */
final class Vector {

  /** Enough that a rational which does not end is exact for every comparison here. */
  private static final MathContext WIDE = new MathContext(60, RoundingMode.HALF_EVEN);

  private final Map<String, @Nullable Object> values;
  private final String area;
  private final Map<String, String> others;

  private Vector(
      final Map<String, @Nullable Object> values, final String area, final Map<String, String> others) {
    this.values = values;
    this.area = area;
    this.others = others;
  }

  @SuppressWarnings("unchecked")
  static Vector read(final String json, final String area, final Map<String, String> others) {
    return new Vector((Map<String, @Nullable Object>) Objects.requireNonNull(Json.read(json)), area, others);
  }

  /** The inputs of another row. */
  Vector other(final String id) {
    final String json = others.get(id);
    if (null == json) {
      throw new IllegalArgumentException("no row " + id);
    }
    return read(json, area, others);
  }

  /** What the row says it is about, in words. */
  String area() {
    return area;
  }

  boolean has(final String name) {
    return null != values.get(name);
  }

  /** The first of the names that is there. */
  String named(final String... names) {
    for (final String name : names) {
      if (has(name)) {
        return name;
      }
    }
    throw new IllegalArgumentException("none of " + String.join(", ", names) + " in " + values.keySet());
  }

  @Nullable Object raw(final String name) {
    return values.get(name);
  }

  BigDecimal decimal(final String name) {
    final Object value = values.get(name);
    if (null == value) {
      throw new IllegalArgumentException("no " + name + " in " + values.keySet());
    }
    return decimalOf(value);
  }

  /** The number, or zero when it is missing or null. */
  BigDecimal orZero(final String name) {
    return has(name) ? decimal(name) : BigDecimal.ZERO;
  }

  BigDecimal or(final String name, final String otherwise) {
    return has(name) ? decimal(name) : new BigDecimal(otherwise);
  }

  /** The number times ten to the scale, which must be whole and fit. */
  long units(final String name, final int scale) {
    return units(decimal(name), scale);
  }

  /** The same, or zero when it is missing or null. */
  long unitsOrZero(final String name, final int scale) {
    return units(orZero(name), scale);
  }

  long whole(final String name) {
    return units(name, 0);
  }

  long wholeOr(final String name, final long otherwise) {
    return has(name) ? whole(name) : otherwise;
  }

  String text(final String name) {
    return String.valueOf(values.get(name));
  }

  String textOr(final String name, final String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  /** Above zero and below: long and buy, or short and sell. */
  boolean isLong(final String name) {
    return switch (textOr(name, "long").toLowerCase(Locale.ROOT)) {
      case "long", "buy" -> true;
      case "short", "sell" -> false;
      default -> throw new IllegalArgumentException("side " + text(name));
    };
  }

  @SuppressWarnings("unchecked")
  Vector inner(final String name) {
    final Object value = values.get(name);
    return new Vector(value instanceof Map ? (Map<String, @Nullable Object>) value : Map.of(), area, others);
  }

  Iterable<String> names() {
    return values.keySet();
  }

  @SuppressWarnings("unchecked")
  List<Vector> list(final String name) {
    final List<Vector> list = new ArrayList<>();
    for (final Object value : items(name)) {
      list.add(new Vector((Map<String, @Nullable Object>) value, area, others));
    }
    return list;
  }

  /** Rows of an array of arrays; empty when there is none. */
  @SuppressWarnings("unchecked")
  List<List<Object>> rows(final String name) {
    final List<List<Object>> rows = new ArrayList<>();
    for (final Object value : items(name)) {
      rows.add((List<Object>) value);
    }
    return rows;
  }

  @SuppressWarnings("unchecked")
  List<Object> items(final String name) {
    final Object value = values.get(name);
    return value instanceof List ? (List<Object>) value : List.of();
  }

  static long units(final BigDecimal value, final int scale) {
    return value.movePointRight(scale).longValueExact();
  }

  static BigDecimal decimalOf(final Object value) {
    final String text = value instanceof BigDecimal number ? number.toPlainString() : value.toString().trim();
    final int slash = text.indexOf('/');
    return slash < 0 ? new BigDecimal(text)
        : new BigDecimal(text.substring(0, slash).trim())
            .divide(new BigDecimal(text.substring(slash + 1).trim()), WIDE);
  }

  /** A number of units as the decimal it stands for. */
  static BigDecimal ofUnits(final long units, final int scale) {
    return BigDecimal.valueOf(units, scale);
  }
}
