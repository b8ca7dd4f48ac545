package io.gavel.adapters.cli.pipe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object a line. A stream that nobody reads any more shows as {@link UncheckedIOException}. One
 * thread.
 */
final class JsonOut {

  private final OutputStream out;
  private final JsonGenerator generator;

  JsonOut(final OutputStream out) {
    this.out = out;
    try {
      generator = JsonFactory.builder().disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().createGenerator(out);
      generator.setCodec(new ObjectMapper());
      generator.setPrettyPrinter(new OneLine());
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonOut begin(final String event) {
    return begin("event", event);
  }

  JsonOut beginCommand(final String op) {
    return begin("op", op);
  }

  private JsonOut begin(final String name, final String value) {
    return write(() -> {
      generator.writeStartObject();
      generator.writeStringField(name, value);
    });
  }

  void end() {
    write(() -> {
      generator.writeEndObject();
      generator.writeRaw('\n');
    });
  }

  JsonOut put(final String name, final String value) {
    return write(() -> generator.writeStringField(name, value));
  }

  JsonOut put(final String name, final long value) {
    return write(() -> generator.writeNumberField(name, value));
  }

  JsonOut put(final String name, final boolean value) {
    return write(() -> generator.writeBooleanField(name, value));
  }

  JsonOut put(final String name, final JsonNode value) {
    return write(() -> {
      generator.writeFieldName(name);
      generator.writeTree(value);
    });
  }

  /** An id that is there; 0 is left out. */
  JsonOut putId(final String name, final long id) {
    return 0 == id ? this : put(name, id);
  }

  /** A text that is there; null and empty are left out. */
  JsonOut putText(final String name, final @Nullable String value) {
    return null == value || value.isEmpty() ? this : put(name, value);
  }

  /** A point in time as digits: more of them than a double can hold. */
  JsonOut putTime(final String name, final long timeNs) {
    return put(name, Long.toString(timeNs));
  }

  JsonOut beginArray(final String name) {
    return write(() -> generator.writeArrayFieldStart(name));
  }

  JsonOut endArray() {
    return write(generator::writeEndArray);
  }

  JsonOut beginItem() {
    return write(generator::writeStartObject);
  }

  JsonOut endItem() {
    return write(generator::writeEndObject);
  }

  /** An item of an array that is itself a list of texts. */
  JsonOut item(final String... values) {
    return write(() -> generator.writeArray(values, 0, values.length));
  }

  /** Hands everything written so far to whoever reads. */
  void flush() {
    write(() -> {
      generator.flush();
      out.flush();
      if (out instanceof PrintStream printer && printer.checkError()) {
        throw new IOException("nobody reads the output any more");
      }
    });
  }

  private JsonOut write(final Step step) {
    try {
      step.run();
      return this;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  /** Nothing between tokens, and nothing between the objects of two lines. */
  private static final class OneLine extends com.fasterxml.jackson.core.util.MinimalPrettyPrinter {

    private static final long serialVersionUID = 1L;

    OneLine() {
      super("");
    }
  }
}
