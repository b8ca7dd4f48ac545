package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.scenario.Scenario;
import io.gavel.adapters.backtest.study.Sweep;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gavel sweep}: parameters of a scenario over one tape, in sample beside out of sample. */
@Command(name = "sweep")
final class SweepCommand extends ScenarioVerb {

  private static final int FOLDS_MAX = 50;

  @Option(names = "--vary", paramLabel = "PATH=V1,V2,...", descriptionKey = "sweep.vary", required = true)
  private List<String> varied = new ArrayList<>();

  @Option(names = "--folds", paramLabel = "N", descriptionKey = "sweep.folds")
  private int folds = 3;

  SweepCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    if (folds < 1 || folds > FOLDS_MAX) {
      throw UserError.unusable(text("error.outOfRange", "--folds", folds, 1, FOLDS_MAX));
    }
    final List<List<String>> choices = choices();
    final Sweep.Result result = studying(() -> {
      final List<Scenario> scenarios = choices.stream().map(this::scenario).toList();
      return Sweep.of(choices.stream().map(values -> String.join(" ", values)).toList(), scenarios, folds);
    });
    if (json()) {
      terminal().json(json(result));
    } else {
      tell(result);
    }
    return ExitCode.OK;
  }

  /** Every combination of the values, the last path the fastest. */
  private List<List<String>> choices() {
    List<List<String>> choices = List.of(List.of());
    for (final String one : varied) {
      final int equals = one.indexOf('=');
      if (equals < 1 || equals == one.length() - 1) {
        throw UserError.unusable(text("sweep.badVary", one));
      }
      final List<List<String>> more = new ArrayList<>();
      for (final List<String> choice : choices) {
        for (final String value : one.substring(equals + 1).split(",", -1)) {
          final List<String> longer = new ArrayList<>(choice);
          longer.add(one.substring(0, equals + 1) + value);
          more.add(longer);
        }
      }
      if (more.size() > Sweep.RUNS_MAX) {
        throw UserError.unusable(text("error.outOfRange", "--vary", more.size(), 1, Sweep.RUNS_MAX));
      }
      choices = more;
    }
    return choices;
  }

  private void tell(final Sweep.Result result) {
    terminal().line(text("sweep.head", result.choices().size(), result.boundsNs().size() - 1,
        result.instrument().symbol(), result.instrument().quoteSymbol()));
    final int stretches = result.boundsNs().size() - 1;
    final Table table = new Table("l" + "r".repeat(stretches));
    final Object[] head = new Object[stretches + 1];
    head[0] = "";
    for (int i = 0; i < stretches; i++) {
      head[i + 1] = Times.text(result.boundsNs().get(i)).replaceAll("\\..*", "");
    }
    table.row(head);
    for (int choice = 0; choice < result.choices().size(); choice++) {
      final Object[] row = new Object[stretches + 1];
      row[0] = result.choices().get(choice);
      for (int i = 0; i < stretches; i++) {
        row[i + 1] = result.instrument().quote(result.cells().get(choice).get(i).equityUnits());
      }
      table.row(row);
    }
    terminal().lines(table.lines());
    for (final Sweep.Step step : result.steps()) {
      terminal().line(text("sweep.step", Times.text(step.splitNs()), result.choices().get(step.chosen()),
          DiffText.signed(StoryText.bps(step.inSampleBpsE2())),
          DiffText.signed(StoryText.bps(step.outOfSampleBpsE2())), result.choices().get(step.bestAfter()),
          DiffText.signed(StoryText.bps(step.bestAfterBpsE2()))));
    }
    terminal().line(text("sweep.mean", DiffText.signed(StoryText.bps(result.meanInSampleBpsE2())),
        DiffText.signed(StoryText.bps(result.meanOutOfSampleBpsE2())), result.hash()));
  }

  private ObjectNode json(final Sweep.Result result) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("instId", result.instrument().symbol()).put("ccy", result.instrument().quoteSymbol())
        .put("dataHash", result.dataHash()).put("hash", result.hash())
        .put("meanInSampleBps", StoryText.bps(result.meanInSampleBpsE2()))
        .put("meanOutOfSampleBps", StoryText.bps(result.meanOutOfSampleBpsE2()));
    final ArrayNode choices = node.putArray("choices");
    for (int choice = 0; choice < result.choices().size(); choice++) {
      final ObjectNode item = choices.addObject();
      item.put("choice", result.choices().get(choice));
      final ArrayNode stretches = item.putArray("stretches");
      for (final Sweep.Cell cell : result.cells().get(choice)) {
        stretches.addObject().put("equity", result.instrument().quote(cell.equityUnits()))
            .put("firings", cell.firings()).put("stateHash", cell.stateHash());
      }
    }
    final ArrayNode steps = node.putArray("steps");
    for (final Sweep.Step step : result.steps()) {
      steps.addObject().put("from", Times.text(step.fromNs())).put("split", Times.text(step.splitNs()))
          .put("to", Times.text(step.toNs())).put("chosen", result.choices().get(step.chosen()))
          .put("inSampleBps", StoryText.bps(step.inSampleBpsE2()))
          .put("outOfSampleBps", StoryText.bps(step.outOfSampleBpsE2()))
          .put("bestAfter", result.choices().get(step.bestAfter()))
          .put("bestAfterBps", StoryText.bps(step.bestAfterBpsE2()));
    }
    return node;
  }
}
