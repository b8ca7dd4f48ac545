package io.gavel.engine.book;

import java.nio.file.Path;

/** Where data lies that is not part of the project: GAVEL_DATA, or shared/data somewhere above it. */
final class SampleData {

  static final String ABSENT = "no sample data: neither GAVEL_DATA nor shared/data above the project";

  private SampleData() {
  }

  /** A folder that may not be there. */
  static Path folder(final String within) {
    final String named = System.getProperty("GAVEL_DATA", System.getenv("GAVEL_DATA"));
    if (null != named) {
      return Path.of(named, within);
    }
    Path above = Path.of(System.getProperty("gavel.root", "")).toAbsolutePath();
    while (null != above.getParent()) {
      above = above.getParent();
      if (above.resolve("shared/data").toFile().isDirectory()) {
        break;
      }
    }
    return above.resolve("shared/data").resolve(within);
  }
}
