package io.gavel.engine.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.FrameDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.engine.core.Alphabet;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.Outbox;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.core.oracle.CommandReader;
import io.gavel.engine.core.oracle.Oracle;
import io.gavel.engine.core.oracle.Tale;
import io.gavel.engine.core.oracle.TaleReader;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.snapshot.StateHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: in a world so small that everything can happen, everything that can happen is right. Method: two accounts, one
 * market, three prices, three sizes, 24 commands; breadth first over distinct state hashes, each command tried in each
 * state, its events held against the oracle, the invariants checked, and a refusal must leave the hash as it was.
 */
class TinyWorldTest {

  private static final CoreConfig CONFIG = new CoreConfig(CoreConfig.BEHAVIOUR_VERSION, 0, Long.MAX_VALUE, 4, 4, 1,
      16, 8, 8, 8, 1, 1, 4);

  private final List<UnsafeBuffer> opening = Alphabet.opening(CONFIG);
  private final List<UnsafeBuffer> letters = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FrameDescriptor.FRAME_LENGTH_MAX]);
  private final FrameFlyweight frame = new FrameFlyweight();
  private final TaleReader reader = new TaleReader();
  private final Tale told = new Tale();

  TinyWorldTest() {
    final Map<String, UnsafeBuffer> alphabet = Alphabet.letters(CONFIG);
    names.addAll(alphabet.keySet());
    letters.addAll(alphabet.values());
    assertTrue(letters.size() <= 24, "an alphabet of " + letters.size());
  }

  /** A machine and its oracle after the same commands. */
  private final class Both {
    private final StateMachine machine = new StateMachine(CONFIG);
    private final Oracle oracle =
        new Oracle(CONFIG.activationDelayNs(), CONFIG.ordersMax(), CONFIG.rulesMax(), CONFIG.holdsMax());
    private final CommandReader commands = new CommandReader(oracle, CONFIG.sessionsMax(), CONFIG.answersPerSession());
    private long sequence;

    private Both(final byte[] path) {
      opening.forEach(this::apply);
      for (final byte letter : path) {
        apply(letters.get(letter));
      }
    }

    private Tale apply(final UnsafeBuffer bytes) {
      buffer.putBytes(0, bytes, 0, bytes.capacity());
      frame.wrap(buffer, 0).sequence(++sequence).engineTimeNs(sequence);
      told.clear();
      boolean done = machine.apply(buffer, 0);
      tell();
      while (!done) {
        done = machine.resume();
        tell();
      }
      buffer.putBytes(0, bytes, 0, bytes.capacity());
      frame.sequence(sequence).engineTimeNs(sequence);
      return commands.foretell(buffer, 0);
    }

    private void tell() {
      final Outbox outbox = machine.outbox();
      for (int at = 0; at < outbox.position(); at += EventKey.length(outbox.buffer(), at)) {
        reader.read(outbox.buffer(), at, told);
      }
      outbox.clear();
    }

    private String hash() {
      return StateHash.of(machine.businessState());
    }
  }

  @Test
  void shouldBeRightInEveryStateOfATinyWorld() {
    explore(Integer.getInteger("gavel.tinyStates", 4_000));
  }

  @Test
  @Tag("soak")
  void shouldBeRightInManyMoreStatesOfATinyWorld() {
    explore(Integer.getInteger("gavel.tinySoakStates", 200_000));
  }

  private void explore(final int statesMax) {
    final Set<String> seen = new HashSet<>();
    List<byte[]> layer = List.of(new byte[0]);
    seen.add(new Both(new byte[0]).hash());
    int expanded = 0;
    long refusals = 0;
    final StringBuilder layers = new StringBuilder();
    while (expanded < statesMax && !layer.isEmpty()) {
      layers.append(layers.isEmpty() ? "" : ", ").append(layer.size());
      final List<byte[]> next = new ArrayList<>();
      for (final byte[] path : layer) {
        if (expanded++ < statesMax) {
          refusals += expand(path, seen, next);
        }
      }
      layer = next;
    }
    System.out.println("tiny world: " + letters.size() + " commands in each of " + Math.min(expanded, statesMax)
        + " states, " + seen.size() + " distinct states met, " + refusals + " refusals changed none; states by depth "
        + layers);
    assertTrue(seen.size() > statesMax, "states " + seen.size());
  }

  private int expand(final byte[] path, final Set<String> seen, final List<byte[]> next) {
    int refusals = 0;
    final String before = new Both(path).hash();
    for (int letter = 0; letter < letters.size(); letter++) {
      final Both both = new Both(path);
      final Tale foretold = both.apply(letters.get(letter));
      final int at = letter;
      if (!foretold.isSameAs(told)) {
        throw new AssertionError("after " + said(path) + ", " + names.get(at) + "\nforetold:" + foretold.raw()
            + "\ntold:" + told.raw());
      }
      both.machine.risk().assertConserved();
      assertTrue(!both.machine.book(1).isCrossed(), () -> "crossed after " + said(path) + ", " + names.get(at));
      final String hash = both.hash();
      if (!told.isAccepted()) {
        refusals++;
        assertEquals(before, hash, () -> "a refusal changed the state after " + said(path) + ", " + names.get(at));
      } else if (seen.add(hash)) {
        final byte[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = (byte) letter;
        next.add(longer);
      }
    }
    return refusals;
  }

  private String said(final byte[] path) {
    final List<String> said = new ArrayList<>();
    for (final byte letter : path) {
      said.add(names.get(letter));
    }
    return said.toString();
  }
}
