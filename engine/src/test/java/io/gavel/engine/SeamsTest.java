package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.Invariants;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.journal.Journal;
import io.gavel.engine.snapshot.SnapshotStore;
import io.gavel.risk.RiskEngine;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: the core has no way out but its seams. Method: the compiled classes of the still rooms may name what is on a
 * short list and nothing else; so no file, socket, clock, thread, randomness, locale or charset can be reached, not by
 * any spelling. Seams, and what stands behind them in a simulation: {@link Journal}; the clock, an
 * {@code EpochNanoClock}; {@link SnapshotStore}; egress, an {@code EventSink}; {@link AdapterPort}. Entropy has none:
 * nothing in the house draws anything, and keys and ids come in commands.
 */
class SeamsTest {

  private static final Pattern STILL = Pattern.compile(
      "io/gavel/codecs/(?!sbe/).*|io/gavel/risk/.*|io/gavel/engine/(book|trigger|timer|algo|condition|route|core)/.*");

  /** Classes of the platform and of libraries that a still room may name. */
  private static final Pattern ALLOWED = Pattern.compile(
      "io/gavel/(codecs|risk|engine/(book|trigger|timer|algo|condition|route|core))/.*"
      + "|java/lang/(Object|String|StringBuilder|CharSequence|Comparable|Enum|Record|Math|StrictMath|Integer|Long|Short"
      + "|Byte|Boolean|Character|Number|Iterable|Override|Void|Deprecated|SafeVarargs|FunctionalInterface|System"
      + "|AutoCloseable|Cloneable|ArithmeticException|IllegalArgumentException|IllegalStateException"
      + "|IndexOutOfBoundsException|ArrayIndexOutOfBoundsException|RuntimeException|Exception|Throwable|Error"
      + "|NoSuchFieldError|MatchException|AssertionError|Class|UnsupportedOperationException"
      + "|IncompatibleClassChangeError|NullPointerException|NumberFormatException)"
      + "|java/lang/(annotation|invoke|runtime)/.*"
      + "|java/util/(Arrays|List|ArrayList|Collection|Collections|Map|Iterator|Objects|Comparator|EnumMap|EnumSet|Set"
      + "|TreeMap|TreeSet|SortedMap|NavigableMap|function/.*|stream/.*|NoSuchElementException|Optional.*"
      + "|MissingResourceException)"
      + "|java/util/zip/(CRC32C|Checksum)"
      + "|java/nio/(ByteBuffer|ByteOrder|Buffer)|java/nio/charset/(StandardCharsets|Charset)"
      + "|java/math/BigInteger|java/io/Serializable|org/agrona/.*|org/jspecify/.*|org/eclipse/collections/.*");

  /** Where option values are worked out in binary floating point, by StrictMath in a fixed order. */
  private static final Pattern FLOATING = Pattern.compile("io/gavel/risk/option/.*");

  /** Of classes that do more than a still room may, the methods it may call. */
  private static final Map<String, Set<String>> METHODS = Map.of("java/lang/System", Set.of("arraycopy"));

  /** Agrona has clocks and files too. */
  private static final Pattern NOT_OF_AGRONA = Pattern.compile(
      "org/agrona/(IoUtil|MarkFile|SystemUtil|LangUtil|concurrent/(?!UnsafeBuffer).*|.*Clock.*)");

  /** Reads one text file of the jar at start: words for people, which decide nothing. */
  private static final Set<String> AT_THE_EDGE = Set.of("io/gavel/codecs/ReasonTexts");

  /** What a class file names: other classes, and methods of theirs. */
  private record Named(Set<String> classes, Set<String> methods) { }

