/**
 * Who has what: accounts, double-entry balances (free and held) and two-phase holds. Deterministic. Allocates nothing
 * after start, creating an account excepted.
 */
@NullMarked
package io.gavel.risk.ledger;

import org.jspecify.annotations.NullMarked;
