package io.gavel.risk.instrument;

/**
 * Something that can be owned. Amounts inside are longs in units of 10^-scale, for life.
 *
 * @param id               1 to assetsMax
 * @param scale            decimals the engine keeps, 0 to 10
 * @param externalDecimals decimals the outside keeps; adapters credit the floor and book the rest as dust
 */
public record Asset(int id, int scale, int externalDecimals, Name symbol) {

  public static final int SCALE_MAX = 10;
  public static final int EXTERNAL_DECIMALS_MAX = 36;
}
