package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.market.flow.FirstPass;
import io.gavel.adapters.market.flow.FlowMeter;
import io.gavel.adapters.market.flow.FlowRates;
import io.gavel.adapters.market.flow.FlowReports;
import io.gavel.adapters.market.flow.FlowTape;
import io.gavel.adapters.market.flow.FlowTapeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel match}: an order flow through the book as shipped; its reports, their hash, and how fast it went. */
@Command(name = "match")
final class MatchCommand extends Verb {

  private static final int PASSES_MAX = 1_000;

  @Parameters(index = "0", paramLabel = "TAPE", descriptionKey = "match.tape")
  private Path tape = Path.of("");

  @Option(names = "--reports", paramLabel = "FILE", descriptionKey = "match.reports")
  private @Nullable Path reportsFile;

  @Option(names = "--passes", paramLabel = "N", descriptionKey = "match.passes")
  private int passes = 5;

  MatchCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (passes < 0 || passes > PASSES_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--passes", passes, 0, PASSES_MAX));
    }
    final FirstPass first = firstPass();
    final FlowReports reports = first.reports();
    if (null != reportsFile) {
      write(reports, reportsFile);
    }
    final FlowRates rates = warmPasses(first.tape(), reports.checksum());
    final boolean isSame = null == rates || rates.isSame();
    if (json()) {
      terminal().json(json(first, rates, isSame));
    } else {
      show(first, isSame ? rates : null);
    }
    if (!isSame) {
      terminal().remark("gavel: " + text("match.differs"));
    }
    return isSame ? ExitCode.OK : ExitCode.HASH_DIFFERS;
  }

  private FirstPass firstPass() {
    try {
      return FirstPass.over(tape);
    } catch (final FlowTapeException e) {
      throw UserError.unusable(text("match.badTape", tape, String.valueOf(e.getMessage())));
    } catch (final NoSuchFileException e) {
      throw UserError.unusable(text("match.missing", tape));
    } catch (final IOException e) {
      throw UserError.unusable(text("match.unreadable", tape, String.valueOf(e.getMessage())));
    } catch (final OutOfMemoryError e) {
      // One of the few arrays that grow with the tape; nothing else is the worse for it.
      throw UserError.unusable(text("error.memory", tape));
    }
  }

  private @Nullable FlowRates warmPasses(final FlowTape messages, final long checksum) {
    if (0 == passes || 0 == messages.messages()) {
      return null;
    }
    try (Progress progress = new Progress(terminal(), "match", text("unit.passes"))) {
      return FlowMeter.measure(messages, checksum, passes, progress::at);
    }
  }

  private void write(final FlowReports reports, final Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      reports.writeTo(out);
    } catch (final IOException e) {
      throw UserError.unusable(text("match.notWritten", file, String.valueOf(e.getMessage())));
    }
  }

  private void show(final FirstPass first, final @Nullable FlowRates rates) {
    final Table facts = new Table("ll");
    facts.row(text("match.messages"), first.tape().messages());
    facts.row(text("match.lines"), first.reports().size());
    facts.row(text("match.sha256"), first.reports().sha256());
    if (null != reportsFile) {
      facts.row(text("match.file"), reportsFile);
    }
    terminal().lines(facts.lines());
    final Table table = new Table("lrrr");
    table.row("", text("match.seconds"), text("match.rate"), text("match.best"));
    table.row(text("match.cold"), seconds(first.sinceStartNs()), million(first.rate()), "");
    if (null != rates) {
      table.row(text("match.book"), seconds(rates.medianBookNs()), million(rates.bookRate()),
          million(rates.bestBookRate()));
      table.row(text("match.handedOff"), seconds(rates.medianHandedNs()), million(rates.handedOffRate()),
          million(rates.bestHandedOffRate()));
    }
    terminal().line("");
    terminal().lines(table.lines());
  }

  private ObjectNode json(final FirstPass first, final @Nullable FlowRates rates, final boolean isSame) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("tape", tape.toString()).put("messages", first.tape().messages())
        .put("newOrders", first.tape().newOrders()).put("reports", first.reports().size())
        .put("sha256", first.reports().sha256());
    if (null != reportsFile) {
      node.put("file", reportsFile.toString());
    }
    node.put("passes", passes).put("same", isSame);
    if (isSame) {
      node.put("coldSeconds", first.sinceStartNs() / 1e9).put("coldRate", Math.round(first.rate()));
    }
    if (isSame && null != rates) {
      node.put("bookSeconds", rates.medianBookNs() / 1e9).put("bookRate", Math.round(rates.bookRate()))
          .put("bestBookRate", Math.round(rates.bestBookRate()))
          .put("handedOffSeconds", rates.medianHandedNs() / 1e9)
          .put("handedOffRate", Math.round(rates.handedOffRate()))
          .put("bestHandedOffRate", Math.round(rates.bestHandedOffRate()));
    }
    return node;
  }

  private static String seconds(final long ns) {
    return String.format(Locale.ROOT, "%.3f", ns / 1e9);
  }

  private static String million(final double rate) {
    return String.format(Locale.ROOT, "%.2f M/s", rate / 1e6);
  }
}
