package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.cli.text.Texts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void shouldSayOneLinePerTenPercentOffATerminal() {
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (Progress progress = new Progress(terminal(err, false, true), "replay", "rows")) {
      for (int row = 0; row <= 1_000; row++) {
        progress.at(row, 1_000);
      }
    }

    final List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(10, lines.size(), lines.toString());
    assertTrue(lines.get(0).startsWith("replay: 10 %, 100 of 1000"), lines.get(0));
    assertTrue(lines.get(9).contains("100 %"), lines.get(9));
  }

  @Test
  void shouldStaySilentOffATerminalWhileTheTotalIsUnknown() {
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (Progress progress = new Progress(terminal(err, false, true), "replay", "rows")) {
      progress.at(10, 0);
    }

    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void shouldDrawWithoutColoursWhenTheyAreNotWanted() {
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (Progress progress = new Progress(terminal(err, true, false), "replay", "rows")) {
      progress.at(500, 1_000);
      progress.at(1_000, 1_000);
    }

    final String drawn = err.toString(StandardCharsets.UTF_8);
    assertTrue(drawn.contains("replay"), drawn);
    assertFalse(drawn.contains("\u001b["), drawn);
  }

  private static Terminal terminal(final ByteArrayOutputStream err, final boolean watched, final boolean colour) {
    return new Terminal(new ByteArrayInputStream(new byte[0]), new PrintStream(new ByteArrayOutputStream()),
        new PrintStream(err, true, StandardCharsets.UTF_8), Texts.of(Texts.ENGLISH), false, watched, colour);
  }
}
