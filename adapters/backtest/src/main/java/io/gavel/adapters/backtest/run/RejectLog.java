package io.gavel.adapters.backtest.run;

import io.gavel.adapters.backtest.result.RejectRow;
import io.gavel.codecs.sbe.ReasonCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Refusals, equal ones counted together. */
final class RejectLog {

  private final Map<Key, RejectRow> rows = new LinkedHashMap<>();

  private record Key(String command, ReasonCode code) {
  }

  void add(final long timeNs, final long sequence, final String command, final String subject, final ReasonCode code) {
    rows.merge(new Key(command, code), new RejectRow(timeNs, sequence, command, subject, code, 1),
        (first, next) -> new RejectRow(first.timeNs(), first.sequence(), command, first.subject(), code,
            first.count() + 1));
  }

  List<RejectRow> rows() {
    return new ArrayList<>(rows.values());
  }
}
