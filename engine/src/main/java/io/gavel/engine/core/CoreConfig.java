package io.gavel.engine.core;

import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.codecs.sbe.EngineConfigEncoder;

/**
 * Every number that can change an outcome. Record 1 of a journal holds it; a launch with other values is refused.
 *
 * @param behaviourVersion  rules of the house in force; 1 is the first
 * @param activationDelayNs how long an activated child waits before it is sent; 0 live
 * @param clockJumpMaxNs    largest forward step of engine time that needs no operator
 * @param fillsPerChunk     fills matched and settled before the outbox is looked at again
 */
public record CoreConfig(
    int behaviourVersion,
    long activationDelayNs,
    long clockJumpMaxNs,
    int accountsMax,
    int assetsMax,
    int instrumentsMax,
    int ordersMax,
    int rulesMax,
    int balancesMax,
    int holdsMax,
    int sessionsMax,
    int answersPerSession,
    int fillsPerChunk) {

  public static final int BEHAVIOUR_VERSION = 1;
  /** Most live orders that an engine can be configured, or grown, to hold. */
  public static final int ORDERS_MAX = 1 << 22;

  public CoreConfig {
    require(behaviourVersion == BEHAVIOUR_VERSION, "behaviourVersion", behaviourVersion);
    require(activationDelayNs >= 0, "activationDelayNs", activationDelayNs);
    require(clockJumpMaxNs > 0, "clockJumpMaxNs", clockJumpMaxNs);
    require(accountsMax > 0 && accountsMax <= 1 << 24, "accountsMax", accountsMax);
    require(assetsMax > 0 && assetsMax <= 1 << 12, "assetsMax", assetsMax);
    require(instrumentsMax > 0 && instrumentsMax <= 1 << 12, "instrumentsMax", instrumentsMax);
    require(ordersMax > 0 && ordersMax <= ORDERS_MAX, "ordersMax", ordersMax);
    require(rulesMax > 0 && rulesMax <= 1 << 22, "rulesMax", rulesMax);
    require(balancesMax >= accountsMax && balancesMax <= 1 << 25, "balancesMax", balancesMax);
    require(holdsMax > 0 && holdsMax <= 1 << 24, "holdsMax", holdsMax);
    require(sessionsMax > 0 && sessionsMax <= 1 << 16, "sessionsMax", sessionsMax);
    require(answersPerSession > 0 && answersPerSession <= 1 << 12, "answersPerSession", answersPerSession);
    require(fillsPerChunk > 0 && fillsPerChunk <= 1 << 10, "fillsPerChunk", fillsPerChunk);
  }

  /** Sizes for one process with thousands of accounts; nothing waits, time may jump. */
  public static CoreConfig standard() {
    return new CoreConfig(BEHAVIOUR_VERSION, 0, Long.MAX_VALUE,
        4_096, 64, 64, 1 << 16, 1 << 14, 1 << 14, 4_096, 64, 256, 64);
  }

  public CoreConfig withActivationDelayNs(final long delayNs) {
    return new CoreConfig(behaviourVersion, delayNs, clockJumpMaxNs, accountsMax, assetsMax, instrumentsMax,
        ordersMax, rulesMax, balancesMax, holdsMax, sessionsMax, answersPerSession, fillsPerChunk);
  }

  public CoreConfig withClockJumpMaxNs(final long jumpMaxNs) {
    return new CoreConfig(behaviourVersion, activationDelayNs, jumpMaxNs, accountsMax, assetsMax, instrumentsMax,
        ordersMax, rulesMax, balancesMax, holdsMax, sessionsMax, answersPerSession, fillsPerChunk);
  }

  public CoreConfig withCapacities(final int accounts, final int orders, final int rules, final int balances) {
    return new CoreConfig(behaviourVersion, activationDelayNs, clockJumpMaxNs, accounts, assetsMax, instrumentsMax,
        orders, rules, balances, holdsMax, sessionsMax, answersPerSession, fillsPerChunk);
  }

  /** Writes the fields; the header is the caller's. */
  public void encode(final EngineConfigEncoder encoder) {
    encoder.activationDelayNs(activationDelayNs).clockJumpMaxNs(clockJumpMaxNs).behaviourVersion(behaviourVersion)
        .accountsMax(accountsMax).assetsMax(assetsMax).instrumentsMax(instrumentsMax).ordersMax(ordersMax)
        .rulesMax(rulesMax).sessionsMax(sessionsMax).answersPerSession(answersPerSession)
        .fillsPerChunk(fillsPerChunk).balancesMax(balancesMax).holdsMax(holdsMax);
  }

  public static CoreConfig decode(final EngineConfigDecoder decoder) {
    return new CoreConfig(decoder.behaviourVersion(), decoder.activationDelayNs(), decoder.clockJumpMaxNs(),
        decoder.accountsMax(), decoder.assetsMax(), decoder.instrumentsMax(), decoder.ordersMax(),
        decoder.rulesMax(), decoder.balancesMax(), decoder.holdsMax(), decoder.sessionsMax(),
        decoder.answersPerSession(), decoder.fillsPerChunk());
  }

  private static void require(final boolean condition, final String name, final long value) {
    if (!condition) {
      throw new IllegalArgumentException(name + " out of range: " + value);
    }
  }
}
