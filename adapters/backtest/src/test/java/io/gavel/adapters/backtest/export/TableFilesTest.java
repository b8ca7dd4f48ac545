package io.gavel.adapters.backtest.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.gavel.adapters.backtest.Backtest;
import io.gavel.adapters.backtest.run.Progress;
import io.gavel.adapters.backtest.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFilesTest {

  @TempDir
  private Path dir;

  @Test
  void shouldWriteTheSameTablesAsCsvAndJson() throws IOException {
    Files.writeString(dir.resolve("t.csv"), "10,100,50\n12,120.5,50\n13.25,110,50\n");
    Files.writeString(dir.resolve("s.yaml"), """
        name: small
        data: { trades: t.csv }
        instrument: { instId: BTC-USD, tickSz: 0.5, lotSz: 0.1, baseScale: 1, quoteScale: 4, takerFee: 0.01 }
        accounts: [ { name: "a,b", deposits: { BTC: 10 }, basisPx: 90 } ]
        rules:
          - { algoClOrdId: tp, side: sell, ordType: conditional, tpTriggerPx: 120, triggerPxType: last, sz: 4 }
          - { algoClOrdId: moon, side: sell, ordType: conditional, tpTriggerPx: 200, triggerPxType: last, sz: 4 }
          - { algoClOrdId: no, side: sell, ordType: conditional, tpTriggerPx: 200, triggerPxType: last, sz: 4 }
        """);
    final List<Path> files = Backtest.scenario(dir.resolve("s.yaml")).run(Progress.NONE)
        .export(dir.resolve("out"), Scenario.Format.CSV, Scenario.Format.JSON);

    assertEquals(List.of("fills.csv", "equity.csv", "rules.csv", "events.csv", "fills.json", "equity.json",
        "rules.json", "events.json"), files.stream().map(file -> file.getFileName().toString()).toList());
    assertEquals("""
        time,sequence,orderId,ruleId,account,side,price,size,notional,fee,feeAsset,liquidity,slippageBps
        """ + fillLine(), Files.readString(files.get(0)));
    for (int i = 0; i < 4; i++) {
      final String text = Files.readString(files.get(i)) + Files.readString(files.get(i + 4));
      assertFalse(text.contains("NaN") || text.contains("Infinity") || text.contains("null"), files.get(i).toString());
      assertSame(files.get(i), files.get(i + 4));
    }
    assertTrue(Files.readString(files.get(2)).contains("INSUFFICIENT_BALANCE"));
  }

  /** The one fill; the ids are the engine's own affair. */
  private String fillLine() throws IOException {
    final String line = Files.readString(dir.resolve("out/fills.csv")).lines().skip(1).findFirst().orElse("");
    final String[] fields = line.split(",", -1);
    assertEquals(14, fields.length, line);
    return "1970-01-01T00:00:12Z," + fields[1] + "," + fields[2] + "," + fields[3]
        + ",\"a,b\",sell,120.5,4.0,482.0000,4.8200,USD,taker,0.00\n";
  }

  private static void assertSame(final Path csv, final Path json) throws IOException {
    final JsonNode objects = new ObjectMapper().readTree(json.toFile());
    int row = 0;
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
      for (final NamedCsvRecord record : reader) {
        final JsonNode object = objects.get(row++);
        record.getFieldsAsMap().forEach((name, value) -> assertEquals(value, object.path(name).asText(), name));
      }
    }
    assertEquals(row, objects.size());
  }
}
