package io.gavel.engine.journal;

import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.QuarantineDecoder;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The frames of a journal that are passed over, known before the first of them is read: a quarantine lies behind the
 * frame that it names. Grows while a reader finds new segments. One thread.
 */
public final class Quarantines {

  /** Of a journal in which nothing is passed over; takes none. */
  public static final Quarantines NONE = new Quarantines();

  private final List<Quarantine> records = new ArrayList<>();
  private final FrameFlyweight frame = new FrameFlyweight();

  Quarantines() {
  }

  static boolean isOne(final DirectBuffer buffer, final int offset) {
    return QuarantineDecoder.TEMPLATE_ID == FrameFlyweight.templateIdOf(buffer, offset);
  }

  void add(final MutableDirectBuffer buffer, final int offset) {
    records.add(Quarantine.read(buffer, offset));
  }

  public boolean isEmpty() {
    return records.isEmpty();
  }

  /** All of them, in the order of the journal. */
  public List<Quarantine> records() {
    return List.copyOf(records);
  }

  /**
   * Whether the frame is to be passed over.
   *
   * @throws CorruptJournalException when a quarantine names its sequence, but another frame
   */
  public boolean names(final MutableDirectBuffer buffer, final int offset) {
    frame.wrap(buffer, offset);
    for (final Quarantine record : records) {
      if (record.sequence() == frame.sequence() && record.atSequence() > frame.sequence()) {
        if (record.crc32c() != frame.crc32c() || record.chain() != frame.chain()) {
          throw new CorruptJournalException(frame.sequence(), "sequence " + record.atSequence(),
              "the quarantine names another frame: CRC32C " + Integer.toHexString(record.crc32c()) + ", chain "
                  + Long.toHexString(record.chain()) + ", here they are " + Integer.toHexString(frame.crc32c())
                  + " and " + Long.toHexString(frame.chain()));
        }
        return true;
      }
    }
    return false;
  }

  /**
   * Whether every frame that is passed over was signed for by somebody who is trusted.
   *
   * @throws IllegalStateException naming the first that was not
   */
  public void requireSignedBy(final List<PublicKey> trusted) {
    for (final Quarantine record : records) {
      if (trusted.stream().noneMatch(record::isSignedBy)) {
        throw new IllegalStateException("sequence " + record.sequence()
            + " is passed over by the quarantine at sequence " + record.atSequence()
            + ", signed by key " + Long.toHexString(record.keyId())
            + ", which is none of the trusted ones: GavelContext.quarantineKeys has " + trusted.size()
            + "; launch with the public key of whoever signed it, or restore the journal from where it was sound");
      }
    }
  }
}
