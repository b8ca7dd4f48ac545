package io.gavel.risk.option;

import java.util.Arrays;

/**
 * Which values of an option a set of parameters needs, each once: a column is a move of the forward and a shift of the
 * volatility. Columns of one shift stand side by side, so that a row is filled shift by shift. The width is a multiple
 * of eight, for vector instructions; columns that fill it up value an option on a forward of zero.
 */
final class ScenarioColumns {

  private static final int LANES = 8;

  final int width;
  /** First column of each shift by ordinal, and the end of the last. */
  final int[] from = new int[VolatilityShift.values().length + 1];
  final double[] shocks;
  /** First column of the same shock, of whatever shift. */
  final int[] firstOfShock;
  /** Column of each scenario. */
  final int[] ofScenario;
  final int ofMark;
  final int ofBasisUp;
  final int ofBasisDown;

  ScenarioColumns(final PortfolioParameters parameters) {
    final int scenarios = parameters.scenarioCount();
    final VolatilityShift[] wantedShifts = new VolatilityShift[scenarios + 3];
    final double[] wantedShocks = new double[scenarios + 3];
    for (int i = 0; i < scenarios; i++) {
      wantedShifts[i] = parameters.shift(i);
      wantedShocks[i] = parameters.shift(i).isSkew() ? 1 : parameters.spotShock(i);
    }
    Arrays.fill(wantedShifts, scenarios, scenarios + 3, VolatilityShift.NONE);
    wantedShocks[scenarios] = 1;
    wantedShocks[scenarios + 1] = parameters.get(PortfolioParameter.SCENARIO_SPOT_UP);
    wantedShocks[scenarios + 2] = parameters.get(PortfolioParameter.SCENARIO_SPOT_DOWN);

    final double[] found = new double[scenarios + 3];
    final int[] columns = new int[scenarios + 3];
    final int count = place(wantedShifts, wantedShocks, found, columns);
    width = (count + LANES - 1) / LANES * LANES;
    shocks = Arrays.copyOf(found, count);
    firstOfShock = new int[count];
    for (int i = 0; i < count; i++) {
      while (shocks[firstOfShock[i]] != shocks[i]) {
        firstOfShock[i]++;
      }
    }
    ofScenario = Arrays.copyOf(columns, scenarios);
    ofMark = columns[scenarios];
    ofBasisUp = columns[scenarios + 1];
    ofBasisDown = columns[scenarios + 2];
  }

  /** Shift by shift, each shock once: fills {@code found} and where each wanted one is, returns how many there are. */
  private int place(final VolatilityShift[] wantedShifts, final double[] wantedShocks, final double[] found,
      final int[] columns) {
    int count = 0;
    for (final VolatilityShift shift : VolatilityShift.values()) {
      from[shift.ordinal()] = count;
      for (int i = 0; i < wantedShifts.length; i++) {
        if (shift == wantedShifts[i]) {
          int column = from[shift.ordinal()];
          while (column < count && found[column] != wantedShocks[i]) {
            column++;
          }
          found[column] = wantedShocks[i];
          count = Math.max(count, column + 1);
          columns[i] = column;
        }
      }
    }
    from[from.length - 1] = count;
    return count;
  }

  int count() {
    return shocks.length;
  }
}
