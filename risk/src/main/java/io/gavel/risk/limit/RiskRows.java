package io.gavel.risk.limit;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsDecoder;
import java.util.Arrays;

/** The rows of a risk table as they were asked for, in arrays by row from 0. A row of kind NONE is not there. */
final class RiskRows {

  static final int ROWS_MAX = Long.SIZE;
  /** The row is about anyone. */
  static final int ANY_ACCOUNT = -1;
  private static final int KIND_BITS = Byte.SIZE;

  final RiskLimitKind[] kinds = new RiskLimitKind[ROWS_MAX];
  final long[] limits = new long[ROWS_MAX];
  final long[] thresholdsUnits = new long[ROWS_MAX];
  final long[] windowsNs = new long[ROWS_MAX];
  final long[] durationsNs = new long[ROWS_MAX];
  final long[] agesFromNs = new long[ROWS_MAX];
  final long[] agesBelowNs = new long[ROWS_MAX];
  final int[] accountSlots = new int[ROWS_MAX];
  final int[] instrumentIds = new int[ROWS_MAX];
  final int[] groupIds = new int[ROWS_MAX];
  final int[] regions = new int[ROWS_MAX];
  final int[] assetIds = new int[ROWS_MAX];
  final int[] templateIds = new int[ROWS_MAX];
  final int[] bandsBps = new int[ROWS_MAX];

  RiskRows() {
    Arrays.fill(kinds, RiskLimitKind.NONE);
    Arrays.fill(accountSlots, ANY_ACCOUNT);
  }

  void set(final int row, final SetRiskLimitsDecoder command, final int accountSlot) {
    clear(row);
    if (RiskLimitKind.NONE == command.kind()) {
      return;
    }
    kinds[row] = command.kind();
    limits[row] = command.limitValue();
    thresholdsUnits[row] = command.thresholdUnits();
    windowsNs[row] = command.windowNs();
    durationsNs[row] = command.durationNs();
    agesFromNs[row] = command.ageFromNs();
    agesBelowNs[row] = command.ageBelowNs();
    accountSlots[row] = accountSlot;
    instrumentIds[row] = command.instrumentId();
    groupIds[row] = command.groupId();
    regions[row] = command.region();
    assetIds[row] = command.assetId();
    templateIds[row] = command.commandTemplateId();
    bandsBps[row] = command.bandBps();
  }

  private void clear(final int row) {
    kinds[row] = RiskLimitKind.NONE;
    limits[row] = 0;
    thresholdsUnits[row] = 0;
    windowsNs[row] = 0;
    durationsNs[row] = 0;
    agesFromNs[row] = 0;
    agesBelowNs[row] = 0;
    accountSlots[row] = ANY_ACCOUNT;
    instrumentIds[row] = 0;
    groupIds[row] = 0;
    regions[row] = 0;
    assetIds[row] = 0;
    templateIds[row] = 0;
    bandsBps[row] = 0;
  }

  void copyFrom(final RiskRows other) {
    for (int row = 0; row < ROWS_MAX; row++) {
      copy(row, other);
    }
  }

  private void copy(final int row, final RiskRows other) {
    kinds[row] = other.kinds[row];
    limits[row] = other.limits[row];
    thresholdsUnits[row] = other.thresholdsUnits[row];
    windowsNs[row] = other.windowsNs[row];
    durationsNs[row] = other.durationsNs[row];
    agesFromNs[row] = other.agesFromNs[row];
    agesBelowNs[row] = other.agesBelowNs[row];
    accountSlots[row] = other.accountSlots[row];
    instrumentIds[row] = other.instrumentIds[row];
    groupIds[row] = other.groupIds[row];
    regions[row] = other.regions[row];
    assetIds[row] = other.assetIds[row];
    templateIds[row] = other.templateIds[row];
    bandsBps[row] = other.bandsBps[row];
  }

  /** Whether the row is the same in both. */
  boolean isSame(final int row, final RiskRows other) {
    return kinds[row] == other.kinds[row] && limits[row] == other.limits[row]
        && thresholdsUnits[row] == other.thresholdsUnits[row] && windowsNs[row] == other.windowsNs[row]
        && durationsNs[row] == other.durationsNs[row] && agesFromNs[row] == other.agesFromNs[row]
        && agesBelowNs[row] == other.agesBelowNs[row] && accountSlots[row] == other.accountSlots[row]
        && instrumentIds[row] == other.instrumentIds[row] && groupIds[row] == other.groupIds[row]
        && regions[row] == other.regions[row] && assetIds[row] == other.assetIds[row]
        && templateIds[row] == other.templateIds[row] && bandsBps[row] == other.bandsBps[row];
  }

  boolean isEmpty(final int row) {
    return RiskLimitKind.NONE == kinds[row];
  }

  int count() {
    int count = 0;
    for (int row = 0; row < ROWS_MAX; row++) {
      count += isEmpty(row) ? 0 : 1;
    }
    return count;
  }

  void save(final SnapshotSink sink) {
    sink.putInt(count());
    for (int row = 0; row < ROWS_MAX; row++) {
      if (!isEmpty(row)) {
        save(sink, row);
      }
    }
  }

  private void save(final SnapshotSink sink, final int row) {
    sink.putInt(row);
    // Beside the kind, so that a row without bands is saved as it always was.
    sink.putInt(kinds[row].value() | bandsBps[row] << KIND_BITS);
    sink.putLong(limits[row]);
    sink.putLong(thresholdsUnits[row]);
    sink.putLong(windowsNs[row]);
    sink.putLong(durationsNs[row]);
    sink.putLong(agesFromNs[row]);
    sink.putLong(agesBelowNs[row]);
    sink.putInt(accountSlots[row]);
    sink.putInt(instrumentIds[row]);
    sink.putInt(groupIds[row]);
    sink.putInt(regions[row]);
    sink.putInt(assetIds[row]);
    sink.putInt(templateIds[row]);
  }

  void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      final int row = source.getInt();
      final int word = source.getInt();
      kinds[row] = RiskLimitKind.get((short) (word & 0xFF));
      bandsBps[row] = word >>> KIND_BITS;
      limits[row] = source.getLong();
      thresholdsUnits[row] = source.getLong();
      windowsNs[row] = source.getLong();
      durationsNs[row] = source.getLong();
      agesFromNs[row] = source.getLong();
      agesBelowNs[row] = source.getLong();
      accountSlots[row] = source.getInt();
      instrumentIds[row] = source.getInt();
      groupIds[row] = source.getInt();
      regions[row] = source.getInt();
      assetIds[row] = source.getInt();
      templateIds[row] = source.getInt();
    }
  }
}
