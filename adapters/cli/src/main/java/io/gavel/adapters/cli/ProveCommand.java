package io.gavel.adapters.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gavel.engine.proof.AccountProof;
import io.gavel.engine.proof.Checkpoint;
import io.gavel.engine.proof.CheckpointStore;
import io.gavel.engine.proof.Ed25519Signer;
import io.gavel.engine.proof.HistoryFollower;
import io.gavel.engine.replay.ReplayFault;
import io.gavel.engine.replay.StateDivergence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gavel prove}: signs checkpoints over a journal, or proves one account's balances under the last of them. */
@Command(name = "prove")
final class ProveCommand extends Verb {

  private static final int FRAMES_A_TURN = 10_000;

  @Parameters(index = "0", paramLabel = "DIR", descriptionKey = "prove.dir")
  private Path dir = Path.of("");

  @Option(names = "--key", required = true, descriptionKey = "prove.key", paramLabel = "FILE")
  private Path key = Path.of("");

  @Option(names = "--export", descriptionKey = "prove.export", paramLabel = "FOLDER")
  private @Nullable Path export;

  @Option(names = "--range", descriptionKey = "prove.range", paramLabel = "N")
  private int range = HistoryFollower.RANGE;

  @Option(names = "--account", descriptionKey = "prove.account", paramLabel = "ACCT")
  private @Nullable String account;

  ProveCommand(final Terminal terminal) {
    super(terminal);
  }

  @Override
  ExitCode run() {
    dir = Journals.existing(terminal(), dir);
    final List<CheckpointStore> stores = new ArrayList<>(List.of(CheckpointStore.of(dir)));
    final Path second = export;
    if (null != second) {
      stores.add(CheckpointStore.in(second));
    }
    final Ed25519Signer signer =
        new Ed25519Signer(KeyFile.secret(terminal(), key), KeyFile.trusted(terminal(), key));
    try (HistoryFollower follower = new HistoryFollower(dir, signer, range, stores)) {
      while (follower.doWork(FRAMES_A_TURN) > 0) {
        // Reads on until there is no more.
      }
      follower.sign();
      return null == account ? tell(follower) : tell(follower, account);
    } catch (final ReplayFault | StateDivergence e) {
      throw UserError.finding(String.valueOf(e.getMessage()));
    } catch (final IllegalArgumentException e) {
      throw UserError.unusable(String.valueOf(e.getMessage()));
    }
  }

  private ExitCode tell(final HistoryFollower follower) {
    final Checkpoint last = follower.last();
    if (null == last) {
      throw UserError.unusable(text("prove.nothing", dir));
    }
    if (json()) {
      terminal().json(JsonNodeFactory.instance.objectNode().put("seq", last.lastSequence())
          .put("stateHash", last.stateHash().hex()).put("accountsRoot", last.accountsRoot().hex())
          .put("keyId", Long.toHexString(last.keyId())));
    } else {
      terminal().line(text("prove.done", last.lastSequence(), last.stateHash().hex(), Long.toHexString(last.keyId())));
    }
    return ExitCode.OK;
  }

  private ExitCode tell(final HistoryFollower follower, final String asked) {
    final AccountProof proof = follower.proof(asked);
    if (null == proof) {
      throw UserError.unusable(text("prove.noAccount", asked));
    }
    terminal().json(ProofJson.of(proof));
    return ExitCode.OK;
  }
}
