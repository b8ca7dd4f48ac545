package io.gavel.engine.sim;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.sbe.AccountKind;
import io.gavel.codecs.sbe.CreateAccountEncoder;
import io.gavel.codecs.sbe.CreateAssetEncoder;
import io.gavel.codecs.sbe.CreateInstrumentEncoder;
import io.gavel.codecs.sbe.DepositEncoder;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.InstrumentKind;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.journal.SimulatedDisk;
import io.gavel.engine.sim.Swarm.Option;
import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Draws the next step from the seed, the swarm and what the witness knows: commands, clock, faults, answers. */
final class Traffic {

  static final int PAIRS = 2;
  static final int BTC = 1;
  static final int USD = 2;
  static final long CAROL = 3;
  static final long TAPE = 9;
  static final long[] ACCOUNTS = {1, 2, CAROL, TAPE};
  private static final long START_NS = 1_000_000;

  private final SplittableRandom random;
  private final Swarm swarm;
  private final World world;
  private final Clients clients = new Clients();
  private final Frames frames = new Frames();
  private final Commands commands;
  private final CommandValidator validator = new CommandValidator();
  private final Teller teller;
  private final ArrayDeque<byte[]> opening = new ArrayDeque<>();
  private long timeNs = START_NS;
  private int burst;
  private boolean refused;
  private boolean wasUp;
  private boolean calm;
  private boolean offered;

  Traffic(final long seed, final Swarm swarm, final World world) {
    random = new SplittableRandom(seed);
    this.swarm = swarm;
    this.world = world;
    commands = new Commands(random, swarm, world.witness(), frames);
    teller = new Teller(random, swarm.has(Option.LYING_BANK), world.bank(), frames);
    open(0 == seed % 2);
  }

  /** From now on nothing fails. */
  void calm() {
    calm = true;
  }

  boolean isAllAnswered() {
    return clients.isAllAnswered();
  }

  Step next() {
    if (!world.isUp()) {
      return down();
    }
    final boolean full = offered && world.offerCode() < 0;
    offered = false;
    if (full && wasUp) {
      refused = true;
      burst = 0;
      return new Step.Drive(Integer.MAX_VALUE);
    }
    if (!wasUp || refused) {
      wasUp = true;
      refused = false;
      clients.hear(world.witness());
      clients.sendAgain();
    }
    final byte[] again = clients.nextAgain();
    if (null != again) {
      return offer(again);
    }
    if (burst-- > 0) {
      return command();
    }
    return between();
  }

  /** Nothing runs: it is launched, perhaps into the next fault. */
  private Step down() {
    wasUp = false;
    burst = 0;
    if (!calm && swarm.has(Option.POWER_LOSS) && random.nextInt(6) == 0) {
      return new Step.Kill(true, random.nextLong());
    }
    if (!calm && swarm.has(Option.DAMAGE) && random.nextInt(3) == 0) {
      return new Step.Damage(random.nextLong());
    }
    if (!calm && swarm.has(Option.DIE_IN_RECOVERY) && random.nextInt(4) == 0) {
      return new Step.RelaunchInto(random.nextInt(3) == 0 ? SimulatedDisk.Fault.FAILED
          : SimulatedDisk.Fault.DIES_AFTER, 1 + random.nextInt(3), random.nextInt(40));
    }
    return new Step.Relaunch(swarm.has(Option.FORGETFUL_HOST) ? random.nextInt(30) : 0);
  }

  /** A turn of the engine, a fault, or another time. */
  private Step between() {
    clients.hear(world.witness());
    if (random.nextInt(16) == 0) {
      world.bank().save();
    }
    if (!calm && random.nextInt(swarm.faultEvery()) == 0) {
      final Step fault = fault();
      if (null != fault) {
        burst = 1 + random.nextInt(6);
        return fault;
      }
    }
    if (random.nextInt(3) > 0) {
      burst = swarm.has(Option.BURSTS) && random.nextInt(12) == 0 ? 90 : 1 + random.nextInt(6);
      return new Step.Drive(random.nextInt(3) == 0 ? 1 : Integer.MAX_VALUE);
    }
    return new Step.Clock(clock());
  }

  private long clock() {
    timeNs += random.nextInt(100);
    if (!calm && swarm.has(Option.CLOCK_BACK) && random.nextInt(8) == 0) {
      return Math.max(0, timeNs - random.nextInt(1_000_000));
    }
    if (!calm && swarm.has(Option.CLOCK_LEAP) && random.nextInt(400) == 0) {
      timeNs += random.nextInt(100_000);
    }
    return timeNs;
  }

