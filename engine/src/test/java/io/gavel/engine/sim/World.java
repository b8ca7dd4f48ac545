package io.gavel.engine.sim;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.engine.Gavel;
import io.gavel.engine.GavelContext;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.JournalFault;
import io.gavel.engine.journal.SimulatedDisk;
import io.gavel.engine.journal.SimulatedJournal;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.StoredHash;
import io.gavel.engine.ring.Ingress;
import io.gavel.engine.ring.OfferCodes;
import io.gavel.engine.snapshot.MemorySnapshotStore;
import io.gavel.engine.snapshot.SnapshotTaker;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One machine with one engine on it, to which steps happen. Everything is a function of the settings and the steps. */
final class World {

  /**
   * What a run does not change.
   *
   * @param ringCapacity slots; bursts above it meet back-pressure
   * @param batchMax     frames that share a commit
   * @param foretold     whether the oracle knows every command that will come
   */
  record Settings(CoreConfig config, DurabilityLevel durability, int ringCapacity, int batchMax, boolean foretold) { }

  private final Settings settings;
  private final Coverage coverage;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final SimulatedClock clock = new SimulatedClock(disk);
  private final Bank bank = new Bank();
  private final MemorySnapshotStore snapshots = new MemorySnapshotStore();
  private final Witness witness;
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private @Nullable Gavel engine;
  private @Nullable Ingress ingress;
  private long offerCode;

  World(final Settings settings, final Coverage coverage) {
    this.settings = settings;
    this.coverage = coverage;
    witness = new Witness(disk, settings, coverage, bank);
  }

  Witness witness() {
    return witness;
  }

  Bank bank() {
    return bank;
  }

  SimulatedDisk disk() {
    return disk;
  }

  boolean isUp() {
    return null != engine;
  }

  /** What the last offer was told: a position or a negative code. */
  long offerCode() {
    return offerCode;
  }

  void apply(final Step step) {
    if (step instanceof Step.Offer offer) {
      offer(offer.frame(), false);
    } else if (step instanceof Step.Answer answer) {
      offer(answer.frame(), true);
    } else if (step instanceof Step.Drive drive) {
      drive(drive.turns());
    } else if (step instanceof Step.Clock shown) {
      clock.set(shown.timeNs());
    } else if (step instanceof Step.DiskFault fault) {
      arm(fault);
    } else if (step instanceof Step.Kill kill) {
      kill(kill);
    } else if (step instanceof Step.KillAtEvent kill) {
      witness.dieAt(kill.events());
    } else if (step instanceof Step.Relaunch relaunch) {
      relaunch(relaunch.forgotten(), null);
    } else if (step instanceof Step.RelaunchInto relaunch) {
      relaunch(relaunch.forgotten(), new Step.DiskFault(relaunch.fault(), relaunch.operations(), 0));
    } else if (step instanceof Step.Snapshot) {
      snapshot();
    } else if (step instanceof Step.SnapshotDamage damage) {
      if (snapshots.damageNewest(new SplittableRandom(damage.seed()))) {
        coverage.fault("snapshot damaged");
      }
    } else if (step instanceof Step.Damage damage) {
      damage(damage.seed());
    }
  }

  private void offer(final UnsafeBuffer frame, final boolean byBank) {
    final Ingress way = ingress;
    if (null == way) {
      offerCode = -1;
      return;
    }
    if (byBank) {
      bank.say(frame);
      bank.answer(way);
    }
    offerCode = byBank ? bank.offerCode() : way.offer(frame, 0, frame.capacity());
    if (offerCode >= 0) {
      witness.sent(header.wrap(frame, FrameDescriptor.HEADER_LENGTH).correlationId(), frame);
    } else {
      coverage.fault("ring full");
      Witness.check(OfferCodes.BACK_PRESSURED == offerCode,
          "offer answered " + offerCode + " to template " + FrameFlyweight.templateIdOf(frame, 0));
    }
  }

  private void drive(final int turns) {
    final Gavel running = engine;
    if (null == running) {
      return;
    }
    for (int turn = 0; turn < turns && running.doWork() > 0; turn++) {
      Thread.onSpinWait();
    }
    if (running.isHalted()) {
      halted(running);
    } else {
      witness.finish();
    }
  }

  /** Only a dead process and a journal that failed may stop it; nothing it told is in doubt. */
  private void halted(final Gavel halted) {
    final Throwable cause = halted.haltCause();
    if (!(cause instanceof SimulatedDisk.Death) && !(cause instanceof JournalFault)) {
      throw new AssertionError("the engine halted", cause);
    }
    Witness.check(0 == halted.doWork(), "a halted engine works on");
    if (cause instanceof JournalFault) {
      coverage.fault("halted by the journal");
      witness.finish();
    }
    engine = null;
    ingress = null;
  }

