/**
 * Auto-sell rules: which of them a price fires, and the evidence. Deterministic. Allocates nothing after start.
 *
 * <p>{@link io.gavel.engine.trigger.RuleBook} is the door. A price that reaches nobody costs the same with ten rules
 * and with a million, because each kind of leg waits where the nearest one is known:
 *
 * <pre>
 *   price source of an instrument: a lane
 *     rising, falling          plain levels, and activation prices of trailing stops: one compare each
 *     crossed rising, falling  WAIT_RECROSS: crossed when armed, live from the other side on: likewise
 *     sells, buys              trailing stops: a stack of high-water groups, each with two heaps
 *     stepped sells, buys      those that follow in steps (F-34): a heap for the price that moves each, one for levels
 *
 *        newest   H = 103   { ratio heap | spread heap }    a price of 107 makes one group of the
 *                 H = 106   { ratio heap | spread heap }    first two and touches no leg;
 *        oldest   H = 120   { ratio heap | spread heap }    a fall is compared with the best level of all
 * </pre>
 *
 * <p>A trailing stop joins the top of the stack at the price of the moment, so whoever is deeper has seen more, and a
 * new high overtakes groups from the top only. Each group is made by one arrival and unmade by one meld, so there is at
 * most one meld per arrival. In a group the smallest distance has the highest level, whatever the extremum becomes;
 * ratios and spreads do not compare with one another and have a heap each. The best level of each group stands in a
 * tournament tree over the stack. A buy is a sell in a mirror: ticks times -1.
 *
 * <p>A profit or a loss is a plain level that the core works out and moves; see there. Rules of one account that fire
 * in one step and have a priority change places with one another: by priority, then share, then age.
 *
 * <p>What a price reaches is taken out first and then put in order: rising before falling, by level in the direction of
 * travel, then arm sequence, then leg. The shape of a heap never decides, so a book that was loaded fires like the one
 * that was saved. Prices between ticks arrive as floor and ceiling; rising levels see the floor, falling ones the
 * ceiling, and a trailing level is rounded away from the price: nothing fires early. Compares are inclusive.
 */
@NullMarked
package io.gavel.engine.trigger;

import org.jspecify.annotations.NullMarked;
