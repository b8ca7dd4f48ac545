package io.gavel.engine.sim;

import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.journal.DurabilityLevel;
import java.util.EnumSet;
import java.util.SplittableRandom;

/** What a seed lets happen: each turns about half of it off, so that rare meetings are not drowned. */
record Swarm(World.Settings settings, EnumSet<Option> options, int narrowness, int armsMore, int faultEvery) {

  /** Each may be off. */
  enum Option {
    KILL, POWER_LOSS, DIE_IN_DISK, DIE_AT_EVENT, DIE_IN_RECOVERY, DISK_FAILS, DISK_FULL, WRITE_DROPPED, WRITE_FLIPPED,
    DAMAGE, CLOCK_BACK, CLOCK_LEAP, BURSTS, RESEND, SESSION_FAULTS, EXPIRY, FORGETFUL_HOST, LYING_BANK, HALTS, DEGRADED,
    SNAPSHOTS, SNAPSHOT_DAMAGE
  }

  static Swarm of(final long seed) {
    final SplittableRandom random = new SplittableRandom(seed * 0x9E37_79B9L + 11);
    final EnumSet<Option> options = EnumSet.noneOf(Option.class);
    for (final Option option : Option.values()) {
      if (random.nextInt(5) < 3) {
        options.add(option);
      }
    }
    // What the page cache holds does not outlive the power: only synced commands may be told about then.
    final DurabilityLevel level = options.contains(Option.POWER_LOSS) || random.nextInt(3) == 0
        ? DurabilityLevel.DISK : DurabilityLevel.PROCESS;
    final CoreConfig standard = CoreConfig.standard();
    final int rulesMax = random.nextInt(5) == 0 ? 12 : 64;
    final CoreConfig config = new CoreConfig(CoreConfig.BEHAVIOUR_VERSION, random.nextInt(3) == 0 ? 120 : 0,
        random.nextInt(2) == 0 ? 50_000 : Long.MAX_VALUE, 16, standard.assetsMax(), 4,
        random.nextInt(4) == 0 ? 24 : 256, rulesMax, 64, random.nextInt(4) == 0 ? 8 : 128, 8,
        random.nextInt(3) == 0 ? 4 : 64, random.nextInt(4) == 0 ? 1 : 64);
    final World.Settings settings = new World.Settings(config, level, 1 << (4 + random.nextInt(3)),
        new int[] {1, 3, 16}[random.nextInt(3)], true);
    return new Swarm(settings, options, new int[] {1, 4, 12}[random.nextInt(3)], random.nextInt(25),
        60 + random.nextInt(400));
  }

  boolean has(final Option option) {
    return options.contains(option);
  }
}
