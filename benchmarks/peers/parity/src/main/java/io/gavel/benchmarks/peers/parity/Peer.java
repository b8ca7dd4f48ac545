package io.gavel.benchmarks.peers.parity;

import io.gavel.benchmarks.peers.PeerBook;
import io.gavel.benchmarks.peers.PeerDriver;
import io.gavel.benchmarks.peers.PeerEngine;
import io.gavel.benchmarks.peers.Reports;

/** Entry: plays a tape through Parity's book. */
public final class Peer implements PeerEngine {

  private Peer() {
  }

  public static void main(final String[] args) {
    PeerDriver.main(args, new Peer());
  }

  @Override
  public String name() {
    return "parity";
  }

  @Override
  public String version() {
    return "0.7.0";
  }

  @Override
  public PeerBook open(final int ordersMax, final Reports reports) {
    return new ParityBook(reports);
  }
}
