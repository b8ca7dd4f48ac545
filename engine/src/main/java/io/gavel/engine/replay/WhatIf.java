package io.gavel.engine.replay;

import io.gavel.codecs.CommandValidator;
import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameChecksum;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.OrderAcceptedDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.CorruptJournalException;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalTailer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Runs a journal again beside itself with some of its commands changed, and writes the changed run as a journal of its
 * own. Every frame keeps its engine time. In a {@link Market#CLOSED} market the journalled commands are re-applied and
 * everybody's rules look at the changed book; in an {@link Market#OPEN} one what other accounts' rules sent comes as it
 * came, whatever the changed book looks like. One thread.
 */
public final class WhatIf {

  private static final int FRAMES_PER_COMMIT = 1 << 12;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final long SEGMENT_BYTES = 1L << 30;

  /** Whether other people's rules react to what is changed. */
  public enum Market { OPEN, CLOSED }

  /** What is asked. */
  @FunctionalInterface
  public interface Change {

    /**
     * Changes a frame in place, or leaves it; called once it was applied to the journalled run.
     *
     * @param id what the command made or meant in that run; 0: nothing
     * @return whether it was changed
     */
    boolean edit(MutableDirectBuffer frame, int offset, long id);
  }

  /**
   * What came of it.
   *
   * @param edited   sequences, in the journalled run, of the commands that were changed
   * @param inserted sequences, in the changed run, of frames that the journal does not have
   * @param original state hash at the end of the journal
   * @param changed  state hash at the end of the changed run
   */
  public record Outcome(List<Long> edited, List<Long> inserted, StoredHash original, StoredHash changed) {
  }

  /** The changed command is none that an engine would take. */
  public static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final ReasonCode code;

    Refused(final long sequence, final ReasonCode code) {
      super("the changed command at sequence " + sequence + " is refused: " + code);
      this.code = code;
    }

    public ReasonCode code() {
      return code;
    }
  }

  private final Journal journal;
  private final JournalTailer tailer;
  private final Change change;
  private final StateMachine original;
  private final StateMachine changed;
  private final EventStage originalStage;
  private final EventStage changedStage;
  private final IdMap ids = new IdMap();
  private final OpenMarket open;
  private final CommandValidator validator = new CommandValidator();
  private final FrameChecksum checksum = new FrameChecksum();
  private final FrameFlyweight view = new FrameFlyweight();
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final List<Long> edited = new ArrayList<>();
  private final List<Long> inserted = new ArrayList<>();
  private long originalId;
  private long changedId;
  private long sequence;
  private long chain = FrameChecksum.CHAIN_SEED;

  private WhatIf(final Journal journal, final JournalTailer tailer, final Change change, final OpenMarket open,
      final NamingHook naming) {
    this.journal = journal;
    this.tailer = tailer;
    this.change = change;
    this.open = open;
    final CoreConfig config = Replayer.configOf(tailer);
    original = new StateMachine(config);
    changed = new StateMachine(config);
    originalStage = new EventStage(original, this::onOriginal, naming);
    changedStage = new EventStage(changed, this::onChanged, NamingHook.NONE);
  }

  /**
   * Runs all of {@code dir} with {@code change}.
   *
   * @param out     where the changed run's journal goes: new or empty
   * @param account whose rule is changed: in an open market the rules of all others do as they did
   * @throws CorruptJournalException at damage
   * @throws ReplayFault             when there is no journal, frames of it are passed over, or the core throws
   * @throws Refused                 when a changed command is none
   */
  public static Outcome run(final Path dir, final Path out, final Change change, final Market market,
      final long account, final NamingHook naming) {
    final JournalTailer tailer = ChronicleJournal.follow(dir);
    if (null == tailer || !tailer.next()) {
      throw new ReplayFault(0, "no journal in " + dir);
    }
    try (tailer; Journal journal = new ChronicleJournal(out, BLOCK_BYTES, SEGMENT_BYTES)) {
      journal.resume(journal.tailer());
      final WhatIf run = new WhatIf(journal, tailer, change, new OpenMarket(Market.OPEN == market, account), naming);
      final Outcome outcome = run.play();
      outcome.changed().write(out);
      return outcome;
    }
  }

  private Outcome play() {
    boolean more = true;
    while (more) {
      if (!tailer.quarantines().isEmpty()) {
        throw new ReplayFault(tailer.sequence(), "frames of this journal are passed over: what would have been if they "
            + "had not cannot be told");
      }
      step();
      more = tailer.next();
    }
    journal.commit(DurabilityLevel.PROCESS);
    return new Outcome(List.copyOf(edited), List.copyOf(inserted),
        Replayer.hashesOf(original, original.sequence()), Replayer.hashesOf(changed, changed.sequence()));
  }

  private void step() {
    frame.putBytes(0, tailer.buffer(), tailer.offset(), tailer.length());
    originalId = 0;
    Replayer.apply(originalStage, tailer);
    ids.translate(frame, 0);
    final int templateId = FrameFlyweight.templateIdOf(frame, 0);
    final boolean isEdited = change.edit(frame, 0, originalId);
    open.silence(frame, 0);
    if (isEdited) {
      edited.add(tailer.sequence());
      final ReasonCode code = validator.validate(frame, 0, tailer.length());
      if (ReasonCode.OK != code) {
        throw new Refused(tailer.sequence(), code);
      }
    }
    append(tailer.engineTimeNs());
    ids.made(templateId, originalId, changedId);
    while (open.next(frame, ids)) {
      inserted.add(sequence + 1);
      append(tailer.engineTimeNs());
      open.answered(changedId, ids);
    }
  }

  /** Stamps the frame as the next of the changed run, keeps it and applies it. */
  private void append(final long engineTimeNs) {
    changedId = 0;
    view.wrap(frame, 0);
    view.sequence(++sequence).engineTimeNs(engineTimeNs);
    final int crc = checksum.crc32c(frame, 0, view.length());
    chain = FrameChecksum.chain(chain, crc);
    view.crc32c(crc).chain(chain);
    journal.append(frame, 0, view.length());
    if (0 == (sequence & (FRAMES_PER_COMMIT - 1))) {
      journal.commit(DurabilityLevel.PROCESS);
    }
    try {
      changedStage.apply(frame, 0);
    } catch (final RuntimeException ex) {
      throw ReplayFault.poison(frame, 0, ex);
    }
  }

  private void onOriginal(final DirectBuffer buffer, final int offset, final int length) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case CommandAnswerDecoder.TEMPLATE_ID -> originalId = made(buffer, body, block, version);
      case OrderAcceptedDecoder.TEMPLATE_ID -> {
        accepted.wrap(buffer, body, block, version);
        if (0 != accepted.ruleId()) {
          ids.originalChild(accepted.ruleId(), accepted.orderId());
        }
      }
      default -> {
        // Nothing else gives ids away.
      }
    }
    open.onOriginal(buffer, offset);
  }

  private void onChanged(final DirectBuffer buffer, final int offset, final int length) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    final int block = EventKey.blockLength(buffer, offset);
    final int version = EventKey.version(buffer, offset);
    switch (EventKey.templateId(buffer, offset)) {
      case CommandAnswerDecoder.TEMPLATE_ID -> changedId = made(buffer, body, block, version);
      case OrderAcceptedDecoder.TEMPLATE_ID -> {
        accepted.wrap(buffer, body, block, version);
        if (0 != accepted.ruleId()) {
          ids.changedChild(accepted.ruleId(), accepted.orderId());
        }
      }
      default -> {
        // Nothing else gives ids away.
      }
    }
  }

  private long made(final DirectBuffer buffer, final int body, final int block, final int version) {
    answer.wrap(buffer, body, block, version);
    return ReasonCode.OK == answer.code() && Flag.NO == answer.duplicate() ? answer.id() : 0;
  }
}
