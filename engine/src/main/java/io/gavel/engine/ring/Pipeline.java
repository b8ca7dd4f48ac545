package io.gavel.engine.ring;

import com.lmax.disruptor.EventPoller;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import io.gavel.codecs.sbe.AdvanceTimeEncoder;
import io.gavel.codecs.sbe.EngineConfigEncoder;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.SpaceGuard;
import io.gavel.engine.status.EngineCounters;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Wires ring, sequencer, journal, core and egress, and drives them one behind the other on one thread: the host's or
 * the engine's own. Each stage polls the ring behind the one before it, so a frame reaches the core, and its events a
 * host, only after the commit that covers it. One thread drives all stages, so no frame is handed on.
 */
public final class Pipeline {

  private static final long NOT_INJECTED = Long.MIN_VALUE;

  private final PipelineParts parts;
  private final CommandRing ring;
  private final StateMachine machine;
  private final Journal journal;
  private final Sequencer sequencer;
  private final SequencerStage sequencerStage;
  private final JournalStage journalStage;
  private final CoreStage coreStage;
  private final EventPoller<CommandSlot> sequencerPoller;
  private final EventPoller<CommandSlot> journalPoller;
  private final EventPoller<CommandSlot> corePoller;
  private final HaltOnError halt;
  private final @Nullable SpaceWatch space;
  private final UnsafeBuffer own = new UnsafeBuffer(ByteBuffer.allocateDirect(FrameDescriptor.FRAME_LENGTH_MAX));
  private final FrameFlyweight ownFrame = new FrameFlyweight();
  private final AdvanceTimeEncoder advanceTime = new AdvanceTimeEncoder();
  private long injectedForNs = NOT_INJECTED;
  private long injected;

  public Pipeline(final PipelineParts parts) {
    this.parts = parts;
    this.ring = parts.ring();
    this.machine = parts.machine();
    this.journal = parts.journal();
    this.sequencer = new Sequencer(parts.clock(), machine.config().clockJumpMaxNs(), journal.keepsFrames());
    this.sequencerStage = new SequencerStage(sequencer, parts.batchMax());
    this.journalStage = new JournalStage(journal, parts.durability());
    this.coreStage = new CoreStage(parts.events(), this::publish);
    this.sequencerPoller = ring.newPoller();
    this.journalPoller = ring.newPoller(sequencerPoller.getSequence());
    this.corePoller = ring.newPoller(journalPoller.getSequence());
    this.halt = new HaltOnError(ring, journal::close, parts.onHalt());
    ring.gate(corePoller.getSequence());
    final SpaceGuard guard = parts.space();
    this.space = null == guard ? null : new SpaceWatch(guard, parts.onSpace(), ring, machine);
  }

  /** Goes on behind what the journal holds. */
  public void seed(final long sequence, final long engineTimeNs, final long chain) {
    sequencer.seed(sequence, engineTimeNs, chain);
    coreStage.chain(chain);
    publish();
  }

  /** Begins a new journal: record 1 is the configuration. */
  public void begin() {
    sequencer.readClock();
    final EngineConfigEncoder command = new EngineConfigEncoder();
    own.setMemory(0, FrameDescriptor.FRAME_LENGTH_MAX, (byte) 0);
    machine.config().encode(command.wrap(own, FrameDescriptor.HEADER_LENGTH));
    ownFrame.wrap(own, 0).begin(EngineConfigEncoder.SCHEMA_ID, EngineConfigEncoder.TEMPLATE_ID,
        EngineConfigEncoder.SCHEMA_VERSION, EngineConfigEncoder.BLOCK_LENGTH, EngineConfigEncoder.BLOCK_LENGTH);
    sequencer.stamp(own, 0);
    journal.append(own, 0, ownFrame.length());
    journal.commit(parts.durability());
    parts.events().apply(own, 0);
    coreStage.chain(ownFrame.chain());
    publish();
  }

  /** Chain of the journal behind the last frame applied; for the thread that drives. */
  public long chain() {
    return coreStage.chain();
  }

  /**
   * One turn: stamps, journals and applies what is there, up to a batch.
   *
   * @return slots taken; 0 when there was nothing to do, and after a halt
   */
  public int doWork() {
    if (null != halt.cause()) {
      return 0;
    }
    try {
      return turn();
    } catch (final Throwable fault) {
      halt.halt(fault);
      publish();
      return 0;
    }
  }

  /** Why the engine halted; null while it has not. */
  public @Nullable Throwable haltCause() {
    return halt.cause();
  }

  private int turn() throws Exception {
    sequencer.readClock();
    if (null != space) {
      space.inject();
    }
    sequencerPoller.poll(sequencerStage);
    int taken = sequencerStage.take();
    if (0 == taken && injectDueDeadline()) {
      sequencerPoller.poll(sequencerStage);
      taken = sequencerStage.take();
    }
    if (0 != taken) {
      journalPoller.poll(journalStage);
      journalStage.commit();
      corePoller.poll(coreStage);
      if (null != space) {
        space.onApplied(corePoller.getSequence().get(), journal.committedBytes());
      }
      publish();
    } else if (null != space) {
      space.onIdle();
    }
    return taken;
  }

  /** Time passes for the core only with a frame: when none comes by itself, its next deadline makes one. */
  private boolean injectDueDeadline() {
    final long deadlineNs = machine.nextDeadlineNs();
    if (deadlineNs > sequencer.timeNs()) {
      return false;
    }
    Invariants.check(deadlineNs != injectedForNs, "a deadline must be gone once its time has passed", deadlineNs, 0);
    advanceTime.wrap(own, FrameDescriptor.HEADER_LENGTH);
    own.setMemory(0, FrameDescriptor.frameLength(AdvanceTimeEncoder.BLOCK_LENGTH), (byte) 0);
    ownFrame.wrap(own, 0).begin(AdvanceTimeEncoder.SCHEMA_ID, AdvanceTimeEncoder.TEMPLATE_ID,
        AdvanceTimeEncoder.SCHEMA_VERSION, AdvanceTimeEncoder.BLOCK_LENGTH, AdvanceTimeEncoder.BLOCK_LENGTH);
    if (ring.offerOwn(own, 0, ownFrame.length()) < 0) {
      return false;
    }
    injectedForNs = deadlineNs;
    injected++;
    return true;
  }

  private void publish() {
    final EngineCounters counters = parts.counters();
    counters.sequence(machine.sequence());
    counters.engineTimeNs(machine.engineTimeNs());
    counters.frames(coreStage.frames());
    counters.events(parts.events().events());
    counters.journalBytes(journal.committedBytes());
    counters.backPressured(ring.backPressured());
    counters.refused(parts.refused().get());
    counters.clockJumpsRefused(sequencer.jumpsRefused());
    counters.deadlinesInjected(injected);
    counters.rulesExamined(machine.rules().examined());
    counters.degraded(machine.risk().isDegraded());
    if (null != space) {
      counters.usableBytes(space.usableBytes());
    }
  }
}
