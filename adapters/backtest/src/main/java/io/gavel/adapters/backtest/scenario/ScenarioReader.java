package io.gavel.adapters.backtest.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gavel.adapters.backtest.tape.IntrabarPath;
import io.gavel.adapters.backtest.tape.TapeInput;
import io.gavel.adapters.backtest.tape.ZeroSize;
import io.gavel.codecs.DecimalStep;
import io.gavel.codecs.DecimalText;
import io.gavel.codecs.sbe.FeeAsset;
import io.gavel.codecs.sbe.PriceSource;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a scenario file and overrides into a {@link Scenario}, or into all its mistakes at once. */
public final class ScenarioReader {

  /** The account that quotes the tape; a scenario cannot name one so. */
  public static final String TAPE_ACCOUNT = "TAPE";

  /** The account that takes over what is liquidated; a scenario cannot name one so. */
  public static final String BACKSTOP_ACCOUNT = "BACKSTOP";

  private static final int DECIMALS_MAX = DecimalText.SCALE_MAX;
  private static final long ONE_E8 = 100_000_000L;
  private static final long NS_PER_DAY = 86_400_000_000_000L;

  private final String file;
  private final Path base;
  private final List<Mistake> mistakes = new ArrayList<>();
  private final YamlText yaml = new YamlText(mistakes);
  private @Nullable DecimalStep tick;
  private @Nullable DecimalStep lot;

  private ScenarioReader(final String file, final Path base) {
    this.file = file;
    this.base = base;
  }

  /**
   * Reads a file; paths in it are relative to its directory.
   *
   * @param overrides each {@code a.b=c}
   * @throws ScenarioException with every mistake found
   */
  public static Scenario read(final Path path, final List<String> overrides) {
    final Path parent = path.toAbsolutePath().getParent();
    try {
      return read(path.toString(), Files.readString(path), null == parent ? path : parent, overrides);
    } catch (final CharacterCodingException e) {
      throw new ScenarioException(path.toString(), List.of(new Mistake("", 0, "is not UTF-8 text")));
    } catch (final IOException e) {
      throw new ScenarioException(path.toString(), List.of(new Mistake("", 0,
          Files.exists(path) ? "cannot be read: " + e.getMessage() : "no such file")));
    }
  }

  /** As {@link #read(Path, List)} for text that is at hand; {@code name} is for messages. */
  public static Scenario read(final String name, final String text, final Path base, final List<String> overrides) {
    return new ScenarioReader(name, base).read(text, overrides);
  }

  private Scenario read(final String text, final List<String> overrides) {
    final JsonNode tree = yaml.parse(text);
    if (mistakes.isEmpty() || tree.size() > 0) {
      final Overrides applied = new Overrides(yaml, mistakes);
      overrides.forEach(override -> applied.apply(tree, override));
      listOfOne(tree.path("data"), "trades");
      listOfOne(tree.path("data"), "klines");
      listOfOne(tree.path("data"), "mark");
      listOfOne(tree.path("data"), "index");
      listOfOne(tree.path("report"), "export");
      new SchemaCheck(yaml).check(tree, mistakes);
      final Scenario scenario = bind(tree);
      if (mistakes.isEmpty()) {
        return scenario;
      }
    }
    mistakes.sort(Comparator.comparingInt(Mistake::line).thenComparing(Mistake::path));
    throw new ScenarioException(file, mistakes);
  }

  private Scenario bind(final JsonNode tree) {
    final Fields root = new Fields(tree, "", yaml, mistakes);
    final Scenario.Market market = market(root.child("instrument"));
    final ContractReader contracts = new ContractReader(root);
    final ContractSpec contract = contracts.contract(
        market.baseSymbol(), market.quoteSymbol(), market.baseScale(), market.quoteScale());
    final List<Scenario.AccountSpec> accounts = accounts(root.child("accounts"), market, null != contract);
    final Scenario.Data data = data(root.child("data"), contracts);
    final RuleReader reader = new RuleReader(tick, lot, market.quoteScale(), accounts,
        null != contract, references(data, contract));
    final List<Scenario.RuleSpec> rules = new ArrayList<>();
    final Set<String> ids = new HashSet<>();
    final Fields ruleList = root.child("rules");
    for (int i = 0; i < ruleList.size(); i++) {
      rules.add(reader.rule(ruleList.item(i), ids));
    }
    final List<Scenario.OrderSpec> orders = new ArrayList<>();
    final Fields orderList = root.child("orders");
    for (int i = 0; i < orderList.size(); i++) {
      orders.add(reader.order(orderList.item(i), ids));
    }
    return new Scenario(root.text("name", ""), root.text("description", ""),
        root.count("seed", 0, 0, Integer.MAX_VALUE), data, market, venue(root.child("venue")), contract, accounts,
        rules, orders, report(root.child("report")), hash(tree));
  }

