package io.gavel.engine.journal;

import io.gavel.codecs.FrameFlyweight;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.agrona.concurrent.UnsafeBuffer;

/** Appends a quarantine to a journal that no engine has open. */
public final class QuarantineWriter {

  private QuarantineWriter() {
  }

  /**
   * Reads {@code journal} to its end, signs for the frame {@code sequence} in it and appends the record, safe on disk.
   * Whether that frame deserves it is the caller's to know. The journal is resumed by this; the caller closes it.
   *
   * @throws IllegalArgumentException when the journal has no such frame, or the key is none that can sign
   * @throws CorruptJournalException  at damage: what is damaged is never passed over
   */
  public static Quarantine append(
      final Journal journal, final long sequence, final long incident, final PrivateKey secret,
      final PublicKey trusted) {
    final JournalTailer tailer = journal.tailer(journal.begin());
    final FrameFlyweight frame = new FrameFlyweight();
    boolean found = false;
    int crc32c = 0;
    long chain = 0;
    while (tailer.next()) {
      if (sequence == tailer.sequence()) {
        frame.wrap(tailer.buffer(), tailer.offset());
        crc32c = frame.crc32c();
        chain = frame.chain();
        found = true;
      }
    }
    if (!found || sequence <= 1) {
      throw new IllegalArgumentException("no frame that could be passed over: sequence " + sequence
          + ", the journal has 2 to " + tailer.sequence());
    }
    final Quarantine record = Quarantine.sign(sequence, chain, crc32c, incident, secret, trusted);
    if (!record.isSignedBy(trusted)) {
      throw new IllegalArgumentException("the public key does not belong to the private one");
    }
    final JournalPosition end = JournalPosition.of(tailer);
    journal.resume(tailer);
    final UnsafeBuffer bytes = record.frame(end);
    journal.append(bytes, 0, bytes.capacity());
    journal.commit(DurabilityLevel.DISK);
    return new Quarantine(
        sequence, chain, crc32c, incident, record.keyId(), end.sequence() + 1, record.signature());
  }
}
