package io.gavel.risk.margin;

/**
 * The model behind accounts in portfolio mode: what all contracts of an account need together, open orders at their
 * worst included in the initial requirement. In units of the reference asset, rounded up. Claims of orders (loss
 * against the mark, fees, premiums) are added by {@link MarginBook}. Pure functions of the state; allocate nothing.
 */
public interface PortfolioRequirement {

  long initialUnits(int accountSlot);

  long maintenanceUnits(int accountSlot);
}
