// Generated from schema/ by `npm run generate`; changes made here are lost.

import type { WriteStruct } from "../codec/struct-codec.js";
import { writerOfJailhouseCellDesc } from "./codecs/jailhouse-cell-desc.js";
import { writerOfJailhouseMemory } from "./codecs/jailhouse-memory.js";
import { writerOfJailhouseIrqLine } from "./codecs/jailhouse-irq-line.js";
import { writerOfJailhousePciBridge } from "./codecs/jailhouse-pci-bridge.js";
import { writerOfJailhousePciDevice } from "./codecs/jailhouse-pci-device.js";
import { writerOfJailhouseSystem } from "./codecs/jailhouse-system.js";
import { writerOfJailhouseIrqchip } from "./codecs/jailhouse-irqchip.js";
import { writerOfJailhousePciCapability } from "./codecs/jailhouse-pci-capability.js";
import { writerOfJailhouseCache } from "./codecs/jailhouse-cache.js";
import { writerOfJailhouseIommu } from "./codecs/jailhouse-iommu.js";
import { writerOfJailhouseDebugConsole } from "./codecs/jailhouse-debug-console.js";
import { writerOfJailhouseConsole } from "./codecs/jailhouse-console.js";
import { writerOfJailhousePio } from "./codecs/jailhouse-pio.js";
import { writerOfJailhouseStreamId } from "./codecs/jailhouse-stream-id.js";
import { writerOfJailhouseColoring } from "./codecs/jailhouse-coloring.js";
import { writerOfJailhouseMemguardConfig } from "./codecs/jailhouse-memguard-config.js";
import { writerOfJailhouseQos } from "./codecs/jailhouse-qos.js";
import { writerOfJailhouseQosDevice } from "./codecs/jailhouse-qos-device.js";
import { writerOfJailhouseRcpuDevice } from "./codecs/jailhouse-rcpu-device.js";
import { writerOfJailhouseFpga } from "./codecs/jailhouse-fpga.js";
import { writerOfJailhouseFpgaDevice } from "./codecs/jailhouse-fpga-device.js";
import { writerOfJailhouseCpu } from "./codecs/jailhouse-cpu.js";
import { writerOfJailhouseVendorResource } from "./codecs/jailhouse-vendor-resource.js";
import { writerOfJailhouseSmmuSid } from "./codecs/jailhouse-smmu-sid.js";
import { writerOfJailhouseMemoryColored } from "./codecs/jailhouse-memory-colored.js";
import { writerOfJailhouseRegmap } from "./codecs/jailhouse-regmap.js";
import { writerOfJailhouseIommuAmd } from "./codecs/jailhouse-iommu-amd.js";
import { writerOfJailhouseIommuIntel } from "./codecs/jailhouse-iommu-intel.js";
import { writerOfJailhouseIommuSmmuv3 } from "./codecs/jailhouse-iommu-smmuv3.js";
import { writerOfJailhouseIommuPvu } from "./codecs/jailhouse-iommu-pvu.js";

/** From the tag of a struct to the function that knows its writer in each profile. */
export const writers: Readonly<Record<string, (profile: string) => WriteStruct | undefined>> = {
  jailhouse_cell_desc: writerOfJailhouseCellDesc,
  jailhouse_memory: writerOfJailhouseMemory,
  jailhouse_irq_line: writerOfJailhouseIrqLine,
  jailhouse_pci_bridge: writerOfJailhousePciBridge,
  jailhouse_pci_device: writerOfJailhousePciDevice,
  jailhouse_system: writerOfJailhouseSystem,
  jailhouse_irqchip: writerOfJailhouseIrqchip,
  jailhouse_pci_capability: writerOfJailhousePciCapability,
  jailhouse_cache: writerOfJailhouseCache,
  jailhouse_iommu: writerOfJailhouseIommu,
  jailhouse_debug_console: writerOfJailhouseDebugConsole,
  jailhouse_console: writerOfJailhouseConsole,
  jailhouse_pio: writerOfJailhousePio,
  jailhouse_stream_id: writerOfJailhouseStreamId,
  jailhouse_coloring: writerOfJailhouseColoring,
  jailhouse_memguard_config: writerOfJailhouseMemguardConfig,
  jailhouse_qos: writerOfJailhouseQos,
  jailhouse_qos_device: writerOfJailhouseQosDevice,
  jailhouse_rcpu_device: writerOfJailhouseRcpuDevice,
  jailhouse_fpga: writerOfJailhouseFpga,
  jailhouse_fpga_device: writerOfJailhouseFpgaDevice,
  jailhouse_cpu: writerOfJailhouseCpu,
  jailhouse_vendor_resource: writerOfJailhouseVendorResource,
  jailhouse_smmu_sid: writerOfJailhouseSmmuSid,
  jailhouse_memory_colored: writerOfJailhouseMemoryColored,
  jailhouse_regmap: writerOfJailhouseRegmap,
  jailhouse_iommu_amd: writerOfJailhouseIommuAmd,
  jailhouse_iommu_intel: writerOfJailhouseIommuIntel,
  jailhouse_iommu_smmuv3: writerOfJailhouseIommuSmmuv3,
  jailhouse_iommu_pvu: writerOfJailhouseIommuPvu,
};
