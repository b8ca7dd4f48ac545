package io.gavel.adapters.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.engine.proof.AccountProof;
import io.gavel.engine.proof.Checkpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A proof of one account's balances as one line of JSON, and back. */
final class ProofJson {

  private static final long LENGTH_MAX = 1 << 20;
  private static final int HEX_DIGITS = 64;

  private ProofJson() {
  }

  static ObjectNode of(final AccountProof proof) {
    final ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("account", proof.account()).put("seq", proof.sequence()).put("index", proof.index())
        .put("accounts", proof.accounts());
    final ArrayNode balances = node.putArray("balances");
    proof.balances().forEach(balance -> balances.addObject().put("asset", balance.assetId())
        .put("freeUnits", balance.freeUnits()).put("heldUnits", balance.heldUnits()));
    final ArrayNode path = node.putArray("path");
    proof.path().forEach(hash -> path.add(hash.hex()));
    return node;
  }

  /** Reads a file; whatever it holds, the answer is a proof, true or not, or a sentence. */
  static AccountProof read(final Terminal terminal, final Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LENGTH_MAX) {
        throw UserError.unusable(terminal.text("prove.unreadable", file));
      }
      final JsonNode node = new ObjectMapper().readTree(Files.readString(file, StandardCharsets.UTF_8));
      final List<AccountProof.Balance> balances = new ArrayList<>();
      for (final JsonNode balance : node.path("balances")) {
        balances.add(new AccountProof.Balance((int) number(terminal, file, balance, "asset"),
            number(terminal, file, balance, "freeUnits"), number(terminal, file, balance, "heldUnits")));
      }
      final List<Checkpoint.Hash> path = new ArrayList<>();
      for (final JsonNode hash : node.path("path")) {
        if (!hash.asText().matches("[0-9a-f]{" + HEX_DIGITS + "}")) {
          throw UserError.unusable(terminal.text("prove.unreadable", file));
        }
        path.add(Checkpoint.Hash.ofHex(hash.asText()));
      }
      return new AccountProof(number(terminal, file, node, "account"), balances, number(terminal, file, node, "index"),
          number(terminal, file, node, "accounts"), path, number(terminal, file, node, "seq"));
    } catch (final JsonProcessingException e) {
      throw UserError.unusable(terminal.text("prove.unreadable", file));
    } catch (final IOException e) {
      throw UserError.unusable(terminal.text("prove.unreadable", file));
    }
  }

  private static long number(final Terminal terminal, final Path file, final JsonNode node, final String field) {
    final JsonNode value = node.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw UserError.unusable(terminal.text("prove.unreadable", file));
    }
    return value.longValue();
  }
}
