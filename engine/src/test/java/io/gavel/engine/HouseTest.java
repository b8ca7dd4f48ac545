package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: the plan of the house holds. Method: read every source below {@code gavel.root}, with comments and literals
 * blanked out, and answer each breach with the file and what to write instead.
 */
class HouseTest {

  /** Floor of each room; the longest matching name counts, and imports point down. */
  private static final Map<String, Integer> FLOORS = Map.ofEntries(
      Map.entry("io.gavel.codecs", 0),
      Map.entry("io.gavel.risk", 1),
      Map.entry("io.gavel.engine.book", 2), Map.entry("io.gavel.engine.trigger", 2),
      Map.entry("io.gavel.engine.condition", 3),
      Map.entry("io.gavel.engine.timer", 2), Map.entry("io.gavel.engine.algo", 2),
      Map.entry("io.gavel.engine.route", 2),
      Map.entry("io.gavel.engine.core", 3),
      Map.entry("io.gavel.engine", 4),
      Map.entry("io.gavel.adapters", 5),
      Map.entry("io.gavel.benchmarks", 6));

  private static final Set<String> STILL_ROOMS = Set.of("io.gavel.codecs", "io.gavel.risk", "io.gavel.engine.book",
      "io.gavel.engine.trigger", "io.gavel.engine.condition", "io.gavel.engine.timer", "io.gavel.engine.algo",
      "io.gavel.engine.route", "io.gavel.engine.core");

  /**
   * Where a still room may calculate in binary floating point: option values and portfolio margin (F-40b), whose
   * published models do. They stay the same to the last bit everywhere by IEEE arithmetic in one fixed order and
   * StrictMath, and meet the integers in {@code MoneyEdge}.
   */
  private static final Pattern FLOATING =
      Pattern.compile("io/gavel/risk/(option/\\w+|margin/Portfolio(Margin|Market|Book)?)\\.java$");
  private static final String FLOAT_WORDS = "\\b(double|float|Double|Float)\\b|\\bBigDecimal\\b";

  /** What the strangers on the second floor may use below them: words, prices and money, never the ledger. */
  private static final Set<String> OPEN_TO_SIBLINGS =
      Set.of("io.gavel.codecs", "io.gavel.risk.price", "io.gavel.risk.money");

