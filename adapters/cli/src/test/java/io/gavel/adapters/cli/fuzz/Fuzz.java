package io.gavel.adapters.cli.fuzz;

import java.util.Locale;

/** Where Jazzer enters: the target is named by the system property {@code gavel.fuzz}. */
public final class Fuzz {

  private static final FuzzTarget TARGET =
      FuzzTarget.valueOf(System.getProperty("gavel.fuzz", "commands").toUpperCase(Locale.ROOT));

  private Fuzz() {
  }

  public static void fuzzerTestOneInput(final byte[] data) {
    TARGET.take(data);
  }
}
