package io.gavel.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.benchmarks.suite.SideBySide.Tape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: a wrong hash is no number. Method: runs as forks print them, one of them altered. */
class SideBySideTest {

  private static final List<String> NAMES = List.of("gavel", "parity");

  @Test
  void shouldTakeTheMiddleOfTheRounds() {
    final BookRow row = SideBySide.row(tape(""), NAMES, Map.of(
        "gavel", List.of(run("gavel", "a", "b", 20e6), run("gavel", "a", "b", 30e6), run("gavel", "a", "b", 10e6)),
        "parity", List.of(run("parity", "a", "b", 8e6), run("parity", "a", "b", 12e6))), Map.of());

    assertEquals(20e6, row.entries().get(0).handedOffRate());
    assertEquals(10e6, row.entries().get(1).handedOffRate());
    assertEquals(2.0, row.timesTheBest(BookRow.Entry::handedOffRate).orElseThrow());
  }

  @Test
  void shouldGiveNoFigureToAPeerWhoseReportsOrBookDiffer() {
    for (final JsonNode wrong : List.of(run("parity", "x", "b", 9e6), run("parity", "a", "x", 9e6))) {
      final BookRow row = SideBySide.row(tape(""), NAMES,
          Map.of("gavel", List.of(run("gavel", "a", "b", 20e6)),
              "parity", List.of(run("parity", "a", "b", 9e6), wrong)), Map.of());

      assertTrue(row.entries().get(0).stands());
      assertFalse(row.entries().get(1).stands());
      assertTrue(row.timesTheBest(BookRow.Entry::handedOffRate).isEmpty());
    }
  }

  @Test
  void shouldGiveNoFigureAtAllWhenOursDiffersFromTheReplay() {
    final BookRow row = SideBySide.row(tape("other"), NAMES,
        Map.of("gavel", List.of(run("gavel", "a", "b", 20e6)), "parity", List.of(run("parity", "a", "b", 9e6))),
        Map.of());

    assertTrue(row.entries().stream().noneMatch(BookRow.Entry::stands));
    assertTrue(row.entries().get(0).problem().contains("SHA-256"), row.entries().get(0).problem());
  }

  @Test
  void shouldSayWhyAForkGaveNone() {
    final BookRow row = SideBySide.row(tape(""), NAMES, Map.of("gavel", List.of(run("gavel", "a", "b", 20e6))),
        Map.of("parity", "parity on static: exit code 4: no figure"));

    assertEquals("parity on static: exit code 4: no figure", row.entries().get(1).problem());
  }

  private static Tape tape(final String expected) {
    return new Tape("static", Path.of("t.bin"), 0, 10, expected, true);
  }

  private static ObjectNode run(final String engine, final String agreed, final String book, final double rate) {
    return new ObjectMapper().createObjectNode().put("engine", engine).put("version", "1").put("messages", 10)
        .put("agreedSha256", agreed).put("bookSha256", book).put("digest", "d").put("reportsSha256", "r")
        .put("coldNs", 1e9).put("bookNs", 50).put("handedOffRate", rate).put("bytesPerMessage", 0)
        .put("handedOffBestNs", 1e9 / rate).put("bookCpuNs", 45);
  }
}
