package io.gavel.engine.sim;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.CommandAnswerDecoder;
import io.gavel.codecs.sbe.CommandHeaderDecoder;
import io.gavel.codecs.sbe.ReasonCode;
import io.gavel.codecs.sbe.RuleTriggeredDecoder;
import io.gavel.codecs.sbe.SessionState;
import io.gavel.engine.GavelEvents;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.core.oracle.CommandReader;
import io.gavel.engine.core.oracle.Oracle;
import io.gavel.engine.core.oracle.Tale;
import io.gavel.engine.core.oracle.TaleReader;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.journal.SimulatedDisk;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The host, and the judge. Each event must be committed before it is heard, come once and in order, and be what the
 * oracle foretells for the frame that is on the disk; each frame on the disk must be one that was sent, whole, once.
 * Beside it runs a machine that never dies: after every command its invariants are checked, and at every launch the
 * state of the one that died must be its own.
 */
final class Witness implements GavelEvents {

  /** A command on its way: whether it arrives is for the disk to say. */
  record Sent(long correlationId, UnsafeBuffer frame) { }

  /** Refusals that do not move a session on. */
  private static final Set<ReasonCode> REFUSED_UNSEEN = EnumSet.of(ReasonCode.DUPLICATE_TOO_OLD,
      ReasonCode.DUPLICATE_MISMATCH, ReasonCode.SESSION_SEQUENCE_GAP, ReasonCode.CAPACITY_SESSIONS);
  private static final int BODY = FrameDescriptor.HEADER_LENGTH;

  private final SimulatedDisk disk;
  private final Coverage coverage;
  private final Oracle oracle;
  private final CommandReader commands;
  private final StateMachine undying;
  private final ArrayDeque<Sent> underway = new ArrayDeque<>();
  private final TaleReader reader = new TaleReader();
  private final Tale told = new Tale();
  private final Bank bank;
  private final Long2LongHashMap answeredNumbers = new Long2LongHashMap(0);
  private final LongHashSet triggered = new LongHashSet();
  private final FrameFlyweight frame = new FrameFlyweight();
  private final CommandHeaderDecoder header = new CommandHeaderDecoder();
  private final CommandAnswerDecoder answer = new CommandAnswerDecoder();
  private final RuleTriggeredDecoder trigger = new RuleTriggeredDecoder();
  private final UnsafeBuffer copy = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final CRC32C crc = new CRC32C();
  private final byte[] eventBytes = new byte[EventDescriptor.EVENT_LENGTH_MAX];
  /** Digest of the events of each sequence, by sequence. */
  private long[] digests = new long[1 << 10];
  private Tale foretold = new Tale();
  private int readPosition;
  private long lastSequence;
  private int lastIndex = -1;
  private long redeliveredDigest;
  private long redeliveredSequence;
  private int redeliveredIndex = -1;
  private long lastTimeNs;
  private long answeredId;
  private int eventsUntilDeath = -1;
  private final boolean foretells;
  private long undyingDigest;
  private boolean answered;
  private boolean open;

  Witness(final SimulatedDisk disk, final World.Settings settings, final Coverage coverage, final Bank bank) {
    final CoreConfig config = settings.config();
    foretells = settings.foretold();
    this.disk = disk;
    this.bank = bank;
    this.coverage = coverage;
    oracle = new Oracle(config.activationDelayNs(), config.ordersMax(), config.rulesMax(),
        config.holdsMax());
    commands = new CommandReader(oracle, config.sessionsMax(), config.answersPerSession());
    undying = new StateMachine(config);
  }

  Oracle oracle() {
    return oracle;
  }

  StateMachine undying() {
    return undying;
  }

  /** Where on the disk the frames end of which something was told. */
  int readPosition() {
    return readPosition;
  }

  long lastSequence() {
    return lastSequence;
  }

  int lastIndex() {
    return lastIndex;
  }

  /** The journal's chain behind the last frame of which something was told. */
  long lastChain() {
    return new FrameFlyweight().wrap(copy, 0).chain();
  }

  /** Correlation id of the last command whose frame came, 0 before the first. */
  long answeredId() {
    return answeredId;
  }

  long engineTimeNs() {
    return lastTimeNs;
  }

