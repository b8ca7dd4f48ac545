package io.gavel.adapters.backtest.tape;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Several tapes as one, ordered by (time, tape, row). One row of each is held. */
public final class MergedTape implements Tape {

  private final Tape[] tapes;
  private final TapeRow[] heads;
  private final boolean[] alive;
  private boolean started;
  private int taken = -1;

  public MergedTape(final List<? extends Tape> tapes) {
    this.tapes = tapes.toArray(new Tape[0]);
    heads = new TapeRow[this.tapes.length];
    alive = new boolean[this.tapes.length];
    for (int i = 0; i < heads.length; i++) {
      heads[i] = new TapeRow();
    }
  }

  @Override
  public boolean next(final TapeRow row) {
    if (!started) {
      started = true;
      for (int i = 0; i < tapes.length; i++) {
        advance(i);
      }
    } else if (taken >= 0) {
      advance(taken);
    }
    taken = -1;
    for (int i = 0; i < tapes.length; i++) {
      if (alive[i] && (taken < 0 || heads[i].timeNs < heads[taken].timeNs)) {
        taken = i;
      }
    }
    if (taken < 0) {
      return false;
    }
    row.copyFrom(heads[taken]);
    row.tapeIndex = taken;
    return true;
  }

  @Override
  public long skippedRows() {
    long sum = 0;
    for (final Tape tape : tapes) {
      sum += tape.skippedRows();
    }
    return sum;
  }

  /** SHA-256 over the hexadecimal hashes of the tapes in their order. */
  @Override
  public String dataHash() {
    try {
      final MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (final Tape tape : tapes) {
        digest.update(tape.dataHash().getBytes(StandardCharsets.US_ASCII));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public long bytesRead() {
    return Arrays.stream(tapes).mapToLong(Tape::bytesRead).sum();
  }

  @Override
  public long bytesTotal() {
    return Arrays.stream(tapes).mapToLong(Tape::bytesTotal).sum();
  }

  @Override
  public void close() {
    for (final Tape tape : tapes) {
      tape.close();
    }
  }

  private void advance(final int tape) {
    alive[tape] = tapes[tape].next(heads[tape]);
  }
}
