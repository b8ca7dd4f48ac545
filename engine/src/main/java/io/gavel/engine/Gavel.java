package io.gavel.engine;

import io.gavel.engine.core.StateMachine;
import io.gavel.engine.replay.RecoveryReport;
import io.gavel.engine.ring.Ingress;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An engine at work. */
@SuppressWarnings("DoNotCallSuggester")
public final class Gavel implements AutoCloseable {

  private Gavel() {
  }

  /** Launches; on a directory that is not empty the engine recovers first. */
  public static Gavel launch(final GavelContext context, final GavelEvents events) {
    throw new UnsupportedOperationException();
  }

  /** Drives an EMBEDDED engine; 0 when there was nothing to do, and for an engine with a thread of its own. */
  public int doWork() {
    throw new UnsupportedOperationException();
  }

  /** A new hot way in, for one thread. */
  public Ingress ingress() {
    throw new UnsupportedOperationException();
  }

  public Admin admin() {
    throw new UnsupportedOperationException();
  }

  public Orders orders() {
    throw new UnsupportedOperationException();
  }

  public Rules rules() {
    throw new UnsupportedOperationException();
  }

  public Prices prices() {
    throw new UnsupportedOperationException();
  }

  public Directory directory() {
    throw new UnsupportedOperationException();
  }

  /** What the launch found. */
  public RecoveryReport recovery() {
    throw new UnsupportedOperationException();
  }

  /** Sequence of the last frame applied. */
  public long sequence() {
    throw new UnsupportedOperationException();
  }

  public long engineTimeNs() {
    throw new UnsupportedOperationException();
  }

  /** The state hash in hexadecimal, behind everything offered so far. */
  public String stateHash() {
    throw new UnsupportedOperationException();
  }

  /** Looks at the state between two frames, on the engine's thread; EMBEDDED: on the caller's, at once. */
  public void query(final Consumer<StateMachine> reader) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #query(Consumer)}, with an answer. */
  public <T> T ask(final Function<StateMachine, T> reader) {
    throw new UnsupportedOperationException();
  }

  public boolean isHalted() {
    throw new UnsupportedOperationException();
  }

  /** Why the engine halted; null while it has not. */
  public @Nullable Throwable haltCause() {
    throw new UnsupportedOperationException();
  }

  /** Takes nothing more, finishes what was offered, seals the journal. Idempotent. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
