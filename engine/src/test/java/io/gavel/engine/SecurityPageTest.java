package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page about security claims nothing that no test holds, and the build takes no version that nobody chose. */
class SecurityPageTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(should\\w+)`");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]*)</version>");
  private static final Path ROOT = Path.of(System.getProperty("gavel.root"));

  @Test
  void shouldNameATestThatExistsInEveryRow() throws IOException {
    final Map<String, String> tests = tests();
    final List<String> rows = new ArrayList<>();
    final List<String> missing = new ArrayList<>();
    final String page = Files.readString(ROOT.resolve(".github/SECURITY.md"));
    final String table = page.substring(page.indexOf("## What happens when"), page.indexOf("## What it is made of"));
    table.lines().filter(line -> line.startsWith("| ") && !line.startsWith("| check")).forEach(row -> {
      rows.add(row);
      final Matcher named = NAMED.matcher(row);
      if (!named.find() || !tests.getOrDefault(named.group(1), "").contains("void " + named.group(2) + '(')) {
        missing.add(row);
      }
      assertTrue(!row.contains("| allowed"), row);
    });
    assertTrue(rows.size() > 20, "rows: " + rows.size());
    assertEquals(List.of(), missing);
  }

  @Test
  void shouldPinEveryVersionAndTakeNoneFromElsewhere() {
    final List<String> breaches = new ArrayList<>();
    for (final Path pom : files("pom.xml")) {
      final String text = read(pom);
      final Matcher versions = VERSION.matcher(text);
      while (versions.find()) {
        final String version = versions.group(1);
        final boolean own = version.equals("0.1.0-SNAPSHOT");
        if (!own && !version.matches("\\d[\\w.+-]*(?<!-SNAPSHOT)|\\$\\{[\\w.]+}")) {
          breaches.add(ROOT.relativize(pom) + ": " + version + " -> one version that somebody has looked at");
        }
      }
      if (text.contains("<repository>") || text.contains("<pluginRepository>")) {
        breaches.add(ROOT.relativize(pom) + ": a repository of its own -> the one of the person who builds");
      }
    }
    assertEquals(List.of(), breaches);
  }

  private static Map<String, String> tests() {
    final Map<String, String> tests = new HashMap<>();
    for (final Path path : files("Test.java")) {
      // Two rooms may have a test of the same name.
      tests.merge(path.getFileName().toString().replace(".java", ""), read(path), String::concat);
    }
    return tests;
  }

  private static List<Path> files(final String end) {
    try (Stream<Path> paths = Files.walk(ROOT)) {
      return paths.filter(path -> path.toString().endsWith(end))
          .filter(path -> !ROOT.relativize(path).toString().contains("target/")).sorted().toList();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(final Path path) {
    try {
      return Files.readString(path);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
