// Generated from schema/ by `npm run generate`; changes made here are lost.

import type { ReadStruct } from "../codec/struct-codec.js";
import { readerOfJailhouseCellDesc } from "./codecs/jailhouse-cell-desc.js";
import { readerOfJailhouseMemory } from "./codecs/jailhouse-memory.js";
import { readerOfJailhouseIrqLine } from "./codecs/jailhouse-irq-line.js";
import { readerOfJailhousePciBridge } from "./codecs/jailhouse-pci-bridge.js";
import { readerOfJailhousePciDevice } from "./codecs/jailhouse-pci-device.js";
import { readerOfJailhouseSystem } from "./codecs/jailhouse-system.js";
import { readerOfJailhouseIrqchip } from "./codecs/jailhouse-irqchip.js";
import { readerOfJailhousePciCapability } from "./codecs/jailhouse-pci-capability.js";
import { readerOfJailhouseCache } from "./codecs/jailhouse-cache.js";
import { readerOfJailhouseIommu } from "./codecs/jailhouse-iommu.js";
import { readerOfJailhouseDebugConsole } from "./codecs/jailhouse-debug-console.js";
import { readerOfJailhouseConsole } from "./codecs/jailhouse-console.js";
import { readerOfJailhousePio } from "./codecs/jailhouse-pio.js";
import { readerOfJailhouseStreamId } from "./codecs/jailhouse-stream-id.js";
import { readerOfJailhouseColoring } from "./codecs/jailhouse-coloring.js";
import { readerOfJailhouseMemguardConfig } from "./codecs/jailhouse-memguard-config.js";
import { readerOfJailhouseQos } from "./codecs/jailhouse-qos.js";
import { readerOfJailhouseQosDevice } from "./codecs/jailhouse-qos-device.js";
import { readerOfJailhouseRcpuDevice } from "./codecs/jailhouse-rcpu-device.js";
import { readerOfJailhouseFpga } from "./codecs/jailhouse-fpga.js";
import { readerOfJailhouseFpgaDevice } from "./codecs/jailhouse-fpga-device.js";
import { readerOfJailhouseCpu } from "./codecs/jailhouse-cpu.js";
import { readerOfJailhouseVendorResource } from "./codecs/jailhouse-vendor-resource.js";
import { readerOfJailhouseSmmuSid } from "./codecs/jailhouse-smmu-sid.js";
import { readerOfJailhouseMemoryColored } from "./codecs/jailhouse-memory-colored.js";
import { readerOfJailhouseRegmap } from "./codecs/jailhouse-regmap.js";
import { readerOfJailhouseIommuAmd } from "./codecs/jailhouse-iommu-amd.js";
import { readerOfJailhouseIommuIntel } from "./codecs/jailhouse-iommu-intel.js";
import { readerOfJailhouseIommuSmmuv3 } from "./codecs/jailhouse-iommu-smmuv3.js";
import { readerOfJailhouseIommuPvu } from "./codecs/jailhouse-iommu-pvu.js";

/** From the tag of a struct to the function that knows its reader in each profile. */
export const readers: Readonly<Record<string, (profile: string) => ReadStruct | undefined>> = {
  jailhouse_cell_desc: readerOfJailhouseCellDesc,
  jailhouse_memory: readerOfJailhouseMemory,
  jailhouse_irq_line: readerOfJailhouseIrqLine,
  jailhouse_pci_bridge: readerOfJailhousePciBridge,
  jailhouse_pci_device: readerOfJailhousePciDevice,
  jailhouse_system: readerOfJailhouseSystem,
  jailhouse_irqchip: readerOfJailhouseIrqchip,
  jailhouse_pci_capability: readerOfJailhousePciCapability,
  jailhouse_cache: readerOfJailhouseCache,
  jailhouse_iommu: readerOfJailhouseIommu,
  jailhouse_debug_console: readerOfJailhouseDebugConsole,
  jailhouse_console: readerOfJailhouseConsole,
  jailhouse_pio: readerOfJailhousePio,
  jailhouse_stream_id: readerOfJailhouseStreamId,
  jailhouse_coloring: readerOfJailhouseColoring,
  jailhouse_memguard_config: readerOfJailhouseMemguardConfig,
  jailhouse_qos: readerOfJailhouseQos,
  jailhouse_qos_device: readerOfJailhouseQosDevice,
  jailhouse_rcpu_device: readerOfJailhouseRcpuDevice,
  jailhouse_fpga: readerOfJailhouseFpga,
  jailhouse_fpga_device: readerOfJailhouseFpgaDevice,
  jailhouse_cpu: readerOfJailhouseCpu,
  jailhouse_vendor_resource: readerOfJailhouseVendorResource,
  jailhouse_smmu_sid: readerOfJailhouseSmmuSid,
  jailhouse_memory_colored: readerOfJailhouseMemoryColored,
  jailhouse_regmap: readerOfJailhouseRegmap,
  jailhouse_iommu_amd: readerOfJailhouseIommuAmd,
  jailhouse_iommu_intel: readerOfJailhouseIommuIntel,
  jailhouse_iommu_smmuv3: readerOfJailhouseIommuSmmuv3,
  jailhouse_iommu_pvu: readerOfJailhouseIommuPvu,
};
