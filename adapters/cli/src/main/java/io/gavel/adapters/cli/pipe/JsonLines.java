package io.gavel.adapters.cli.pipe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.codecs.sbe.ReasonCode;
import java.io.IOException;

/**
 * Reads one JSON object from the bytes of a line, strictly: no duplicate field, nothing behind the object, no deep
 * nesting, and a refusal that names the column.
 */
final class JsonLines {

  static final String REQ_ID = "reqId";
  private static final int DEPTH_MAX = 8;
  private static final int NUMBER_LENGTH_MAX = 64;
  private static final int REQ_ID_LENGTH_MAX = 128;

  private final JsonFactory strict = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(DEPTH_MAX).maxNumberLength(NUMBER_LENGTH_MAX).build())
      .build();
  private final ObjectMapper mapper = new ObjectMapper(strict)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private final Texts texts;

  JsonLines(final Texts texts) {
    this.texts = texts;
  }

  ObjectNode parse(final InputLine line) throws LineFault {
    if (line.oversize()) {
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.oversize", LineReader.LINE_LENGTH_MAX));
    }
    try {
      final JsonNode node = mapper.readTree(line.bytes());
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.notAnObject"));
    } catch (final JsonProcessingException e) {
      final int column = null == e.getLocation() ? 0 : e.getLocation().getColumnNr();
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.malformed", column, e.getOriginalMessage()));
    } catch (final NumberFormatException e) {
      // The parser lets an exponent of ten digits through as this.
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.malformed", 0, String.valueOf(e.getMessage())));
    } catch (final IOException e) {
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.malformed", 0, String.valueOf(e.getMessage())));
    }
  }

  /** The request id of a line that parsed: a string or a whole number, echoed as it is. */
  JsonNode reqId(final ObjectNode line) throws LineFault {
    final JsonNode value = line.get(REQ_ID);
    if (null == value) {
      return NullNode.getInstance();
    }
    if (!isReqId(value)) {
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.badReqId", REQ_ID_LENGTH_MAX));
    }
    return value;
  }

  /** The request id of a line that did not parse, as far as it can be read: a caller wants to know which it was. */
  JsonNode salvageReqId(final InputLine line) {
    try (JsonParser parser = strict.createParser(line.bytes())) {
      if (JsonToken.START_OBJECT != parser.nextToken()) {
        return NullNode.getInstance();
      }
      while (JsonToken.FIELD_NAME == parser.nextToken()) {
        final boolean found = REQ_ID.equals(parser.currentName());
        final JsonToken value = parser.nextToken();
        if (found && JsonToken.VALUE_STRING == value && parser.getText().length() <= REQ_ID_LENGTH_MAX) {
          return JsonNodeFactory.instance.textNode(parser.getText());
        }
        if (found && JsonToken.VALUE_NUMBER_INT == value) {
          return JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
        }
        parser.skipChildren();
      }
    } catch (final IOException e) {
      return NullNode.getInstance();
    }
    return NullNode.getInstance();
  }

  private static boolean isReqId(final JsonNode value) {
    return value.isIntegralNumber() || value.isNull()
        || (value.isTextual() && value.textValue().length() <= REQ_ID_LENGTH_MAX);
  }
}
