package io.gavel.engine.sim;

import io.gavel.codecs.sbe.ReleaseHoldEncoder;
import io.gavel.codecs.sbe.SettleHoldEncoder;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Makes up what the {@link Bank} says, and when; while it lies, most of what it says is wrong somehow. */
final class Teller {

  private static final int WAITING_MAX = 200;

  private final SplittableRandom random;
  private final boolean lies;
  private final Bank bank;
  private final Frames frames;
  private final ArrayDeque<byte[]> answers = new ArrayDeque<>();

  Teller(final SplittableRandom random, final boolean lies, final Bank bank, final Frames frames) {
    this.random = random;
    this.lies = lies;
    this.bank = bank;
    this.frames = frames;
  }

  /** The next answer; null: nothing to say now. Honest and complete at last when all is calm. */
  byte @Nullable [] next(final boolean calm) {
    if (answers.isEmpty() && random.nextInt(8) == 0) {
      final Bank.Intent intent = bank.next();
      if (null != intent) {
        think(intent, calm);
      }
    }
    if (calm && answers.isEmpty()) {
      bank.open().values().forEach(intent -> answers.add(release(intent)));
    }
    // Late, and not always in the order in which it was thought of.
    if (answers.isEmpty() || (!calm && answers.size() < WAITING_MAX && random.nextInt(4) > 0)) {
      return null;
    }
    return random.nextBoolean() ? answers.pollFirst() : answers.pollLast();
  }

  private void think(final Bank.Intent intent, final boolean calm) {
    final int dice = calm || !lies ? random.nextInt(2) : random.nextInt(9);
    switch (dice) {
      case 0 -> answers.add(settle(intent, intent.units()));
      case 1 -> answers.add(release(intent));
      case 2 -> {
        answers.add(settle(intent, intent.units()));
        answers.add(settle(intent, intent.units()));
      }
      case 3 -> {
        answers.add(settle(intent, intent.units()));
        answers.add(release(intent));
      }
      case 4 -> {
        answers.add(release(intent));
        answers.add(settle(intent, intent.units()));
      }
      case 5 -> answers.add(settle(intent, intent.units() + 1 + random.nextInt(1_000)));
      case 6 -> answers.add(settle(intent, 1 + random.nextLong(intent.units())));
      case 7 -> answers.add(settle(new Bank.Intent(intent.holdId() + 7, intent.account(), intent.units()), 1));
      default -> {
        // Never heard of again, until all is calm.
      }
    }
  }

  private byte[] settle(final Bank.Intent intent, final long units) {
    return frames.of(new SettleHoldEncoder(), intent.account(), c -> c.holdId(intent.holdId()).amountUnits(units));
  }

  private byte[] release(final Bank.Intent intent) {
    return frames.of(new ReleaseHoldEncoder(), intent.account(), c -> c.holdId(intent.holdId()));
  }
}
