package io.gavel.adapters.cli.pipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One kind of command line: its name, the fields it may have, and how it becomes a frame. */
final class Op {

  /** What any command line may have. */
  static final List<String> COMMON = List.of("op", JsonLines.REQ_ID, "ts", "sessionId", "sessionSeq", "expTime");

  private final String name;
  private final List<String> fields;
  private final Encoder encoder;

  /** Writes the command of a line into the ingress of its scope; offers nothing. */
  @FunctionalInterface
  interface Encoder {
    void encode(Fields line, CommandScope scope) throws LineFault;
  }

  Op(final String name, final Encoder encoder, final String... fields) {
    this.name = name;
    this.encoder = encoder;
    final List<String> all = new ArrayList<>(COMMON);
    Collections.addAll(all, fields);
    this.fields = List.copyOf(all);
  }

  private Op(final String name, final List<String> fields) {
    this.name = name;
    this.encoder = (line, scope) -> { };
    this.fields = fields;
  }

  /** A line that is no command itself and may have no field but {@code fields}. */
  static Op bare(final String name, final String... fields) {
    return new Op(name, List.of(fields));
  }

  String name() {
    return name;
  }

  List<String> fields() {
    return fields;
  }

  void encode(final Fields line, final CommandScope scope) throws LineFault {
    encoder.encode(line, scope);
  }
}
