package io.gavel.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Says what the process lacks before anything fails deep inside, with the exact flag. */
final class StartCheck {

  private StartCheck() {
  }

  static void check(final boolean journalOnDisk, final boolean withoutBoundsChecks) {
    final List<String> missing = new ArrayList<>();
    requireOpen(missing, "jdk.internal.misc");
    if (journalOnDisk) {
      requireOpen(missing, "sun.nio.ch");
      requireOpen(missing, "java.lang.reflect");
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException("start the process with " + String.join(" ", missing));
    }
    if (!DirectBuffer.SHOULD_BOUNDS_CHECK && !withoutBoundsChecks) {
      throw new IllegalStateException(
          "bounds checks are off: start the process without -D" + DirectBuffer.DISABLE_BOUNDS_CHECKS_PROP_NAME
              + ", or say GavelContext.withoutBoundsChecks(true) and know why");
    }
  }

  /** Signatures for the engine that wrote the journal would be refused under another id, and others' accepted. */
  static void checkEngineId(final long journalled, final long said) {
    if (0 != journalled && journalled != said) {
      throw new IllegalStateException("the journal is that of engineId " + journalled
          + ", the context says " + said + ": launch with GavelContext.engineId(" + journalled + ")");
    }
  }

  private static void requireOpen(final List<String> missing, final String packageName) {
    if (!Object.class.getModule().isOpen(packageName, StartCheck.class.getModule())) {
      missing.add("--add-opens=java.base/" + packageName + "=ALL-UNNAMED");
    }
  }
}
