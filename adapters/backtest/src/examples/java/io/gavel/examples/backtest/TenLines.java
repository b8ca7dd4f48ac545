package io.gavel.examples.backtest;

// tag::tenlines[]
import io.gavel.adapters.backtest.Backtest;
import io.gavel.adapters.backtest.BacktestResult;
import io.gavel.adapters.backtest.run.Progress;
import java.nio.file.Path;

public final class TenLines {

  public static void main(final String[] args) {
    final BacktestResult result = Backtest.demo()            // or Backtest.scenario(Path.of("mine.yaml"))
        .set("rules.trail-8.callbackRatio", "0.05")          // any value of the file
        .out(Path.of(args[0]))                               // journal, report.html, tables
        .run(Progress.NONE);
    result.print(System.out);
    System.out.println("hash=" + result.stateHash());        // equal hashes, equal outcome: a unit test
  }
}
// end::tenlines[]
