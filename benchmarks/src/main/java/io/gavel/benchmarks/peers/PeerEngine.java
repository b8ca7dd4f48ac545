package io.gavel.benchmarks.peers;

/** Who takes part: a name, a version, and empty books. */
public interface PeerEngine {

  /** As in tables, such as {@code exchange-core}. */
  String name();

  /** As published. */
  String version();

  /**
   * An empty book.
   *
   * @param ordersMax orders that may rest at once, for those who size their memory beforehand
   */
  PeerBook open(int ordersMax, Reports reports);
}
