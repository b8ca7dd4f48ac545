package io.gavel.engine.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Goal: what venues and protocols publish comes out, to the last digit they print. Method: each row of a table
 * ({@code -Dgavel.vectors=FILE}, or the copy in the test resources) through the engine's own classes; one line a row,
 * PASS, FAIL or UNSUPPORTED, and a total for each kind.
 */
class VectorsTest {

  private static final String PATH = System.getProperty("gavel.vectors", "");
  /** A published number with so many digits is the print of a double: its last digits are not part of the claim. One
   * table of a trading bot carries only eleven of them (13.211221122079207 for 13.343333 / 1.01). */
  private static final int DOUBLE_DIGITS = 15;
  private static final BigDecimal DOUBLE_TOLERANCE = new BigDecimal("1e-11");

  private final VectorModels models = new VectorModels();
  private final Map<String, int[]> totals = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  /** Inputs by id: rows that refer to another find it in their own table or in the copy. */
  private final Map<String, String> inputs = new HashMap<>();

  /** A row of the table. */
  record Row(String id, String area, String inputs, String expected, String note) {
  }

  @Test
  void shouldReproduceEveryPublishedVector() throws IOException {
    final List<Row> rows = rows(text());
    rows(copy()).forEach(row -> inputs.put(row.id(), row.inputs()));
    rows.forEach(row -> inputs.put(row.id(), row.inputs()));
    for (final Row row : rows) {
      final String verdict = verdict(row);
      System.out.println(verdict);
      count(row.id(), verdict);
    }
    printTotals();

    assertTrue(!rows.isEmpty(), "an empty table");
    assertEquals(List.of(), failures);
  }

  private String verdict(final Row row) {
    final VectorModels.Entry entry = models.of(row.id());
    if (null == entry) {
      failures.add(row.id());
      return "FAIL        " + row.id() + ": no model of this prefix";
    }
    final Model model = entry.model();
    if (null == model) {
      return "UNSUPPORTED " + row.id() + ": " + entry.reason();
    }
    final String wrong;
    try {
      wrong = wrong(row, model);
    } catch (final Model.NotDone e) {
      return "UNSUPPORTED " + row.id() + ": " + e.getMessage();
    }
    if (wrong.isEmpty()) {
      return "PASS        " + row.id();
    }
    failures.add(row.id());
    return "FAIL        " + row.id() + ": " + wrong;
  }

  /** What is wrong with what comes out, or nothing. */
  @SuppressWarnings("unchecked")
  private String wrong(final Row row, final Model model) {
    try {
      final Map<String, @Nullable Object> expected =
          (Map<String, @Nullable Object>) Objects.requireNonNull(Json.read(row.expected()));
      final Map<String, ?> actual = model.evaluate(Vector.read(row.inputs(), row.area(), inputs));
      final StringBuilder wrong = new StringBuilder();
      for (final Map.Entry<String, @Nullable Object> entry : expected.entrySet()) {
        final Object value = actual.get(entry.getKey());
        if (!same(entry.getValue(), value, row.note())) {
          wrong.append(wrong.isEmpty() ? "" : "; ").append(entry.getKey()).append(" is ")
              .append(actual.containsKey(entry.getKey()) ? String.valueOf(value) : "not computed")
              .append(", published ").append(entry.getValue());
        }
      }
      return wrong.toString();
    } catch (final Model.NotDone e) {
      throw e;
    } catch (final RuntimeException e) {
      return e.toString();
    }
  }

  private static boolean same(final @Nullable Object expected, final @Nullable Object actual, final String note) {
    if (null == expected || null == actual) {
      return expected == actual;
    }
    if (expected instanceof Map<?, ?> map && actual instanceof Map<?, ?> other) {
      return map.keySet().equals(other.keySet())
          && map.keySet().stream().allMatch(key -> same(map.get(key), other.get(key), note));
    }
    if (expected instanceof List<?> list) {
      return actual instanceof List<?> other && sameList(list, other, note);
    }
    if (expected instanceof Boolean) {
      return expected.equals(actual);
    }
    final BigDecimal number = number(actual);
    final BigDecimal published = number(expected);
    if (null == number || null == published) {
      return expected.toString().equals(actual.toString());
    }
    return sameNumber(published, number, note);
  }

  private static boolean sameList(final List<?> expected, final List<?> actual, final String note) {
    if (expected.size() != actual.size()) {
      return false;
    }
    final Iterator<?> others = actual.iterator();
    for (final Object value : expected) {
      if (!same(value, others.next(), note)) {
        return false;
      }
    }
    return true;
  }

  /** At the precision that is printed, unless the note grants a relative tolerance. */
  private static boolean sameNumber(final BigDecimal published, final BigDecimal number, final String note) {
    if (published.compareTo(number) == 0) {
      return true;
    }
    final int at = note.indexOf("tolerance 1e-");
    final boolean isDouble = published.precision() >= DOUBLE_DIGITS && published.scale() > 0;
    if (at >= 0 || isDouble) {
      final BigDecimal tolerance = at >= 0
          ? new BigDecimal(note.substring(at + "tolerance ".length()).split("[^0-9e-]", 2)[0]) : DOUBLE_TOLERANCE;
      return published.subtract(number).abs().compareTo(published.abs().multiply(tolerance)) <= 0;
    }
    final boolean rounded = published.stripTrailingZeros().scale() > 0 || note.contains("round");
    return rounded && number.setScale(published.scale(), RoundingMode.HALF_UP).compareTo(published) == 0;
  }

  private static @Nullable BigDecimal number(final Object value) {
    try {
      return value instanceof Boolean ? null : Vector.decimalOf(value);
    } catch (final NumberFormatException e) {
      return null;
    }
  }

  private void count(final String id, final String verdict) {
    final int[] total = totals.computeIfAbsent(id.substring(0, id.lastIndexOf('-')), prefix -> new int[3]);
    total[verdict.startsWith("PASS") ? 0 : verdict.startsWith("FAIL") ? 1 : 2]++;
  }

  private void printTotals() {
    final int[] all = new int[3];
    System.out.println("kind            PASS  FAIL  UNSUPPORTED");
    for (final Map.Entry<String, int[]> entry : totals.entrySet()) {
      final int[] total = entry.getValue();
      print(entry.getKey(), total);
      for (int i = 0; i < all.length; i++) {
        all[i] += total[i];
      }
    }
    print("total", all);
  }

  private static void print(final String kind, final int[] total) {
    System.out.printf("%-14s %5d %5d %12d%n", kind, total[0], total[1], total[2]);
  }

  private static List<Row> rows(final String text) {
    final List<List<String>> lines = Csv.read(text);
    final List<String> names = lines.get(0);
    final List<Row> rows = new ArrayList<>();
    for (final List<String> line : lines.subList(1, lines.size())) {
      rows.add(new Row(column(names, line, "id"), column(names, line, "area"), column(names, line, "inputs_json"),
          column(names, line, "expected_json"), column(names, line, "note")));
    }
    return rows;
  }

  private static String column(final List<String> names, final List<String> line, final String name) {
    final int index = names.indexOf(name);
    return index >= 0 && index < line.size() ? line.get(index) : "";
  }

  private static String text() throws IOException {
    if (PATH.isEmpty()) {
      return copy();
    }
    final Path path = Path.of(PATH);
    return Files.readString(Files.exists(path) ? path : Path.of(System.getProperty("gavel.root", "")).resolve(path));
  }

  private static String copy() throws IOException {
    try (InputStream in = Objects.requireNonNull(VectorsTest.class.getResourceAsStream("vectors.csv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