  /** The last number of a session that was answered. */
  long answeredNumber(final long sessionId) {
    return answeredNumbers.get(sessionId);
  }

  void sent(final long correlationId, final UnsafeBuffer bytes) {
    underway.add(new Sent(correlationId, bytes));
  }

  /** The process dies at the n-th event from now on. */
  void dieAt(final int eventsFromNow) {
    eventsUntilDeath = eventsFromNow;
  }

  /** A launch will deliver from behind this event on: what was heard before must come again as it was. */
  void launching(final long fromSequence, final int fromIndex) {
    eventsUntilDeath = -1;
    redeliveredSequence = fromSequence;
    redeliveredIndex = fromIndex;
    redeliveredDigest = 0;
  }

  /** The launch has replayed what the disk holds; what was on its way and is not there never will be. */
  void launched() {
    finish();
    underway.clear();
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    check(!disk.isDead(), "an event left a dead process");
    if (EventKey.sequence(buffer, offset) < lastSequence) {
      disk.pass("event again");
    }
    final long sequence = EventKey.sequence(buffer, offset);
    final int index = EventKey.index(buffer, offset);
    if (sequence < lastSequence || (sequence == lastSequence && index <= lastIndex)) {
      again(buffer, offset, length, sequence, index);
      return;
    }
    disk.pass("event");
    if (eventsUntilDeath >= 0 && eventsUntilDeath-- == 0) {
      disk.die();
      coverage.fault("killed at an event");
      throw new SimulatedDisk.Death("at event (" + sequence + ", " + index + ")");
    }
    if (sequence != lastSequence) {
      check(sequence == lastSequence + 1 && 0 == index,
          "event (" + sequence + ", " + index + ") came behind (" + lastSequence + ", " + lastIndex + ")");
      finish();
      begin(sequence);
    } else {
      check(index == lastIndex + 1, "event (" + sequence + ", " + index + ") came behind index " + lastIndex);
    }
    lastSequence = sequence;
    lastIndex = index;
    digests[(int) sequence] = digest(digests[(int) sequence], buffer, offset, length);
    reader.read(buffer, offset, told);
    look(buffer, offset);
    adapters(buffer, offset, length);
  }

  /** A host that asked for more than it missed hears the same once more. */
  private void again(final DirectBuffer buffer, final int offset, final int length, final long sequence,
      final int index) {
    if (sequence == redeliveredSequence) {
      check(index == redeliveredIndex + 1, "redelivered index " + index + " behind " + redeliveredIndex);
    } else {
      check(0 == index && sequence == redeliveredSequence + 1, "redelivered (" + sequence + ", " + index
          + ") behind (" + redeliveredSequence + ", " + redeliveredIndex + ")");
      sameAsBefore();
      redeliveredDigest = 0;
    }
    redeliveredSequence = sequence;
    redeliveredIndex = index;
    redeliveredDigest = digest(redeliveredDigest, buffer, offset, length);
    if (sequence == lastSequence && index == lastIndex) {
      sameAsBefore();
    }
    adapters(buffer, offset, length);
  }

  private void sameAsBefore() {
    check(0 == redeliveredDigest || digests[(int) redeliveredSequence] == redeliveredDigest,
        "other events than before came for sequence " + redeliveredSequence);
  }

  private void adapters(final DirectBuffer buffer, final int offset, final int length) {
    if (EventKey.isBehind(buffer, offset, bank.savedSequence(), bank.savedIndex())) {
      bank.onEvent(buffer, offset, length);
    }
  }

  private void begin(final long sequence) {
    check(readPosition < disk.length(), "events of sequence " + sequence + " left before it was written");
    frame.wrap(disk.bytes(), readPosition);
    check(sequence == frame.sequence(), "sequence " + frame.sequence() + " is on the disk where " + sequence
        + " belongs");
    check(frame.engineTimeNs() >= lastTimeNs, "engine time went back to " + frame.engineTimeNs());
    lastTimeNs = frame.engineTimeNs();
    copy.putBytes(0, disk.bytes(), readPosition, frame.length());
    readPosition += frame.length();
    frame.wrap(copy, 0);
    header.wrap(copy, BODY);
    arrived();
    if (sequence >= digests.length) {
      digests = Arrays.copyOf(digests, 2 * digests.length);
    }
    told.clear();
    answered = false;
    open = true;
    foretold = foretells ? commands.foretell(copy, 0) : told;
    applyUndying();
  }

