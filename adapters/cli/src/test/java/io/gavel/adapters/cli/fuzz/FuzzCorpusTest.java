package io.gavel.adapters.cli.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: no bytes stop a decoder or pass for what they are not. Method: the committed corpus, then mutations of it: bits
 * flipped, bytes set to extremes, pieces cut out, repeated and joined. What fails is printed as hexadecimal: a file of
 * it belongs into the corpus.
 */
class FuzzCorpusTest {

  private static final Path CORPUS = Path.of("src/test/resources/fuzz");
  private static final long SEED = Long.getLong("gavel.seed", 0xF022L);
  private static final int MUTATIONS = Integer.getInteger("gavel.fuzz.mutations", 1_000);
  private static final Logger ENGINE = Logger.getLogger("io.gavel");
  private static final byte[] EXTREMES = {0, 1, -1, Byte.MAX_VALUE, Byte.MIN_VALUE, '0', '9', '-', '.', '"', '{', '\n'};

  @BeforeAll
  static void silenceTheEngine() {
    ENGINE.setLevel(Level.OFF);
  }

  @AfterAll
  static void hearItAgain() {
    ENGINE.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldWhateverBytesComeIn(final FuzzTarget target) throws IOException {
    System.out.println("FuzzCorpusTest " + target + " seed=" + SEED);
    final List<byte[]> corpus = corpus(target);
    assertFalse(corpus.isEmpty(), "no corpus in " + CORPUS);
    corpus.forEach(data -> take(target, data));
    final Random random = new Random(SEED);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] data = corpus.get(random.nextInt(corpus.size()));
      for (int step = random.nextInt(4); step >= 0; step--) {
        data = mutated(data, corpus, random);
      }
      take(target, data);
    }
  }

  private static void take(final FuzzTarget target, final byte[] data) {
    try {
      target.take(data);
    } catch (final Throwable ex) {
      throw new AssertionError(target + " at " + HexFormat.of().formatHex(data), ex);
    }
  }

  private static byte[] mutated(final byte[] data, final List<byte[]> corpus, final Random random) {
    final byte[] copy = data.clone();
    final int at = 0 == copy.length ? 0 : random.nextInt(copy.length);
    switch (random.nextInt(6)) {
      case 0 -> {
        if (copy.length > 0) {
          copy[at] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        if (copy.length > 0) {
          copy[at] = EXTREMES[random.nextInt(EXTREMES.length)];
        }
      }
      case 2 -> {
        return Arrays.copyOf(copy, at);
      }
      case 3 -> {
        final int length = random.nextInt(copy.length - at + 1);
        return joined(Arrays.copyOf(copy, at + length), Arrays.copyOfRange(copy, at, copy.length));
      }
      case 4 -> {
        final byte[] other = corpus.get(random.nextInt(corpus.size()));
        final int from = 0 == other.length ? 0 : random.nextInt(other.length);
        return joined(Arrays.copyOf(copy, at), Arrays.copyOfRange(other, from, other.length));
      }
      default -> {
        for (int i = at; i < Math.min(copy.length, at + Long.BYTES); i++) {
          copy[i] = (byte) random.nextInt();
        }
      }
    }
    return copy;
  }

  private static byte[] joined(final byte[] head, final byte[] tail) {
    final byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  private static List<byte[]> corpus(final FuzzTarget target) throws IOException {
    final List<byte[]> corpus = new ArrayList<>();
    try (Stream<Path> files = Files.list(CORPUS.resolve(target.name().toLowerCase(Locale.ROOT)))) {
      for (final Path file : files.sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    }
    return corpus;
  }
}
