package io.gavel.risk.margin;

import io.gavel.risk.option.InputFault;
import io.gavel.risk.option.Inputs;
import io.gavel.risk.option.ScenarioGrid;
import java.util.Arrays;

/**
 * What one account holds of one underlying, and the prices that are not in the grid: the input of
 * {@link PortfolioMargin}. Amounts are whole coins or contracts, prices in the settlement currency. A setter that does
 * not return {@link InputFault#NONE} has changed nothing. Reused: {@link #clear} and fill again. Allocates nothing.
 */
public final class Portfolio {

  private double cash;
  private double spotPrice;
  private double spotConfidence = 1;
  private double stablePrice = 1;
  private double perpetualSize;
  private double perpetualPrice;
  private double perpetualConfidence = 1;
  private double perpetualProfit;
  private double futureExposure;
  private double futureGross;

  private int legCount;
  private final int[] legExpiries;
  private final int[] legRows;
  private final boolean[] legIsCall;
  private final double[] legAmounts;

  private int collateralCount;
  private final double[] collateralAmounts;
  private final double[] collateralPrices;
  private final double[] collateralConfidences;
  private final double[] initialHaircuts;
  private final double[] maintenanceHaircuts;
  private final boolean[] cancelsRisk;

  /** An empty portfolio with room for so many options and collaterals. */
  public Portfolio(final int legsMax, final int collateralsMax) {
    legExpiries = new int[legsMax];
    legRows = new int[legsMax];
    legIsCall = new boolean[legsMax];
    legAmounts = new double[legsMax];
    collateralAmounts = new double[collateralsMax];
    collateralPrices = new double[collateralsMax];
    collateralConfidences = new double[collateralsMax];
    initialHaircuts = new double[collateralsMax];
    maintenanceHaircuts = new double[collateralsMax];
    cancelsRisk = new boolean[collateralsMax];
  }

  /** Forgets everything. */
  public void clear() {
    cash = 0;
    spotPrice = 0;
    spotConfidence = 1;
    stablePrice = 1;
    perpetualSize = 0;
    perpetualPrice = 0;
    perpetualConfidence = 1;
    perpetualProfit = 0;
    futureExposure = 0;
    futureGross = 0;
    legCount = 0;
    collateralCount = 0;
    Arrays.fill(cancelsRisk, false);
  }

  /** Sets the balance of the settlement currency; a debt is negative. */
  public InputFault cash(final double amount) {
    if (!Inputs.isAmount(amount)) {
      return InputFault.AMOUNT;
    }
    cash = amount;
    return InputFault.NONE;
  }

  /** Sets the spot price of the underlying and the confidence in it. */
  public InputFault spot(final double price, final double confidence) {
    if (!Inputs.isPrice(price)) {
      return InputFault.PRICE;
    }
    if (!Inputs.isShare(confidence)) {
      return InputFault.CONFIDENCE;
    }
    spotPrice = price;
    spotConfidence = confidence;
    return InputFault.NONE;
  }

  /** Sets the price of the settlement currency. */
  public InputFault stable(final double price) {
    if (!Inputs.isDivisor(price)) {
      return InputFault.PRICE;
    }
    stablePrice = price;
    return InputFault.NONE;
  }

  /** Sets the perpetual: signed size, price, the confidence in it, unrealised profit and funding not yet settled. */
  public InputFault perpetual(final double size, final double price, final double confidence, final double profit) {
    if (!Inputs.isAmount(size) || !Inputs.isAmount(profit)) {
      return InputFault.AMOUNT;
    }
    if (!Inputs.isPrice(price)) {
      return InputFault.PRICE;
    }
    if (!Inputs.isShare(confidence)) {
      return InputFault.CONFIDENCE;
    }
    perpetualSize = size;
    perpetualPrice = price;
    perpetualConfidence = confidence;
    perpetualProfit = profit;
    return InputFault.NONE;
  }