  private @Nullable Step fault() {
    final int operations = 1 + random.nextInt(8);
    final Option option = Option.values()[random.nextInt(Option.values().length)];
    if (!swarm.has(option)) {
      return null;
    }
    return switch (option) {
      case KILL -> new Step.Kill(false, 0);
      case POWER_LOSS -> new Step.Kill(true, random.nextLong());
      case DIE_AT_EVENT -> new Step.KillAtEvent(random.nextInt(12));
      case DIE_IN_DISK -> new Step.DiskFault(new SimulatedDisk.Fault[] {SimulatedDisk.Fault.DIES_BEFORE,
          SimulatedDisk.Fault.DIES_WITHIN, SimulatedDisk.Fault.DIES_AFTER}[random.nextInt(3)], operations,
          random.nextLong());
      case DISK_FAILS -> new Step.DiskFault(SimulatedDisk.Fault.FAILED, operations, 0);
      case DISK_FULL -> new Step.DiskFault(SimulatedDisk.Fault.FULL, operations, 0);
      case WRITE_DROPPED -> new Step.DiskFault(SimulatedDisk.Fault.DROPPED, operations, 0);
      case SNAPSHOTS -> new Step.Snapshot();
      case SNAPSHOT_DAMAGE -> new Step.SnapshotDamage(random.nextLong());
      case WRITE_FLIPPED -> new Step.DiskFault(SimulatedDisk.Fault.FLIPPED, operations, random.nextLong());
      default -> null;
    };
  }

  private Step offer(final byte[] frame) {
    offered = true;
    return new Step.Offer(new UnsafeBuffer(frame));
  }

  private Step command() {
    final byte[] first = opening.pollFirst();
    if (null != first) {
      return offer(clients.send(0, first, 0));
    }
    final byte[] answer = teller.next(calm);
    if (null != answer) {
      offered = true;
      return new Step.Answer(new UnsafeBuffer(clients.send(Clients.BANK, answer, 0)));
    }
    return offer(drawn());
  }

  private byte[] drawn() {
    final int client = random.nextInt(Clients.BANK);
    final int dice = random.nextInt(100);
    if (!calm && swarm.has(Option.RESEND) && dice < 4) {
      final byte[] repeated = clients.repeat(client);
      if (null != repeated) {
        return repeated;
      }
    }
    byte[] frame = commands.next(timeNs, calm);
    while (ReasonCode.OK != validator.validate(new UnsafeBuffer(frame), 0, frame.length)) {
      // Refused at the door, before it has a number; the door has its own tests.
      frame = commands.next(timeNs, calm);
    }
    if (!calm && swarm.has(Option.SESSION_FAULTS) && dice == 5) {
      return clients.sendWrongly(client, frame, random);
    }
    final long expiryNs = !calm && swarm.has(Option.EXPIRY) && random.nextInt(10) == 0
        ? Math.max(1, timeNs - 60 + random.nextInt(100)) : 0;
    return dice < 60 ? clients.send(client, frame, expiryNs) : clients.send(frame, expiryNs);
  }

  /** Two instruments, three people, the tape, and money for them. */
  private void open(final boolean feeInBase) {
    opening.add(asset(BTC, "BTC"));
    opening.add(asset(USD, "USD"));
    opening.add(pair(1, 10, 1_000, 10_000_000_000L, 10_000_000_000L, feeInBase, 1));
    opening.add(pair(2, 4, 500, 20_000_000_000L, 30_000_000_000L, !feeInBase, 2));
    for (final long account : ACCOUNTS) {
      opening.add(frames.of(new CreateAccountEncoder(), account, c -> {
        c.kind(TAPE == account ? AccountKind.TAPE : AccountKind.USER);
        Frames.put(c.name(), "a" + account);
      }));
      opening.add(deposit(account, BTC, CAROL == account ? 200 : 1_000_000));
      opening.add(deposit(account, USD, CAROL == account ? 200_000 : 1_000_000_000));
    }
  }

  private byte[] asset(final int id, final String symbol) {
    return frames.of(new CreateAssetEncoder(), 0, c -> {
      c.assetId(id).scale((short) 0).externalDecimals((short) 0);
      Frames.put(c.symbol(), symbol);
    });
  }

  private byte[] pair(final int id, final int markUnits, final int protectionBps, final long tickE10,
      final long lotE10, final boolean feeInBase, final long minLots) {
    return frames.of(new CreateInstrumentEncoder(), 0, c -> {
      c.instrumentId(id).baseAssetId(BTC).quoteAssetId(USD).makerFeeE8(50_000).takerFeeE8(100_000)
          .markUnitsPerTick(markUnits).protectionBps(protectionBps).collarBps(0).tickSizeE10(tickE10)
          .lotSizeE10(lotE10).minLots(minLots).maxLots(0).minNotionalUnits(0).maxNotionalUnits(0)
          .kind(InstrumentKind.SPOT).feeAsset(feeInBase ? FeeAsset.BASE : FeeAsset.QUOTE);
      Frames.put(c.symbol(), "PAIR-" + id);
    });
  }

  private byte[] deposit(final long account, final int asset, final long units) {
    return frames.of(new DepositEncoder(), account,
        c -> c.assetId(asset).basisInstrumentId(0).amountUnits(units).basisPriceTicks(0));
  }
}
