package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One run of the command inside the test's process: what it said and its exit code. */
public record CliRun(int exitCode, String out, String err) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public static CliRun of(final String... args) {
    return withInput("", args);
  }

  public static CliRun withInput(final String input, final String... args) {
    return withInput(input.getBytes(StandardCharsets.UTF_8), Map.of(), args);
  }

  static CliRun withInput(final byte[] input, final Map<String, String> environment, final String... args) {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    final int exitCode = Main.run(args, new ByteArrayInputStream(input),
        new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
        environment, false, false);
    return new CliRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs lines through a pipe on {@code dir}. */
  public static CliRun pipe(final Path dir, final String... lines) {
    return withInput(String.join("\n", lines) + "\n", "pipe", "--dir", dir.toString());
  }

  public List<JsonNode> lines() {
    return out.lines().map(CliRun::parse).toList();
  }

  public JsonNode json() {
    return parse(out);
  }

  public static JsonNode parse(final String text) {
    try {
      return JSON.readTree(text);
    } catch (final IOException e) {
      throw new UncheckedIOException(text, e);
    }
  }
}
