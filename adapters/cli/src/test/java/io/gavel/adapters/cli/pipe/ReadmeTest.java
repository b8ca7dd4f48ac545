package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.cli.CliRun;
import io.gavel.adapters.cli.ReadmeBlocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: the page that documents the pipe is true and complete. Method: run its examples in order through a pipe, and
 * compare each line that comes out, field by field; "..." stands for a value that differs from run to run.
 */
class ReadmeTest {

  private static final String VARIES = "...";

  /** Cannot be provoked from outside: it takes a fault of the engine. */
  private static final Set<String> WITHOUT_EXAMPLE = Set.of("halted");
  private static final Set<String> EVENTS = Set.of("ack", "order", "trade", "order-closed", "order-amended",
      "child-refused", "balance", "rule", "rule-state", "trigger", "price", "halt", "session", "auction", "state",
      "recovered", "halted", "capacity", "proposal", "cooling-off", "price-state", "funding", "interest",
      "position", "margin", "liquidation-step", "house-fund", "instrument-settled", "algo", "token-rebalanced",
      "token-issued", "token-backed", "remedied");

  @Test
  void shouldAnswerAsThePageSays(@TempDir final Path dir) throws IOException {
    final List<ReadmeBlocks.Example> session = new ArrayList<>();
    final List<ReadmeBlocks.Example> examples = ReadmeBlocks.examples();
    assertTrue(examples.size() >= 9, "examples on the page: " + examples.size());

    for (final ReadmeBlocks.Example example : examples) {
      if (example.relaunch()) {
        runAndCompare(dir, session);
        session.clear();
      }
      session.add(example);
    }
    runAndCompare(dir, session);
  }

  @Test
  void shouldShowEveryCommandAndEveryEvent() throws IOException {
    final Set<String> ops = new TreeSet<>();
    final Set<String> events = new TreeSet<>();
    for (final ReadmeBlocks.Example example : ReadmeBlocks.examples()) {
      example.in().forEach(line -> ops.add(CliRun.parse(line).path("op").asText()));
      example.out().forEach(line -> events.add(CliRun.parse(line).path("event").asText()));
    }

    final Set<String> known = new TreeSet<>(List.of("state", BatchLine.NAME));
    ops().forEach(op -> known.add(op.name()));
    assertEquals(known, ops);
    final Set<String> shown = new TreeSet<>(EVENTS);
    shown.removeAll(WITHOUT_EXAMPLE);
    assertEquals(shown, events);
    WITHOUT_EXAMPLE.forEach(event -> assertTrue(text().contains('`' + event + '`'), event));
  }

  @Test
  void shouldNameEveryField() {
    final List<String> missing = new ArrayList<>();
    final String page = text();
    ops().forEach(op -> op.fields().stream().filter(field -> !page.contains('`' + field + '`'))
        .forEach(field -> missing.add(op.name() + "." + field)));

    assertEquals(List.of(), missing);
  }

  private static Stream<Op> ops() {
    return Stream.of(new RegistryOps().ops(), new MoneyOps().ops(), new OrderOps().ops(), new RuleOps().ops(),
        new MarketOps().ops(), new SessionOps().ops(), new SecurityOps().ops(),
        new LimitOps().ops(), new PriceOps().ops(), new MarginOps().ops(),
        new LiquidationOps().ops(), new TokenOps().ops(), new RemedyOps().ops()).flatMap(List::stream);
  }

  private static String text() {
    try {
      return ReadmeBlocks.text();
    } catch (final IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void runAndCompare(final Path dir, final List<ReadmeBlocks.Example> session) {
    final List<String> in = session.stream().flatMap(example -> example.in().stream()).toList();
    final List<String> expected = session.stream().flatMap(example -> example.out().stream()).toList();

    final CliRun run = CliRun.withInput(String.join("\n", in) + "\n", "pipe", "--lenient", "--dir", dir.toString());

    assertEquals(0, run.exitCode(), run.err());
    final List<JsonNode> actual = run.lines();
    for (int i = 0; i < expected.size() && i < actual.size(); i++) {
      compare(CliRun.parse(expected.get(i)), actual.get(i));
    }
    assertEquals(expected.size(), actual.size(), run.out());
  }

  private static void compare(final JsonNode expected, final JsonNode actual) {
    for (final Map.Entry<String, JsonNode> field : expected.properties()) {
      if (VARIES.equals(field.getValue().asText())) {
        assertTrue(actual.has(field.getKey()), "page: " + expected + "\npipe: " + actual);
      } else {
        assertEquals(field.getValue(), actual.get(field.getKey()), "page: " + expected + "\npipe: " + actual);
      }
    }
    assertFalse(actual.isEmpty());
    assertEquals(expected.size(), actual.size(), "page: " + expected + "\npipe: " + actual);
  }
}
