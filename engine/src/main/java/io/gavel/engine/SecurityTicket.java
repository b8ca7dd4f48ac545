package io.gavel.engine;

import io.gavel.codecs.DualCommand;
import io.gavel.codecs.IdList;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.SetSecurityEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether commands need a key, and which of them two people, all at once. */
public final class SecurityTicket {

  private record Small(String ccy, String amount) {
  }

  private boolean on;
  private long dualTemplates;
  private Duration delay = Duration.ZERO;
  private Duration timeToLive = Duration.ZERO;
  private final List<Small> small = new ArrayList<>();

  SecurityTicket() {
  }

  /** Whether a command needs a session with a key. */
  public SecurityTicket keysNeeded(final boolean value) {
    on = value;
    return this;
  }

  /**
   * Commands that two principals must want.
   *
   * @param delayUntilEffect engine time between the second word and the effect, in which it can be taken back
   * @param lifetime         how long a proposal waits for the second word
   */
  public SecurityTicket twoPeople(
      final Duration delayUntilEffect, final Duration lifetime, final DualCommand... commands) {
    delay = delayUntilEffect;
    timeToLive = lifetime;
    dualTemplates = 0;
    for (final DualCommand command : commands) {
      dualTemplates |= command.bit();
    }
    return this;
  }

  /** Money up to this amount of {@code ccy} needs one person only; said for up to eight assets, for others none is. */
  public SecurityTicket small(final String ccy, final String amount) {
    small.add(new Small(ccy, amount));
    return this;
  }

  void encode(final SetSecurityEncoder command, final Directory directory, final long engineId) {
    if (small.size() > IdList.LENGTH) {
      throw new RefusedException(ReasonCode.OUT_OF_RANGE, "small", small.size() + " assets", "is more than eight");
    }
    final List<Long> assets = new ArrayList<>();
    final List<Long> limits = new ArrayList<>();
    for (final Small each : small) {
      final Directory.AssetEntry asset = directory.requireAsset(each.ccy(), "ccy");
      assets.add((long) asset.id());
      limits.add(Facade.units(asset, each.amount(), "small"));
    }
    command.on(Facade.flag(on)).engineId(engineId).dualTemplates(dualTemplates)
        .delayNs(Facade.nanos(delay, ReasonCode.OUT_OF_RANGE, "delay"))
        .timeToLiveNs(Facade.nanos(timeToLive, ReasonCode.OUT_OF_RANGE, "timeToLive"));
    IdList.put(command.assets(), assets);
    IdList.put(command.limitsUnits(), limits);
  }
}
