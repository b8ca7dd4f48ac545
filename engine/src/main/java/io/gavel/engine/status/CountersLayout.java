package io.gavel.engine.status;

import io.gavel.codecs.Invariants;
import org.agrona.concurrent.status.CountersReader;

/**
 * Layout of {@code counters.dat}. Little endian.
 *
 * <pre>
 *   0               4               8              16              24              28              32      128
 *  +---------------+---------------+---------------+---------------+---------------+---------------+-- ... +
 *  | magic         | version       | pid           | startedMs     | metadata len. | values len.   |       |
 *  +---------------+---------------+---------------+---------------+---------------+---------------+-------+
 *  | counter labels (Agrona counters metadata) ... | counter values (one cache line pair each) ...         |
 * </pre>
 */
final class CountersLayout {

  static final String FILE = "counters.dat";
  static final int MAGIC = 0x4C56_4147;
  static final int VERSION = 1;
  static final int MAGIC_OFFSET = 0;
  static final int VERSION_OFFSET = 4;
  static final int PID_OFFSET = 8;
  static final int STARTED_OFFSET = 16;
  static final int METADATA_LENGTH_OFFSET = 24;
  static final int VALUES_LENGTH_OFFSET = 28;
  static final int HEADER_LENGTH = 128;
  static final int COUNTERS_MAX = 32;
  static final int METADATA_LENGTH = COUNTERS_MAX * CountersReader.METADATA_LENGTH;
  static final int VALUES_LENGTH = COUNTERS_MAX * CountersReader.COUNTER_LENGTH;
  static final int FILE_LENGTH = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH;

  static {
    Invariants.check(VALUES_LENGTH_OFFSET + Integer.BYTES <= HEADER_LENGTH, "the header must hold its fields");
  }

  private CountersLayout() {
  }
}
