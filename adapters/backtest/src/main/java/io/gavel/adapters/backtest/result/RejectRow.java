package io.gavel.adapters.backtest.result;

import io.gavel.codecs.sbe.ReasonCode;

/**
 * Refusals of one kind.
 *
 * @param timeNs   of the first
 * @param sequence of the first
 * @param command  template name, for instance {@code ArmRule}; {@code Child} for the order of a fired rule
 * @param subject  client id of the first, empty when it had none
 * @param count    how many, at least 1
 */
public record RejectRow(long timeNs, long sequence, String command, String subject, ReasonCode code, long count) {
}
