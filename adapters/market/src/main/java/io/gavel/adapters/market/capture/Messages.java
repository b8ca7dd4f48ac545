package io.gavel.adapters.market.capture;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads the fields of a message; a field that is not there or of another kind is a fault that names it. */
final class Messages {

  private Messages() {
  }

  /** A text or a number, as it was sent. */
  static String text(final JsonNode node, final String field) {
    return text(node.path(field), field, node);
  }

  /** The element of an array, as it was sent. */
  static String text(final JsonNode array, final int index, final String place) {
    return text(array.path(index), place + '[' + index + ']', array);
  }

  /** A whole number, in digits or in a text of digits. */
  static long whole(final JsonNode node, final String field) {
    final String text = text(node, field);
    try {
      return Long.parseLong(text);
    } catch (final NumberFormatException e) {
      throw new CaptureFault(field + ": '" + CaptureException.shown(text) + "' is not a whole number");
    }
  }

  /** The array in {@code field}. */
  static JsonNode array(final JsonNode node, final String field) {
    final JsonNode array = node.path(field);
    if (!array.isArray()) {
      throw new CaptureFault(field + ": expected an array" + seen(node));
    }
    return array;
  }

  private static String text(final JsonNode value, final String place, final JsonNode parent) {
    if (value.isTextual() || value.isIntegralNumber()) {
      return value.asText();
    }
    if (value.isNumber()) {
      return value.decimalValue().toPlainString();
    }
    throw new CaptureFault(place + (value.isMissingNode() ? ": missing" : ": expected a text or a number")
        + seen(parent));
  }

  private static String seen(final JsonNode node) {
    return " in " + CaptureException.shown(node.toString());
  }
}
