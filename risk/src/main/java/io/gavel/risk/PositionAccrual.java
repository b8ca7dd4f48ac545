package io.gavel.risk;

/**
 * Settles what has accrued on a position since it was touched last, in money, before the position changes or is
 * liquidated: funding by index, losses shared by index. Called with a position of {@code RiskEngine.contracts()}.
 */
public interface PositionAccrual {

  void settle(int position);
}
