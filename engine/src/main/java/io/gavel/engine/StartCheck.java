package io.gavel.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Says what the process lacks before anything fails deep inside, with the exact flag. */
final class StartCheck {

  private StartCheck() {
  }

  static void check(final boolean journalOnDisk) {
    final List<String> missing = new ArrayList<>();
    requireOpen(missing, "jdk.internal.misc");
    if (journalOnDisk) {
      requireOpen(missing, "sun.nio.ch");
      requireOpen(missing, "java.lang.reflect");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("start the process with " + String.join(" ", missing));
    }
    if (!DirectBuffer.SHOULD_BOUNDS_CHECK) {
      throw new IllegalStateException(
          "bounds checks are off: start the process without -D" + DirectBuffer.DISABLE_BOUNDS_CHECKS_PROP_NAME);
    }
  }

  private static void requireOpen(final List<String> missing, final String packageName) {
    if (!Object.class.getModule().isOpen(packageName, StartCheck.class.getModule())) {
      missing.add("--add-opens=java.base/" + packageName + "=ALL-UNNAMED");
    }
  }
}
