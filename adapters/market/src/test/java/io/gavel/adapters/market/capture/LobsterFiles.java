package io.gavel.adapters.market.capture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A day of {@link VenueModel} in the two files of LOBSTER: only what changes the levels shown is written. */
final class LobsterFiles {

  final List<String> messages = new ArrayList<>();
  final List<String> rows = new ArrayList<>();
  private final int depth;

  LobsterFiles(final int depth) {
    this.depth = depth;
  }

  /** Traffic of which the first part is from before the first row. */
  static LobsterFiles random(final Random random, final int depth, final int before, final int steps) {
    final VenueModel venue = new VenueModel(random, false);
    final LobsterFiles files = new LobsterFiles(depth);
    for (int i = 0; i < before + steps; i++) {
      for (final VenueModel.Change change : venue.step()) {
        if (i >= before) {
          files.add(change);
        }
      }
      if (i >= before && 0 == random.nextInt(20)) {
        files.messages.add("34200.1," + (random.nextBoolean() ? "5,0,10,10000,1" : "7,0,0,-1,-1"));
        files.rows.add(files.row(venue.levels()));
      }
    }
    return files;
  }

  /** Writes both files; the path of the messages. */
  Path write(final CaptureText text) {
    text.write("X_2012-06-21_orderbook_" + depth + ".csv", rows.toArray(String[]::new));
    return text.write("X_2012-06-21_message_" + depth + ".csv", messages.toArray(String[]::new));
  }

  CaptureReport check(final CaptureText text) {
    return CaptureCheck.run(write(text), CaptureFormat.LOBSTER);
  }

  private void add(final VenueModel.Change change) {
    if (row(change.before()).equals(row(change.after()))) {
      return;
    }
    final int type = switch (change.kind()) {
      case ADD -> 1;
      case EXECUTE -> 4;
      default -> change.gone() ? 3 : 2;
    };
    messages.add("34200.000000001," + type + ',' + change.id() + ',' + change.size() + ',' + change.price() + ','
        + (change.isBuy() ? 1 : -1));
    rows.add(row(change.after()));
  }

  private String row(final VenueModel.Levels levels) {
    final List<String> row = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      row.add(i < levels.asks().size() ? levels.asks().get(i)[0] + "," + levels.asks().get(i)[1] : "9999999999,0");
      row.add(i < levels.bids().size() ? levels.bids().get(i)[0] + "," + levels.bids().get(i)[1] : "-9999999999,0");
    }
    return String.join(",", row);
  }
}
