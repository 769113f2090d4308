/** As long as there are rules, with two lines for each. Generated from their files by `npm run generate`: changes made here are lost. */

import { apicModeBoard } from "./board/apic-mode-board.js";
import { boardDeviceUncovered } from "./board/board-device-uncovered.js";
import { boardIommuCmdline } from "./board/board-iommu-cmdline.js";
import { boardRamUncovered } from "./board/board-ram-uncovered.js";
import { catNoCos } from "./board/cat-no-cos.js";
import { catRange } from "./board/cat-range.js";
import { conClockReg } from "./board/con-clock-reg.js";
import { cpuApicLimits } from "./board/cpu-apic-limits.js";
import { cpuBeyondNrCpus } from "./board/cpu-beyond-nr-cpus.js";
import { cpuMpidrLimits } from "./board/cpu-mpidr-limits.js";
import { cpuOnlineBeyondSet } from "./board/cpu-online-beyond-set.js";
import { cpuOnlineMismatch } from "./board/cpu-online-mismatch.js";
import { deviceWithoutIrq } from "./board/device-without-irq.js";
import { fmtArchBoard } from "./board/fmt-arch-board.js";
import { gicBaseBoard } from "./board/gic-base-board.js";
import { gicVersionBoard } from "./board/gic-version-board.js";
import { hvMemBelowImage } from "./board/hv-mem-below-image.js";
import { hvMemNotReserved } from "./board/hv-mem-not-reserved.js";
import { ioapicNotOnBoard } from "./board/ioapic-not-on-board.js";
import { ioapicPinRange } from "./board/ioapic-pin-range.js";
import { iommuLeftOut } from "./board/iommu-left-out.js";
import { iommuNotOnBoard } from "./board/iommu-not-on-board.js";
import { irqOffBy32 } from "./board/irq-off-by-32.js";
import { irqWithoutDevice } from "./board/irq-without-device.js";
import { ivshmBdfOnBus } from "./board/ivshm-bdf-on-bus.js";
import { maintenanceIrqBoard } from "./board/maintenance-irq-board.js";
import { memBeyondPhysBits } from "./board/mem-beyond-phys-bits.js";
import { memBeyondRam } from "./board/mem-beyond-ram.js";
import { memFirmwareCarveout } from "./board/mem-firmware-carveout.js";
import { memNotReservedCell } from "./board/mem-not-reserved-cell.js";
import { msiVectorsBoard } from "./board/msi-vectors-board.js";
import { pciAbsentMsi } from "./board/pci-absent-msi.js";
import { pciBarElsewhere } from "./board/pci-bar-elsewhere.js";
import { pciBarUnmapped } from "./board/pci-bar-unmapped.js";
import { pciCapNotOnDevice } from "./board/pci-cap-not-on-device.js";
import { pciIommuScope } from "./board/pci-iommu-scope.js";
import { rmrrMissing } from "./board/rmrr-missing.js";
import { spiBeyondGic } from "./board/spi-beyond-gic.js";
import { vendorBoard } from "./board/vendor-board.js";
import { catConfig } from "./cache/cat-config.js";
import { catIgnored } from "./cache/cat-ignored.js";
import { catNoncontiguousRoot } from "./cache/cat-noncontiguous-root.js";
import { catOverlapCells } from "./cache/cat-overlap-cells.js";
import { catRootEmpty } from "./cache/cat-root-empty.js";
import { commAddress } from "./comm/comm-address.js";
import { commFlagMissing } from "./comm/comm-flag-missing.js";
import { commFlags } from "./comm/comm-flags.js";
import { commMissingActive } from "./comm/comm-missing-active.js";
import { commMissingPassive } from "./comm/comm-missing-passive.js";
import { commMultiple } from "./comm/comm-multiple.js";
import { commPassiveWritable } from "./comm/comm-passive-writable.js";
import { commReadonly } from "./comm/comm-readonly.js";
import { commSize } from "./comm/comm-size.js";
import { commTimeoutUnits } from "./comm/comm-timeout-units.js";
import { commTimeoutZero } from "./comm/comm-timeout-zero.js";
import { testDeviceNoComm } from "./comm/test-device-no-comm.js";
import { conAddressRange } from "./console/con-address-range.js";
import { conFlags } from "./console/con-flags.js";
import { conHvMappedWritable } from "./console/con-hv-mapped-writable.js";
import { conMmioFlag } from "./console/con-mmio-flag.js";
import { conNotGranted } from "./console/con-not-granted.js";
import { conRemapOverlap } from "./console/con-remap-overlap.js";
import { conRootUses } from "./console/con-root-uses.js";
import { conShared } from "./console/con-shared.js";
import { conType } from "./console/con-type.js";
import { conVirtual } from "./console/con-virtual.js";
import { aarch32Flag } from "./cpu/aarch32-flag.js";
import { apicModeMismatch } from "./cpu/apic-mode-mismatch.js";
import { cpuCellEmpty } from "./cpu/cpu-cell-empty.js";
import { cpuGicv2Limit } from "./cpu/cpu-gicv2-limit.js";
import { cpuNotInRoot } from "./cpu/cpu-not-in-root.js";
import { cpuOverlapCells } from "./cpu/cpu-overlap-cells.js";
import { cpuRootEmpty } from "./cpu/cpu-root-empty.js";
import { cpuSetSize } from "./cpu/cpu-set-size.js";
import { cpuSetUnaligned } from "./cpu/cpu-set-unaligned.js";
import { cpuTakesAll } from "./cpu/cpu-takes-all.js";
import { cpuZeroX86 } from "./cpu/cpu-zero-x86.js";
import type { Rule } from "./define-rule.js";
import { cellIdPreset } from "./format/cell-id-preset.js";
import { fmtArchCell } from "./format/fmt-arch-cell.js";
import { fmtArchSystem } from "./format/fmt-arch-system.js";
import { fmtForeignFields } from "./format/fmt-foreign-fields.js";
import { fmtRevision } from "./format/fmt-revision.js";
import { fmtSignature } from "./format/fmt-signature.js";
import { fmtTooBig } from "./format/fmt-too-big.js";
import { fmtTrailing } from "./format/fmt-trailing.js";
import { fmtTruncated } from "./format/fmt-truncated.js";
import { fmtUnknownFlags } from "./format/fmt-unknown-flags.js";
import { fmtZeroEntry } from "./format/fmt-zero-entry.js";
import { nameDuplicate } from "./format/name-duplicate.js";
import { nameEmpty } from "./format/name-empty.js";
import { nameNumeric } from "./format/name-numeric.js";
import { nameUnterminated } from "./format/name-unterminated.js";
import { rootIdNonzero } from "./format/root-id-nonzero.js";
import { hvBootBlock } from "./hypervisor-memory/hv-boot-block.js";
import { hvMemBeyondMachine } from "./hypervisor-memory/hv-mem-beyond-machine.js";
import { hvMemOverlap } from "./hypervisor-memory/hv-mem-overlap.js";
import { hvMemTooSmall } from "./hypervisor-memory/hv-mem-too-small.js";
import { hvMemUnaligned } from "./hypervisor-memory/hv-mem-unaligned.js";
import { hvMemWindow } from "./hypervisor-memory/hv-mem-window.js";
import { resourcesOverlap } from "./hypervisor-memory/resources-overlap.js";
import { archResourceMapped } from "./intercept/arch-resource-mapped.js";
import { iommuMapped } from "./intercept/iommu-mapped.js";
import { mmconfigMapped } from "./intercept/mmconfig-mapped.js";
import { msixMapped } from "./intercept/msix-mapped.js";
import { msixTableAddress } from "./intercept/msix-table-address.js";
import { vpciBarWindowMapped } from "./intercept/vpci-bar-window-mapped.js";
import { armCellId } from "./iommu/arm-cell-id.js";
import { iommuAmdDevice } from "./iommu/iommu-amd-device.js";
import { iommuGap } from "./iommu/iommu-gap.js";
import { iommuMissingIntel } from "./iommu/iommu-missing-intel.js";
import { iommuNoneAmd } from "./iommu/iommu-none-amd.js";
import { iommuSize } from "./iommu/iommu-size.js";
import { iommuType } from "./iommu/iommu-type.js";
import { pvuAlign } from "./iommu/pvu-align.js";
import { pvuNoUnmap } from "./iommu/pvu-no-unmap.js";
import { smmuv3RootTables } from "./iommu/smmuv3-root-tables.js";
import { streamIdOverlap } from "./iommu/stream-id-overlap.js";
import { streamIdRange } from "./iommu/stream-id-range.js";
import { streamIdShared } from "./iommu/stream-id-shared.js";
import { streamNoUnit } from "./iommu/stream-no-unit.js";
import { streamNotInRoot } from "./iommu/stream-not-in-root.js";
import { gicAddress } from "./irq/gic-address.js";
import { gicBaseMissing } from "./irq/gic-base-missing.js";
import { gicMaintenanceIrq } from "./irq/gic-maintenance-irq.js";
import { gicPinbase } from "./irq/gic-pinbase.js";
import { gicPinbaseZero } from "./irq/gic-pinbase-zero.js";
import { gicVersion } from "./irq/gic-version.js";
import { ioapicCount } from "./irq/ioapic-count.js";
import { ioapicIdBdfCollision } from "./irq/ioapic-id-bdf-collision.js";
import { ioapicIdMismatch } from "./irq/ioapic-id-mismatch.js";
import { ioapicPinbase } from "./irq/ioapic-pinbase.js";
import { ioapicUnknownAddress } from "./irq/ioapic-unknown-address.js";
import { irqNotInRoot } from "./irq/irq-not-in-root.js";
import { irqSharedCells } from "./irq/irq-shared-cells.js";
import { irqchipOverlap } from "./irq/irqchip-overlap.js";
import { vtdIrqLimit } from "./irq/vtd-irq-limit.js";
import { x86ZeroMmio } from "./irq/x86-zero-mmio.js";
import { ivshmBarMask } from "./ivshmem/ivshm-bar-mask.js";
import { ivshmBdfConflict } from "./ivshmem/ivshm-bdf-conflict.js";
import { ivshmDevId } from "./ivshmem/ivshm-dev-id.js";
import { ivshmDomainMismatch } from "./ivshmem/ivshm-domain-mismatch.js";
import { ivshmDupId } from "./ivshmem/ivshm-dup-id.js";
import { ivshmIdGePeers } from "./ivshmem/ivshm-id-ge-peers.js";
import { ivshmNoPeer } from "./ivshmem/ivshm-no-peer.js";
import { ivshmNoncontiguous } from "./ivshmem/ivshm-noncontiguous.js";
import { ivshmNotRootshared } from "./ivshmem/ivshm-not-rootshared.js";
import { ivshmOutputPerm } from "./ivshmem/ivshm-output-perm.js";
import { ivshmOutputSize } from "./ivshmem/ivshm-output-size.js";
import { ivshmOverRoot } from "./ivshmem/ivshm-over-root.js";
import { ivshmOverlapsRam } from "./ivshmem/ivshm-overlaps-ram.js";
import { ivshmPeersGt12 } from "./ivshmem/ivshm-peers-gt-12.js";
import { ivshmPeersMismatch } from "./ivshmem/ivshm-peers-mismatch.js";
import { ivshmProtocol } from "./ivshmem/ivshm-protocol.js";
import { ivshmRegionsRange } from "./ivshmem/ivshm-regions-range.js";
import { ivshmRegionsStart } from "./ivshmem/ivshm-regions-start.js";
import { ivshmShmemMismatch } from "./ivshmem/ivshm-shmem-mismatch.js";
import { ivshmStateTable } from "./ivshmem/ivshm-state-table.js";
import { ivshmVectors } from "./ivshmem/ivshm-vectors.js";
import { ivshmVectorsMismatch } from "./ivshmem/ivshm-vectors-mismatch.js";
import { ivshmX86Intx } from "./ivshmem/ivshm-x86-intx.js";
import { vpciIrqNotOwned } from "./ivshmem/vpci-irq-not-owned.js";
import { vpciIrqShared } from "./ivshmem/vpci-irq-shared.js";
import { vpciIrqTaken } from "./ivshmem/vpci-irq-taken.js";
import { loadNoRamAtBase } from "./load/load-no-ram-at-base.js";
import { loadNone } from "./load/load-none.js";
import { loadNotInRoot } from "./load/load-not-in-root.js";
import { loadNotWritable } from "./load/load-not-writable.js";
import { loadRootshared } from "./load/load-rootshared.js";
import { resetNotLoadable } from "./load/reset-not-loadable.js";
import { resetUnmapped } from "./load/reset-unmapped.js";
import { resetX86High } from "./load/reset-x86-high.js";
import { memAddrRange } from "./memory/mem-addr-range.js";
import { memArmExecute } from "./memory/mem-arm-execute.js";
import { memDmaMissing } from "./memory/mem-dma-missing.js";
import { memExecIo } from "./memory/mem-exec-io.js";
import { memExecOnly } from "./memory/mem-exec-only.js";
import { memIoWidthFullPage } from "./memory/mem-io-width-full-page.js";
import { memIommuRange } from "./memory/mem-iommu-range.js";
import { memMergeable } from "./memory/mem-mergeable.js";
import { memNoAccess } from "./memory/mem-no-access.js";
import { memNone } from "./memory/mem-none.js";
import { memNotInRoot } from "./memory/mem-not-in-root.js";
import { memOverlapCells } from "./memory/mem-overlap-cells.js";
import { memOverlapPhysInCell } from "./memory/mem-overlap-phys-in-cell.js";
import { memOverlapVirtInCell } from "./memory/mem-overlap-virt-in-cell.js";
import { memPartialRoot } from "./memory/mem-partial-root.js";
import { memPhysMisaligned } from "./memory/mem-phys-misaligned.js";
import { memRootsharedMissingInRoot } from "./memory/mem-rootshared-missing-in-root.js";
import { memRootsharedRam } from "./memory/mem-rootshared-ram.js";
import { memSubpageCrossesPage } from "./memory/mem-subpage-crosses-page.js";
import { memSubpageFlags } from "./memory/mem-subpage-flags.js";
import { memSubpageNoWidth } from "./memory/mem-subpage-no-width.js";
import { memSubpageRootKeeps } from "./memory/mem-subpage-root-keeps.js";
import { memSubpageRootOverrevoked } from "./memory/mem-subpage-root-overrevoked.js";
import { memSubpageShadowed } from "./memory/mem-subpage-shadowed.js";
import { memSubpageVirtOverlap } from "./memory/mem-subpage-virt-overlap.js";
import { memSubpageVirtPhysOffset } from "./memory/mem-subpage-virt-phys-offset.js";
import { memUnmapSkipHole } from "./memory/mem-unmap-skip-hole.js";
import { memVtdRootDma } from "./memory/mem-vtd-root-dma.js";
import { memWidensRoot } from "./memory/mem-widens-root.js";
import { memWriteOnly } from "./memory/mem-write-only.js";
import { memZeroSize } from "./memory/mem-zero-size.js";
import { rootMemFlags } from "./memory/root-mem-flags.js";
import { rootMemNoAccess } from "./memory/root-mem-no-access.js";
import { rootMemNotIdentity } from "./memory/root-mem-not-identity.js";
import { mmconfigMissingArm } from "./pci/mmconfig-missing-arm.js";
import { mmconfigMissingX86 } from "./pci/mmconfig-missing-x86.js";
import { msiVectorsMissing } from "./pci/msi-vectors-missing.js";
import { msixNoAddress } from "./pci/msix-no-address.js";
import { msixRegionZero } from "./pci/msix-region-zero.js";
import { msixTableTooSmall } from "./pci/msix-table-too-small.js";
import { msixTableUnaligned } from "./pci/msix-table-unaligned.js";
import { msixVectorsMissing } from "./pci/msix-vectors-missing.js";
import { pciBarMaskForm } from "./pci/pci-bar-mask-form.js";
import { pciBarMaskZero } from "./pci/pci-bar-mask-zero.js";
import { pciBdfDup } from "./pci/pci-bdf-dup.js";
import { pciBridgeCell } from "./pci/pci-bridge-cell.js";
import { pciBusRange } from "./pci/pci-bus-range.js";
import { pciCapOverlap } from "./pci/pci-cap-overlap.js";
import { pciCapRange } from "./pci/pci-cap-range.js";
import { pciCapReadonly } from "./pci/pci-cap-readonly.js";
import { pciCapUnused } from "./pci/pci-cap-unused.js";
import { pciCapsDifferFromRoot } from "./pci/pci-caps-differ-from-root.js";
import { pciCapsOob } from "./pci/pci-caps-oob.js";
import { pciDomainMismatch } from "./pci/pci-domain-mismatch.js";
import { pciGroupSplit } from "./pci/pci-group-split.js";
import { pciIommuIndex } from "./pci/pci-iommu-index.js";
import { pciMsiCapMismatch } from "./pci/pci-msi-cap-mismatch.js";
import { pciNotInRoot } from "./pci/pci-not-in-root.js";
import { pciPhysOnVirtual } from "./pci/pci-phys-on-virtual.js";
import { pciSharedCells } from "./pci/pci-shared-cells.js";
import { pciTypeUnknown } from "./pci/pci-type-unknown.js";
import { vpciDomainTaken } from "./pci/vpci-domain-taken.js";
import { vpciEndBus } from "./pci/vpci-end-bus.js";
import { pioI8042 } from "./port-io/pio-i8042.js";
import { pioNotInRoot } from "./port-io/pio-not-in-root.js";
import { pioOnArm } from "./port-io/pio-on-arm.js";
import { pioOverflow } from "./port-io/pio-overflow.js";
import { pioOverlapInCell } from "./port-io/pio-overlap-in-cell.js";
import { pioPciBypass } from "./port-io/pio-pci-bypass.js";
import { pioPicPitReset } from "./port-io/pio-pic-pit-reset.js";
import { pioSharedCells } from "./port-io/pio-shared-cells.js";
import { pioStealsPmTimer } from "./port-io/pio-steals-pm-timer.js";
import { pioTakenFromRoot } from "./port-io/pio-taken-from-root.js";
import { pioZeroLength } from "./port-io/pio-zero-length.js";
import { pmTimerZero } from "./port-io/pm-timer-zero.js";

