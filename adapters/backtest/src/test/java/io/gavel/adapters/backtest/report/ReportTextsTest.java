package io.gavel.adapters.backtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.FillRow;
import io.gavel.adapters.backtest.result.LiquidationRow;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.AlgoReason;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.codecs.sbe.RuleKind;
import io.gavel.codecs.sbe.RuleState;
import io.gavel.codecs.sbe.Side;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReportTextsTest {
  /** What the codecs make of an absent value and of one that they do not know. */
  private static final Set<String> NO_VALUES = Set.of("NULL_VAL", "SBE_UNKNOWN");

  private final ReportTexts english = new ReportTexts(ReasonTexts.Language.EN);
  private final ReportTexts chinese = new ReportTexts(ReasonTexts.Language.ZH);

  @Test
  void shouldHaveTheSameKeysAndPlaceholdersInBothLanguages() {
    assertEquals(english.keys(), chinese.keys());
    for (final String key : english.keys()) {
      for (int i = 0; i < 10; i++) {
        final String place = "{" + i + "}";
        assertEquals(english.text(key).contains(place), chinese.text(key).contains(place), key + " " + place);
      }
    }
  }

  @Test
  void shouldHaveAWordForEveryValueThatIsShown() {
    final Map<String, Enum<?>[]> words = Map.of("state", RuleState.values(), "side", Side.values(), "kind",
        RuleKind.values(), "source", PriceSource.values(), "liquidity", FillRow.Liquidity.values(),
        "stage", LiquidationRow.Stage.values(), "worked", AlgoReason.values());

    words.forEach((prefix, values) -> {
      for (final Enum<?> value : values) {
        if (!NO_VALUES.contains(value.name())) {
          assertFalse(english.word(prefix, value).isEmpty(), prefix + "." + value);
          assertFalse(chinese.word(prefix, value).isEmpty(), prefix + "." + value);
        }
      }
    });
  }

  @Test
  void shouldHaveEveryTextThatThePageAsksFor() throws IOException {
    final Matcher matcher = Pattern.compile("'(page\\.[a-z]+)'").matcher(PageParts.script());
    int found = 0;
    while (matcher.find()) {
      assertTrue(english.keys().contains(matcher.group(1)), matcher.group(1));
      found++;
    }
    assertTrue(found > 10, "the script asks for texts");
  }

  @Test
  void shouldRefuseAKeyThatDoesNotExist() {
    assertThrows(IllegalStateException.class, () -> english.text("no.such.key"));
  }
}
