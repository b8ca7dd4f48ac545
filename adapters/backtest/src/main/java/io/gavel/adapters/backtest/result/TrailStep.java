package io.gavel.adapters.backtest.result;

/** The level of a trailing leg from this moment on; 0: no longer tracked (fired, cancelled or expired). */
public record TrailStep(long ruleId, int legIndex, long timeNs, int levelTicks) {
}