/** Every rule, by family and id. */
export const allRules: readonly Rule[] = [
  apicModeBoard,
  boardDeviceUncovered,
  boardIommuCmdline,
  boardRamUncovered,
  catNoCos,
  catRange,
  conClockReg,
  cpuApicLimits,
  cpuBeyondNrCpus,
  cpuMpidrLimits,
  cpuOnlineBeyondSet,
  cpuOnlineMismatch,
  deviceWithoutIrq,
  fmtArchBoard,
  gicBaseBoard,
  gicVersionBoard,
  hvMemBelowImage,
  hvMemNotReserved,
  ioapicNotOnBoard,
  ioapicPinRange,
  iommuLeftOut,
  iommuNotOnBoard,
  irqOffBy32,
  irqWithoutDevice,
  ivshmBdfOnBus,
  maintenanceIrqBoard,
  memBeyondPhysBits,
  memBeyondRam,
  memFirmwareCarveout,
  memNotReservedCell,
  msiVectorsBoard,
  pciAbsentMsi,
  pciBarElsewhere,
  pciBarUnmapped,
  pciCapNotOnDevice,
  pciIommuScope,
  rmrrMissing,
  spiBeyondGic,
  vendorBoard,
  catConfig,
  catIgnored,
  catNoncontiguousRoot,
  catOverlapCells,
  catRootEmpty,
  commAddress,
  commFlagMissing,
  commFlags,
  commMissingActive,
  commMissingPassive,
  commMultiple,
  commPassiveWritable,
  commReadonly,
  commSize,
  commTimeoutUnits,
  commTimeoutZero,
  testDeviceNoComm,
  conAddressRange,
  conFlags,
  conHvMappedWritable,
  conMmioFlag,
  conNotGranted,
  conRemapOverlap,
  conRootUses,
  conShared,
  conType,
  conVirtual,
  aarch32Flag,
  apicModeMismatch,
  cpuCellEmpty,
  cpuGicv2Limit,
  cpuNotInRoot,
  cpuOverlapCells,
  cpuRootEmpty,
  cpuSetSize,
  cpuSetUnaligned,
  cpuTakesAll,
  cpuZeroX86,
  cellIdPreset,
  fmtArchCell,
  fmtArchSystem,
  fmtForeignFields,
  fmtRevision,
  fmtSignature,
  fmtTooBig,
  fmtTrailing,
  fmtTruncated,
  fmtUnknownFlags,
  fmtZeroEntry,
  nameDuplicate,
  nameEmpty,
  nameNumeric,
  nameUnterminated,
  rootIdNonzero,
  hvBootBlock,
  hvMemBeyondMachine,
  hvMemOverlap,
  hvMemTooSmall,
  hvMemUnaligned,
  hvMemWindow,
  resourcesOverlap,
  archResourceMapped,
  iommuMapped,
  mmconfigMapped,
  msixMapped,
  msixTableAddress,
  vpciBarWindowMapped,
  armCellId,
  iommuAmdDevice,
  iommuGap,
  iommuMissingIntel,
  iommuNoneAmd,
  iommuSize,
  iommuType,
  pvuAlign,
  pvuNoUnmap,
  smmuv3RootTables,
  streamIdOverlap,
  streamIdRange,
  streamIdShared,
  streamNoUnit,
  streamNotInRoot,
  gicAddress,
  gicBaseMissing,
  gicMaintenanceIrq,
  gicPinbaseZero,
  gicPinbase,
  gicVersion,
  ioapicCount,
  ioapicIdBdfCollision,
  ioapicIdMismatch,
  ioapicPinbase,
  ioapicUnknownAddress,
  irqNotInRoot,
  irqSharedCells,
  irqchipOverlap,
  vtdIrqLimit,
  x86ZeroMmio,
  ivshmBarMask,
  ivshmBdfConflict,
  ivshmDevId,
  ivshmDomainMismatch,
  ivshmDupId,
  ivshmIdGePeers,
  ivshmNoPeer,
  ivshmNoncontiguous,
  ivshmNotRootshared,
  ivshmOutputPerm,
  ivshmOutputSize,
  ivshmOverRoot,
  ivshmOverlapsRam,
  ivshmPeersGt12,
  ivshmPeersMismatch,
  ivshmProtocol,
  ivshmRegionsRange,
  ivshmRegionsStart,
  ivshmShmemMismatch,
  ivshmStateTable,
  ivshmVectorsMismatch,
  ivshmVectors,
  ivshmX86Intx,
  vpciIrqNotOwned,
  vpciIrqShared,
  vpciIrqTaken,
  loadNoRamAtBase,
  loadNone,
  loadNotInRoot,
  loadNotWritable,
  loadRootshared,
  resetNotLoadable,
  resetUnmapped,
  resetX86High,
  memAddrRange,
  memArmExecute,
  memDmaMissing,
  memExecIo,
  memExecOnly,
  memIoWidthFullPage,
  memIommuRange,
  memMergeable,
  memNoAccess,
  memNone,
  memNotInRoot,
  memOverlapCells,
  memOverlapPhysInCell,
  memOverlapVirtInCell,
  memPartialRoot,
  memPhysMisaligned,
  memRootsharedMissingInRoot,
  memRootsharedRam,
  memSubpageCrossesPage,
  memSubpageFlags,
  memSubpageNoWidth,
  memSubpageRootKeeps,
  memSubpageRootOverrevoked,
  memSubpageShadowed,
  memSubpageVirtOverlap,
  memSubpageVirtPhysOffset,
  memUnmapSkipHole,
  memVtdRootDma,
  memWidensRoot,
  memWriteOnly,
  memZeroSize,
  rootMemFlags,
  rootMemNoAccess,
  rootMemNotIdentity,
  mmconfigMissingArm,
  mmconfigMissingX86,
  msiVectorsMissing,
  msixNoAddress,
  msixRegionZero,
  msixTableTooSmall,
  msixTableUnaligned,
  msixVectorsMissing,
  pciBarMaskForm,
  pciBarMaskZero,
  pciBdfDup,
  pciBridgeCell,
  pciBusRange,
  pciCapOverlap,
  pciCapRange,
  pciCapReadonly,
  pciCapUnused,
  pciCapsDifferFromRoot,
  pciCapsOob,
  pciDomainMismatch,
  pciGroupSplit,
  pciIommuIndex,
  pciMsiCapMismatch,
  pciNotInRoot,
  pciPhysOnVirtual,
  pciSharedCells,
  pciTypeUnknown,
  vpciDomainTaken,
  vpciEndBus,
  pioI8042,
  pioNotInRoot,
  pioOnArm,
  pioOverflow,
  pioOverlapInCell,
  pioPciBypass,
  pioPicPitReset,
  pioSharedCells,
  pioStealsPmTimer,
  pioTakenFromRoot,
  pioZeroLength,
  pmTimerZero,
] as readonly unknown[] as readonly Rule[];
