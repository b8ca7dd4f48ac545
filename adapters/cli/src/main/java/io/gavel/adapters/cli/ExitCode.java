package io.gavel.adapters.cli;

import io.gavel.adapters.cli.text.Texts;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the command says to the shell that called it; the table in the module's README is held to these by a test. */
enum ExitCode {
  /** Done, or the answer is yes. */
  OK(0),
  /**
   * The answer is no: a corrupt journal, a line of a pipe that never became a command, a flag that is missing, rows of
   * a capture that are wrong.
   */
  FINDING(1),
  /** Wrong use, or something that cannot be read: an unknown option, a missing file, a scenario with mistakes. */
  UNUSABLE(2),
  /** A replay came to another state hash, or to other reports, than the run. */
  HASH_DIFFERS(3),
  /** The engine halted or the tool met a fault of its own. */
  HALTED(4),
  /** Said by the launcher alone: no Java, no Maven, or the build failed. */
  NOT_BUILT(5);

  private final int code;

  ExitCode(final int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  String textKey() {
    return "exit." + code;
  }

  /** Code to meaning, for the footer of the help. */
  static Map<String, String> table(final Texts texts) {
    final Map<String, String> rows = new LinkedHashMap<>();
    for (final ExitCode exit : values()) {
      rows.put(Integer.toString(exit.code), texts.get(exit.textKey()));
    }
    return rows;
  }
}
