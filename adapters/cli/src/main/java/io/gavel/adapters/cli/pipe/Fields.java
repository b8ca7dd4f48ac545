package io.gavel.adapters.cli.pipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.codecs.Text32;
import io.gavel.codecs.sbe.ReasonCode;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one line. Each accessor takes exactly one kind of value and refuses any other with the name of the
 * field, the value and what was expected; decimals are strings, since a JSON number may have lost digits on its way.
 */
final class Fields {

  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,19}");
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final int SHOWN_MAX = 60;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  /** What other venues and languages call our fields; only to say what was probably meant. */
  private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
      Map.entry("price", "px"), Map.entry("quantity", "sz"), Map.entry("qty", "sz"), Map.entry("size", "sz"),
      Map.entry("amount", "amt"), Map.entry("symbol", "instId"), Map.entry("instrument", "instId"),
      Map.entry("account", "acct"), Map.entry("asset", "ccy"), Map.entry("currency", "ccy"),
      Map.entry("type", "ordType"), Map.entry("timeInForce", "tif"), Map.entry("clientOrderId", "clOrdId"),
      Map.entry("orderId", "ordId"), Map.entry("ruleId", "algoId"), Map.entry("stopPrice", "slTriggerPx"),
      Map.entry("activationPrice", "activePx"), Map.entry("callbackRate", "callbackRatio"),
      Map.entry("workingType", "triggerPxType"), Map.entry("command", "op"), Map.entry("id", "reqId"));

  private final ObjectNode node;
  private final Texts texts;

  Fields(final ObjectNode node, final Texts texts) {
    this.node = node;
    this.texts = texts;
  }

  /** Refuses the line when it has a field that is not among {@code known}. */
  void allowOnly(final Collection<String> known) throws LineFault {
    for (final Iterator<String> names = node.fieldNames(); names.hasNext();) {
      final String name = names.next();
      if (!known.contains(name)) {
        throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.unknownField", shown(name), nearest(name, known)));
      }
    }
  }

  boolean has(final String name) {
    return node.has(name);
  }

  /** How many of {@code names} are there. */
  int count(final String... names) {
    int count = 0;
    for (final String name : names) {
      count += node.has(name) ? 1 : 0;
    }
    return count;
  }

  /** A name or client id: 1 to 32 printable characters without blanks. */
  String name(final String field) throws LineFault {
    final String text = text(field);
    if (!Text32.isValid(text)) {
      throw new LineFault(ReasonCode.NAME_INVALID, texts.get("pipe.badName", field, shown(text)));
    }
    return text;
  }

  @Nullable String nameOrNull(final String field) throws LineFault {
    return node.has(field) ? name(field) : null;
  }

  String text(final String field) throws LineFault {
    final JsonNode value = required(field);
    if (!value.isTextual()) {
      throw wrongType(field, value, "pipe.kind.text");
    }
    return value.textValue();
  }

  /** The text of a decimal; whether it is one, and fits, says whoever knows the scale. */
  String decimal(final String field) throws LineFault {
    final JsonNode value = required(field);
    if (!value.isTextual()) {
      throw wrongType(field, value, "pipe.kind.decimal");
    }
    return value.textValue();
  }

  @Nullable String decimalOrNull(final String field) throws LineFault {
    return node.has(field) ? decimal(field) : null;
  }

  /** A whole number, written as a JSON number or as a string of digits. */
  long whole(final String field, final long min, final long max) throws LineFault {
    final JsonNode value = required(field);
    final BigInteger number;
    if (value.isIntegralNumber()) {
      number = value.bigIntegerValue();
    } else if (value.isTextual() && WHOLE.matcher(value.textValue()).matches()) {
      number = new BigInteger(value.textValue());
    } else {
      throw wrongType(field, value, "pipe.kind.whole");
    }
    if (number.compareTo(BigInteger.valueOf(min)) < 0 || number.compareTo(BigInteger.valueOf(max)) > 0) {
      throw new LineFault(ReasonCode.OUT_OF_RANGE, texts.get("pipe.outOfRange", field, shown(value), min, max));
    }
    return number.longValue();
  }

  long wholeOr(final String field, final long min, final long max, final long otherwise) throws LineFault {
    return node.has(field) ? whole(field, min, max) : otherwise;
  }

  int intOr(final String field, final int min, final int max, final int otherwise) throws LineFault {
    return (int) wholeOr(field, min, max, otherwise);
  }

  /** One to {@code countMax} objects. */
  List<ObjectNode> objects(final String field, final int countMax) throws LineFault {
    final JsonNode value = required(field);
    if (!value.isArray() || value.isEmpty() || value.size() > countMax) {
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.notItems", field, shown(value), countMax));
    }
    final List<ObjectNode> objects = new ArrayList<>();
    for (final JsonNode item : value) {
      if (!(item instanceof ObjectNode object)) {
        throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.notItems", field, shown(item), countMax));
      }
      objects.add(object);
    }
    return objects;
  }

  /** As {@link #objects}, each with its fields, of which only {@code known} are accepted. */
  List<Fields> items(final String field, final int countMax, final String... known) throws LineFault {
    final List<Fields> items = new ArrayList<>();
    for (final ObjectNode object : objects(field, countMax)) {
      final Fields item = new Fields(object, texts);
      item.allowOnly(List.of(known));
      items.add(item);
    }
    return items;
  }

  /** A nested object as maps, lists and texts. */
  Object tree(final String field) throws LineFault {
    return plain(required(field));
  }

  private static Object plain(final JsonNode value) {
    if (value.isObject()) {
      final Map<String, Object> map = new LinkedHashMap<>();
      value.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (value.isArray()) {
      final List<Object> list = new ArrayList<>();
      value.forEach(each -> list.add(plain(each)));
      return list;
    }
    return value.asText();
  }

  boolean flag(final String field) throws LineFault {
    final JsonNode value = required(field);
    if (!value.isBoolean()) {
      throw wrongType(field, value, "pipe.kind.flag");
    }
    return value.booleanValue();
  }

  <E extends Enum<E>> E word(final String field, final Words<E> words) throws LineFault {
    final JsonNode value = required(field);
    final E known = value.isTextual() ? words.value(value.textValue()) : null;
    if (null == known) {
      throw new LineFault(ReasonCode.UNKNOWN_ENUM, texts.get("pipe.unknownWord", field, shown(value), words.list()));
    }
    return known;
  }

  <E extends Enum<E>> E wordOr(final String field, final Words<E> words, final E otherwise) throws LineFault {
    return node.has(field) ? word(field, words) : otherwise;
  }

  /** A point in time: nanoseconds since the epoch as a number or digits, or ISO-8601 with a zone. */
  long time(final String field) throws LineFault {
    final JsonNode value = required(field);
    if (value.isIntegralNumber() || (value.isTextual() && WHOLE.matcher(value.textValue()).matches())) {
      return whole(field, 0, Long.MAX_VALUE);
    }
    if (!value.isTextual()) {
      throw wrongType(field, value, "pipe.kind.time");
    }
    try {
      final Instant instant = OffsetDateTime.parse(value.textValue()).toInstant();
      final BigInteger nanos = BigInteger.valueOf(instant.getEpochSecond())
          .multiply(BigInteger.valueOf(NANOS_PER_SECOND)).add(BigInteger.valueOf(instant.getNano()));
      if (nanos.signum() < 0 || nanos.compareTo(LONG_MAX) > 0) {
        throw new LineFault(ReasonCode.OUT_OF_RANGE,
            texts.get("pipe.outOfRange", field, shown(value), 0, Long.MAX_VALUE));
      }
      return nanos.longValue();
    } catch (final DateTimeException e) {
      throw wrongType(field, value, "pipe.kind.time");
    }
  }

  long timeOr(final String field, final long otherwise) throws LineFault {
    return node.has(field) ? time(field) : otherwise;
  }

  /** A refusal that names a field of this line. */
  LineFault fault(final ReasonCode code, final String key, final Object... values) {
    return new LineFault(code, texts.get(key, values));
  }

  /** The value of {@code field} as it stands in the line, shortened. */
  String shown(final String field, final String otherwise) {
    final JsonNode value = node.get(field);
    return null == value ? otherwise : shown(value);
  }

  private JsonNode required(final String field) throws LineFault {
    final JsonNode value = node.get(field);
    if (null == value) {
      throw new LineFault(ReasonCode.MALFORMED, texts.get("pipe.missingField", field));
    }
    return value;
  }

  private LineFault wrongType(final String field, final JsonNode value, final String kindKey) {
    return new LineFault(ReasonCode.MALFORMED, texts.get("pipe.wrongType", field, shown(value), texts.get(kindKey)));
  }

  private static String shown(final JsonNode value) {
    return shown(value.toString());
  }

  private static String shown(final String text) {
    return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
  }

  static String nearest(final String name, final Collection<String> known) {
    final String meant = OTHER_NAMES.get(name);
    if (null != meant && known.contains(meant)) {
      return meant;
    }
    return known.stream().sorted().min(Comparator.comparingInt(candidate -> distance(name, candidate))).orElse("");
  }

  /** Edits from one word to another; what is beyond the length of any field counts as all different. */
  static int distance(final String from, final String to) {
    final int length = Math.min(from.length(), SHOWN_MAX);
    int[] before = new int[to.length() + 1];
    int[] now = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= length; i++) {
      now[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        final int change = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(change, 1 + Math.min(before[j], now[j - 1]));
      }
      final int[] swap = before;
      before = now;
      now = swap;
    }
    return before[to.length()];
  }
}
