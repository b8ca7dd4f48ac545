package io.gavel.adapters.backtest.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A scenario that cannot be run: all its mistakes at once, in order of lines. */
public final class ScenarioException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial")
  private final ArrayList<Mistake> mistakes;

  public ScenarioException(final String file, final List<Mistake> mistakes) {
    super(file + ": " + mistakes.size() + (1 == mistakes.size() ? " mistake" : " mistakes")
        + mistakes.stream().map(mistake -> System.lineSeparator() + "  " + mistake).collect(Collectors.joining()));
    this.mistakes = new ArrayList<>(mistakes);
  }

  public List<Mistake> mistakes() {
    return List.copyOf(mistakes);
  }
}
