package io.gavel.benchmarks.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gavel.benchmarks.suite.Fork.ForkException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Plays one tape through every book, one fork each, round by round so that whatever else the machine does falls on all
 * of them. A book whose reports or final book differ from ours has no figure, nor has ours when it says other than the
 * order-flow replay.
 */
final class SideBySide {

  private final List<Contender> contenders;
  private final ObjectMapper mapper = new ObjectMapper();
  private final Progress progress;

  SideBySide(final List<Contender> contenders, final Progress progress) {
    this.contenders = contenders;
    this.progress = progress;
  }

  /**
   * A tape to play.
   *
   * @param expectedSha256 of the canonical reports as another replay made them; empty: none did
   * @param handsOff       whether the pass with a second thread is timed too
   */
  record Tape(String label, Path file, int prefill, int liveOrdersMax, String expectedSha256, boolean handsOff) {
  }

  BookRow play(final Tape tape, final int rounds, final int millis) throws IOException {
    final Map<String, List<JsonNode>> runs = new LinkedHashMap<>();
    final Map<String, String> problems = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < contenders.size(); i++) {
        final Contender contender = contenders.get((i + round) % contenders.size());
        if (problems.containsKey(contender.name())) {
          continue;
        }
        progress.step(tape.label() + ", " + contender.name() + ", round " + (round + 1) + " of " + rounds);
        try {
          runs.computeIfAbsent(contender.name(), name -> new ArrayList<>()).add(fork(contender, tape, millis));
        } catch (final ForkException e) {
          problems.put(contender.name(), String.valueOf(e.getMessage()));
        }
      }
    }
    return row(tape, contenders.stream().map(Contender::name).toList(), runs, problems);
  }

  /** Without forks, so that it can be tested: what the runs of each book come to. */
  static BookRow row(final Tape tape, final List<String> names, final Map<String, List<JsonNode>> runs,
      final Map<String, String> problems) {
    final Optional<JsonNode> ours =
        Optional.ofNullable(runs.get(Contender.OURS)).filter(list -> !list.isEmpty()).map(list -> list.get(0));
    final List<BookRow.Entry> entries = new ArrayList<>();
    for (final String name : names) {
      final String problem = problems.containsKey(name) ? problems.get(name)
          : disagreement(tape, runs.getOrDefault(name, List.of()), ours);
      entries.add(problem.isEmpty() ? entry(runs.getOrDefault(name, List.of())) : BookRow.Entry.none(name, problem));
    }
    return new BookRow(tape.label(), ours.map(run -> run.path("messages").asInt()).orElse(0), tape.prefill(),
        ours.map(run -> run.path("reportsSha256").asText()).orElse(""), entries);
  }

  private static String disagreement(final Tape tape, final List<JsonNode> runs, final Optional<JsonNode> ours) {
    if (ours.isEmpty()) {
      return "no figure: ours did not run, so there is nothing to agree with";
    }
    for (final JsonNode run : runs) {
      for (final String field : List.of("agreedSha256", "bookSha256", "digest")) {
        final String expected = ours.get().path(field).asText();
        if (!expected.equals(run.path(field).asText())) {
          return "no figure: " + field + " is " + run.path(field).asText() + ", ours " + expected;
        }
      }
    }
    final String reports = ours.get().path("reportsSha256").asText();
    return tape.expectedSha256().isEmpty() || tape.expectedSha256().equals(reports) ? ""
        : "no figure: the reports' SHA-256 is " + reports + ", the replay's " + tape.expectedSha256();
  }

  private static BookRow.Entry entry(final List<JsonNode> runs) {
    final JsonNode first = runs.get(0);
    return new BookRow.Entry(first.path("engine").asText(), first.path("version").asText(), "",
        median(runs, run -> run.path("coldNs").asDouble() / 1e9), median(runs, run -> run.path("bookNs").asDouble()),
        runs.stream().mapToDouble(run -> run.path("bookCpuNs").asDouble()).min().orElse(0),
        median(runs, run -> run.path("handedOffRate").asDouble()),
        runs.stream().mapToDouble(run -> rate(run.path("handedOffBestNs").asDouble())).max().orElse(0),
        median(runs, run -> run.path("bytesPerMessage").asDouble()));
  }

  private static double rate(final double nsPerMessage) {
    return nsPerMessage > 0 ? 1e9 / nsPerMessage : 0;
  }

  private JsonNode fork(final Contender contender, final Tape tape, final int millis)
      throws IOException, ForkException {
    final Fork fork = new Fork(contender.name() + " on " + tape.label(), Fork.TAPE_FLAGS, contender.classPath(),
        contender.mainClass())
        .with("--tape", tape.file().toString(), "--prefill", String.valueOf(tape.prefill()),
            "--orders-max", String.valueOf(tape.liveOrdersMax()), "--milliseconds", String.valueOf(millis),
            "--started-ns", String.valueOf(System.nanoTime()));
    if (!tape.handsOff()) {
      fork.with("--book-only");
    }
    return mapper.readTree(fork.run());
  }

  /** Of an even number the better middle one would flatter, so it is their mean. */
  static double median(final List<JsonNode> runs, final ToDoubleFunction<JsonNode> figure) {
    final double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
    final int middle = sorted.length / 2;
    return 1 == sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
