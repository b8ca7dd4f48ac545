package io.gavel.engine.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gavel.engine.journal.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever fails, nothing told is lost, nothing wrong is replayed, and every answer and event is what the oracle
 * foretells. Method: seeds, each with its own choice of faults; see {@link World} and {@link Witness}.
 * {@code -Dgavel.simSeed} and {@code -Dgavel.simCommands} repeat one run or take it further.
 */
class SimulatorTest {

  private static final long FIRST_SEED = Long.getLong("gavel.simSeed", 1);
  private static final long COMMANDS = Long.getLong("gavel.simCommands", 10_000_000);
  /** Of a crowded machine no more than this is taken; what was reached is printed. */
  private static final long SECONDS_MAX = Long.getLong("gavel.simSeconds", 200);
  private static final int COVERED_FROM = 1_000_000;
  private static final long SOAK_COMMANDS = Long.getLong("gavel.simSoakCommands", 1_000_000_000);

  @Test
  void shouldTellWhatTheOracleForetoldWhateverFails() throws InterruptedException {
    campaign("CI", COMMANDS, SECONDS_MAX);
  }

  @Test
  @Tag("soak")
  void shouldTellWhatTheOracleForetoldForLong() throws InterruptedException {
    campaign("soak", SOAK_COMMANDS, TimeUnit.DAYS.toSeconds(7));
  }

  private static void campaign(final String name, final long commands, final long secondsMax)
      throws InterruptedException {
    final Campaign campaign = new Campaign(FIRST_SEED, commands, secondsMax);
    campaign.run();

    final Coverage coverage = campaign.coverage();
    System.out.println("simulator, commit " + Campaign.commit() + ", seeds " + FIRST_SEED + " to "
        + (FIRST_SEED + campaign.seeds() - 1) + "\n| figure | " + name + " | measured |\n|---|---|---|\n"
        + "| oracle-checked commands with faults on | " + commands + " | " + coverage.commands() + " at "
        + Math.round(campaign.commandsPerSecond()) + "/s |\n| faults | | " + coverage.allFaults() + " |\n"
        + "| damage to what was told, refused | all | " + coverage.faults("damage refused") + " |\n"
        + "| met pairs of command and answer | | " + coverage.cells() + " |\nfaults: " + coverage.faultLine()
        + "\n" + coverage.matrix());
    assertTrue(coverage.commands() >= Math.min(commands, Campaign.COMMANDS_PER_SEED));
    if (coverage.commands() >= COVERED_FROM) {
      assertTrue(coverage.cells() > 100, "few answers were met:\n" + coverage.matrix());
      for (final String kind : List.of("damage refused", "disk DIES_AFTER", "disk DIES_BEFORE", "disk DIES_WITHIN",
          "disk DROPPED", "disk FAILED", "disk FLIPPED", "disk FULL", "killed", "killed at an event",
          "killed while recovering", "power lost", "ring full")) {
        assertTrue(coverage.faults(kind) > 0, kind + " never happened: " + coverage.faultLine());
      }
    }
  }

  @Test
  void shouldBeAFunctionOfItsSeed() {
    final Simulation first = new Simulation(77, 2_000, true);
    final Simulation second = new Simulation(77, 2_000, true);
    first.run();
    second.run();

    assertEquals(Steps.text(first.steps()), Steps.text(second.steps()));
    assertEquals(first.coverage().matrix(), second.coverage().matrix());
  }

  @Test
  void shouldMakeAFailingListShort() {
    final List<Step> steps = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      steps.add(new Step.Clock(i));
    }
    steps.set(123, new Step.KillAtEvent(4));
    steps.set(401, new Step.DiskFault(SimulatedDisk.Fault.FULL, 1, 2));

    final List<Step> shortest = Steps.shrink(steps,
        list -> list.contains(steps.get(123)) && list.contains(steps.get(401)), 10_000);

    assertEquals(List.of(steps.get(123), steps.get(401)), shortest);
  }
}
