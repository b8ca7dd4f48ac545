package io.gavel.engine.journal;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.Invariants;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory: what tests and simulations launch on. It either keeps its frames, so that a later engine can
 * recover from it, or keeps nothing and only counts. One writing thread; a tailer on the same thread.
 */
public final class MemoryJournal implements Journal {

  private static final int CHUNK_LENGTH = 1 << 20;

  private final boolean keeping;
  private final List<Chunk> chunks = new ArrayList<>();
  private final Quarantines quarantines = new Quarantines();
  private long appendedSequence;
  private long lastSequence;
  private long appendedBytes;
  private long committedBytes;

  private static final class Chunk {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CHUNK_LENGTH]);
    private int length;
  }

  private MemoryJournal(final boolean keeping) {
    this.keeping = keeping;
  }

  /** Keeps every frame; memory grows with them. May be handed to one engine after another. */
  public static MemoryJournal keepingAll() {
    return new MemoryJournal(true);
  }

  /** Keeps nothing; allocates nothing. */
  public static MemoryJournal keepingNothing() {
    return new MemoryJournal(false);
  }

  @Override
  public JournalTailer tailer() {
    return new Tailer();
  }

  @Override
  public void resume(final JournalTailer recovered) {
    Invariants.check(recovered.sequence() == lastSequence, "resumed behind", recovered.sequence(), lastSequence);
    appendedSequence = lastSequence;
  }

  @Override
  public void append(final DirectBuffer buffer, final int offset, final int length) {
    final long sequence = FrameFlyweight.sequenceOf(buffer, offset);
    Invariants.check(sequence == appendedSequence + 1, "sequence must follow", sequence, appendedSequence);
    if (keeping) {
      Chunk chunk = chunks.isEmpty() ? null : chunks.get(chunks.size() - 1);
      if (null == chunk || chunk.length + length > CHUNK_LENGTH) {
        chunk = new Chunk();
        chunks.add(chunk);
      }
      chunk.buffer.putBytes(chunk.length, buffer, offset, length);
      if (Quarantines.isOne(buffer, offset)) {
        quarantines.add(chunk.buffer, chunk.length);
      }
      chunk.length += length;
    }
    appendedSequence = sequence;
    appendedBytes += length;
  }

  @Override
  public void commit(final DurabilityLevel level) {
    lastSequence = appendedSequence;
    committedBytes = appendedBytes;
  }

  @Override
  public long lastSequence() {
    return lastSequence;
  }

  @Override
  public long committedBytes() {
    return committedBytes;
  }

  @Override
  public boolean keepsFrames() {
    return keeping;
  }

  @Override
  public void close() {
    // Memory has nothing to seal; the frames stay for the next engine.
  }

  private final class Tailer implements JournalTailer {

    private final FrameCheck check = new FrameCheck();
    private final UnsafeBuffer none = new UnsafeBuffer(new byte[0]);
    private @Nullable Chunk current;
    private int chunkIndex;
    private int position;
    private int length;

    @Override
    public boolean next() {
      if (check.sequence() >= lastSequence || !keeping) {
        return false;
      }
      Chunk chunk = chunks.get(chunkIndex);
      position = null == current ? 0 : position + length;
      if (position == chunk.length) {
        chunkIndex++;
        chunk = chunks.get(chunkIndex);
        position = 0;
      }
      current = chunk;
      final String broken = check.accept(chunk.buffer, position, chunk.length - position);
      if (null != broken) {
        throw new CorruptJournalException(check.sequence() + 1, place(), broken);
      }
      length = FrameFlyweight.lengthOf(chunk.buffer, position);
      return true;
    }

    @Override
    public MutableDirectBuffer buffer() {
      return null == current ? none : current.buffer;
    }

    @Override
    public int offset() {
      return position;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public long sequence() {
      return check.sequence();
    }

    @Override
    public long engineTimeNs() {
      return check.engineTimeNs();
    }

    @Override
    public long chain() {
      return check.chain();
    }

    @Override
    public Quarantines quarantines() {
      return quarantines;
    }

    @Override
    public String place() {
      return "memory";
    }

    @Override
    public @Nullable String tornTail() {
      return null;
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
