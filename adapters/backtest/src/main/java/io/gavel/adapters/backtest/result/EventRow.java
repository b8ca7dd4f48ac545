package io.gavel.adapters.backtest.result;

/**
 * One engine event as text columns; empty where a column does not apply.
 *
 * @param event  template name, for instance {@code RuleTriggered}
 * @param price  decimal text
 * @param size   decimal text
 * @param detail states, reasons and what else the event says, as {@code key=value} separated by blanks
 */
public record EventRow(
    long sequence,
    int index,
    long timeNs,
    String event,
    String account,
    long orderId,
    long ruleId,
    String clientId,
    String side,
    String price,
    String size,
    String detail) {
}