  /** The prices besides last, bid and ask that the run has. */
  private static Set<PriceSource> references(final Scenario.Data data, final @Nullable ContractSpec contract) {
    final Set<PriceSource> references = EnumSet.noneOf(PriceSource.class);
    if (null != contract) {
      references.add(PriceSource.MARK);
    }
    if (!data.index().isEmpty() || !data.sources().isEmpty()) {
      references.add(PriceSource.INDEX);
    }
    return references;
  }

  private Scenario.Data data(final Fields fields, final ContractReader contracts) {
    final List<TapeInput> trades = inputs(fields.child("trades"));
    final List<TapeInput> klines = inputs(fields.child("klines"));
    if (!fields.has("trades") && !fields.has("klines")) {
      fields.mistake("", "nothing to replay; expected trades or klines");
    }
    return new Scenario.Data(trades, klines, inputs(fields.child("mark")), inputs(fields.child("index")),
        contracts.sources(this::input), fields.choice("zeroSize", ZeroSize.class, ZeroSize.ERROR),
        fields.choice("path", IntrabarPath.class, IntrabarPath.PESSIMISTIC));
  }

  private List<TapeInput> inputs(final Fields list) {
    final List<TapeInput> inputs = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      input(list.item(i), "").ifPresent(inputs::add);
    }
    return inputs;
  }

  private Optional<TapeInput> input(final Fields fields, final String key) {
    final String path = key.isEmpty() ? fields.self() : fields.text(key);
    if (null == path) {
      return Optional.empty();
    }
    final TapeInput input = TapeInput.of(path, base);
    if (!input.exists()) {
      fields.mistake(key, "'" + path + "': no such file");
    }
    return Optional.of(input);
  }

  private Scenario.Market market(final Fields fields) {
    final String instId = fields.text("instId", "");
    final int dash = instId.indexOf('-');
    final long tickE10 = fields.scaled("tickSz", "1", DECIMALS_MAX, 1, Long.MAX_VALUE);
    final long lotE10 = fields.scaled("lotSz", "1", DECIMALS_MAX, 1, Long.MAX_VALUE);
    final int baseScale = fields.count("baseScale", 0, 0, DECIMALS_MAX);
    final int quoteScale = fields.count("quoteScale", 0, 0, DECIMALS_MAX);
    if (null != fields.text("tickSz")) {
      tick = DecimalStep.ofE10(tickE10);
    }
    if (null != fields.text("lotSz")) {
      lot = DecimalStep.ofE10(lotE10);
    }
    if (null != fields.text("baseScale") && null != lot && isSpot(fields) && lot.scale() > baseScale) {
      fields.mistake("baseScale", "'" + baseScale + "' decimals cannot count lots of " + fields.text("lotSz"));
    }
    if (null != fields.text("quoteScale") && null != lot && null != tick && isSpot(fields)
        && !isWhole(tickE10, lotE10, quoteScale)) {
      fields.mistake("quoteScale", "'" + quoteScale + "' decimals cannot count one tick times one lot, "
          + fields.text("tickSz") + " x " + fields.text("lotSz"));
    }
    final long makerE8 = fields.scaled("makerFee", "0", 8, -ONE_E8 / 10, ONE_E8 / 10);
    final long takerE8 = fields.scaled("takerFee", "0", 8, -ONE_E8 / 10, ONE_E8 / 10);
    if (makerE8 + takerE8 < 0) {
      fields.mistake("makerFee", "'" + fields.text("makerFee") + "' pays back more than takerFee takes");
    }
    final int suffix = instId.indexOf('-', dash + 1);
    if (suffix > 0 && isSpot(fields)) {
      fields.mistake("instId", "'" + instId + "' names a contract; kind says which, such as linear-perpetual");
    }
    return new Scenario.Market(instId, instId.substring(0, Math.max(0, dash)),
        instId.substring(dash + 1, suffix > 0 ? suffix : instId.length()),
        fields.text("tickSz", "1"), fields.text("lotSz", "1"), tickE10, lotE10, baseScale, quoteScale,
        fields.text("makerFee", "0"), fields.text("takerFee", "0"),
        fields.choice("feeAsset", FeeAsset.class, FeeAsset.QUOTE), fields.count("protectionBps", 1_000, 1, 9_999));
  }

  private static boolean isSpot(final Fields fields) {
    return "spot".equals(fields.text("kind", "spot"));
  }

  private static boolean isWhole(final long tickE10, final long lotE10, final int quoteScale) {
    return 0 == BigInteger.valueOf(tickE10).multiply(BigInteger.valueOf(lotE10))
        .multiply(BigInteger.TEN.pow(quoteScale)).mod(BigInteger.TEN.pow(2 * DECIMALS_MAX)).signum();
  }

  private static Scenario.Venue venue(final Fields fields) {
    return new Scenario.Venue((int) fields.scaled("share", "1", 8, 0, ONE_E8),
        fields.count("slippageTicks", 0, 0, 1_000_000), fields.scaled("activationDelayMs", "0", 6, 0, NS_PER_DAY),
        fields.count("loop", 1, 1, 10_000));
  }

  private List<Scenario.AccountSpec> accounts(
      final Fields list, final Scenario.Market market, final boolean contract) {
    final List<Scenario.AccountSpec> accounts = new ArrayList<>();
    final Set<String> names = new HashSet<>(Set.of(TAPE_ACCOUNT));
    if (contract) {
      names.add(BACKSTOP_ACCOUNT);
    }
    for (int i = 0; i < list.size(); i++) {
      final Fields fields = list.item(i);
      final String name = fields.text("name", "");
      if (!name.isEmpty() && !names.add(name)) {
        fields.mistake("name", "'" + name + "' is taken" + (TAPE_ACCOUNT.equals(name)
            ? " by the account that quotes the tape"
            : contract && BACKSTOP_ACCOUNT.equals(name) ? " by the account that takes positions over"
            : " by an account above"));
      }
      final Fields deposits = fields.child("deposits");
      final Map<String, String> amounts = new LinkedHashMap<>();
      for (final String asset : deposits.keys()) {
        final boolean isBase = asset.equals(market.baseSymbol());
        if (market.instId().isEmpty()) {
          continue;
        }
        if (!isBase && !asset.equals(market.quoteSymbol())) {
          deposits.mistake(asset, "unknown asset '" + asset + "'; expected " + market.baseSymbol() + " or "
              + market.quoteSymbol());
        } else if (null != deposits.text(asset)) {
          deposits.scaled(asset, "1", isBase ? market.baseScale() : market.quoteScale(), 1, Long.MAX_VALUE);
          amounts.put(asset, deposits.text(asset, "0"));
        }
      }
      accounts.add(account(fields, name, amounts, contract));
    }
    return accounts;
  }

  private Scenario.AccountSpec account(
      final Fields fields, final String name, final Map<String, String> amounts, final boolean contract) {
    for (final String key : List.of("tdMode", "posMode", "lever")) {
      if (fields.has(key) && !contract) {
        fields.mistake(key, "means nothing in spot; instrument.kind names a contract");
      }
    }
    if (contract && !fields.has("tdMode")) {
      fields.mistake("tdMode", "missing; expected one of cash, isolated, cross");
    }
    return new Scenario.AccountSpec(name, amounts, fields.steps("basisPx", tick, Integer.MAX_VALUE),
        fields.choice("tdMode", Scenario.TdMode.class, Scenario.TdMode.CASH),
        "long_short".equals(fields.text("posMode")),
        ContractReader.lever(fields));
  }

  private static Scenario.ReportSpec report(final Fields fields) {
    final List<Scenario.Format> formats = new ArrayList<>();
    final Fields export = fields.child("export");
    for (int i = 0; i < export.size(); i++) {
      formats.add("json".equals(export.item(i).self()) ? Scenario.Format.JSON : Scenario.Format.CSV);
    }
    return new Scenario.ReportSpec(!"false".equals(fields.text("html")), formats.stream().distinct().toList());
  }

  private static void listOfOne(final JsonNode node, final String key) {
    if (node instanceof final ObjectNode object && object.path(key).isTextual()) {
      final JsonNode value = object.get(key);
      object.putArray(key).add(value);
    }
  }

  private static String hash(final JsonNode tree) {
    try {
      final ObjectMapper mapper = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
      final Object sorted = mapper.treeToValue(tree, TreeMap.class);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
          .digest(mapper.writeValueAsString(sorted).getBytes(StandardCharsets.UTF_8)));
    } catch (final IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
