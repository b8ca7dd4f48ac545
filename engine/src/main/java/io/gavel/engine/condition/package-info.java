/**
 * Conditions of auto-sell rules: trees of ALL, ANY, N_OF, NOT and THEN over up to sixteen leaves, and which of them an
 * event makes true. Deterministic. Allocates nothing after start, except pages of {@link
 * io.gavel.engine.condition.NodeTable}, counted, and lanes of signals that are watched for the first time.
 *
 * <pre>
 *                          lane of one signal (price of a source, spread, depth, volatility ...): four heaps by level
 *   value [low, high] -->    up      at or above, false: waits for low  &gt;= level     a quiet event: four compares,
 *                            upBack  at or above, true:  waits for low  &lt;  level     however many leaves wait
 *                            down    at or below, false: waits for high &lt;= level
 *                            downBack                                                 trailing leaves: the stacks of
 *   time      --&gt; one heap of the next moment at which a window opens or closes      high-water groups of a price
 *
 *   leaves that flip --&gt; their tree is dirty --&gt; after ALL flips of the event: evaluate the tree once --&gt; met
 * </pre>
 *
 * <p>All leaves that one event flips are flipped before any tree is looked at, so that a price that jumps over an
 * interval never fires what holds inside it only. A value that is not known is [-inf, +inf]: no leaf is true of it. A
 * latched leaf that was true once leaves its lane; a level leaf stays and waits for the way back. A leaf that CROSSES
 * is true from the moment the value comes over its level until it goes back, and never of a value that nobody saw on
 * the other side. THEN remembers when its first child became true last, and is true for good once the second becomes
 * true in a later event within the time.
 *
 * <p>{@link io.gavel.engine.condition.ConditionCheck} refuses what cannot be read, what can never be true and what
 * always is: a tree names each leaf once, so only leaves about the same signal can contradict one another, and those
 * are tried region by region.
 */
@NullMarked
package io.gavel.engine.condition;

import org.jspecify.annotations.NullMarked;
