package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.examples.SimplestCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every snippet of the README is a region of a compiled example, and the first example does what it says. */
class ReadmeTest {

  private static final Path ROOT = Path.of(System.getProperty("gavel.root", ".."));
  private static final Pattern SNIPPET =
      Pattern.compile("<!-- (\\S+\\.java)#(\\w+) -->\\n```java\\n(.*?)```", Pattern.DOTALL);

  @Test
  void shouldShowWhatIsCompiled() throws IOException {
    final Matcher snippet = SNIPPET.matcher(Files.readString(ROOT.resolve("README.md")));
    int count = 0;
    while (snippet.find()) {
      assertEquals(region(ROOT.resolve(snippet.group(1)), snippet.group(2)), snippet.group(3), snippet.group(1));
      count++;
    }
    assertEquals(2, count, "snippets in the README");
  }

  @Test
  void shouldStayOnOnePageOrTwo() throws IOException {
    final long lines = Files.readString(ROOT.resolve("README.md")).lines().count();
    assertTrue(lines <= 135, "the README has " + lines + " lines");
  }

  @Test
  void shouldSellInTheSimplestCase(@TempDir final Path dir) {
    final PrintStream out = System.out;
    final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SimplestCase.main(new String[] {dir.toString()});
    } finally {
      System.setOut(out);
    }
    final List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("fired: mark 584999 <= 585000 ticks, seq 11", lines.get(0));
    assertEquals("sold 100000 lots at 584900 ticks, fee 29245000", lines.get(1));
    assertTrue(lines.get(2).startsWith("seq=11 hash="), lines.get(2));
  }

  private static String region(final Path file, final String tag) throws IOException {
    final String source = Files.readString(file);
    final String begin = "// tag::" + tag + "[]\n";
    final int from = source.indexOf(begin) + begin.length();
    return source.substring(from, source.indexOf("// end::" + tag + "[]"));
  }
}
