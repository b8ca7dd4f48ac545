package io.gavel.risk.instrument;

import io.gavel.codecs.SnapshotSink;
import io.gavel.codecs.SnapshotSource;
import io.gavel.codecs.StateOwner;
import io.gavel.codecs.sbe.ReasonCode;
import org.eclipse.collections.api.list.MutableList;
import org.eclipse.collections.api.set.MutableSet;
import org.eclipse.collections.impl.factory.Lists;
import org.eclipse.collections.impl.factory.Sets;
import org.jspecify.annotations.Nullable;

/** The registry of assets: by id for the core, in order of creation for reports. Creating allocates. One thread. */
public final class Assets implements StateOwner {

  private final @Nullable Asset[] byId;
  private final MutableList<Asset> created = Lists.mutable.empty();
  private final MutableSet<Name> symbols = Sets.mutable.empty();

  public Assets(final int assetsMax) {
    byId = new Asset[assetsMax + 1];
  }

  public ReasonCode create(final int assetId, final int scale, final int externalDecimals, final Name symbol) {
    if (assetId < 1) {
      return ReasonCode.OUT_OF_RANGE;
    }
    if (assetId >= byId.length) {
      return ReasonCode.CAPACITY_ASSETS;
    }
    if (null != byId[assetId]) {
      return ReasonCode.DUPLICATE_ASSET;
    }
    if (scale < 0 || scale > Asset.SCALE_MAX
        || externalDecimals < 0 || externalDecimals > Asset.EXTERNAL_DECIMALS_MAX) {
      return ReasonCode.SCALE_OUT_OF_RANGE;
    }
    if (!symbol.isValid()) {
      return ReasonCode.NAME_INVALID;
    }
    if (symbols.contains(symbol)) {
      return ReasonCode.DUPLICATE_NAME;
    }
    register(new Asset(assetId, scale, externalDecimals, symbol));
    return ReasonCode.OK;
  }

  /** The asset, or null when there is none of this id. */
  public @Nullable Asset get(final int assetId) {
    return assetId < 1 || assetId >= byId.length ? null : byId[assetId];
  }

  public int count() {
    return created.size();
  }

  /** The asset created as number {@code index}, from 0. */
  public Asset at(final int index) {
    return created.get(index);
  }

  private void register(final Asset asset) {
    byId[asset.id()] = asset;
    created.add(asset);
    symbols.add(asset.symbol());
  }

  @Override
  public int componentId() {
    return 10;
  }

  @Override
  public String componentName() {
    return "assets";
  }

  @Override
  public void save(final SnapshotSink sink) {
    if (created.isEmpty()) {
      return;
    }
    sink.putInt(created.size());
    for (int i = 0; i < created.size(); i++) {
      final Asset asset = created.get(i);
      sink.putInt(asset.id());
      sink.putInt(asset.scale());
      sink.putInt(asset.externalDecimals());
      asset.symbol().save(sink);
    }
  }

  @Override
  public void load(final SnapshotSource source) {
    final int count = source.getInt();
    for (int i = 0; i < count; i++) {
      register(new Asset(source.getInt(), source.getInt(), source.getInt(), Name.load(source)));
    }
  }
}
