package io.gavel.engine;

import io.gavel.engine.replay.Recovery;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.instrument.Name;

/**
 * Gives a directory the names that a restored core knows; when there are many, on a thread of its own while the journal
 * is read on. What is created behind the snapshot comes by its frame, under other names and ids.
 */
final class NameLoader {

  /** Accounts from which on a thread pays for itself. */
  private static final int MANY = 50_000;

  private final Directory directory;
  private final long[] ids;
  private final Name[] names;
  private final Thread thread;

  /** Everything at once when there is little, nothing when nothing was restored. */
  NameLoader(final Directory directory, final Recovery recovery) {
    this.directory = directory;
    final RiskEngine risk = recovery.machine().risk();
    directory.learnMarkets(risk);
    // Copied, for the core goes on creating accounts meanwhile.
    ids = new long[risk.accountCount()];
    names = new Name[ids.length];
    for (int slot = 0; slot < ids.length; slot++) {
      ids[slot] = risk.accountAt(slot);
      names[slot] = risk.accountName(slot);
    }
    thread = new Thread(this::learn, "gavel-name-loader");
    thread.setDaemon(true);
    if (ids.length < MANY) {
      learn();
    } else {
      thread.start();
    }
  }

  private void learn() {
    for (int slot = 0; slot < ids.length; slot++) {
      directory.learnAccount(ids[slot], names[slot].toString());
    }
  }

  /** Returns when every name is known; an interrupt stays the host's. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException ex) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
