package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.cli.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:\\.[A-Za-z_0-9]+)+)\"");
  private static final Pattern PREFIX = Pattern.compile("\"([a-z]+\\.(?:[A-Za-z_0-9]+\\.)*)\" \\+");
  /** Keys that picocli looks up or that are put together from a prefix and a name. */
  private static final List<String> BUILT = List.of("verb.", "exit.");

  private final Texts english = Texts.of(Texts.ENGLISH);
  private final Texts chinese = Texts.of(Texts.CHINESE);

  @Test
  void shouldHaveTheSameKeysInBothLanguages() {
    assertEquals(new TreeSet<>(english.keys()), new TreeSet<>(chinese.keys()));
  }

  @Test
  void shouldHaveTheSamePlaceholdersInBothLanguages() {
    for (final String key : english.keys()) {
      assertEquals(placeholders(english.get(key)), placeholders(chinese.get(key)), key);
    }
  }

  @Test
  void shouldSaySomethingAndSayItInItsLanguage() {
    for (final String key : english.keys()) {
      assertFalse(english.get(key).isBlank(), key);
      assertFalse(chinese.get(key).isBlank(), key);
      assertTrue(english.get(key).chars().allMatch(c -> c < 128), key + " = " + english.get(key));
    }
    final long translated = chinese.keys().stream()
        .filter(key -> chinese.get(key).chars().anyMatch(c -> c > 0x2E80)).count();
    assertTrue(translated > chinese.keys().size() * 9L / 10, "translated: " + translated);
  }

  @Test
  void shouldHaveEveryTextThatTheSourcesAskForAndNoOther() throws IOException {
    final Set<String> asked = new TreeSet<>();
    final Set<String> prefixes = new TreeSet<>(BUILT);
    for (final Path source : sources()) {
      final String code = Files.readString(source);
      asked.addAll(matches(LITERAL, code));
      prefixes.addAll(matches(PREFIX, code));
    }

    final Set<String> spare = english.keys().stream()
        .filter(key -> !asked.contains(key) && prefixes.stream().noneMatch(key::startsWith))
        .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(Set.of(), spare);
    final Set<String> families = english.keys().stream().map(key -> key.substring(0, key.indexOf('.')))
        .collect(Collectors.toSet());
    final Set<String> missing = asked.stream()
        .filter(key -> families.contains(key.substring(0, key.indexOf('.'))) && !english.has(key))
        .filter(key -> prefixes.stream().noneMatch(key::equals)).collect(Collectors.toCollection(TreeSet::new));
    missing.removeIf(key -> key.startsWith("gavel.") || key.startsWith("java."));
    assertEquals(Set.of(), missing);
  }

  @Test
  void shouldPutValuesInAsTheyAre() {
    assertEquals("--set: \"a{1}\" is not PATH=VALUE, like rules.tp1.tpTriggerPx=950",
        english.get("backtest.badSet", "a{1}"));
    assertEquals("en", english.language());
    assertEquals("zh", chinese.locale().getLanguage());
  }

  private static Set<String> matches(final Pattern pattern, final String code) {
    final Set<String> found = new TreeSet<>();
    final Matcher matcher = pattern.matcher(code);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static Set<String> placeholders(final String text) {
    final Set<String> found = new TreeSet<>();
    final Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(Path.of(System.getProperty("gavel.root"), "adapters/cli/src/main/java"))) {
      return tree.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }
}