  /** The fault happens once, at the first operation from the one that was drawn on to which it can happen. */
  private void arm(final Step.DiskFault fault) {
    final long from = disk.operations() + fault.operations();
    final boolean[] happened = new boolean[1];
    disk.seed(fault.seed());
    disk.faults((operation, number) -> {
      if (happened[0] || number < from || !fault.fault().canHappenAt(operation)) {
        return SimulatedDisk.Fault.NONE;
      }
      happened[0] = true;
      coverage.fault("disk " + fault.fault() + " at " + operation);
      return fault.fault();
    });
  }

  private void snapshot() {
    final Gavel running = engine;
    if (null != running && witness.lastSequence() > 0) {
      witness.finish();
      running.query(core -> {
        // Frames may wait in the ring; between two turns none is half done.
        Witness.check(core.sequence() == witness.lastSequence(), "told up to " + witness.lastSequence());
        new SnapshotTaker(snapshots, SnapshotTaker.KEPT, () -> { }).take(core, witness.lastChain());
      });
      coverage.fault("snapshot taken");
    }
  }

  private void kill(final Step.Kill kill) {
    coverage.fault(kill.power() ? "power lost" : "killed");
    if (kill.power()) {
      disk.losePower(new SplittableRandom(kill.seed()));
    } else {
      disk.die();
    }
    engine = null;
    ingress = null;
  }

  private void relaunch(final int forgotten, final Step.@Nullable DiskFault fault) {
    if (null != engine) {
      return;
    }
    disk.revive();
    disk.free();
    if (null != fault) {
      arm(fault);
    }
    try {
      launch(forgotten);
    } catch (final SimulatedDisk.Death death) {
      coverage.fault("killed while recovering");
      engine = null;
    } catch (final JournalFault failure) {
      coverage.fault("journal failed while recovering");
      engine = null;
    } catch (final CorruptJournalException refusal) {
      // Of a group that was never synced any part may be left. What was told is in front of it, by sequence.
      Witness.check(refusal.sequence() > witness.lastSequence(), "refused: " + refusal.getMessage());
      coverage.fault("start refused, untold group in pieces");
      disk.shorten(witness.readPosition());
      // Whoever repairs a disk by hand has one that works.
      disk.revive();
      launch(forgotten);
    }
  }

  private void launch(final int forgotten) {
    final boolean behind = forgotten > 0 || bank.savedSequence() != witness.lastSequence()
        || bank.savedIndex() != witness.lastIndex();
    // Whole frames, so that a party that saved in the middle of one has the rest of it.
    final long from = behind ? Math.max(0, Math.min(witness.lastSequence() - forgotten, bank.savedSequence()) - 1)
        : witness.lastSequence();
    final int index = behind ? 0 == from ? 0 : Integer.MAX_VALUE : Math.max(0, witness.lastIndex());
    witness.launching(from, index);
    final GavelContext context = new GavelContext().journal(new SimulatedJournal(disk)).clock(clock)
        .config(settings.config()).durability(settings.durability()).ringCapacity(settings.ringCapacity())
        .batchMax(settings.batchMax()).deliverFrom(from, index).snapshotStore(snapshots)
        .errorHandler(fault -> { });
    final Gavel launched = Gavel.launch(context, witness);
    engine = launched;
    ingress = launched.ingress();
    witness.launched();
    coverage.fault(launched.recovery().snapshotSequence() > 0 ? "recovered from a snapshot" : "recovered");
    Witness.check(launched.sequence() == witness.lastSequence(), "recovered to " + launched.sequence()
        + ", told up to " + witness.lastSequence());
    compareStates();
  }

  /** The engine that died and came back is the one that never died. */
  void compareStates() {
    final Gavel running = engine;
    if (null != running) {
      final StoredHash is = running.ask(core -> Replayer.hashesOf(core, core.sequence()));
      final StoredHash due = Replayer.hashesOf(witness.undying(), witness.undying().sequence());
      Witness.check(is.equals(due), "state is " + is + ", of the machine that never died " + due);
    }
  }

  /** The business state of an engine that is up. */
  String stateHash() {
    final Gavel running = engine;
    Witness.check(null != running, "the engine is not up");
    return running.stateHash();
  }

  /** Flips one bit of what was told about; the launch must not go unnoticed. */
  private void damage(final long seed) {
    if (null != engine || 0 == witness.readPosition()) {
      return;
    }
    final long bit = new SplittableRandom(seed).nextLong(witness.readPosition() * (long) Byte.SIZE);
    disk.revive();
    disk.flip(bit);
    try {
      Gavel.launch(new GavelContext().journal(new SimulatedJournal(disk.copy())).clock(clock)
          .config(settings.config()).deliverFrom(witness.lastSequence(), Math.max(0, witness.lastIndex())),
          new io.gavel.engine.GavelEvents() { });
      throw new AssertionError("bit " + bit + " of the journal was changed and nobody noticed");
    } catch (final CorruptJournalException refusal) {
      coverage.fault("damage refused");
    }
    disk.flip(bit);
    disk.die();
  }
}
