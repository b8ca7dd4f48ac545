package io.gavel.engine.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Many seeds, one after another on each core; the first that fails is run again, made short and told in full. */
final class Campaign {

  static final int COMMANDS_PER_SEED = 20_000;
  private static final int SHRINK_TRIES = 400;
  /** Held, or the level set on it may be lost. */
  private static final Logger NOTICES = Logger.getLogger("io.gavel.engine");

  private final Coverage coverage = new Coverage();
  private final AtomicLong nextSeed;
  private final AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();
  private final long firstSeed;
  private final long commands;
  private final long nanosMax;
  private volatile long startNs;
  private long nanos;

  /** Ends when enough commands were checked, or with the seed at which the time is over. */
  Campaign(final long firstSeed, final long commands, final long secondsMax) {
    this.firstSeed = firstSeed;
    this.commands = commands;
    this.nanosMax = TimeUnit.SECONDS.toNanos(secondsMax);
    nextSeed = new AtomicLong(firstSeed);
  }

  Coverage coverage() {
    return coverage;
  }

  long seeds() {
    return nextSeed.get() - firstSeed;
  }

  double commandsPerSecond() {
    return coverage.commands() * 1e9 / Math.max(1, nanos);
  }

  /** Runs seeds until enough commands were checked. */
  void run() throws InterruptedException {
    final Level level = NOTICES.getLevel();
    NOTICES.setLevel(Level.OFF);
    startNs = System.nanoTime();
    final List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(2, Runtime.getRuntime().availableProcessors()); i++) {
      final Thread worker = new Thread(this::work, "simulation-" + i);
      workers.add(worker);
      worker.start();
    }
    for (final Thread worker : workers) {
      worker.join();
    }
    nanos = System.nanoTime() - startNs;
    NOTICES.setLevel(level);
    final AssertionError thrown = failure.get();
    if (null != thrown) {
      throw thrown;
    }
  }

  private void work() {
    while (null == failure.get() && !isEnough()) {
      final long seed = nextSeed.getAndIncrement();
      final Simulation simulation = new Simulation(seed, COMMANDS_PER_SEED, false);
      try {
        simulation.run();
        synchronized (coverage) {
          coverage.add(simulation.coverage());
        }
      } catch (final Throwable thrown) {
        failure.compareAndSet(null, told(seed, thrown));
      }
    }
  }

  private boolean isEnough() {
    synchronized (coverage) {
      return coverage.commands() >= commands || System.nanoTime() - startNs > nanosMax;
    }
  }

  /** The seed, what it lets happen, and the shortest list of steps that was found to fail. */
  private static AssertionError told(final long seed, final Throwable thrown) {
    final Simulation again = new Simulation(seed, COMMANDS_PER_SEED, true);
    try {
      again.run();
      return new AssertionError("seed " + seed + " failed once, and not again: the run is no function of its seed",
          thrown);
    } catch (final Throwable same) {
      final List<Step> steps =
          Steps.shrink(List.copyOf(again.steps()), list -> fails(again.swarm(), list), SHRINK_TRIES);
      return new AssertionError("seed " + seed + ", commit " + commit() + ", " + again.swarm() + "\n"
          + (null == same.getCause() ? same : same.getCause()) + "\n" + again.steps().size() + " steps, made "
          + steps.size() + ":\n" + Steps.text(steps), thrown);
    }
  }

  private static boolean fails(final Swarm swarm, final List<Step> steps) {
    try {
      final World world = new World(swarm.settings(), new Coverage());
      steps.forEach(world::apply);
      world.compareStates();
      return false;
    } catch (final Throwable thrown) {
      return true;
    }
  }

  static String commit() {
    try {
      final Process git = new ProcessBuilder("git", "rev-parse", "--short", "HEAD").redirectErrorStream(true).start();
      final String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return 0 == git.waitFor() ? text : "unknown";
    } catch (final IOException e) {
      return "unknown";
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }
}
