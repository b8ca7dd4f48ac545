package io.gavel.adapters.cli;

import io.gavel.engine.replay.RunDiff;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text file beside a what-if's journal: of which run it is, what was changed, and, of an open market, which frames
 * were put in and whose events may be compared. Its being there also says that the next what-if may replace the run.
 */
final class WhatIfNote {

  private static final String FILE = "WHATIF";

  private WhatIfNote() {
  }

  static void write(final Path dir, final Path of, final List<String> changes, final RunDiff.Alignment alignment) {
    final String inserted = alignment.inserted().stream().map(String::valueOf).collect(Collectors.joining(","));
    final String text = "of " + of + "\nset " + String.join(" ", changes) + "\naccount " + alignment.onlyAccount()
        + "\ninserted " + inserted + "\n";
    try {
      Files.writeString(dir.resolve(FILE), text, StandardCharsets.UTF_8);
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot write " + dir.resolve(FILE), e);
    }
  }

  static boolean exists(final Path dir) {
    return Files.exists(dir.resolve(FILE));
  }

  /** How to lay the run of {@code dir} beside the one it was made of; {@code NONE} when it is no what-if. */
  static RunDiff.Alignment read(final Path dir) {
    if (!exists(dir)) {
      return RunDiff.Alignment.NONE;
    }
    try {
      final List<String> lines = Files.readAllLines(dir.resolve(FILE), StandardCharsets.UTF_8);
      final String account = value(lines, "account ");
      final String inserted = value(lines, "inserted ");
      if (null == account || null == inserted || !account.matches("[0-9]{1,18}")
          || !inserted.matches("(?:[0-9]{1,18}(?:,[0-9]{1,18})*)?")) {
        throw new UncheckedIOException(new IOException("not the note of a what-if: " + dir.resolve(FILE)));
      }
      return new RunDiff.Alignment(inserted.isEmpty() ? List.of()
          : Arrays.stream(inserted.split(",", -1)).map(Long::valueOf).toList(), Long.parseLong(account));
    } catch (final IOException e) {
      throw new UncheckedIOException("cannot read " + dir.resolve(FILE), e);
    }
  }

  private static @Nullable String value(final List<String> lines, final String name) {
    return lines.stream().filter(line -> line.startsWith(name)).map(line -> line.substring(name.length()))
        .findFirst().orElse(null);
  }
}
