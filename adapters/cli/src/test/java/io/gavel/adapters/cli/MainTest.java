package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.cli.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  private static final List<String> VERBS =
      List.of("demo", "backtest", "pipe", "match", "replay", "verify", "explain", "stat", "data", "doctor",
          "bench", "snapshot", "whatif", "diff", "check",
          "preview", "sweep");

  @Test
  void shouldExplainEveryVerbAndItsExitCodesInBothLanguages() {
    for (final String language : List.of(Texts.ENGLISH, Texts.CHINESE)) {
      final Texts texts = Texts.of(language);
      final CliRun root = CliRun.of("--help", "--lang", language);
      assertEquals(0, root.exitCode());
      for (final String verb : VERBS) {
        assertTrue(root.out().contains(verb), verb);
        final CliRun help = CliRun.of(verb, "--help", "--lang=" + language);
        assertEquals(0, help.exitCode(), help.err());
        assertTrue(help.out().contains(texts.get("verb." + verb + ".header")), help.out());
        assertTrue(help.out().contains(texts.get("exit.3")), help.out());
        assertTrue(help.out().contains("--json"), help.out());
        assertFalse(help.out().contains("\u001b"), help.out());
      }
    }
  }

  @Test
  void shouldExitTwoWithHelpForAnUnknownOption() {
    for (final String verb : VERBS) {
      final CliRun run = CliRun.of(verb, "--bogus");

      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains("--bogus"), run.err());
      assertTrue(run.err().contains("gavel " + verb), run.err());
      assertEquals("", run.out());
      assertFalse(run.err().contains("\tat "), run.err());
    }
  }

  @Test
  void shouldExitTwoWithoutAVerbOrWithAnUnknownOne() {
    assertEquals(2, CliRun.of().exitCode());
    final CliRun unknown = CliRun.of("dmeo");
    assertEquals(2, unknown.exitCode());
    assertTrue(unknown.err().contains("dmeo"), unknown.err());
  }

  @Test
  void shouldNameTheOptionThatIsMissing() {
    final CliRun run = CliRun.of("pipe");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("--dir"), run.err());
  }

  @Test
  void shouldRefuseALanguageItDoesNotSpeak() {
    final CliRun run = CliRun.of("doctor", "--lang", "fr");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("fr"), run.err());
  }

  @Test
  void shouldTakeTheLanguageOfTheEnvironment() {
    final CliRun run = CliRun.withInput(new byte[0], Map.of("GAVEL_LANG", "zh"), "verify", "/nowhere/at/all");

    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("没有此目录"), run.err());
  }

  @Test
  void shouldAcceptUnambiguousPrefixes() {
    assertEquals(0, CliRun.of("doc", "--js").exitCode());
    assertEquals(2, CliRun.of("d").exitCode());
  }

  @Test
  void shouldSayWhatIsWrongWithAPlaceInOneSentence(@TempDir final Path dir) throws IOException {
    final Path file = Files.writeString(dir.resolve("file"), "x");
    final String nowhere = dir.resolve("nowhere").toString();

    for (final String[] args : List.of(
        new String[] {"verify", nowhere}, new String[] {"replay", nowhere}, new String[] {"stat", nowhere},
        new String[] {"explain", nowhere, "--seq", "1"}, new String[] {"backtest", nowhere},
        new String[] {"verify", file.toString()}, new String[] {"replay", file.toString()},
        new String[] {"stat", file.toString()}, new String[] {"pipe", "--dir", file.toString()},
        new String[] {"replay", dir.toString()}, new String[] {"stat", dir.toString()},
        new String[] {"explain", dir.toString(), "--rule", "x"}, new String[] {"verify", dir.toString()})) {
      final CliRun run = CliRun.of(args);

      final String context = String.join(" ", args) + "\n" + run.err() + run.out();
      assertEquals(2, run.exitCode(), context);
      assertTrue((run.err() + run.out()).contains(dir.toString()), context);
      assertFalse(run.err().contains("\tat "), context);
    }
  }

  @Test
  void shouldRefuseWrongValuesOfOptions(@TempDir final Path dir) {
    final String place = dir.toString();
    for (final String[] args : List.of(
        new String[] {"pipe", "--dir", place, "--durability", "ram"},
        new String[] {"pipe", "--dir", place, "--clock", "wall"},
        new String[] {"pipe", "--dir", place, "--from", "x:1"},
        new String[] {"pipe", "--dir", place, "--from", "-3"},
        new String[] {"replay", place, "--to", "0"}, new String[] {"replay", place, "--to", "x"},
        new String[] {"explain", place}, new String[] {"explain", place, "--rule", "a", "--order", "b"},
        new String[] {"explain", place, "--seq", "0"}, new String[] {"demo", "--out"})) {
      final CliRun run = CliRun.of(args);

      assertEquals(2, run.exitCode(), String.join(" ", args) + "\n" + run.err());
      assertFalse(run.err().contains("\tat "), run.err());
    }
    assertEquals(0, dir.toFile().list().length);
  }

  @Test
  void shouldAnswerErrorsInJsonWhenAskedTo() {
    final CliRun run = CliRun.of("verify", "/nowhere/at/all", "--json");

    assertEquals(2, run.exitCode());
    assertEquals(2, run.json().path("exitCode").asInt());
    assertTrue(run.json().path("error").asText().contains("/nowhere/at/all"));
  }

  @Test
  void shouldTellAllMistakesOfAScenario(@TempDir final Path dir) throws IOException {
    final Path scenario = Files.writeString(dir.resolve("s.yaml"), "name: x\nrulez: []\naccountz: []\n");

    final CliRun run = CliRun.of("backtest", scenario.toString());

    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains("rulez"), run.err());
    assertTrue(run.err().contains("accountz"), run.err());
    assertEquals(2, CliRun.of("backtest", scenario.toString(), "--set", "novalue").exitCode());
  }

  @Test
  void shouldDocumentTheExitCodesAsTheyAre() throws IOException {
    final Texts texts = Texts.of(Texts.ENGLISH);
    for (final ExitCode exit : ExitCode.values()) {
      final String meaning = texts.get(exit.textKey());
      final String row = "| " + exit.code() + " | " + meaning + " |";
      assertTrue(ReadmeBlocks.text().contains(row), row);
    }
  }
}
