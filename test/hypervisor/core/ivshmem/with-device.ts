import { decode } from "../../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../../schema/codec/detect.js";
import { encode } from "../../../../schema/codec/encode.js";
import type { WireStruct, WireValue } from "../../../../schema/codec/wire.js";

/** What is changed of a cell config. */
export interface DeviceChange {
  /** Fields of its device number `device`, by their C names. */
  readonly fields?: Readonly<Record<string, WireValue>>;
  readonly device?: number;
  /** Copies of the last memory region that follow it, one page each, in memory that all share. */
  readonly moreRegions?: number;
}

/** A cell config with another device, or with more memory. */
export function withDevice(
  bytes: Uint8Array,
  { fields = {}, device = 0, moreRegions = 0 }: DeviceChange,
): Uint8Array {
  const { config } = decode(bytes, builtInProfiles.profile("r14.1"), { kind: "cell" });
  const { mem_regions: regions, pci_devices: devices } = config.tables as Record<
    string,
    readonly WireStruct[]
  >;
  const more = Array.from({ length: moreRegions }, (_, index) => ({
    phys_start: 0x3f0f_0000n,
    virt_start: 0x5000_0000n + BigInt(index) * 0x1000n,
    size: 0x1000n,
    flags: 0x81n,
  }));
  return encode({
    ...config,
    tables: {
      ...config.tables,
      mem_regions: [...regions!, ...more],
      pci_devices: devices!.map((each, index) => (index === device ? { ...each, ...fields } : each)),
    },
  });
}
