package io.gavel.adapters.cli.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.gavel.adapters.cli.CliRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what was acknowledged is there after {@code kill -9}, whenever it comes. Method: a child process takes deposits
 * of one unit, each with its own session number; it is killed in mid-stream, launched again, and must have at least as
 * many as were acknowledged and at most as many as were sent. The lines in doubt are then sent again: none counts
 * twice.
 */
class PipeKillTest {

  private static final int KILLS = Integer.getInteger("gavel.pipe.kills", 50);
  private static final int SOAK_KILLS = Integer.getInteger("gavel.pipe.soakKills", 10_000);
  private static final int LINES_PER_LIFE = 1_500;
  private static final int ACKNOWLEDGED_MAX = 400;

  private long recoveryMillisMax;

  @Test
  void shouldKeepEveryAcknowledgedLineWhenKilled(@TempDir final Path dir) throws Exception {
    shouldKeepEveryAcknowledgedLine(dir, KILLS);
  }

  /** A directory for a thousand kills each, so that the journal read at each launch stays what a day's may be. */
  @Test
  @Tag("soak")
  void shouldKeepEveryAcknowledgedLineWhenKilledForANight(@TempDir final Path root) throws Exception {
    for (int done = 0; done < SOAK_KILLS; done += 1_000) {
      shouldKeepEveryAcknowledgedLine(root.resolve("n" + done), Math.min(1_000, SOAK_KILLS - done));
    }
  }

  private void shouldKeepEveryAcknowledgedLine(final Path dir, final int kills) throws Exception {
    final long seed = System.nanoTime();
    System.out.println("PipeKillTest seed " + seed);
    final Random random = new Random(seed);
    final CliRun setup = CliRun.pipe(dir, "{\"op\":\"asset\",\"ccy\":\"X\",\"scale\":0}",
        "{\"op\":\"account\",\"acct\":\"a\"}");
    assertEquals(0, setup.exitCode(), setup.err());
    long acknowledged = 0;
    long sent = 0;

    for (int life = 0; life < kills; life++) {
      final long first = acknowledged + 1;
      final int killAfter = 1 + random.nextInt(ACKNOWLEDGED_MAX);
      final Process child = launch(dir);
      final List<String> lines = lines(first);
      final Thread writer = new Thread(() -> write(child, lines));
      writer.start();
      final List<JsonNode> out = readAcks(child, killAfter);
      child.toHandle().destroyForcibly();
      assertTrue(child.waitFor(30, TimeUnit.SECONDS));
      writer.join();
      out.addAll(remaining(child));

      assertRecovered(out, life, acknowledged, sent);
      acknowledged = Math.max(acknowledged, lastAcknowledged(out));
      sent = Math.max(sent, first + LINES_PER_LIFE - 1);
      assertTrue(acknowledged >= first + killAfter - 1, "acknowledged " + acknowledged);
    }

    final long last = sent;
    final CliRun after = CliRun.pipe(dir, lines(acknowledged + 1).stream().limit(last - acknowledged)
        .reduce("", (all, line) -> all + line) + "{\"op\":\"state\"}");
    final JsonNode state = after.lines().stream().filter(line -> "state".equals(line.path("event").asText()))
        .findFirst().orElseThrow();
    assertEquals(String.valueOf(last), state.path("balances").get(0).path("free").asText());
    assertEquals(0, CliRun.of("verify", dir.toString()).exitCode());
    assertEquals(0, CliRun.of("replay", dir.toString()).exitCode());
    System.out.println(kills + " kills -9 of gavel pipe: " + acknowledged + " lines acknowledged, 0 lost, " + last
        + " sent, longest recovery " + recoveryMillisMax + " ms, " + java());
  }

  /** The first line of a life says what survived: deposits, two registry frames and the configuration. */
  private void assertRecovered(
      final List<JsonNode> out, final int life, final long acknowledged, final long sent) {
    final JsonNode recovered = out.get(0);
    assertEquals("recovered", recovered.path("event").asText(), recovered.toString());
    assertTrue(recovered.path("seq").asLong() >= 3 + acknowledged, life + ": " + recovered);
    recoveryMillisMax = Math.max(recoveryMillisMax, recovered.path("millis").asLong());
    assertTrue(recovered.path("hash").asText().matches("[0-9a-f]{64}"), recovered.toString());
    if (0 == sent) {
      assertEquals(3, recovered.path("seq").asLong());
    }
  }

  private static List<String> lines(final long first) {
    final List<String> lines = new ArrayList<>(LINES_PER_LIFE);
    for (long n = first; n < first + LINES_PER_LIFE; n++) {
      lines.add("{\"op\":\"deposit\",\"acct\":\"a\",\"ccy\":\"X\",\"amt\":\"1\",\"reqId\":" + n
          + ",\"sessionId\":1,\"sessionSeq\":" + n + "}\n");
    }
    return lines;
  }

  /** The Java of the children: this one, unless {@code gavel.child.java} names another binary. */
  private static String java() {
    return System.getProperty("gavel.child.java", Path.of(System.getProperty("java.home"), "bin", "java").toString());
  }

  private static Process launch(final Path dir) throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(java());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--") || argument.startsWith("-XX:+Ignore")
            || argument.contains("encoding") || argument.contains("analytics"))
        .forEach(command::add);
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), "io.gavel.adapters.cli.Main", "pipe", "--dir", dir.toString()));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void write(final Process child, final List<String> lines) {
    try (OutputStream out = child.getOutputStream()) {
      for (final String line : lines) {
        out.write(line.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (final IOException e) {
      // The child was killed while it was being written to: that is what this test is about.
    }
  }

  private static List<JsonNode> readAcks(final Process child, final int count) throws IOException {
    final List<JsonNode> out = new ArrayList<>();
    final BufferedReader reader = child.inputReader(StandardCharsets.UTF_8);
    int acks = 0;
    while (acks < count) {
      final String line = reader.readLine();
      assertTrue(null != line, "the pipe ended by itself after " + out);
      out.add(CliRun.parse(line));
      acks += "ack".equals(out.get(out.size() - 1).path("event").asText()) ? 1 : 0;
    }
    return out;
  }

  /** Whole lines that were on their way when the child died; the last one may be torn. */
  private static List<JsonNode> remaining(final Process child) throws IOException {
    final List<JsonNode> out = new ArrayList<>();
    final BufferedReader reader = child.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); null != line; line = reader.readLine()) {
      if (line.startsWith("{") && line.endsWith("}")) {
        out.add(CliRun.parse(line));
      }
    }
    return out;
  }

  private static long lastAcknowledged(final List<JsonNode> out) {
    return out.stream().filter(line -> "ack".equals(line.path("event").asText()))
        .peek(line -> assertEquals("OK", line.path("code").asText(), line.toString()))
        .mapToLong(line -> line.path("reqId").asLong()).max().orElse(0);
  }
}
