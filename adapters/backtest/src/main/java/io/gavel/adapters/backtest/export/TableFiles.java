package io.gavel.adapters.backtest.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.gavel.adapters.backtest.result.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes fills, equity, rules and events of a run, one file each, replacing what is there. Stateless, any thread. */
public final class TableFiles {

  /** Columns of whole numbers that every reader of JSON can hold; the rest is text. */
  private static final Set<String> WHOLE = Set.of("sequence", "index", "orderId", "ruleId", "drawdownBps");

  private TableFiles() {
  }

  /** {@code fills.csv}, {@code equity.csv}, {@code rules.csv}, {@code events.csv}: UTF-8, LF, a header line. */
  public static List<Path> csv(final RunResult result, final Path dir) throws IOException {
    Files.createDirectories(dir);
    final List<Path> files = new ArrayList<>();
    for (final Tables.Table table : new Tables(result).all()) {
      final Path file = dir.resolve(table.name() + ".csv");
      try (CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
        writer.writeRecord(table.columns());
        table.rows().forEach(writer::writeRecord);
      }
      files.add(file);
    }
    return files;
  }

  /** {@code fills.json}, {@code equity.json}, {@code rules.json}, {@code events.json}: each an array of objects. */
  public static List<Path> json(final RunResult result, final Path dir) throws IOException {
    Files.createDirectories(dir);
    final JsonFactory json = new JsonFactory();
    final List<Path> files = new ArrayList<>();
    for (final Tables.Table table : new Tables(result).all()) {
      final Path file = dir.resolve(table.name() + ".json");
      try (OutputStream out = Files.newOutputStream(file);
          JsonGenerator generator = json.createGenerator(out, JsonEncoding.UTF8)) {
        generator.setPrettyPrinter(oneObjectALine());
        generator.writeStartArray();
        for (final List<String> row : table.rows()) {
          writeObject(generator, table.columns(), row);
        }
        generator.writeEndArray();
      }
      files.add(file);
    }
    return files;
  }

  private static DefaultPrettyPrinter oneObjectALine() {
    final DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(new DefaultIndenter("", "\n"));
    printer.indentObjectsWith(DefaultPrettyPrinter.NopIndenter.instance);
    return printer;
  }

  private static void writeObject(final JsonGenerator generator, final List<String> columns, final List<String> row)
      throws IOException {
    generator.writeStartObject();
    for (int i = 0; i < columns.size(); i++) {
      final String value = row.get(i);
      if (value.isEmpty()) {
        continue;
      }
      generator.writeFieldName(columns.get(i));
      if (WHOLE.contains(columns.get(i))) {
        generator.writeNumber(value);
      } else {
        generator.writeString(value);
      }
    }
    generator.writeEndObject();
  }
}
