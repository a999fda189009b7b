// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Families".
package io.hongbao.app;

import io.hongbao.account.AccountFacts;
import io.hongbao.config.AssetSettings;
import io.hongbao.export.ExportProgress;
import io.hongbao.model.LatencyHistogram;
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.room.RoomDirectory;
import io.hongbao.shard.SlotTable;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask of the process around their partition.
 *
 * <p><b>Thread:</b> any; every answer is a lock-free read.
 */
final class ProcessFacts implements Neighbourhood, AccountFacts {

  private final RoomDirectory rooms;
  private final SlotTable slots;
  private final Set<String> providers;
  private final long[] balanceMinorMaxByAsset;
  private final LatencyHistogram creditNanos = new LatencyHistogram();
  private volatile @Nullable ExportProgress exported;

  ProcessFacts(RoomDirectory rooms, SlotTable slots, Set<String> providers, AssetSettings assets) {
    this.rooms = rooms;
    this.slots = slots;
    this.providers = Set.copyOf(providers);
    int numberMax = assets.assets().stream().mapToInt(AssetSettings.Asset::number).max().orElse(0);
    this.balanceMinorMaxByAsset = new long[numberMax + 1];
    assets
        .assets()
        .forEach(asset -> balanceMinorMaxByAsset[asset.number()] = asset.balanceMinorMax());
  }

  /** Says who knows what the read model holds; before that, nothing counts as exported. */
  void exportedBy(ExportProgress progress) {
    exported = progress;
  }

  @Override
  public boolean isInRoom(long roomId, long userId) {
    return rooms.isInRoom(roomId, userId);
  }

  @Override
  public int slotForNewPacket(long chance) {
    return slots.pick(chance);
  }

  @Override
  public boolean hasProvider(String provider) {
    return providers.contains(provider);
  }

  @Override
  public boolean isExported(int partition, long position) {
    ExportProgress progress = exported;
    return progress != null && progress.isExported(partition, position);
  }

  @Override
  public long balanceMinorMax(int asset) {
    return asset > 0 && asset < balanceMinorMaxByAsset.length ? balanceMinorMaxByAsset[asset] : 0;
  }

  @Override
  public void credited(long lagMs) {
    creditNanos.recordShared(TimeUnit.MILLISECONDS.toNanos(lagMs));
  }

  /** From a share's open to its owner's wallet. */
  LatencyHistogram creditNanos() {
    return creditNanos;
  }
}
