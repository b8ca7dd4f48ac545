package io.gavel.adapters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.adapters.cli.text.Texts;
import io.gavel.adapters.market.capture.CaptureFormat;
import io.gavel.adapters.market.capture.CaptureReport.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: a capture is checked from the command line, and its rows are told in every form. */
class CheckVerbTest {

  private static final String BOOK = """
      {"lastUpdateId":10,"bids":[["1.00","5.0"]],"asks":[["1.10","6.0"]]}
      {"e":"depthUpdate","s":"X","U":11,"u":12,"b":[["1.05","2"]],"a":[]}
      {"e":"bookTicker","u":12,"s":"X","b":"1.05","B":"2","a":"1.10","A":"6"}
      """;

  @TempDir
  private Path dir;

  @Test
  void shouldTellRowsComparedAndExitZeroWhenNoneIsWrong() throws IOException {
    final String file = write(BOOK);

    final CliRun table = CliRun.of("data", "check", file, "--format", "binance");
    final CliRun json = CliRun.of("data", "check", file, "--format", "binance", "--json");

    assertEquals(0, table.exitCode(), table.err());
    assertTrue(table.out().lines().anyMatch(line -> line.matches(" *rows compared +1")), table.out());
    assertTrue(table.out().lines().anyMatch(line -> line.matches(" *rows wrong +0")), table.out());
    assertEquals(0, json.exitCode(), json.err());
    assertEquals(1, json.json().path("rowsCompared").asInt());
    assertEquals(0, json.json().path("rowsWrong").asInt());
    assertEquals("binance", json.json().path("format").asText());
    assertEquals(1, json.json().path("counts").path("sameId").asInt());
  }

  @Test
  void shouldTellTheRowThatIsWrongAndExitOne() throws IOException {
    final String file = write(BOOK.replace("\"B\":\"2\"", "\"B\":\"3\""));

    final CliRun table = CliRun.of("data", "check", file, "--format", "binance", "--lang", "zh");
    final CliRun json = CliRun.of("data", "check", file, "--format", "binance", "--json");

    assertEquals(1, table.exitCode(), table.err());
    assertTrue(table.out().contains("record 2: after update 12 the best is bid 2 at 1.05"), table.out());
    assertEquals(1, json.exitCode(), json.err());
    assertEquals(1, json.json().path("rowsWrong").asInt());
    assertEquals(1, json.json().path("differences").size());
  }

  @Test
  void shouldExitTwoForWhatCannotBeRead() throws IOException {
    final String file = write(BOOK);

    assertUnusable("\"bitmex\" is not one of lobster, databento-mbo", file, "--format", "bitmex");
    assertUnusable("--format", file);
    assertUnusable("nowhere: no such file", dir.resolve("nowhere").toString(), "--format", "okx");
    assertUnusable("nothing in its 3 records could be compared as okx", file, "--format", "okx");
    assertUnusable("no orderbook file beside it", file, "--format", "lobster");
    assertUnusable("binance carries its truth itself", file, "--format", "binance", "--truth", file);
    assertUnusable("record 1: the row is broken", file, "--format", "databento-mbp");
    assertUnusable("record 2: the JSON is broken",
        write(BOOK.substring(0, 100)), "--format", "binance");
  }

  @Test
  void shouldExplainItselfAndHaveAWordForEveryCount() {
    for (final String language : new String[] {"en", "zh"}) {
      final CliRun help = CliRun.of("data", "check", "--help", "--lang", language);

      assertEquals(0, help.exitCode(), help.err());
      assertTrue(help.out().contains(CaptureFormat.labels()), help.out());
      for (final Count count : Count.values()) {
        assertTrue(Texts.of(language).has("check.count." + count.label()), count.label());
      }
    }
  }

  private void assertUnusable(final String saying, final String... args) {
    final String[] all = new String[args.length + 2];
    all[0] = "data";
    all[1] = "check";
    System.arraycopy(args, 0, all, 2, args.length);

    final CliRun run = CliRun.of(all);

    assertEquals(2, run.exitCode(), run.err());
    assertTrue(run.err().contains(saying), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  private String write(final String text) throws IOException {
    return Files.writeString(dir.resolve("capture.txt"), text).toString();
  }
}
