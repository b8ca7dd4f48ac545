package io.gavel.adapters.backtest.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.backtest.result.RunResult;
import io.gavel.codecs.ReasonTexts;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {
  private static final long SEED = 7;

  private final RunResult result = SampleRun.of(SEED, 30_000).result();

  @Test
  void shouldTellEveryRuleWithItsInequality() {
    final List<String> lines = text(ReasonTexts.Language.EN, false);

    assertTrue(lines.contains(" RESULT           start         end    change   max drawdown"), () -> all(lines));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith(" tp-half ") && line.contains("finished")
        && line.contains("last ") && line.contains(" >= take-profit ")), () -> all(lines));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith(" trail-5pct ")
        && line.contains(" <= trailing stop ") && line.contains("(high ")), () -> all(lines));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith(" floor-stop-which-should-never-fire ")
        && line.contains("nearest: last ") && line.contains("missing 9.00")), () -> all(lines));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("   1,204   INSUFFICIENT_BALANCE ")), () -> all(lines));
    assertTrue(lines.contains(" AMBIGUOUS BARS   0"), () -> all(lines));
    assertTrue(lines.contains(" state hash   5f0c9b1e44d2a7c3"), () -> all(lines));
    assertTrue(lines.contains(" report       out/report.html"), () -> all(lines));
    assertEquals(" why? gavel explain out/journal --rule tp-half", lines.get(lines.size() - 1));
  }

  @Test
  void shouldTellEachStepOfALiquidationAndTheNearestApproachOfTheOthers() {
    final SampleRun run = SampleRun.of(SEED, 30_000);
    run.margin = SampleMargin.of(run);

    final String text = ConsoleReport.text(run.result(), ReasonTexts.Language.EN, false, null, null);

    assertTrue(text.contains("   funding -7.00 USD\n"), text);
    assertTrue(text.contains(" hurt            1.0527"), text);
    assertTrue(text.lines().anyMatch(line -> line.startsWith(" hurt ") && line.contains("partial reduction")
        && line.contains("   0.50   ")), text);
    assertTrue(text.lines().anyMatch(line -> line.contains(" insurance fund ")
        && line.endsWith("∞      -2.00")), text);
    assertTrue(text.contains("valid → below quorum   1 2"), text);
    assertTrue(ConsoleReport.text(run.result(), ReasonTexts.Language.ZH, false, null, null).contains("以破产价接管"));
    assertFalse(all(text(ReasonTexts.Language.EN, false)).contains("LIQUIDATIONS"));
  }

  @Test
  void shouldBePlainUnlessAskedForColour() {
    assertFalse(all(text(ReasonTexts.Language.EN, false)).contains("\u001b"));
    assertTrue(all(text(ReasonTexts.Language.EN, true)).contains("\u001b[1m"));
  }

  @Test
  void shouldStandInColumnsInChinese() {
    final List<String> lines = text(ReasonTexts.Language.ZH, false);

    final int head = find(lines, " 触发 ");
    final int column = TextTable.width(lines.get(head).substring(0, lines.get(head).indexOf("状态")));
    for (final String state : List.of("已完成", "监控中", "已过期", "被拒绝")) {
      final String line = lines.get(find(lines.subList(head, lines.size()), state) + head);
      assertEquals(column, TextTable.width(line.substring(0, line.indexOf(state))), () -> all(lines));
    }
  }

  @Test
  void shouldSayWhatIsMissingWhenNothingHappened() {
    final String text = ConsoleReport.text(new SampleRun().result(), ReasonTexts.Language.EN, false, null, null);

    assertTrue(text.contains(" REJECTS   none\n"), text);
    assertFalse(text.contains(" report "), text);
    assertTrue(text.endsWith("gavel explain out/journal --seq 17\n"), text);
  }

  @Test
  void shouldNotLetANameCommandTheTerminal() {
    final SampleRun run = SampleRun.of(SEED, 2_000);
    run.name = "evil\u001b[2J";

    assertFalse(ConsoleReport.text(run.result(), ReasonTexts.Language.EN, false, null, null).contains("\u001b"));
  }

  private List<String> text(final ReasonTexts.Language language, final boolean ansi) {
    return ConsoleReport.text(result, language, ansi, "out/report.html", "out/*.csv").lines().toList();
  }

  private static int find(final List<String> lines, final String part) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError("no line with " + part + " in\n" + all(lines));
  }

  private static String all(final List<String> lines) {
    return String.join("\n", lines);
  }
}
