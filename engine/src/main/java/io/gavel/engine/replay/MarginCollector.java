package io.gavel.engine.replay;

import io.gavel.codecs.EventDescriptor;
import io.gavel.codecs.FrameFlyweight;
import io.gavel.codecs.sbe.LiquidationStage;
import io.gavel.codecs.sbe.LiquidationStepDecoder;
import io.gavel.codecs.sbe.MarginMode;
import io.gavel.codecs.sbe.PriceSource;
import io.gavel.engine.core.StateMachine;
import io.gavel.engine.egress.EventKey;
import io.gavel.engine.egress.NamingHook;
import io.gavel.risk.RiskEngine;
import io.gavel.risk.position.Contracts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the margin of one account through a replay: each liquidation with the positions it began with, and the moment
 * at which the account was nearest to one.
 */
final class MarginCollector implements ReplayListener {

  private static final int NO_TEMPLATE = 0;

  private final LongSupplier account;
  private final NamingHook naming;
  private final LiquidationStepDecoder step = new LiquidationStepDecoder();
  private final Long2LongHashMap templates = new Long2LongHashMap(NO_TEMPLATE);
  private final List<MarginStory.Episode> episodes = new ArrayList<>();
  private List<MarginStory.Leg> legs = List.of();
  private @Nullable List<MarginStory.Step> open;
  private List<MarginStory.Leg> openLegs = List.of();
  private MarginStory.@Nullable Moment nearest;
  private MarginMode mode = MarginMode.CASH;
  private long id;
  private int referenceAssetId;

  /** @param account its id, 0 while the journal has not named it */
  MarginCollector(final LongSupplier account, final NamingHook naming) {
    this.account = account;
    this.naming = naming;
  }

  /** What was followed; null: the journal does not know the account. */
  @Nullable MarginStory story() {
    close();
    return 0 == id ? null : new MarginStory(id, referenceAssetId, mode, nearest, episodes);
  }

  @Override
  public void onNaming(final DirectBuffer buffer, final int offset, final boolean accepted) {
    naming.onFrame(buffer, offset, accepted);
  }

  @Override
  public void beforeFrame(final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
    templates.put(FrameFlyweight.sequenceOf(buffer, offset), FrameFlyweight.templateIdOf(buffer, offset));
    id = 0 == id ? account.getAsLong() : id;
    if (isMargined(machine.risk())) {
      legs = legs(machine.risk());
    }
  }

  @Override
  public void onEvent(final DirectBuffer buffer, final int offset, final int length) {
    if (LiquidationStepDecoder.TEMPLATE_ID == EventKey.templateId(buffer, offset)) {
      step.wrap(buffer, offset + EventDescriptor.HEADER_LENGTH, EventKey.blockLength(buffer, offset),
          EventKey.version(buffer, offset));
      if (id == step.header().account()) {
        add();
      }
    }
  }

  @Override
  public void afterFrame(final StateMachine machine, final DirectBuffer buffer, final int offset, final int length) {
    final RiskEngine risk = machine.risk();
    if (!isMargined(risk)) {
      return;
    }
    mode = risk.accountModes().margin(risk.accountSlot(id));
    referenceAssetId = risk.collateral().referenceAssetId();
    final MarginStory.Moment now = moment(machine);
    if (0 != now.requirementUnits() && (null == nearest || isWorse(now, nearest))) {
      nearest = now;
    }
  }

  private boolean isMargined(final RiskEngine risk) {
    return 0 != id && risk.hasAccount(id) && MarginMode.CASH != risk.accountModes().margin(risk.accountSlot(id));
  }

  private void add() {
    if (null == open || LiquidationStage.STARTED == step.stage()) {
      close();
      open = new ArrayList<>();
      openLegs = legs;
    }
    open.add(new MarginStory.Step(step.header().sequence(), step.header().engineTimeNs(), step.stage(),
        step.causeSequence(), (int) templates.get(step.causeSequence()), step.instrumentId(), step.positionSide(),
        step.equityUnits(), step.requirementUnits(), step.markUnits(), step.lots(), step.valueUnits(),
        step.fundUnits(), step.backstopUnits(), step.shortfallUnits()));
    if (LiquidationStage.ENDED == step.stage()) {
      close();
    }
  }

  private void close() {
    final List<MarginStory.Step> steps = open;
    if (null != steps) {
      episodes.add(new MarginStory.Episode(openLegs, steps));
      open = null;
    }
  }

  private List<MarginStory.Leg> legs(final RiskEngine risk) {
    final Contracts contracts = risk.contracts();
    final List<MarginStory.Leg> found = new ArrayList<>();
    for (int position = contracts.first(risk.accountSlot(id)); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      if (0 != contracts.lots(position)) {
        final int instrumentId = contracts.instrumentId(position);
        found.add(new MarginStory.Leg(instrumentId, contracts.side(position), contracts.lots(position),
            contracts.costUnits(position), risk.marks().priceUnits(instrumentId, PriceSource.MARK)));
      }
    }
    return found;
  }

  /** The account as it stands; of isolated positions the one that is nearest to liquidation. */
  private MarginStory.Moment moment(final StateMachine machine) {
    final RiskEngine risk = machine.risk();
    final int slot = risk.accountSlot(id);
    if (MarginMode.ISOLATED != mode) {
      return new MarginStory.Moment(machine.sequence(), machine.engineTimeNs(), risk.marginBook().equityUnits(slot),
          risk.marginBook().maintenanceUnits(slot), legs(risk));
    }
    MarginStory.Moment worst =
        new MarginStory.Moment(machine.sequence(), machine.engineTimeNs(), 0, 0, legs(risk));
    final Contracts contracts = risk.contracts();
    for (int position = contracts.first(slot); Contracts.NULL_POSITION != position;
        position = contracts.next(position)) {
      final MarginStory.Moment at = new MarginStory.Moment(machine.sequence(), machine.engineTimeNs(),
          contracts.marginUnits(position) + risk.legMargin().gainUnits(position),
          risk.legMargin().maintenanceOf(position), worst.legs());
      worst = 0 != at.requirementUnits() && (0 == worst.requirementUnits() || isWorse(at, worst)) ? at : worst;
    }
    return worst;
  }

  /** Whether requirement over equity is higher; nothing left is higher than anything. */
  private static boolean isWorse(final MarginStory.Moment one, final MarginStory.Moment other) {
    if (one.equityUnits() <= 0 || other.equityUnits() <= 0) {
      return one.equityUnits() <= 0 && one.equityUnits() < other.equityUnits();
    }
    return BigInteger.valueOf(one.requirementUnits()).multiply(BigInteger.valueOf(other.equityUnits()))
        .compareTo(BigInteger.valueOf(other.requirementUnits()).multiply(BigInteger.valueOf(one.equityUnits()))) > 0;
  }
}
