package io.gavel.risk.ledger;

/**
 * What balances pay for what they owe and earn by what they have, since they were settled last. The ledger settles a
 * balance before its total changes, the debts before what is owed does.
 */
public interface BalanceInterest {

  /** What so many units have earned since the balance was settled, rounded down; at least 0. */
  long earnedUnits(int balance, int assetId, long units);

  /** What the balance has earned was booked, out of LENDING: it begins anew. */
  void settle(int balance, int assetId);

  /** What all balances of the asset may still be paid; so much less can be issued. */
  long promisedUnits(int assetId);

  /** What a debt of so many units has cost since it was settled, rounded up. */
  long owedUnits(int balance, int assetId, long debtUnits);

  /** What the debt has cost was charged: it begins anew. */
  void settleDebt(int balance, int assetId);
}