  /** Words that a deterministic room does without, each with what it says instead. */
  private static final Map<Pattern, String> BANNED = banned();

  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern HOUSE_NAME = Pattern.compile("\\bio\\.gavel(?:\\.[a-z]\\w*)+");
  private static final Pattern BLANKED =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
          Pattern.DOTALL);
  private static final Pattern VAGUE = Pattern.compile("common|util|impl|helper|manager", Pattern.CASE_INSENSITIVE);
  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])");
  private static final Pattern LATER = Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|XX" + "X)\\b");
  private static final Pattern TYPE = Pattern.compile("\\b(class|interface|enum|record)\\s+\\w+");

  /** Methods of more than this many lines are counted; the count may only fall. Checkstyle refuses any above 60. */
  private static final int METHOD_LINES = 40;
  private static final int LONG_METHODS_MAX = 3;

  private final List<Source> all = sources(Path.of(System.getProperty("gavel.root")));
  private final List<Source> main = all.stream().filter(Source::isMain).toList();

  /** One source file: its path below the root, its text, and its text without comments and literals. */
  private record Source(String path, String text, String code) {

    boolean isMain() {
      return path.contains("src/main/java/");
    }

    String name() {
      return path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
    }

    String packageName() {
      final Matcher matcher = PACKAGE.matcher(code);
      return matcher.find() ? matcher.group(1) : "";
    }

    /** Packages of the house that the code names, its own excepted. */
    Set<String> uses(final Set<String> packages) {
      final Set<String> used = new TreeSet<>();
      final Matcher matcher = HOUSE_NAME.matcher(code);
      while (matcher.find()) {
        String name = matcher.group();
        while (!packages.contains(name) && name.contains(".")) {
          name = name.substring(0, name.lastIndexOf('.'));
        }
        used.add(name);
      }
      used.retainAll(packages);
      used.remove(packageName());
      return used;
    }
  }

  @Test
  void shouldFindTheHouse() {
    final Set<String> packages = packagesOf(main);
    assertTrue(packages.containsAll(List.of("io.gavel.codecs", "io.gavel.engine", "io.gavel.engine.core")));
    assertTrue(main.size() > 50, "sources: " + main.size());
  }

  @Test
  void shouldImportOnlyFromFloorsBelow() {
    assertHolds(floorBreaches(main));
  }

  @Test
  void shouldHaveNoCycleOfPackages() {
    assertHolds(cycles(main));
  }

  @Test
  void shouldSayItTheStillWayInDeterministicRooms() {
    assertHolds(bannedWords(main));
  }

  @Test
  void shouldReadMoneyTextInOnePlace() {
    final Pattern elsewhere = Pattern.compile("\\bnew BigDecimal\\(|\\b(Double|Float)\\.(parse\\w+|valueOf)\\(");
    assertHolds(main.stream().filter(source -> elsewhere.matcher(source.code).find())
        .map(source -> source.path + ": parse decimal text with DecimalText or DecimalStep").toList());
  }

  @Test
  void shouldIntroduceEveryPackage() {
    final Map<String, Source> introductions = main.stream().filter(source -> "package-info".equals(source.name()))
        .collect(Collectors.toMap(Source::packageName, source -> source));
    final List<String> breaches = new ArrayList<>();
    for (final String name : packagesOf(main)) {
      final Source introduction = introductions.get(name);
      if (null == introduction) {
        breaches.add(name + ": has no package-info");
      } else if (!introduction.code.contains("@NullMarked") || !introduction.text.startsWith("/**")) {
        breaches.add(introduction.path + ": needs a sentence of purpose and @NullMarked");
      } else if (isStill(name) && !introduction.text.contains("Deterministic.")) {
        breaches.add(introduction.path + ": a still room says \"Deterministic. Allocates nothing after start.\"");
      }
    }
    assertHolds(breaches);
  }

  @Test
  void shouldNameThingsByWhatTheyAre() {
    final List<String> breaches = new ArrayList<>();
    for (final Source source : all) {
      final String named = source.path.substring(source.path.indexOf("/java/") + 1).replace(".java", "");
      final Matcher words = WORD.matcher(named);
      while (words.find()) {
        if (VAGUE.matcher(words.group()).matches() || "utils".equalsIgnoreCase(words.group())) {
          breaches.add(source.path + ": \"" + words.group() + "\" names nothing; say what it owns");
        }
      }
    }
    assertHolds(breaches);
  }

  @Test
  void shouldLeaveNothingForLater() {
    assertHolds(all.stream().filter(source -> LATER.matcher(source.text).find())
        .map(source -> source.path + ": do it now, or write down why it is not done").toList());
  }

  @Test
  void shouldKeepMethodsToAScreen() {
    final List<String> longMethods = main.stream().flatMap(source -> longMethods(source).stream()).toList();
    assertTrue(longMethods.size() <= LONG_METHODS_MAX, () -> longMethods.size() + " methods above " + METHOD_LINES
        + " lines, " + LONG_METHODS_MAX + " allowed; split one:\n" + String.join("\n", longMethods));
  }

  /** The rules above are worth nothing if they find nothing: each is shown a breach. */
  @Test
  void shouldNoticeABreachOfEachRule() {
    final Source book = source("engine.book", "import io.gavel.risk.RiskEngine; import io.gavel.engine.core.Outbox;"
        + " class B { long t = System.nanoTime(); String s = \"double\"; /* Random */ }");
    final Source timer = source("engine.timer", "import io.gavel.engine.book.B; class T { double d; }");
    final Source core = source("engine.core", "class Outbox { io.gavel.engine.book.B b; void m() {"
        + "\n".repeat(METHOD_LINES) + "} }");
    final Source risk = source("risk", "class RiskEngine { java.util.HashMap<String, String> m; }");
    final Source tape = source("adapters.tape", "class Tape { io.gavel.adapters.chain.Chain c; }");
    final Source chain = source("adapters.chain", "class Chain { }");
    final List<Source> house = List.of(book, timer, core, risk, tape, chain);

    assertEquals(4, floorBreaches(house).size(), () -> floorBreaches(house).toString());
    assertEquals(1, cycles(house).size(), () -> cycles(house).toString());
    assertEquals(3, bannedWords(house).size(), () -> bannedWords(house).toString());
    assertEquals(1, longMethods(core).size());
    assertFalse(LATER.matcher("/* mastodon */").find());
  }

  private static List<String> floorBreaches(final List<Source> sources) {
    final Set<String> packages = packagesOf(sources);
    final List<String> breaches = new ArrayList<>();
    for (final Source source : sources) {
      final String from = source.packageName();
      for (final String to : source.uses(packages)) {
        if (floor(to) > floor(from)) {
          breaches.add(source.path + ": " + to + " lies above; return a value or hand in a port");
        } else if (2 == floor(from) && !room(from).equals(room(to)) && !isOpenToSiblings(to)) {
          breaches.add(source.path + ": " + to + " is a stranger; only engine.core knows both");
        } else if (5 == floor(from) && 5 == floor(to) && !room(from).equals(room(to))
            && !"io.gavel.adapters.cli".equals(room(from))) {
          breaches.add(source.path + ": " + to + " is another adapter; only cli may know the others");
        }
      }
    }
    return breaches;
  }

  private static List<String> cycles(final List<Source> sources) {
    final Set<String> packages = packagesOf(sources);
    final Map<String, Set<String>> uses = new TreeMap<>();
    sources.forEach(source -> uses.computeIfAbsent(source.packageName(), name -> new TreeSet<>())
        .addAll(source.uses(packages)));
    boolean shrinks = true;
    while (shrinks) {
      shrinks = uses.values().removeIf(Set::isEmpty);
      uses.values().forEach(used -> used.retainAll(uses.keySet()));
    }
    return uses.isEmpty() ? List.of() : List.of("packages in or above a cycle, with what they use of it: " + uses);
  }

  private static List<String> bannedWords(final List<Source> sources) {
    final List<String> breaches = new ArrayList<>();
    for (final Source source : sources) {
      if (isStill(source.packageName())) {
        BANNED.forEach((word, instead) -> {
          final Matcher matcher = word.matcher(source.code);
          final boolean mayFloat = FLOAT_WORDS.equals(word.pattern()) && FLOATING.matcher(source.path).find();
          if (!mayFloat && matcher.find()) {
            breaches.add(source.path + ": " + matcher.group().strip() + " -> " + instead);
          }
        });
      }
    }
    return breaches;
  }

  /** Methods above {@link #METHOD_LINES}: a block is one if it stands in a type and has a parameter list before it. */
  private static List<String> longMethods(final Source source) {
    final List<String> found = new ArrayList<>();
    final List<Boolean> types = new ArrayList<>();
    final List<Integer> starts = new ArrayList<>();
    int headerFrom = 0;
    for (int i = 0; i < source.code.length(); i++) {
      final char c = source.code.charAt(i);
      if ('{' == c) {
        final String header = source.code.substring(headerFrom, i);
        final boolean inType = !types.isEmpty() && types.get(types.size() - 1);
        final boolean method = inType && header.contains(")") && !header.contains("=") && !TYPE.matcher(header).find();
        types.add(TYPE.matcher(header).find());
        starts.add(method ? headerFrom + header.length() - header.stripLeading().length() : -1);
      } else if ('}' == c) {
        types.remove(types.size() - 1);
        final int start = starts.remove(starts.size() - 1);
        final long lines = start < 0 ? 0 : source.code.substring(start, i + 1).lines().count();
        if (lines > METHOD_LINES) {
          final long line = source.code.substring(0, start).lines().count() + 1;
          found.add(source.path + ":" + line + ": " + lines + " lines");
        }
      }
      headerFrom = '{' == c || '}' == c || ';' == c ? i + 1 : headerFrom;
    }
    return found;
  }

  private static int floor(final String packageName) {
    String name = packageName;
    while (!FLOORS.containsKey(name)) {
      name = name.substring(0, name.lastIndexOf('.'));
    }
    return FLOORS.get(name);
  }

  /** The first four parts of a name: io.gavel.engine.book, io.gavel.adapters.cli. */
  private static String room(final String packageName) {
    final Matcher matcher = Pattern.compile("io\\.gavel(\\.\\w+){1,2}").matcher(packageName);
    return matcher.find() ? matcher.group() : packageName;
  }

  private static boolean isStill(final String packageName) {
    return STILL_ROOMS.stream().anyMatch(room -> packageName.equals(room) || packageName.startsWith(room + '.'));
  }

  private static boolean isOpenToSiblings(final String packageName) {
    return OPEN_TO_SIBLINGS.stream().anyMatch(
        room -> packageName.equals(room) || packageName.startsWith(room + '.'));
  }

  private static Set<String> packagesOf(final List<Source> sources) {
    return sources.stream().map(Source::packageName).collect(Collectors.toCollection(TreeSet::new));
  }

  private static Source source(final String room, final String code) {
    final String text = "package io.gavel." + room + ";\n" + code;
    return new Source(room.replace('.', '/') + "/src/main/java/X.java", text, blank(text));
  }

  private static List<Source> sources(final Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !root.relativize(path).toString().contains("target/"))
          .sorted().map(path -> read(root, path)).toList();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(final Path root, final Path path) {
    try {
      final String text = Files.readString(path);
      return new Source(root.relativize(path).toString(), text, blank(text));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text with comments and literals as blanks; lines stay lines. */
  private static String blank(final String text) {
    return BLANKED.matcher(text).replaceAll(match -> match.group().replaceAll("[^\\n]", " "));
  }

  private static void assertHolds(final List<String> breaches) {
    assertTrue(breaches.isEmpty(), () -> "the house does not hold:\n" + String.join("\n", breaches));
  }

  private static Map<Pattern, String> banned() {
    final Map<String, String> words = new LinkedHashMap<>();
    words.put("\\bSystem\\.(nanoTime|currentTimeMillis)", "the frame's engineTimeNs");
    words.put("\\b(Instant|LocalDate|LocalDateTime|Clock)\\.(now|system\\w*)|\\bjava\\.time\\b", "long timeNs");
    words.put("\\bThread\\b|\\bsynchronized\\b|\\bvolatile\\b|\\bjava\\.util\\.concurrent\\b", "the one thread");
    words.put("\\b(Secure|ThreadLocal|Splittable)?Random\\b|\\bMath\\.random\\b|\\bUUID\\b", "a field of the frame");
    words.put(FLOAT_WORDS, "scaled long and FixedPoint");
    words.put("\\b(Concurrent|Identity|Weak)?Hash(Map|Set)\\b", "an ordered container, or Agrona");
    words.put("\\bidentityHashCode\\b", "an id");
    words.put("\\bString\\.format\\b|\\.formatted\\(|\\bLocale\\b", "StringBuilder and DecimalText");
    words.put("\\bjava\\.io\\b|\\bjava\\.nio\\.file\\b", "SnapshotSink and SnapshotSource");
    words.put("\\bSystem\\.(out|err|getenv|getProperty|exit)\\b", "a returned value");
    words.put("\\bjava\\.lang\\.System\\.Logger\\b|\\borg\\.slf4j\\b|\\bLogger\\b", "an event");
    final Map<Pattern, String> patterns = new LinkedHashMap<>();
    words.forEach((word, instead) -> patterns.put(Pattern.compile(word), instead));
    return patterns;
  }
}
