package io.gavel.benchmarks.peers.gavel;

import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.PeerDriver;
import io.gavel.benchmarks.peers.PeerEngine;
import io.gavel.benchmarks.peers.Reports;

/** Entry: plays a tape through the engine's own book. */
public final class Peer implements PeerEngine {

  Peer() {
  }

  public static void main(final String[] args) {
    PeerDriver.main(args, new Peer());
  }

  @Override
  public String name() {
    return "gavel";
  }

  @Override
  public String version() {
    return System.getProperty("gavel.version", "this checkout");
  }

  @Override
  public PeerBook open(final int ordersMax, final Reports reports) {
    return new GavelBook(ordersMax, reports);
  }
}
