package io.gavel.engine;

import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.journal.JournalFault;
import io.gavel.engine.journal.JournalTailer;
import org.agrona.DirectBuffer;

/** Fails at the n-th call of one kind, and from then on at every call, as a full or dying disk does. */
final class FaultyJournal implements Journal {

  enum Call { APPEND, COMMIT }

  private final Journal journal;
  private final Call failing;
  private int callsLeft;
  boolean sealed;

  FaultyJournal(final Journal journal, final Call failing, final int callsBefore) {
    this.journal = journal;
    this.failing = failing;
    this.callsLeft = callsBefore;
  }

  @Override
  public JournalTailer tailer() {
    return journal.tailer();
  }

  @Override
  public void resume(final JournalTailer recovered) {
    journal.resume(recovered);
  }

  @Override
  public void append(final DirectBuffer buffer, final int offset, final int length) {
    fail(Call.APPEND);
    journal.append(buffer, offset, length);
  }

  @Override
  public void commit(final DurabilityLevel level) {
    fail(Call.COMMIT);
    journal.commit(level);
  }

  @Override
  public long lastSequence() {
    return journal.lastSequence();
  }

  @Override
  public long committedBytes() {
    return journal.committedBytes();
  }

  @Override
  public void close() {
    sealed = true;
    journal.close();
  }

  private void fail(final Call call) {
    if (failing == call && callsLeft-- <= 0) {
      throw new JournalFault("no space, call " + call);
    }
  }
}
