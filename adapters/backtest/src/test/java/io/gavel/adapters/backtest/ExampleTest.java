package io.gavel.adapters.backtest;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.examples.backtest.TenLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {

  @TempDir
  private Path dir;

  @Test
  void shouldRunInTenLines() {
    final PrintStream out = System.out;
    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      TenLines.main(new String[] {dir.toString()});
    } finally {
      System.setOut(out);
    }

    final String text = printed.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("trail-8") && text.lines().anyMatch(line -> line.matches("hash=[0-9a-f]{64}")), text);
    assertTrue(Files.exists(dir.resolve("report.html")) && Files.isDirectory(dir.resolve("journal")));
  }
}
