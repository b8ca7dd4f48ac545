package io.gavel.adapters.backtest.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Holds a tree of text against {@code scenario.schema.json} and says what is wrong in a person's words. */
final class SchemaCheck {

  private static final JsonNode SCHEMA = load();

  private final YamlText yaml;

  SchemaCheck(final YamlText yaml) {
    this.yaml = yaml;
  }

  /** Adds a mistake for everything that does not fit. */
  void check(final JsonNode tree, final List<Mistake> mistakes) {
    final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    final JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA, config);
    for (final ValidationMessage message : schema.validate(tree)) {
      mistakes.add(mistake(message, tree));
    }
  }

  private Mistake mistake(final ValidationMessage message, final JsonNode tree) {
    final String pointer = message.getInstanceLocation().toString();
    final JsonNode at = tree.at(pointer);
    final JsonNode schema = SCHEMA.at(Pointers.parent(message.getSchemaLocation().getFragment().toString()));
    final String property = null == message.getProperty() ? "" : message.getProperty();
    final String child = pointer + "/" + Pointers.escape(property);
    return switch (message.getType()) {
      case "additionalProperties" -> new Mistake(Pointers.words(child), yaml.line(child), unknownKey(property, schema));
      case "required" -> new Mistake(Pointers.words(child), yaml.line(pointer), "missing"
          + expectation(schema.at("/properties/" + property), "; expected "));
      case "enum" -> new Mistake(Pointers.words(pointer), yaml.line(pointer), "'" + at.asText() + "' is not one of "
          + join(schema.get("enum")));
      case "pattern", "minLength" -> new Mistake(Pointers.words(pointer), yaml.line(pointer), "'" + at.asText()
          + "' is not " + schema.path("description").asText("what is expected"));
      case "type" -> new Mistake(Pointers.words(pointer), yaml.line(pointer), kind(at) + ", expected "
          + expected(schema));
      default -> new Mistake(Pointers.words(pointer), yaml.line(pointer), message.getError());
    };
  }

  private static String unknownKey(final String key, final JsonNode schema) {
    final List<String> valid = new ArrayList<>();
    schema.path("properties").fieldNames().forEachRemaining(valid::add);
    return "unknown key '" + key + "'; the nearest valid key is '" + EditDistance.nearest(key, valid) + "'";
  }

  private static String expectation(final JsonNode schema, final String lead) {
    if (schema.has("$ref")) {
      return expectation(SCHEMA.at(schema.get("$ref").asText().substring(1)), lead);
    }
    if (schema.has("enum")) {
      return lead + "one of " + join(schema.get("enum"));
    }
    return schema.has("description") ? lead + schema.get("description").asText() : "";
  }

  private static String expected(final JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "object" -> "keys and values";
      case "array" -> "a list";
      default -> schema.path("description").asText("a value");
    };
  }

  private static String kind(final JsonNode node) {
    return node.isObject() ? "keys and values" : node.isArray() ? "a list"
        : node.asText().isEmpty() ? "empty" : "'" + node.asText() + "'";
  }

  private static String join(final JsonNode values) {
    final StringJoiner words = new StringJoiner(", ");
    values.forEach(value -> words.add(value.asText()));
    return words.toString();
  }

  private static JsonNode load() {
    try (InputStream in = SchemaCheck.class.getResourceAsStream("scenario.schema.json")) {
      return new ObjectMapper().readTree(in);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
