package io.gavel.engine.snapshot;

import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.sbe.EngineConfigDecoder;
import io.gavel.engine.core.CoreConfig;
import io.gavel.engine.core.LoadStep;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.core.StateSource;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot opened to be read: its order and its versions have been checked, its bytes are when they are read. One
 * thread.
 */
public final class SnapshotReader implements AutoCloseable, StateSource {

  private static final long SIDE_BY_SIDE_BYTES = 16 << 20;

  private final SnapshotStore.Stored stored;
  private final String place;
  private final SnapshotIndex index;
  private final Map<Integer, SectionSource> opened = new TreeMap<>();
  private final CoreConfig config;

  private SnapshotReader(final SnapshotStore.Stored stored, final String place, final long sequence) {
    this.stored = stored;
    this.place = place;
    index = new SnapshotIndex(stored, place, sequence);
    config = readConfig();
  }

  /**
   * Opens the snapshot of {@code sequence}.
   *
   * @throws DamagedSnapshotException when it is not as it was written
   * @throws ForeignSnapshotException when it is of another version or in other units
   */
  public static SnapshotReader open(final SnapshotStore store, final long sequence) {
    final String place = store.place(sequence);
    SnapshotStore.Stored stored = null;
    try {
      stored = store.open(sequence);
      final SnapshotReader reader = new SnapshotReader(stored, place, sequence);
      stored = null;
      return reader;
    } catch (final UncheckedIOException ex) {
      throw new DamagedSnapshotException(place, "it cannot be read", ex);
    } finally {
      if (null != stored) {
        stored.close();
      }
    }
  }

  public SnapshotFacts facts() {
    return index.facts();
  }

  public CoreConfig config() {
    return config;
  }

  public String place() {
    return place;
  }

  /** Bytes of each component, by name. */
  public Map<String, Long> lengths() {
    final Map<String, Long> lengths = new TreeMap<>();
    index.sections().values().forEach(section -> lengths.merge(section.name(), section.length(), Long::sum));
    return lengths;
  }

  /** A core as it was when the snapshot was taken; its hashes are compared only on request, for they cost a walk. */
  public StateMachine restore(final boolean compareHashes) {
    final StateMachine machine = new StateMachine(config);
    try {
      machine.loadSteps(this).forEach(this::run);
    } catch (final DamagedSnapshotException ex) {
      throw ex;
    } catch (final UncheckedIOException ex) {
      throw new DamagedSnapshotException(place, "it cannot be read", ex);
    } catch (final RuntimeException ex) {
      throw new DamagedSnapshotException(place, "no core can be made of it: " + ex.getMessage(), ex);
    }
    checkComplete();
    final SnapshotFacts facts = facts();
    if (machine.sequence() != facts.sequence() || machine.engineTimeNs() != facts.engineTimeNs()
        || machine.eventHash() != facts.eventHash()) {
      throw new DamagedSnapshotException(place, "the core made of it stands at sequence " + machine.sequence()
          + ", not at " + facts.sequence());
    }
    if (compareHashes) {
      compare("business", StateHash.of(machine.businessState()), facts.stateHash());
      compare("control", StateHash.of(machine.controlState()), facts.controlHash());
    }
    return machine;
  }

  /** Reads and checks every byte without making a core of it. */
  public void verify() {
    try {
      index.sections().values().forEach(section -> new SectionSource(stored, place, section).verify());
    } catch (final UncheckedIOException ex) {
      throw new DamagedSnapshotException(place, "it cannot be read", ex);
    }
  }

  /** Side by side when there is much to load: two threads, each in rooms that the other does not enter. */
  private void run(final List<LoadStep> steps) {
    if (steps.size() < 2 || facts().length() < SIDE_BY_SIDE_BYTES) {
      steps.forEach(LoadStep::load);
      return;
    }
    final AtomicReference<@Nullable RuntimeException> fault = new AtomicReference<>();
    final Thread other = new Thread(() -> {
      try {
        steps.subList(1, steps.size()).forEach(LoadStep::load);
      } catch (final RuntimeException ex) {
        fault.set(ex);
      }
    }, "gavel-snapshot-loader");
    other.setDaemon(true);
    other.start();
    try {
      steps.get(0).load();
    } finally {
      join(other);
    }
    final RuntimeException thrown = fault.get();
    if (null != thrown) {
      throw thrown;
    }
  }

  private static void join(final Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException ex) {
        // The host's, and kept for it: half a core is none.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized @Nullable SnapshotSource component(final int componentId) {
    final Section section = index.sections().get(componentId);
    if (null == section) {
      return null;
    }
    final SectionSource source = new SectionSource(stored, place, section);
    opened.put(componentId, source);
    return source;
  }

  @Override
  public void close() {
    stored.close();
  }

  private void checkComplete() {
    index.sections().forEach((componentId, section) -> {
      final SectionSource source = opened.get(componentId);
      if (null == source) {
        throw new DamagedSnapshotException(
            place, "it holds component " + componentId + ", " + section.name() + ", which no core of it has");
      }
      if (!source.isExhausted()) {
        throw source.damaged("more was written than is read");
      }
    });
  }

  private CoreConfig readConfig() {
    final SnapshotSource source = component(SnapshotFormat.CONFIG_COMPONENT);
    final Section section = index.sections().get(SnapshotFormat.CONFIG_COMPONENT);
    if (null == source || null == section || section.length() != EngineConfigDecoder.BLOCK_LENGTH) {
      throw new DamagedSnapshotException(place, "it holds no configuration of this version");
    }
    final byte[] bytes = ((SectionSource) source).remaining();
    if (SnapshotFormat.digest(bytes, bytes.length) != facts().configDigest()) {
      throw new DamagedSnapshotException(place, "its configuration is not the one it was begun with");
    }
    try {
      return CoreConfig.decode(new EngineConfigDecoder().wrap(new UnsafeBuffer(bytes), 0,
          EngineConfigDecoder.BLOCK_LENGTH, EngineConfigDecoder.SCHEMA_VERSION));
    } catch (final IllegalArgumentException ex) {
      throw new ForeignSnapshotException(place, "this build cannot run its configuration: " + ex.getMessage(), ex);
    }
  }

  private void compare(final String what, final String found, final String written) {
    if (!found.equals(written)) {
      throw new DamagedSnapshotException(
          place, "the hash of the " + what + " state made of it is " + found + ", written was " + written);
    }
  }
}
