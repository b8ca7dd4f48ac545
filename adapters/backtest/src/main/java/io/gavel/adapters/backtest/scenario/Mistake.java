package io.gavel.adapters.backtest.scenario;

/**
 * One thing wrong with a scenario.
 *
 * @param path  where, for instance {@code rules[2].tpTriggerPx}; empty for the whole file
 * @param line  in the file, from 1; 0: came from an override or is missing altogether
 * @param text  what is wrong, with the value, and what is expected
 */
public record Mistake(String path, int line, String text) {

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + (path.isEmpty() ? "" : path + ": ") + text;
  }
}
