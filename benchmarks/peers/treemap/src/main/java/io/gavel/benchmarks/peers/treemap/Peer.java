package io.gavel.benchmarks.peers.treemap;

import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.PeerDriver;
import io.gavel.benchmarks.peers.PeerEngine;
import io.gavel.benchmarks.peers.Reports;

/** Entry: plays a tape through a book on TreeMap. */
public final class Peer implements PeerEngine {

  private Peer() {
  }

  public static void main(final String[] args) {
    PeerDriver.main(args, new Peer());
  }

  @Override
  public String name() {
    return "treemap";
  }

  @Override
  public String version() {
    return System.getProperty("java.specification.version");
  }

  @Override
  public PeerBook open(final int ordersMax, final Reports reports) {
    return new TreeMapBook(reports);
  }
}
