package io.gavel.engine.proof;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventSink;
import io.gavel.engine.egress.EventStage;
import io.gavel.engine.egress.NamingHook;
import io.gavel.engine.journal.ChronicleJournal;
import io.gavel.engine.journal.JournalTailer;
import io.gavel.engine.replay.ReplayFault;
import io.gavel.engine.replay.Replayer;
import io.gavel.engine.replay.StateDivergence;
import io.gavel.engine.snapshot.StateHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replays a journal with a core of its own, beside the engine or long after it, and signs a checkpoint behind every
 * range of frames. Where there are checkpoints already it replays up to the last one, finds the state that was signed
 * there or refuses, and goes on. Reads the journal from its first record; never writes to it. One thread.
 */
public final class HistoryFollower implements AutoCloseable {

  /** Frames of a range unless asked otherwise: a checkpoint costs a digest of all state. */
  public static final int RANGE = 1 << 16;

  private final Path dir;
  private final CheckpointSigner signer;
  private final int range;
  private final List<CheckpointStore> stores;
  private final List<byte[]> leaves = new ArrayList<>();
  private @Nullable JournalTailer tailer;
  private @Nullable StateMachine machine;
  private @Nullable EventStage stage;
  private @Nullable Checkpoint last;
  private Checkpoint.Hash engine = Checkpoint.Hash.ZERO;

  /**
   * Reads nothing before it is driven.
   *
   * @param dir    the engine's directory
   * @param range  frames of a checkpoint
   * @param stores where each goes, one after the other; the first says where it left off
   */
  public HistoryFollower(
      final Path dir, final CheckpointSigner signer, final int range, final List<CheckpointStore> stores) {
    if (range < 1 || range > Checkpoint.RANGE_MAX || stores.isEmpty()) {
      throw new IllegalArgumentException(
          "a range has 1 to " + Checkpoint.RANGE_MAX + " frames and at least one store, not " + range);
    }
    this.dir = dir;
    this.signer = signer;
    this.range = range;
    this.stores = List.copyOf(stores);
  }

  /** Sequence of the last frame that a checkpoint covers. */
  public long signedSequence() {
    final Checkpoint checkpoint = last;
    return null == checkpoint ? 0 : checkpoint.lastSequence();
  }

  /** The last checkpoint; null: none yet. */
  public @Nullable Checkpoint last() {
    return last;
  }

  /**
   * Takes in up to {@code framesMax} frames, and signs each range that is full.
   *
   * @return frames taken in; 0: it has read everything there is
   * @throws ReplayFault     when there is no journal that begins with record 1, or the core throws
   * @throws StateDivergence when the journal does not lead to the state that was signed
   */
  public int doWork(final int framesMax) {
    if (null == tailer) {
      begin();
    }
    final JournalTailer reader = opened();
    int done = 0;
    while (done < framesMax && reader.next()) {
      take(reader);
      done++;
    }
    return done;
  }

  /**
   * Signs what has been taken in and is in no full range, however little; nothing when there is nothing.
   *
   * @throws ReplayFault when the journal does not reach as far as what was signed before
   */
  public void sign() {
    if (opened().sequence() < signedSequence()) {
      throw new ReplayFault(opened().sequence(), "the journal ends here, and was signed up to " + signedSequence());
    }
    if (!leaves.isEmpty()) {
      write(opened());
    }
  }

  /**
   * Proof of an account's balances under the last checkpoint, behind which nothing must have been taken in.
   *
   * @return null: no such account
   */
  public @Nullable AccountProof proof(final long account) {
    final Checkpoint checkpoint = last;
    final StateMachine core = machine;
    if (null == checkpoint || null == core || core.sequence() != checkpoint.lastSequence()) {
      throw new IllegalStateException("sign first: a proof is one under the last checkpoint");
    }
    return AccountTree.of(core).proof(account, checkpoint);
  }

