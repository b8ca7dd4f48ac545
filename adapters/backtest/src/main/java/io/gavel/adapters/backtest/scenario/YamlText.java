package io.gavel.adapters.backtest.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML as a tree whose scalars are the text that was written: no doubles, no octal, {@code no} stays {@code no}. Keeps
 * the line of every node, and takes a key said twice, an anchor or a tag for a mistake.
 */
final class YamlText {

  private static final int NESTING_MAX = 16;

  private final List<Mistake> mistakes;
  private final Map<String, Integer> lines = new HashMap<>();

  YamlText(final List<Mistake> mistakes) {
    this.mistakes = mistakes;
  }

  /** Line of the node at a JSON pointer, or of what contains it; 0: it came from an override. */
  int line(final String pointer) {
    String at = pointer;
    while (!lines.containsKey(at) && !at.isEmpty()) {
      at = Pointers.parent(at);
    }
    return lines.getOrDefault(at, 0);
  }

  /** Says that what is at a JSON pointer came from an override. */
  void forget(final String pointer) {
    lines.keySet().removeIf(key -> key.startsWith(pointer + "/"));
    lines.put(pointer, 0);
  }

  /** The tree of a whole file; an empty object when the text is no YAML, which is then a mistake. */
  JsonNode parse(final String text) {
    try {
      final Node root = compose(text);
      if (root instanceof MappingNode) {
        return convert(root, "");
      }
      mistakes.add(new Mistake("", 0, null == root ? "the file is empty"
          : "expected keys and values such as 'name: first-run'"));
    } catch (final MarkedYAMLException e) {
      final Mark mark = e.getProblemMark();
      mistakes.add(new Mistake("", null == mark ? 0 : mark.getLine() + 1, "not valid YAML: " + e.getProblem()));
    } catch (final YAMLException e) {
      mistakes.add(new Mistake("", 0, "not valid YAML: " + e.getMessage()));
    }
    return JsonNodeFactory.instance.objectNode();
  }

  /** The tree of the right side of an override. */
  JsonNode parseValue(final String text, final String pointer) {
    try {
      final Node root = compose(text);
      final JsonNode value = null == root ? JsonNodeFactory.instance.textNode("") : convert(root, pointer);
      forget(pointer);
      return value;
    } catch (final YAMLException e) {
      forget(pointer);
      return JsonNodeFactory.instance.textNode(text);
    }
  }

  private static @Nullable Node compose(final String text) {
    final LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(NESTING_MAX);
    return new Yaml(options).compose(new StringReader(text));
  }

  private JsonNode convert(final Node node, final String pointer) {
    lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
    if (null != node.getAnchor()) {
      mistakes.add(new Mistake(Pointers.words(pointer), line(pointer), "anchors are not part of the format: '&"
          + node.getAnchor() + "'"));
      return JsonNodeFactory.instance.textNode("");
    }
    if (node instanceof final ScalarNode scalar) {
      return JsonNodeFactory.instance.textNode(scalar.getValue());
    }
    if (node instanceof final SequenceNode sequence) {
      final ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (final Node item : sequence.getValue()) {
        array.add(convert(item, pointer + "/" + array.size()));
      }
      return array;
    }
    return convertMapping((MappingNode) node, pointer);
  }

  private JsonNode convertMapping(final MappingNode mapping, final String pointer) {
    final ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (final NodeTuple entry : mapping.getValue()) {
      final int line = entry.getKeyNode().getStartMark().getLine() + 1;
      if (!(entry.getKeyNode() instanceof final ScalarNode key)) {
        mistakes.add(new Mistake(Pointers.words(pointer), line, "a key must be plain text"));
        continue;
      }
      final String child = pointer + "/" + Pointers.escape(key.getValue());
      if (object.has(key.getValue())) {
        mistakes.add(new Mistake(Pointers.words(child), line, "said twice, first on line " + line(child)));
        continue;
      }
      lines.put(child, line);
      object.set(key.getValue(), convert(entry.getValueNode(), child));
    }
    return object;
  }
}
