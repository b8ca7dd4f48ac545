package io.gavel.adapters.cli;

import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Knows the flags the engine needs, by asking the virtual machine for their effect rather than for their text. */
final class JvmFlags {

  private static final List<String> OPENED = List.of("jdk.internal.misc", "sun.nio.ch", "java.lang.reflect");
  private static final String EXPORTED = "jdk.internal.ref";
  private static final String UNSAFE_ACCESS = "--sun-misc-unsafe-memory-access=allow";
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";
  private static final int JDK_WITH_UNSAFE_WARNING = 24;
  private static final int JDK_WITH_NATIVE_WARNING = 24;

  private JvmFlags() {
  }

  /** The exact flags this process was started without; empty when all is well. */
  static List<String> missing() {
    final List<String> missing = new ArrayList<>();
    final Module base = Object.class.getModule();
    final Module ours = JvmFlags.class.getModule();
    for (final String name : OPENED) {
      if (!base.isOpen(name, ours)) {
        missing.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
      }
    }
    if (!base.isExported(EXPORTED, ours)) {
      missing.add("--add-exports=java.base/" + EXPORTED + "=ALL-UNNAMED");
    }
    final List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    final int feature = Runtime.version().feature();
    if (feature >= JDK_WITH_UNSAFE_WARNING && !arguments.contains(UNSAFE_ACCESS)) {
      missing.add(UNSAFE_ACCESS);
    }
    if (feature >= JDK_WITH_NATIVE_WARNING && arguments.stream().noneMatch(a -> a.startsWith("--enable-native-acc"))) {
      missing.add(NATIVE_ACCESS);
    }
    if (!Boolean.getBoolean("chronicle.analytics.disable")) {
      missing.add("-Dchronicle.analytics.disable=true");
    }
    if (!StandardCharsets.UTF_8.equals(Charset.defaultCharset())) {
      missing.add("-Dfile.encoding=UTF-8");
    }
    return missing;
  }
}
