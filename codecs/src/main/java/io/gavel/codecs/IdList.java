package io.gavel.codecs;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.gavel.codecs.sbe.Ids8Decoder;
import io.gavel.codecs.sbe.Ids8Encoder;
import java.util.ArrayList;
import java.util.List;

/** Up to eight numbers in a command, place by place; 0 is a place not used. */
public final class IdList {

  /** Places of a list. */
  public static final int LENGTH = Ids8Encoder.ENCODED_LENGTH / Long.BYTES;

  private IdList() {
  }

  /** Writes all places, the rest as not used. */
  public static void put(final Ids8Encoder list, final List<Long> ids) {
    for (int i = 0; i < LENGTH; i++) {
      list.buffer().putLong(list.offset() + i * Long.BYTES, i < ids.size() ? ids.get(i) : 0, LITTLE_ENDIAN);
    }
  }

  /** What stands at a place. */
  public static long get(final Ids8Decoder list, final int place) {
    return list.buffer().getLong(list.offset() + place * Long.BYTES, LITTLE_ENDIAN);
  }

  /** The places that are used, in their order. */
  public static List<Long> of(final Ids8Decoder list) {
    final List<Long> ids = new ArrayList<>();
    for (int i = 0; i < LENGTH; i++) {
      if (0 != get(list, i)) {
        ids.add(get(list, i));
      }
    }
    return ids;
  }
}