  /** Adds a future or a further perpetual whose profit is settled elsewhere; any number of them. */
  public InputFault future(final double size, final double price) {
    if (!Inputs.isAmount(size) || !Inputs.isAmount(futureGross + Math.abs(size))) {
      return InputFault.AMOUNT;
    }
    if (!Inputs.isPrice(price)) {
      return InputFault.PRICE;
    }
    futureExposure += size * price;
    futureGross += Math.abs(size);
    return InputFault.NONE;
  }

  /** Adds an option: a row of the grid, call or put, long or short. */
  public InputFault leg(final ScenarioGrid grid, final int expiry, final int row, final boolean isCall,
      final double amount) {
    if (legCount == legRows.length) {
      return InputFault.CAPACITY;
    }
    if (expiry < 0 || expiry >= grid.expiryCount() || row < 0 || row >= grid.strikeCount(expiry)) {
      return InputFault.UNKNOWN;
    }
    if (!Inputs.isAmount(amount)) {
      return InputFault.AMOUNT;
    }
    legExpiries[legCount] = expiry;
    legRows[legCount] = row;
    legIsCall[legCount] = isCall;
    legAmounts[legCount++] = amount;
    return InputFault.NONE;
  }

  /**
   * Adds collateral.
   *
   * @param cancelling whether it moves with the underlying, so that its loss and profit count in every scenario
   */
  public InputFault collateral(final double amount, final double price, final double confidence,
      final boolean cancelling, final double initialHaircut, final double maintenanceHaircut) {
    if (collateralCount == collateralAmounts.length) {
      return InputFault.CAPACITY;
    }
    if (!(amount >= 0) || !Inputs.isAmount(amount)) {
      return InputFault.AMOUNT;
    }
    if (!Inputs.isPrice(price)) {
      return InputFault.PRICE;
    }
    if (!Inputs.isShare(confidence) || !Inputs.isShare(initialHaircut) || !Inputs.isShare(maintenanceHaircut)) {
      return InputFault.CONFIDENCE;
    }
    collateralAmounts[collateralCount] = amount;
    collateralPrices[collateralCount] = price;
    collateralConfidences[collateralCount] = confidence;
    cancelsRisk[collateralCount] = cancelling;
    initialHaircuts[collateralCount] = initialHaircut;
    maintenanceHaircuts[collateralCount++] = maintenanceHaircut;
    return InputFault.NONE;
  }

  double cash() {
    return cash;
  }

  double spotPrice() {
    return spotPrice;
  }

  double spotConfidence() {
    return spotConfidence;
  }

  double stablePrice() {
    return stablePrice;
  }

  double perpetualSize() {
    return perpetualSize;
  }

  double perpetualPrice() {
    return perpetualPrice;
  }

  double perpetualConfidence() {
    return perpetualConfidence;
  }

  double perpetualProfit() {
    return perpetualProfit;
  }

  double futureExposure() {
    return futureExposure;
  }

  double futureGross() {
    return futureGross;
  }

  int legCount() {
    return legCount;
  }

  int legExpiry(final int leg) {
    return legExpiries[leg];
  }

  int legRow(final int leg) {
    return legRows[leg];
  }

  boolean legIsCall(final int leg) {
    return legIsCall[leg];
  }

  double legAmount(final int leg) {
    return legAmounts[leg];
  }

  int collateralCount() {
    return collateralCount;
  }

  /** Value in the settlement currency, before any haircut. */
  double collateralValue(final int collateral) {
    return collateralAmounts[collateral] * collateralPrices[collateral] / stablePrice;
  }

  double collateralConfidence(final int collateral) {
    return collateralConfidences[collateral];
  }

  boolean cancelsRisk(final int collateral) {
    return cancelsRisk[collateral];
  }

  double initialHaircut(final int collateral) {
    return initialHaircuts[collateral];
  }

  double maintenanceHaircut(final int collateral) {
    return maintenanceHaircuts[collateral];
  }
}
