/**
 * What an option is worth, under every scenario at once. Deterministic. Allocates nothing after start.
 *
 * <p>This room calculates in binary floating point, as the published models of portfolio margin do. It stays
 * reproducible to the last bit because since Java 17 every sum, product, quotient and square root is the IEEE one, the
 * remaining functions come from {@link java.lang.StrictMath}, and each value has one order of operations. Amounts enter
 * and leave the world of integers at its edge: {@link io.gavel.risk.option.MoneyEdge} rounds a requirement up and a
 * credit down.
 *
 * <p>{@link io.gavel.risk.option.Black76} is the value of one option; {@link io.gavel.risk.option.NormalDistribution}
 * is the distribution behind it. {@link io.gavel.risk.option.ScenarioGrid} holds the value of every strike under every
 * scenario of {@link io.gavel.risk.option.PortfolioParameters}: computed once per change of a mark, shared by all
 * accounts, whose risk is then a sum of products.
 *
 * <p>Nothing here ever holds a NaN or an infinity: what a caller sets is checked, and refused as an
 * {@link io.gavel.risk.option.InputFault}.
 */
@NullMarked
package io.gavel.risk.option;

import org.jspecify.annotations.NullMarked;
