package io.gavel.adapters.backtest.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code a.b=c} into a tree. A step into a list is a position from 0, or the id of an entry ({@code algoClOrdId},
 * {@code clOrdId} or {@code name}): {@code rules.tp1.tpTriggerPx=900}. An id may hold dots, a list is replaced by
 * {@code report.export=[csv]}.
 */
final class Overrides {

  private static final List<String> ID_KEYS = List.of("algoClOrdId", "clOrdId", "name");

  private final YamlText yaml;
  private final List<Mistake> mistakes;

  Overrides(final YamlText yaml, final List<Mistake> mistakes) {
    this.yaml = yaml;
    this.mistakes = mistakes;
  }

  void apply(final JsonNode tree, final String override) {
    final int equals = override.indexOf('=');
    if (equals < 1) {
      mistakes.add(new Mistake("--set " + override, 0, "expected a path, '=' and a value such as venue.share=0.5"));
      return;
    }
    put(tree, "", override.substring(0, equals), override.substring(equals + 1), override);
  }

  private void put(
      final JsonNode node, final String pointer, final String path, final String value, final String override) {
    if (node instanceof final ArrayNode list) {
      putInList(list, pointer, path, value, override);
      return;
    }
    final int dot = path.indexOf('.');
    final String key = dot < 0 ? path : path.substring(0, dot);
    final String child = pointer + "/" + Pointers.escape(key);
    if (key.isEmpty() || !(node instanceof final ObjectNode object)) {
      mistakes.add(new Mistake("--set " + override, 0, "there is nothing under '" + Pointers.words(pointer) + "'"));
    } else if (dot < 0) {
      object.set(key, yaml.parseValue(value, child));
    } else {
      final JsonNode next = object.has(key) ? object.get(key) : object.putObject(key);
      put(next, child, path.substring(dot + 1), value, override);
    }
  }

  private void putInList(
      final ArrayNode list, final String pointer, final String path, final String value, final String override) {
    for (int i = 0; i < list.size(); i++) {
      for (final String name : new String[] {Integer.toString(i), idOf(list.get(i))}) {
        if (null != name && path.equals(name)) {
          list.set(i, yaml.parseValue(value, pointer + "/" + i));
          return;
        }
        if (null != name && path.startsWith(name + ".")) {
          put(list.get(i), pointer + "/" + i, path.substring(name.length() + 1), value, override);
          return;
        }
      }
    }
    mistakes.add(new Mistake("--set " + override, 0, "no entry '" + path + "' in " + Pointers.words(pointer)
        + "; expected a position from 0 or an id"));
  }

  private static @Nullable String idOf(final JsonNode entry) {
    for (final String key : ID_KEYS) {
      if (entry.path(key).isTextual()) {
        return entry.get(key).asText();
      }
    }
    return null;
  }
}
