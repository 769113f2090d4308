import type { WireStruct } from "../../../../schema/codec/wire.js";
import { RecordedMachine } from "../../recorded/recorded-machine.js";
import { edited } from "../edited.js";

export const unitTypes = { smmuV3: 3, pvu: 4, mmu500: 5 } as const;

/** Where the unit's registers are, which qemu-arm64 does not have. */
export const unitBase = 0x5000_0000;

/** Units of a system: the list ends at the first one without an address. */
export function unitsWith(units: readonly WireStruct[]): readonly WireStruct[] {
  const none = { type: 0, base: 0n, size: 0 };
  return [...units, ...Array.from({ length: 8 - units.length }, () => none)];
}

/** qemu-arm64 with a unit, and streams of the root cell. */
export function systemWith(type: number, streams: readonly number[], more: WireStruct = {}): Uint8Array {
  return edited("qemu-arm64", "system", {
    platform: { iommu_units: unitsWith([{ type, base: BigInt(unitBase), size: 0x2_0000, ...more }]) },
    tables: { stream_ids: streams.map((id) => ({ id })) },
  });
}

/** An inmate of qemu-arm64 with streams, and with other memory if that is given. */
export function cellWith(streams: readonly number[], regions?: readonly WireStruct[]): Uint8Array {
  return edited("qemu-arm64-inmate-demo", "cell", {
    tables: {
      stream_ids: streams.map((id) => ({ id })),
      ...(regions === undefined ? {} : { mem_regions: regions, pci_devices: [] }),
    },
  });
}

export function enabled(system: Uint8Array): RecordedMachine {
  const machine = new RecordedMachine("arm64", system, {});
  machine.enable();
  machine.takeLines();
  return machine;
}

/** What the architecture has as a unit. */
export function unitOf<Kind>(machine: RecordedMachine, kind: abstract new (...args: never[]) => Kind): Kind {
  const found = machine.hypervisor.architecture.units.find((unit) => unit instanceof kind);
  return found as Kind;
}
