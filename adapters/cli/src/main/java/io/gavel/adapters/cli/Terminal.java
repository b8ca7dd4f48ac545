package io.gavel.adapters.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.gavel.adapters.cli.text.Texts;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Where a verb reads and writes: results on standard output, everything else on standard error. Knows whether a person
 * is watching, and the language. One thread.
 */
final class Terminal {

  /** Made when first asked for: the library takes an eighth of a second to load, and most runs print no JSON. */
  private static final class Json {

    private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private Json() {
    }
  }

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final Texts texts;
  private final boolean outIsTerminal;
  private final boolean errIsTerminal;
  private final boolean colour;

  Terminal(
      final InputStream in,
      final PrintStream out,
      final PrintStream err,
      final Texts texts,
      final boolean outIsTerminal,
      final boolean errIsTerminal,
      final boolean colour) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.texts = texts;
    this.outIsTerminal = outIsTerminal;
    this.errIsTerminal = errIsTerminal;
    this.colour = colour;
  }

  InputStream in() {
    return in;
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  Texts texts() {
    return texts;
  }

  boolean outIsTerminal() {
    return outIsTerminal;
  }

  boolean errIsTerminal() {
    return errIsTerminal;
  }

  /** Whether colours are wanted wherever a person is watching. */
  boolean colour() {
    return colour;
  }

  String text(final String key, final Object... values) {
    return texts.get(key, values);
  }

  void line(final String text) {
    out.println(text);
  }

  /** Text that ends its own lines. */
  void print(final String text) {
    out.print(text);
  }

  void lines(final List<String> lines) {
    lines.forEach(out::println);
  }

  /** A remark on standard error. */
  void remark(final String text) {
    err.println(text);
  }

  void json(final JsonNode node) {
    try {
      out.println(Json.WRITER.writeValueAsString(node));
    } catch (final JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values did not become text", e);
    }
  }
}
