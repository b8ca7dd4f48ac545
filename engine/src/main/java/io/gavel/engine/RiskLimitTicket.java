package io.gavel.engine;

import io.gavel.codecs.sbe.Flag;
import io.gavel.codecs.sbe.RiskLimitKind;
import io.gavel.codecs.sbe.SetRiskLimitsEncoder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A row of the risk table; it holds for what matches all it names, and for everything where it names nothing. */
public final class RiskLimitTicket {

  private RiskLimitKind kind = RiskLimitKind.NONE;
  private long limit;
  private long thresholdUnits;
  private long windowNs;
  private long durationNs;
  private long ageFromNs;
  private long ageBelowNs;
  private int groupId;
  private int region;
  private int templateId;
  private int bandBps;
  private boolean staged;
  private @Nullable String acct;
  private @Nullable String instId;
  private @Nullable String ccy;

  RiskLimitTicket() {
  }

  /** What is compared, and with how much: lots, asset units, basis points or a count; a hundred times a leverage. */
  public RiskLimitTicket limit(final RiskLimitKind what, final long most) {
    kind = what;
    limit = most;
    return this;
  }

  /** Of a leverage, the notional in asset units above which it holds; of a cascade, the budget of a slice. */
  public RiskLimitTicket threshold(final long units) {
    thresholdUnits = units;
    return this;
  }

  /** How far it looks back; of a cascade, the length of a slice. */
  public RiskLimitTicket window(final Duration length) {
    windowNs = length.toNanos();
    return this;
  }

  /** For how long new risk waits then. */
  public RiskLimitTicket pause(final Duration length) {
    durationNs = length.toNanos();
    return this;
  }

  /** Accounts at least so old. */
  public RiskLimitTicket ageFrom(final Duration age) {
    ageFromNs = age.toNanos();
    return this;
  }

  /** Accounts younger than this. */
  public RiskLimitTicket ageBelow(final Duration age) {
    ageBelowNs = age.toNanos();
    return this;
  }

  public RiskLimitTicket acct(final String name) {
    acct = name;
    return this;
  }

  public RiskLimitTicket instId(final String symbol) {
    instId = symbol;
    return this;
  }

  /** Instruments that are quoted in it; of a loss, the asset that is lost. */
  public RiskLimitTicket ccy(final String symbol) {
    ccy = symbol;
    return this;
  }

  public RiskLimitTicket group(final int id) {
    groupId = id;
    return this;
  }

  public RiskLimitTicket region(final int code) {
    region = code;
    return this;
  }

  /** Of a command's cost, the template id of the command. */
  public RiskLimitTicket command(final int id) {
    templateId = id;
    return this;
  }

  /** Of a cascade, how wide the price bands are that have a slice each; 0: one slice for all prices. */
  public RiskLimitTicket bands(final int bps) {
    bandBps = bps;
    return this;
  }

  /** Waits until a row that is not staged puts all of them in force together. */
  public RiskLimitTicket staged() {
    staged = true;
    return this;
  }

  long account(final Directory directory) {
    return null == acct ? 0 : directory.requireAccount(acct);
  }

  void encode(final SetRiskLimitsEncoder command, final int row, final Directory directory) {
    command.row(row).kind(kind).limitValue(limit).thresholdUnits(thresholdUnits).windowNs(windowNs)
        .durationNs(durationNs).ageFromNs(ageFromNs).ageBelowNs(ageBelowNs).groupId(groupId).region(region)
        .commandTemplateId(templateId).bandBps(bandBps).staged(staged ? Flag.YES : Flag.NO)
        .instrumentId(null == instId ? 0 : directory.requireInstrument(instId).id())
        .assetId(null == ccy ? 0 : directory.requireAsset(ccy, "ccy").id());
  }
}
