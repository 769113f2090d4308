import { readCellConfig } from "../../../hypervisor/core/config/read-config.js";
import type { MachineOptions } from "../../../hypervisor/simulation/derive-machine.js";
import { X86 } from "../../../hypervisor/x86/x86.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { RecordedMachine } from "./recorded-machine.js";

export { outcomeOf } from "./recorded-machine.js";

/** A machine of the recorder with processors of Intel or AMD. */
export class X86Machine extends RecordedMachine {
  constructor(system: Uint8Array, options: MachineOptions) {
    super("x86", system, options);
  }

  get x86(): X86 {
    const { architecture } = this.hypervisor;
    if (!(architecture instanceof X86)) throw new Error("a machine of another architecture");
    return architecture;
  }
}

/** Bytes of a cell's header in revision 14. */
const leastSize = 132;

/** The I/O APICs that a cell speaks of. */
export function chipsOf(bytes: Uint8Array): readonly bigint[] {
  return bytes.length < leastSize
    ? []
    : readCellConfig(bytes, builtInProfiles.profile("r14.1")).irqchips.map(({ address }) => address);
}
