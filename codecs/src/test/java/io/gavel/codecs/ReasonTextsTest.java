package io.gavel.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ReasonCode;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReasonTextsTest {

  @ParameterizedTest
  @EnumSource
  void shouldHaveASentenceForEveryReasonAndNoOtherKey(final ReasonTexts.Language language) throws IOException {
    final TreeSet<String> reasons = Arrays.stream(ReasonCode.values()).filter(ReasonTexts::isReason)
        .map(ReasonCode::name).collect(Collectors.toCollection(TreeSet::new));

    assertEquals(reasons, new TreeSet<>(properties(language).stringPropertyNames()));
  }

  @ParameterizedTest
  @EnumSource
  void shouldNotLetTwoReasonsShareASentence(final ReasonTexts.Language language) {
    final ReasonTexts texts = ReasonTexts.of(language);
    final Map<String, ReasonCode> reasons = new HashMap<>();
    for (final ReasonCode reason : ReasonCode.values()) {
      final String text = texts.text(reason);
      final ReasonCode other = reasons.put(text, reason);
      assertEquals(null, other, () -> reason + " and " + other + ": " + text);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSpeakItsLanguageInWholeSentences(final ReasonTexts.Language language) throws IOException {
    final boolean chinese = ReasonTexts.Language.ZH == language;
    final Properties properties = properties(language);
    for (final String key : properties.stringPropertyNames()) {
      final String text = properties.getProperty(key);
      assertTrue(text.endsWith(chinese ? "\u3002" : "."), key);
      assertEquals(text.strip(), text, key);
      assertEquals(chinese, text.codePoints().anyMatch(Character::isIdeographic), key);
      assertFalse(text.contains("\uFFFD"), key);
      assertEquals(text, ReasonTexts.of(language).text(ReasonCode.valueOf(key)), "the bundle is read as UTF-8");
    }
  }

  @Test
  void shouldNameValuesThatAreNoReason() {
    final ReasonTexts texts = ReasonTexts.of(ReasonTexts.Language.of("zh"));

    assertEquals("SBE_UNKNOWN", texts.text(ReasonCode.SBE_UNKNOWN));
    assertEquals("NULL_VAL", texts.text(ReasonCode.NULL_VAL));
    assertEquals(ReasonTexts.Language.ZH, texts.language());
    assertThrows(IllegalArgumentException.class, () -> ReasonTexts.Language.of("de"));
  }

  private static Properties properties(final ReasonTexts.Language language) throws IOException {
    final Properties properties = new Properties();
    try (Reader reader = new InputStreamReader(
        ReasonTexts.class.getResourceAsStream("reasons_" + language.code() + ".properties"), StandardCharsets.UTF_8)) {
      properties.load(reader);
    }
    return properties;
  }
}
