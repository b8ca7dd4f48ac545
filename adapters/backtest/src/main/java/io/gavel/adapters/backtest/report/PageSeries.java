package io.gavel.adapters.backtest.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Points as two columns, each entry the difference to the one before: half the bytes of plain numbers. */
final class PageSeries {
  private final PageTime time;
  private final ArrayNode times;
  private final ArrayNode values;
  private long lastTime;
  private long lastValue;

  PageSeries(final PageTime time, final int capacity) {
    this.time = time;
    this.times = JsonNodeFactory.instance.arrayNode(capacity);
    this.values = JsonNodeFactory.instance.arrayNode(capacity);
  }

  void add(final long timeNs, final long value) {
    final long offset = time.offset(timeNs);
    times.add(offset - lastTime);
    values.add(value - lastValue);
    lastTime = offset;
    lastValue = value;
  }

  ObjectNode toJson() {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("t", times);
    node.set("v", values);
    return node;
  }
}
