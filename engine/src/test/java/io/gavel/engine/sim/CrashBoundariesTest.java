package io.gavel.engine.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.codecs.sbe.ApproveEncoder;
import io.gavel.codecs.sbe.GrantKeyEncoder;
import io.gavel.codecs.sbe.SelfExcludeEncoder;
import io.gavel.codecs.sbe.SetPoolEncoder;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import io.gavel.codecs.sbe.SetTokenEncoder;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.EveryCommand;
import io.gavel.engine.journal.DurabilityLevel;
import io.gavel.engine.journal.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Goal: wherever the process dies, every answered command is there once, an unanswered one is there whole or not at
 * all, and what follows is as if nothing had happened. Method: a script with every command, run once for each boundary
 * that it passes, dying there; then once for each pair with a boundary of the recovery; then with each disk operation
 * failing. The state at the end must be that of the run in which nothing died.
 */
class CrashBoundariesTest {

  private static final Logger NOTICES = Logger.getLogger("io.gavel.engine");
  private static final CoreConfig CONFIG = CoreConfig.standard().withCapacities(16, 64, 16, 64);
  private static final World.Settings SETTINGS = new World.Settings(CONFIG, DurabilityLevel.DISK, 16, 1, false);
  /** What every command passes on its way. */
  private static final Set<String> BOUNDARIES = new TreeSet<>(List.of("claim", "publish", "stamp", "append",
      "before WRITE", "within WRITE", "after WRITE", "before READ_BACK", "after READ_BACK", "before SYNC",
      "after SYNC", "event"));

  private final List<UnsafeBuffer> script = EveryCommand.script(CONFIG);

  @BeforeEach
  void silenceNotices() {
    NOTICES.setLevel(Level.OFF);
  }

  @AfterEach
  void hearNotices() {
    NOTICES.setLevel(null);
  }

  private ScriptRun run(final int dieAt, final int dieAgainAt, final boolean power) {
    return new ScriptRun(SETTINGS, script, dieAt, dieAgainAt, power);
  }

  @Test
  void shouldGoOnAsIfNothingHadHappenedWhereverTheProcessDies() {
    final ScriptRun undisturbed = run(ScriptRun.NEVER, ScriptRun.NEVER, false);
    final String expected = undisturbed.run();
    final int boundaries = undisturbed.passed().size();
    int pairs = 0;
    for (int at = 1; at <= boundaries; at++) {
      for (final boolean power : new boolean[] {false, true}) {
        final ScriptRun died = run(at, ScriptRun.NEVER, power);
        assertEquals(expected, died.run(), at(undisturbed, at, power));
        assertEquals(1, died.deaths(), at(undisturbed, at, power));
        for (int again = 1; again <= died.recoveryPassed(); again++) {
          final ScriptRun twice = run(at, again, power);
          assertEquals(expected, twice.run(), at(undisturbed, at, power) + " and at " + again + " of the recovery");
          assertEquals(2, twice.deaths());
          pairs++;
        }
      }
    }

    final Map<Integer, Set<String>> met = new TreeMap<>();
    for (int i = 0; i < boundaries; i++) {
      met.computeIfAbsent(undisturbed.commands().get(i), k -> new TreeSet<>()).add(undisturbed.passed().get(i));
    }
    System.out.println("| crash boundaries covered | 100 % | " + boundaries + " of " + boundaries + ", " + met.size()
        + " commands, each by kill and by power loss; " + pairs + " pairs with a crash while recovering |");
    final Set<Integer> all = new TreeSet<>();
    for (int template = 1; template <= Steps.templates(); template++) {
      all.add(template);
    }
    for (int template = GrantKeyEncoder.TEMPLATE_ID; template <= ApproveEncoder.TEMPLATE_ID; template++) {
      all.add(template);
    }
    for (int template = SetRiskLimitsEncoder.TEMPLATE_ID; template <= SelfExcludeEncoder.TEMPLATE_ID; template++) {
      all.add(template);
    }
    for (int template = SetTokenEncoder.TEMPLATE_ID; template <= SetPoolEncoder.TEMPLATE_ID; template++) {
      all.add(template);
    }
    assertEquals(all, met.keySet());
    met.forEach((template, names) -> {
      final Set<String> missing = new TreeSet<>(BOUNDARIES);
      missing.removeAll(names);
      assertTrue(1 == template || missing.isEmpty(), Steps.nameOf(template) + " never passed " + missing);
    });
  }

