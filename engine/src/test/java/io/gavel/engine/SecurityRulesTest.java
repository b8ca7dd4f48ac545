package io.gavel.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: what has opened doors elsewhere is not in the library, and secrets are handled by rule. Method: read the main
 * sources of every module that is published, with comments and literals blanked out; each breach names the way to say
 * it instead. Who may do a thing all the same is listed with the file.
 */
class SecurityRulesTest {

  private static final Pattern BLANKED =
      Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'",
          Pattern.DOTALL);
  private static final Map<Pattern, String> BANNED = banned();

  /** Who may, and what: each with a reason that a reader can check in the file. */
  private static final Map<String, Set<String>> ALLOWED = Map.of(
      // Opens a finished report in the browser of the person who asked for it; the argument is a path of ours.
      "RunVerb", Set.of("ProcessBuilder"),
      // Length of a resource in our own jar, for a progress bar.
      "TapeInput", Set.of("openConnection("),
      // The program, not the library: its environment and its exit code.
      "Main", Set.of("System.getenv", "System.exit"),
      "MachineCheck", Set.of("System.getenv"));

  private record Source(String name, String text, String code) {
  }

  @Test
  void shouldNotHaveWhatOpensDoors() {
    assertEquals(List.of(), breaches(sources()));
  }

  @Test
  void shouldHandleSecretsByRule() {
    final List<Source> all = sources();
    assertTrue(all.stream().anyMatch(source -> source.text.contains("@Secret\npublic final class")), "nothing to hold");
    assertEquals(List.of(), all.stream().flatMap(source -> secretBreaches(source).stream()).toList());
  }

  /** Rules that find nothing are worth nothing: each is shown a breach. */
  @Test
  void shouldNoticeABreachOfEachRule() {
    for (final String code : List.of("new ObjectInputStream(in)", "sun.misc.Unsafe u;", "Runtime.getRuntime().exec(s)",
        "new ProcessBuilder(s)", "System.loadLibrary(s)", "field.setAccessible(true)", "Class.forName(s)",
        "new URL(s)", "url.openConnection()", "new Socket(h, 1)", "HttpClient.newHttpClient()",
        "MessageDigest.getInstance(MD5); // \"MD5\"", "DocumentBuilderFactory.newInstance()", "new InitialContext()",
        "System.getenv()", "class X implements Serializable {", "System.exit(1)", "new ScriptEngineManager()",
        "mapper.activateDefaultTyping(v)", "new Random(7)")) {
      assertEquals(1, breaches(List.of(source(code))).size(), code);
    }
    for (final String code : List.of("class A { private final PrivateKey key; }", "record A(PrivateKey key) { }",
        "if (token.equals(other)) { }", "Arrays.equals(hmac, other);", "@Secret public final class A { }",
        "private final char[] password;", "String said = String.valueOf(secret);")) {
      assertEquals(1, secretBreaches(source(code)).size(), code);
    }
    assertEquals(List.of(), secretBreaches(source("@Secret public final class A { @Secret private final PrivateKey k;"
        + " public String toString() { return \"A\"; } }")));
  }

  private static List<String> breaches(final List<Source> sources) {
    final List<String> breaches = new ArrayList<>();
    for (final Source source : sources) {
      BANNED.forEach((word, instead) -> {
        final Matcher matcher = word.matcher(source.code);
        if (matcher.find() && !ALLOWED.getOrDefault(source.name, Set.of()).contains(matcher.group().strip())) {
          breaches.add(source.name + ": " + matcher.group().strip() + " -> " + instead);
        }
      });
    }
    return breaches;
  }

  private static List<String> secretBreaches(final Source source) {
    final List<String> breaches = new ArrayList<>();
    find(source, "(?<!@Secret )(?<!@Secret\\n {2})private final (PrivateKey|SecretKey|char\\[\\]) \\w+;",
        "annotate it @Secret", breaches);
    find(source, "record \\w+\\([^)]*(PrivateKey|SecretKey|char\\[\\])", "a record prints what it holds: write a class",
        breaches);
    find(source, "(?i)\\b\\w*(token|password|secret|hmac|mac|apikey)\\.equals\\(|"
        + "Arrays\\.equals\\([^)]*(token|password|secret|hmac|mac|apikey)", "MessageDigest.isEqual", breaches);
    find(source, "(?i)(String\\.valueOf|Arrays\\.toString)\\(\\w*(token|password|secret|privatekey)\\b",
        "a secret never becomes text", breaches);
    if (source.code.contains("@Secret") && Pattern.compile("@Secret\\s+(public )?final class").matcher(source.code)
        .find() && !source.code.contains("public String toString()")) {
      breaches.add(source.name + ": a @Secret type says in toString that it says nothing");
    }
    return breaches;
  }

  private static void find(
      final Source source, final String pattern, final String instead, final List<String> breaches) {
    final Matcher matcher = Pattern.compile(pattern).matcher(source.code);
    if (matcher.find()) {
      breaches.add(source.name + ": " + matcher.group() + " -> " + instead);
    }
  }

  private static Map<Pattern, String> banned() {
    final Map<Pattern, String> banned = new LinkedHashMap<>();
    ban(banned, "\\bObject(In|Out)putStream\\b|\\bimplements [\\w, ]*Serializable\\b", "SBE; no Java serialisation");
    ban(banned, "\\bsun\\.misc\\b|\\bjdk\\.internal\\.misc\\.Unsafe\\b", "Agrona's buffers, which check bounds");
    ban(banned, "Runtime\\.getRuntime\\(\\)\\.exec\\(|\\bProcessBuilder\\b", "nothing: a library starts no process");
    ban(banned, "System\\.load(Library)?\\(", "nothing: no native code of ours");
    ban(banned, "\\.setAccessible\\(|\\bClass\\.forName\\(", "a constructor; no reflection on data");
    ban(banned, "\\bnew (URL|Socket|ServerSocket|DatagramSocket)\\(|\\bHttpClient\\.|\\bopenConnection\\(",
        "a port of the host's: the library makes no connection");
    ban(banned, "getInstance\\(\\s*MD5|\\bMD5\\b|\\bSHA1\\b", "SHA-256");
    ban(banned, "\\b(DocumentBuilder|SAXParser|XMLInput)Factory\\b", "a hardened parser of the payments adapter");
    ban(banned, "\\bInitialContext\\b|\\bScriptEngineManager\\b", "nothing: no look-ups, no scripts");
    ban(banned, "\\b(activate|enable)DefaultTyping\\(", "trees, or types that are named in the code");
    ban(banned, "\\bSystem\\.getenv\\b", "a setting of the context: the host hands in what it wants known");
    ban(banned, "\\bSystem\\.exit\\b|Runtime\\.getRuntime\\(\\)\\.halt\\(", "an exception: the host lives");
    ban(banned, "\\bnew Random\\(", "SplittableRandom with a seed on record, SecureRandom for keys");
    return banned;
  }

  private static void ban(final Map<Pattern, String> banned, final String pattern, final String instead) {
    banned.put(Pattern.compile(pattern), instead);
  }

  private static Source source(final String code) {
    return new Source("X", code, blank(code));
  }

  private static String blank(final String text) {
    return BLANKED.matcher(text).replaceAll(match -> match.group().replaceAll("[^\\n]", " "));
  }

  private static List<Source> sources() {
    final Path root = Path.of(System.getProperty("gavel.root"));
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(path -> path.toString().endsWith(".java"))
          .filter(path -> {
            final String below = root.relativize(path).toString();
            return below.contains("src/main/java/") && !below.contains("target/") && !below.startsWith("benchmarks");
          }).sorted().map(SecurityRulesTest::read).toList();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Source read(final Path path) {
    try {
      final String text = Files.readString(path);
      return new Source(path.getFileName().toString().replace(".java", ""), text, blank(text));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
