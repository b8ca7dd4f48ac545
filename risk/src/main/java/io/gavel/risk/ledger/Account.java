package io.gavel.risk.ledger;

import io.gavel.codecs.sbe.AccountKind;
import io.gavel.risk.instrument.Name;

/**
 * An owner of balances.
 *
 * @param id   the outside's number, positive
 * @param name none, or unique among accounts
 */
public record Account(long id, AccountKind kind, Name name) {
}