  private static String at(final ScriptRun undisturbed, final int at, final boolean power) {
    return "died at boundary " + at + ", " + undisturbed.passed().get(at - 1) + " of "
        + Steps.nameOf(undisturbed.commands().get(at - 1)) + (power ? ", without power" : "");
  }

  @Test
  void shouldHaltAndGoOnWhicheverDiskOperationFails() {
    final ScriptRun undisturbed = run(ScriptRun.NEVER, ScriptRun.NEVER, false);
    final String expected = undisturbed.run();
    final long operations = undisturbed.world().disk().operations();
    for (final SimulatedDisk.Fault fault : new SimulatedDisk.Fault[] {SimulatedDisk.Fault.FAILED,
        SimulatedDisk.Fault.FULL, SimulatedDisk.Fault.DROPPED, SimulatedDisk.Fault.FLIPPED}) {
      for (long failing = 1; failing <= operations; failing++) {
        final long at = failing;
        final ScriptRun failed = run(ScriptRun.NEVER, ScriptRun.NEVER, false);
        failed.world().disk().faults((operation, number) -> number == at && fault.canHappenAt(operation)
            ? fault : SimulatedDisk.Fault.NONE);
        assertEquals(expected, failed.run(), fault + " at operation " + at);
      }
    }
    System.out.println("| disk operations failing, one at a time | every n | " + operations
        + " of each: failed, full, dropped, flipped |");
  }

  @Test
  void shouldCutAtEveryByteOfTheLastRecords() {
    final ScriptRun undisturbed = run(ScriptRun.NEVER, ScriptRun.NEVER, false);
    undisturbed.run();
    final SimulatedDisk disk = undisturbed.world().disk();
    final List<Integer> ends = new ArrayList<>();
    for (int at = 0; at < disk.length(); at += disk.bytes().getInt(at)) {
      ends.add(at + disk.bytes().getInt(at));
    }
    int offsets = 0;
    for (int cut = ends.get(ends.size() - 4); cut < disk.length(); cut++) {
      final SimulatedDisk shorter = disk.copy();
      shorter.shorten(cut);
      final int length = cut;
      final long whole = ends.stream().filter(end -> end <= length).count();
      final Outcome outcome = Outcome.of(shorter, 0);
      assertEquals(whole, outcome.sequence(), "cut at byte " + cut + ": " + outcome);
      // Who has seen more is told so.
      assertEquals(Outcome.REFUSED, Outcome.of(disk.copy(cut), whole + 1).sequence(), "cut at byte " + cut);
      offsets++;
    }
    System.out.println("| byte offsets of the last 3 records cut | all | " + offsets + " |");
  }

  @Test
  void shouldNoticeEveryBitOfASmallJournal() {
    final ScriptRun undisturbed = run(ScriptRun.NEVER, ScriptRun.NEVER, false);
    undisturbed.run();
    final SimulatedDisk disk = undisturbed.world().disk();
    final long last = undisturbed.world().witness().lastSequence();
    final long bits = disk.length() * (long) Byte.SIZE;
    int torn = 0;
    for (long bit = 0; bit < bits; bit++) {
      disk.flip(bit);
      final Outcome toWhoSaw = Outcome.read(disk, last);
      assertEquals(Outcome.REFUSED, toWhoSaw.sequence(), "bit " + bit + ": " + toWhoSaw);
      torn += Outcome.REFUSED == Outcome.read(disk, 0).sequence() ? 0 : 1;
      disk.flip(bit);
    }
    System.out.println("| bits of a journal of " + last + " records flipped, noticed | every bit | " + bits
        + ", of these " + torn + " in the last record, a torn tail to all but who saw it |");
  }
}