  /** What is on the disk must be what was sent, in the order of sending, each once. */
  private void arrived() {
    final long id = header.correlationId();
    if (0 == id) {
      return;
    }
    check(id > answeredId, "command " + id + " is on the disk behind " + answeredId);
    answeredId = id;
    Sent sent = underway.poll();
    while (null != sent && sent.correlationId < id) {
      sent = underway.poll();
    }
    check(null != sent && sent.correlationId == id, "nobody sent command " + id);
    final int length = frame.length();
    check(sent.frame.capacity() == length
        && Arrays.equals(sent.frame.byteArray(), BODY, length, copy.byteArray(), BODY, length),
        "command " + id + " is not as it was sent");
  }

  private void applyUndying() {
    undyingDigest = 0;
    boolean done = undying.apply(copy, 0);
    takeUndying();
    while (!done) {
      done = undying.resume();
      takeUndying();
    }
    undying.risk().assertConserved();
    for (int instrument = 1; instrument <= Traffic.PAIRS && null != undying.book(instrument); instrument++) {
      check(SessionState.CONTINUOUS != undying.session(instrument) || !undying.book(instrument).isCrossed(),
          "the book is crossed");
    }
  }

  private void takeUndying() {
    final Outbox outbox = undying.outbox();
    for (int at = 0; at < outbox.position();) {
      final int length = EventKey.length(outbox.buffer(), at);
      undyingDigest = digest(undyingDigest, outbox.buffer(), at, length);
      at += length;
    }
    outbox.clear();
  }

  private void look(final DirectBuffer buffer, final int offset) {
    final int body = offset + EventDescriptor.HEADER_LENGTH;
    switch (EventKey.templateId(buffer, offset)) {
      case CommandAnswerDecoder.TEMPLATE_ID -> {
        answer.wrap(buffer, body, EventKey.blockLength(buffer, offset), 0);
        header.wrap(copy, BODY);
        check(!answered, "a second answer");
        answered = true;
        check(answer.correlationId() == header.correlationId() && answer.sessionId() == header.sessionId()
            && answer.sessionSequence() == header.sessionSequence()
            && answer.commandTemplateId() == FrameFlyweight.templateIdOf(copy, 0), "the answer is to another command");
        coverage.answer(answer.commandTemplateId(), answer.codeRaw());
        if (0 != answer.sessionId() && !REFUSED_UNSEEN.contains(answer.code())) {
          answeredNumbers.put(answer.sessionId(),
              Math.max(answeredNumbers.get(answer.sessionId()), answer.sessionSequence()));
        }
      }
      case RuleTriggeredDecoder.TEMPLATE_ID -> {
        trigger.wrap(buffer, body, EventKey.blockLength(buffer, offset), 0);
        check(triggered.add(trigger.ruleId()), "rule " + trigger.ruleId() + " fired twice");
      }
      default -> {
        // The oracle looks at the rest.
      }
    }
  }

  /** All events of the frame are here: they must be those foretold. */
  void finish() {
    if (!open) {
      return;
    }
    open = false;
    check(answered, "no answer to sequence " + lastSequence);
    check(digests[(int) lastSequence] == undyingDigest,
        "the machine that never died tells otherwise at sequence " + lastSequence + ":" + told.raw());
    if (!foretold.isSameAs(told)) {
      throw new AssertionError("sequence " + lastSequence + ", template " + FrameFlyweight.templateIdOf(copy, 0)
          + "\nforetold:" + foretold.raw() + "\ntold:" + told.raw());
    }
  }

  private long digest(final long before, final DirectBuffer buffer, final int offset, final int length) {
    buffer.getBytes(offset, eventBytes, 0, length);
    crc.reset();
    crc.update(eventBytes, 0, length);
    return before * 31 + crc.getValue();
  }

  static void check(final boolean condition, final String what) {
    if (!condition) {
      throw new AssertionError(what);
    }
  }
}