  /** The same of the account with this name. */
  public @Nullable AccountProof proof(final String accountName) {
    final StateMachine core = machine;
    if (null != core) {
      for (int i = 0; i < core.risk().accountCount(); i++) {
        if (accountName.equals(core.risk().accountName(i).toString())) {
          return proof(core.risk().accountAt(i));
        }
      }
    }
    return null;
  }

  @Override
  public void close() {
    final JournalTailer reader = tailer;
    if (null != reader) {
      reader.close();
    }
  }

  private void begin() {
    final JournalTailer reader = ChronicleJournal.follow(dir);
    if (null == reader) {
      throw new ReplayFault(0, "no journal in " + dir);
    }
    tailer = reader;
    final long[] sequences = stores.get(0).list();
    last = 0 == sequences.length ? null : stores.get(0).read(sequences[sequences.length - 1]).checkpoint();
    if (!reader.next()) {
      throw new ReplayFault(0, "the journal is empty");
    }
    if (1 != reader.sequence()) {
      throw new ReplayFault(reader.sequence(), "the journal begins here: proof needs it from record 1");
    }
    final StateMachine core = new StateMachine(Replayer.configOf(reader));
    machine = core;
    stage = new EventStage(core, EventSink.NONE, NamingHook.NONE).passOver(reader.quarantines());
    engine = Checkpoint.Hash.of(leafOf(reader));
    final Checkpoint signed = last;
    if (null != signed && !signed.engine().equals(engine)) {
      throw new ReplayFault(1, "the checkpoints are of another engine: theirs begins with "
          + signed.engine().hex() + ", this one with " + engine.hex());
    }
    take(reader);
  }

  private void take(final JournalTailer reader) {
    final EventStage applying = stage;
    final StateMachine core = machine;
    if (null == applying || null == core) {
      throw new IllegalStateException("not begun");
    }
    Replayer.apply(applying, reader);
    final long signed = signedSequence();
    if (reader.sequence() > signed) {
      leaves.add(leafOf(reader));
      if (leaves.size() == range) {
        write(reader);
      }
    } else if (reader.sequence() == signed) {
      compare(core, reader);
    }
  }

  private void compare(final StateMachine core, final JournalTailer reader) {
    final Checkpoint signed = last;
    final String stateHash = StateHash.of(core.businessState());
    if (null != signed && !signed.stateHash().hex().equals(stateHash)) {
      throw new StateDivergence(signed.lastSequence(), signed.stateHash().hex(), stateHash);
    }
    if (null != signed && signed.journalChain() != reader.chain()) {
      throw new ReplayFault(signed.lastSequence(), "the frames up to here are not those that were signed");
    }
  }

  private void write(final JournalTailer reader) {
    final StateMachine core = machine;
    if (null == core) {
      throw new IllegalStateException("not begun");
    }
    final Checkpoint previous = last;
    final byte[] locators = Checkpoint.locators(leaves);
    final AccountTree accounts = AccountTree.of(core);
    final Checkpoint checkpoint = new Checkpoint(reader.sequence() - leaves.size() + 1, reader.sequence(),
        reader.engineTimeNs(), reader.chain(), accounts.size(), signer.keyId(), engine,
        null == previous ? Checkpoint.Hash.ZERO : previous.digest(), Checkpoint.Hash.of(MerkleTree.root(leaves)),
        Checkpoint.Hash.of(MerkleTree.sha256().digest(locators)),
        Checkpoint.Hash.ofHex(StateHash.of(core.businessState())), accounts.root());
    final Checkpoint.Sealed sealed = checkpoint.seal(signer, locators);
    for (final CheckpointStore store : stores) {
      store.write(sealed);
    }
    last = checkpoint;
    leaves.clear();
  }

  private JournalTailer opened() {
    final JournalTailer reader = tailer;
    if (null == reader) {
      throw new IllegalStateException("not begun");
    }
    return reader;
  }

  /** The leaf of the frame that a reader stands on. */
  static byte[] leafOf(final JournalTailer reader) {
    final byte[] bytes = new byte[reader.length()];
    reader.buffer().getBytes(reader.offset(), bytes);
    return MerkleTree.leaf().digest(bytes);
  }
}
