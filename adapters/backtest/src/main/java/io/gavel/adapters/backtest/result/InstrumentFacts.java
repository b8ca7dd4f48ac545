package io.gavel.adapters.backtest.result;

import java.math.BigDecimal;

/**
 * The facts that turn ticks, lots and units into decimal text.
 *
 * @param symbol       for instance BTC-USDT
 * @param baseSymbol   the asset that is bought and sold
 * @param quoteSymbol  the asset it is paid in, or that a contract is settled in; equity is in this asset
 * @param feeSymbol    the asset fees are taken in: base or quote
 * @param tickSizeE10  one tick as a decimal times 10^10
 * @param lotSizeE10   one lot as a decimal times 10^10
 * @param priceDecimals decimals that show a tick exactly
 * @param sizeDecimals  decimals that show a lot exactly
 * @param baseScale    decimals of one base unit
 * @param quoteScale   decimals of one quote unit
 * @param feeScale     decimals of one unit of the fee asset
 * @param sizeSymbol   what sizes are counted in: the base asset, or empty for contracts
 * @param priceSymbol  what prices are in
 */
public record InstrumentFacts(
    int instrumentId,
    String symbol,
    String baseSymbol,
    String quoteSymbol,
    String feeSymbol,
    long tickSizeE10,
    long lotSizeE10,
    int priceDecimals,
    int sizeDecimals,
    int baseScale,
    int quoteScale,
    int feeScale,
    String sizeSymbol,
    String priceSymbol) {

  private static final int SIZE_SCALE = 10;

  /** Of a spot instrument. */
  public InstrumentFacts(
      final int instrumentId, final String symbol, final String baseSymbol, final String quoteSymbol,
      final String feeSymbol, final long tickSizeE10, final long lotSizeE10, final int priceDecimals,
      final int sizeDecimals, final int baseScale, final int quoteScale, final int feeScale) {
    this(instrumentId, symbol, baseSymbol, quoteSymbol, feeSymbol, tickSizeE10, lotSizeE10, priceDecimals,
        sizeDecimals, baseScale, quoteScale, feeScale, baseSymbol, quoteSymbol);
  }

  /** A price as decimal text, {@code priceDecimals} digits behind the point. */
  public String price(final long ticks) {
    return product(ticks, tickSizeE10, priceDecimals);
  }

  /** A quantity as decimal text, {@code sizeDecimals} digits behind the point. */
  public String size(final long lots) {
    return product(lots, lotSizeE10, sizeDecimals);
  }

  public String quote(final long units) {
    return BigDecimal.valueOf(units, quoteScale).toPlainString();
  }

  public String base(final long units) {
    return BigDecimal.valueOf(units, baseScale).toPlainString();
  }

  public String fee(final long units) {
    return BigDecimal.valueOf(units, feeScale).toPlainString();
  }

  private static String product(final long count, final long sizeE10, final int decimals) {
    // Exact: the decimals were chosen so that one tick or lot shows without rounding.
    return BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(sizeE10, SIZE_SCALE)).setScale(decimals)
        .toPlainString();
  }
}
