package io.gavel.engine.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.ReasonTexts.Language;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.Side;
import io.gavel.engine.Directory;
import io.gavel.engine.egress.EventKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: a journal reads the same everywhere, byte for byte, and no event is left out. Method: one recorded session in
 * which every event happens, held against a text that a person has read.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecutionLogTest {

  private static final Pattern MESSAGE = Pattern.compile("<sbe:message name=\"\\w+\" id=\"(\\d+)\"");
  private static final Pattern LINE = Pattern.compile(
      "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z  (\\d+\\.\\d+)  \\S+  .+");
  private static final Pattern PLACE = Pattern.compile("\\{\\d}");

  private Path journal = Path.of("");

  @BeforeAll
  void recordTheSession(@TempDir final Path dir) {
    journal = dir.resolve("run");
    LoggedSession.record(journal);
  }

  @Test
  void shouldReadAsTheGoldenTextInEnglish() throws IOException {
    assertGolden(Language.EN);
  }

  @Test
  void shouldReadAsTheGoldenTextInChinese() throws IOException {
    assertGolden(Language.ZH);
  }

  @Test
  void shouldReadTheSameUnderEveryLocaleOfTheMachine() {
    final String usual = log(Language.EN, false);
    final Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(usual, log(Language.EN, false));
      Locale.setDefault(Locale.forLanguageTag("th-TH-u-ca-buddhist"));
      assertEquals(usual, log(Language.EN, false));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void shouldHaveALineForEachEventOfTheSchema() throws IOException {
    final Map<String, Integer> templates = new TreeMap<>();
    Replayer.replay(journal, new ReplayListener() {
      @Override
      public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
        templates.put(EventKey.sequence(buffer, offset) + "." + EventKey.index(buffer, offset),
            EventKey.templateId(buffer, offset));
      }
    });
    final String text = log(Language.EN, true);
    final Set<Integer> told = new TreeSet<>();
    final Map<String, Integer> silent = new TreeMap<>(templates);
    text.lines().forEach(line -> {
      final Matcher matcher = LINE.matcher(line);
      assertTrue(matcher.matches(), line);
      told.add(templates.get(matcher.group(1)));
      silent.remove(matcher.group(1));
    });

    assertEquals(schemaTemplates(), told);
    assertEquals(Set.of(CommandAnswerDecoder.TEMPLATE_ID), new TreeSet<>(silent.values()));
    assertFalse(text.contains("this build does not know"), text);
  }

  @Test
  void shouldLeaveTapePrintsOutUnlessAskedFor() {
    final long prints = log(Language.EN, true).lines().filter(line -> line.contains(" print of ")).count();
    final long unasked = log(Language.EN, false).lines().filter(line -> line.contains(" print of ")).count();

    assertEquals(3, prints, "two prints, one refused");
    assertEquals(1, unasked, "what is refused is always told");
  }

  @Test
  void shouldStopWhereItIsTold() {
    final StringBuilder out = new StringBuilder();
    final ReplayResult result =
        ExecutionLog.write(journal, 12, new ExecutionLog.Options(Language.EN, false), new Directory(), out);

    assertEquals(12, result.sequence());
    assertTrue(log(Language.EN, false).startsWith(out.toString()));
    assertTrue(out.toString().lines().reduce("", (first, second) -> second).contains("  12.0  "), out.toString());
  }

  @Test
  void shouldNotBlameTheJournalWhenItCannotWrite() {
    final Appendable full = new Appendable() {
      @Override
      public Appendable append(final CharSequence text) throws IOException {
        throw new IOException("no space left");
      }

      @Override
      public Appendable append(final CharSequence text, final int start, final int end) throws IOException {
        return append(text);
      }

      @Override
      public Appendable append(final char c) throws IOException {
        return append(String.valueOf(c));
      }
    };

    assertThrows(UncheckedIOException.class, () -> ExecutionLog.write(
        journal, Long.MAX_VALUE, new ExecutionLog.Options(Language.EN, false), new Directory(), full));
  }

  @Test
  void shouldHaveALineForWhatOnlyALaterBuildKnows() {
    assertEquals("event of template 99, which this build does not know", new LogTexts(Language.EN).say("unknown", 99));
    assertEquals("模板 99 的指令，本版本不认识", new LogTexts(Language.ZH).say("command.unknown", 99));
    assertEquals("null_val", new LogTexts(Language.EN).word(Side.NULL_VAL));
  }

  @Test
  void shouldSayTheSameThingsInBothLanguages() {
    final ResourceBundle english = ResourceBundle.getBundle("io.gavel.engine.replay.log_en");
    final ResourceBundle chinese = ResourceBundle.getBundle("io.gavel.engine.replay.log_zh");

    assertEquals(new TreeSet<>(english.keySet()), new TreeSet<>(chinese.keySet()));
    for (final String key : english.keySet()) {
      assertEquals(places(english.getString(key)), places(chinese.getString(key)), key);
    }
  }

  private void assertGolden(final Language language) throws IOException {
    final String name = "execution-log_" + language.code() + ".txt";
    final String actual = log(language, false);
    final Path written = Path.of("target", name);
    Files.writeString(written, actual);
    try (InputStream stream = ExecutionLogTest.class.getResourceAsStream(name)) {
      assertNotNull(stream, "no golden text " + name);
      assertEquals(new String(stream.readAllBytes(), StandardCharsets.UTF_8), actual,
          "if the change is meant, read " + written + " and make it the golden text");
    }
  }

  private String log(final Language language, final boolean withTapePrints) {
    final StringBuilder out = new StringBuilder();
    ExecutionLog.write(
        journal, Long.MAX_VALUE, new ExecutionLog.Options(language, withTapePrints), new Directory(), out);
    return out.toString();
  }

  private static Set<Integer> schemaTemplates() throws IOException {
    final Set<Integer> ids = new TreeSet<>();
    try (InputStream stream = ExecutionLogTest.class.getResourceAsStream("/sbe/events.xml")) {
      assertNotNull(stream);
      final Matcher matcher = MESSAGE.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      while (matcher.find()) {
        ids.add(Integer.valueOf(matcher.group(1)));
      }
    }
    return ids;
  }

  private static Set<String> places(final String text) {
    final Set<String> found = new TreeSet<>();
    final Matcher matcher = PLACE.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
