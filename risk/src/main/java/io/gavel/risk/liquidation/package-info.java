/**
 * Who is in danger, and what is done about it. Deterministic. Allocates nothing after start.
 *
 * <h2>The watch that never scans</h2>
 *
 * <p>{@link io.gavel.risk.liquidation.MarginWatch} keeps, per account, one level for each series (a price or a
 * cumulative index) and direction in which the account can lose. A new price that reaches no level is two comparisons.
 *
 * <p><b>Lemma: no breach can be missed.</b> Let an account be examined at levels {@code x0}, with slack {@code S >= 0}:
 * equity less maintenance margin, reckoned in integers. Let its state (positions, balances, orders, parameters) stay as
 * it is, and let {@code x} be later levels, each {@code x[m]} within the interval {@code [low[m], high[m]]} that the
 * examination left. Then its slack at {@code x} is not negative.
 *
 * <p><b>Proof.</b> The caller warrants for every such {@code x} that, in real numbers, the slack falls by at most the
 * sum over m of {@code loss[m](x[m])}, and that integers differ from real numbers by at most {@code r} in all. For
 * separable slack (linear and inverse legs, collateral, tiers) this is the sum of what each leg loses; where prices
 * multiply each other, and for options, it is a Lipschitz bound over the box of the bands, which holds along the path
 * that changes one series after the other. The interval is solved from {@code loss[m](x[m]) <= budget[m]} and cut
 * towards {@code x0[m]} ({@link io.gavel.risk.liquidation.SafeEdge}), and the budgets are shares of {@code S - r} that
 * were cut downwards, so their sum is at most {@code S - r}. Hence
 * {@code slack(x) >= S - sum of loss - r >= S - sum of budget - r >= 0}. When {@code S <= r} there is nothing to share:
 * the account is hot, and due at every event. When a level leaves its interval the watch of that series is reached, by
 * rounding to whole ticks at that event or before it, and the account is due. When the state changes the owner of the
 * change calls {@code invalidate}, and the account is due. An account that is due is examined before the next event. So
 * an account that is not due is not in breach: who is due holds everyone whom a scan of all accounts would find. QED
 *
 * <p><b>Corollary: budgets decide nothing.</b> Of the accounts that are due, exact arithmetic on the state and the
 * present prices picks those in breach, by account id. Who else was due does not matter, since an examination changes
 * no state. So any budgets, and a watch that was rebuilt after a restart, give the same liquidations at the same
 * sequence: nothing of the watch is part of the state, of its hash or of a snapshot.
 *
 * <p>A portfolio has no line per position. Its account is told as bands around the index, around the marks of what it
 * holds and of the forwards that its options are valued by, and around the time at which each of them took its value:
 * an option loses by time alone, though no price moves. Within a band a bound on all positions holds; at its end, and
 * after every change of a volatility, the account is examined. That bound is a generous factor on the notional and the
 * model's own slope, not a proof; the core compares it with a full scan over random portfolios, volatilities and times.
 *
 * <p>A breach is strict: slack below 0. A charge that is made only when an account is touched can be watched like a
 * price, by its cumulative index, with a part of the slack set aside for it: so the core watches the interest on
 * debts. Whoever holds a perpetual it brings up when funding is settled. Gains are slack that is not used: they are
 * found at the next examination, which makes it late at most, never wrong.
 *
 * <p>How budgets are shared changes the number of examinations only: in proportion to what a series can cost and to how
 * much it has moved of late, so that each is as many usual moves away. The number of examinations is the number of
 * accounts times the rate at which a price walks through a budget, which falls with the square of the slack:
 * {@code benchmarks/run margin} prints it per decade.
 *
 * <h2>Who pays</h2>
 *
 * <p>{@link io.gavel.risk.liquidation.Takeover} closes a position at its bankruptcy price (F-16) against the backstop
 * account. What the account lacks is paid by the insurance fund within its caps and by the ring-fenced backstop fund
 * within its limit ({@link io.gavel.risk.liquidation.LiquidationTerms}). A position for which they cannot pay all of it
 * costs them nothing: its lots wait ({@link io.gavel.risk.liquidation.BankruptLots}) until those who were due at the
 * same event have been dealt with, and are then closed as one against those who profit
 * ({@link io.gavel.risk.liquidation.Deleveraging}): one haircut each instead of thousands, and no overshoot by
 * repetition. What is given is what was bankrupt, to the lot and to the unit. The shortfall of lots that found nobody
 * is charged to all other holders, long and short, by an index ({@link io.gavel.risk.funding.LossIndex}, F-46): what a
 * position owes of it counts against its equity at once, and its holder is looked at again, as with funding.
 *
 * <p>Whom orders closed below the bankruptcy price may have nothing left and owe more than that. The fund pays this,
 * too, within its caps, and all holders the rest in the same way, once nobody is due any more. An isolated position
 * owes no more than its margin.
 */
@NullMarked
package io.gavel.risk.liquidation;

import org.jspecify.annotations.NullMarked;
