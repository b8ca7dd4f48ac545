/**
 * One router over the internal book, pools and external venues: how to split an order so that price, fee and latency
 * together cost the least. Deterministic. Allocates nothing after start.
 *
 * <p>{@link io.gavel.engine.route.SmartRouter} is the door; what the sources have arrives as values and is kept with
 * what can be computed beforehand. The curves are formulas of their own: {@link io.gavel.engine.route.ConstantProduct}
 * (F-44) and {@link io.gavel.engine.route.StableSwap}.
 *
 * <pre>
 *   square root of the price per unit, best first
 *     levels           1.00 | 1.02 | 1.07 |          a breakpoint each
 *     constant product      [1.01 .............      a breakpoint where it joins; then reserve = weight / root
 *   walk the breakpoints until the lots are there; in the last segment all pools share one root, which is one division
 *   then whole lots: exact costs decide about the last ones, and moves from dearest to cheapest until none gains
 * </pre>
 *
 * <p>The penalty for latency is a part of the amount, like a fee (slower sources drift further), so costs stay convex
 * and equal marginal prices are the optimum. A fixed charge for using a source at all (gas) would make it a choice of
 * subsets; leave such a source out, or put it in, and compare two plans.
 *
 * <p>Ten sources of eight levels, three, five or ten of them constant-product pools: 0.8, 0.9 and 1.8 us a plan (least
 * processor time of 14 runs, 2 shared cores of an AMD EPYC, JDK 17; {@code SmartRouterBenchmark}). Of 12,000 small
 * cases compared with all 620,000 splits 11,998 are the optimum and two are 2 units beside it: amounts are rounded once
 * a source, so whole-number costs are convex but for a unit.
 *
 * <p>Tried:
 *
 * <ul>
 *   <li>considered, not built: a bisection over the marginal price, which asks for a root per pool and step, some 40
 *       steps x 10 sources; and walking prices instead of their roots, which asks for a root per segment. Here a
 *       level's root is computed once, when its quote arrives;
 *   <li>greedy by single lots is what the tests compare large orders with, and it takes as long as the order is large;
 *       here it settles the handful of lots that rounding leaves open;
 *   <li>the reserve a stable curve keeps, by the usual iteration in 64 bits: its constant, D cubed over 16 A x,
 *       overflows at reserves of 2^36 units with A = 100; one square root of 128 bits goes to 2^53;
 *   <li>a stable-swap pool has no such closed form: it starts empty and is filled by moves of halving size. With one of
 *       them a plan takes 19 us instead of 0.8.
 * </ul>
 */
@NullMarked
package io.gavel.engine.route;

import org.jspecify.annotations.NullMarked;
