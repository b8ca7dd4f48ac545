package io.gavel.adapters.cli.pipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.cli.text.Texts;
import io.gavel.codecs.ReasonTexts;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.Codes;
import io.gavel.engine.ring.CommandBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The line that holds several commands: all of them become frames of one batch, or the line is refused. */
final class BatchLine {

  static final String NAME = "batch";

  private static final String ITEMS = "items";
  private static final List<String> ALLOWED = List.of("order", "amend", "cancel");

  private final Texts texts;
  private final ReasonTexts reasons;
  private final JsonLines json;
  private final CommandBatch batch = new CommandBatch();
  private final List<JsonNode> reqIds = new ArrayList<>();

  BatchLine(final Texts texts, final ReasonTexts reasons, final JsonLines json) {
    this.texts = texts;
    this.reasons = reasons;
    this.json = json;
  }

  static Op op() {
    return Op.bare(NAME, "op", JsonLines.REQ_ID, "ts", ITEMS);
  }

  CommandBatch batch() {
    return batch;
  }

  /** What the item asked to be echoed. */
  JsonNode reqId(final int item) {
    return reqIds.get(item);
  }

  /** Fills the batch from the items of a line. */
  void encode(final Fields line, final CommandScope scope, final Map<String, Op> ops, final long lineNumber,
      final long timeNs) throws LineFault {
    batch.clear();
    reqIds.clear();
    for (final ObjectNode node : line.objects(ITEMS, CommandBatch.ITEMS_MAX)) {
      try {
        reqIds.add(json.reqId(node));
        item(new Fields(node, texts), scope, ops, lineNumber, timeNs);
      } catch (final LineFault e) {
        throw line.fault(e.code(), "pipe.atItem", batch.size(), e.text());
      }
    }
  }

  private void item(final Fields item, final CommandScope scope, final Map<String, Op> ops, final long lineNumber,
      final long timeNs) throws LineFault {
    final String name = item.text("op");
    final Op op = ops.get(name);
    if (null == op || !ALLOWED.contains(name)) {
      throw item.fault(ReasonCode.UNKNOWN_TEMPLATE, "pipe.notInBatch", item.shown("op", ""),
          String.join(", ", ALLOWED));
    }
    final List<String> fields = new ArrayList<>(op.fields());
    fields.remove("ts");
    item.allowOnly(fields);
    scope.begin(item, lineNumber);
    op.encode(item, scope);
    final long code = scope.ingress().intendedTimeNs(timeNs).addTo(batch);
    if (code < 0) {
      throw new LineFault(Codes.reason(code), reasons.text(Codes.reason(code)));
    }
  }
}
