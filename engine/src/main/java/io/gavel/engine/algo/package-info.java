/**
 * Parent orders that are worked over time: TWAP, VWAP, share of volume, iceberg, chase, scale, and the ladder that
 * follows a trigger. Deterministic. Allocates nothing after start.
 *
 * <p>{@link io.gavel.engine.algo.AlgoTable} is the door: a row of longs for each live parent. Given the time and a
 * {@link io.gavel.engine.algo.MarketView} it says what one parent does now ({@link io.gavel.engine.algo.ChildSlice});
 * it sends nothing and calls nobody. The schedules are formulas in classes of their own, of use without the table.
 *
 * <pre>
 *   core: deadline, fill, touch moved --> next(slot, now, view) --> plan of the kind --> PacingGuard --> ChildSlice
 *         child placed                                                                  collar, share of depth
 *         traded, through             --> onFill, onChildDone         |
 *                                                                     +-- WAIT with a reason and a time
 * </pre>
 *
 * <p>What holds always: a child is at most what is neither filled nor working, so children never sum up to more than
 * the total, and do so exactly when all are filled; nothing goes out before the start or from the end on; a wake time
 * lies ahead. A plan that is kept back by the guard leaves no trace, so asking twice is asking once.
 *
 * <p>Decided, with what speaks against the other way:
 *
 * <ul>
 *   <li>legs too small for the smallest slice are merged when the parent is accepted, into fewer and longer ones.
 *       Skipping a leg until enough has come together can, with a cap of three legs, wait until the last one, which
 *       then carries everything;
 *   <li>a share of volume is solved for our own part ({@code OTHERS}) or follows it ({@code WITH_OWN}); a share of a
 *       sliding window was left out: it needs the market's history and still lags by the window;
 *   <li>a chase that goes back with the touch chases itself as soon as it is the touch; it only ever follows towards
 *       the market;
 *   <li>an object per parent, with an interface per kind, reads well and costs an allocation per parent and a
 *       serialiser per kind; one row for all is saved in five lines.
 * </ul>
 */
@NullMarked
package io.gavel.engine.algo;

import org.jspecify.annotations.NullMarked;