  @Test
  void shouldReachNothingButItsSeams() throws IOException, URISyntaxException {
    final List<String> breaches = new ArrayList<>();
    int read = 0;
    for (final Class<?> room : List.of(Invariants.class, RiskEngine.class, StateMachine.class)) {
      final Path root = Path.of(room.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (final Map.Entry<String, byte[]> file : classes(root).entrySet()) {
        final String outer = file.getKey().split("[$]", 2)[0];
        if (STILL.matcher(file.getKey()).matches() && !AT_THE_EDGE.contains(outer)) {
          breaches.addAll(breaches(file.getKey(), file.getValue()));
          read++;
        }
      }
    }
    assertTrue(read > 100, "only " + read + " classes were read");
    assertTrue(breaches.isEmpty(), () -> "ways out of the core:\n" + String.join("\n", breaches));
  }

  /** The rule is worth nothing if it finds nothing: this test's own class is full of ways out. */
  @Test
  void shouldNoticeAWayOut() throws IOException {
    try (var in = SeamsTest.class.getResourceAsStream("SeamsTest.class")) {
      final List<String> breaches = breaches("io/gavel/engine/SeamsTest", in.readAllBytes());
      for (final String way : List.of("java/nio/file/Files", "java/net/URISyntaxException", "java/io/IOException")) {
        assertTrue(breaches.stream().anyMatch(breach -> breach.contains(way)), way + " was not noticed: " + breaches);
      }
    }
    try (var in = TestClock.class.getResourceAsStream("TestClock.class")) {
      assertTrue(breaches("TestClock", in.readAllBytes()).stream().anyMatch(b -> b.contains("concurrent/atomic")));
    }
  }

  @Test
  void shouldKnowItsSeams() {
    assertEquals(Journal.class, journalSeam());
    assertTrue(AdapterPort.class.isInterface() && SnapshotStore.class.isInterface() && Journal.class.isInterface());
  }

  private static Class<?> journalSeam() {
    try {
      return GavelContext.class.getMethod("journal").getReturnType();
    } catch (final NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> breaches(final String name, final byte[] bytes) throws IOException {
    final Named named = read(bytes);
    final List<String> breaches = new ArrayList<>();
    for (final String used : named.classes) {
      final String type = used.replaceAll("^\\[+L?", "").replace(";", "");
      final boolean allowed = (ALLOWED.matcher(type).matches() && !NOT_OF_AGRONA.matcher(type).matches())
          || ("java/lang/Double".equals(type) && FLOATING.matcher(name).matches());
      if (type.length() > 1 && !allowed) {
        breaches.add(name + " names " + type);
      }
    }
    for (final String method : named.methods) {
      final String[] parts = method.split("#", 2);
      final Set<String> allowed = METHODS.get(parts[0]);
      if (null != allowed && !allowed.contains(parts[1])) {
        breaches.add(name + " calls " + method);
      }
    }
    return breaches;
  }

  private static Map<String, byte[]> classes(final Path root) throws IOException {
    final Map<String, byte[]> classes = new TreeMap<>();
    if (Files.isDirectory(root)) {
      try (Stream<Path> paths = Files.walk(root)) {
        for (final Path path : paths.filter(p -> p.toString().endsWith(".class")).toList()) {
          classes.put(root.relativize(path).toString().replace(".class", ""), Files.readAllBytes(path));
        }
      }
    } else {
      try (var jar = new java.util.jar.JarFile(root.toFile())) {
        for (final var entry : jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
          try (var in = jar.getInputStream(entry)) {
            classes.put(entry.getName().replace(".class", ""), in.readAllBytes());
          }
        }
      }
    }
    return classes;
  }

  /** Walks the constant pool: every class and method that code can reach is named there. */
  private static Named read(final byte[] bytes) throws IOException {
    final DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    in.readInt();
    in.readInt();
    final int count = in.readUnsignedShort();
    final String[] texts = new String[count];
    final int[] first = new int[count];
    final int[] second = new int[count];
    final int[] tags = new int[count];
    for (int i = 1; i < count; i++) {
      tags[i] = in.readUnsignedByte();
      switch (tags[i]) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4 -> in.readInt();
        case 5, 6 -> {
          in.readLong();
          i++;
        }
        case 7, 8, 16, 19, 20 -> first[i] = in.readUnsignedShort();
        case 15 -> {
          in.readUnsignedByte();
          in.readUnsignedShort();
        }
        default -> {
          first[i] = in.readUnsignedShort();
          second[i] = in.readUnsignedShort();
        }
      }
    }
    final Set<String> classes = new TreeSet<>();
    final Set<String> methods = new TreeSet<>();
    for (int i = 1; i < count; i++) {
      if (7 == tags[i]) {
        classes.add(texts[first[i]]);
      } else if (10 == tags[i] || 11 == tags[i]) {
        methods.add(texts[first[first[i]]] + "#" + texts[first[second[i]]]);
      }
    }
    return new Named(classes, methods);
  }
}
