package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a feed: a line each, JSON behind the stamp of the recorder. A stamp is digits and points, a colon may
 * follow; without one the line begins with the JSON. Blank lines and the recorder's own notes ({@code wss://...}) are
 * not messages. Numbers keep every digit that was sent.
 */
final class FeedLines implements AutoCloseable {

  private static final int LINE_LENGTH_MAX = 1 << 24;
  private static final int CHUNK_LENGTH = 1 << 16;

  private final JsonMapper json = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .build();
  private final CaptureFile file;
  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK_LENGTH];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int limit;
  private long record;

  FeedLines(final CaptureFile file) {
    this.file = file;
    in = file.open();
  }

  /** The next message, or null at the end. */
  @Nullable JsonNode next() {
    while (nextLine()) {
      final String text = line.toString(StandardCharsets.UTF_8).strip();
      if (!text.isEmpty() && !text.startsWith("wss://") && !text.startsWith("https://")) {
        return parse(text, payload(text));
      }
    }
    return null;
  }

  /** Number of the current line, from 1. */
  long record() {
    return record;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (final IOException e) {
      throw file.unreadable(record, e);
    }
  }

  private static int payload(final String text) {
    int i = 0;
    while (i < text.length() && (Character.isDigit(text.charAt(i)) || '.' == text.charAt(i))) {
      i++;
    }
    if (i > 0 && i < text.length() && ':' == text.charAt(i)) {
      i++;
    }
    while (i < text.length() && ' ' == text.charAt(i)) {
      i++;
    }
    return i;
  }

  private JsonNode parse(final String text, final int from) {
    if (from >= text.length() || ('{' != text.charAt(from) && '[' != text.charAt(from))) {
      throw CaptureException.at(file.name(), record,
          "'" + CaptureException.shown(text) + "': expected a stamp and a JSON object or array");
    }
    try {
      return json.readTree(text.substring(from));
    } catch (final JsonProcessingException e) {
      throw CaptureException.at(file.name(), record, "the JSON is broken: " + e.getOriginalMessage());
    } catch (final NumberFormatException e) {
      // The parser lets an exponent of ten digits through as this.
      throw CaptureException.at(file.name(), record, "the JSON is broken: " + e.getMessage());
    }
  }

  private boolean nextLine() {
    line.reset();
    while (true) {
      if (position == limit && !fill()) {
        record += 0 == line.size() ? 0 : 1;
        return 0 != line.size();
      }
      int end = position;
      while (end < limit && '\n' != chunk[end]) {
        end++;
      }
      if (line.size() + end - position > LINE_LENGTH_MAX) {
        throw CaptureException.at(file.name(), record + 1, "the line is longer than " + LINE_LENGTH_MAX + " bytes");
      }
      line.write(chunk, position, end - position);
      position = end;
      if (position < limit) {
        position++;
        record++;
        return true;
      }
    }
  }

  private boolean fill() {
    try {
      position = 0;
      limit = Math.max(0, in.read(chunk, 0, chunk.length));
      return 0 != limit;
    } catch (final IOException e) {
      throw file.unreadable(record, e);
    }
  }
}
