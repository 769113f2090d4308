import type { Cell } from "../../../../hypervisor/core/cell.js";
import type { IvshmemEndpoint } from "../../../../hypervisor/core/ivshmem/ivshmem-endpoint.js";
import { dispatch } from "../../../../hypervisor/core/mmio/dispatch.js";
import type { MmioAnswer } from "../../../../hypervisor/core/mmio/mmio-access.js";
import { functionsOf } from "../../../../hypervisor/core/pci/pci-function.js";
import { amdSystem, baseConfigs } from "../../../oracle/base-configs.js";
import { X86Machine } from "../../recorded/x86-machine.js";

/** The link that root, ivshmem-demo and linux-x86-demo share in boards/qemu-x86: 3 peers with 16 vectors. */
export const demoLink = 0x170;

/** Where its state table is. */
export const stateTable = 0x3f0f_0000;

/** Words of a function's configuration space. */
export const register = { command: 1, vendorCapability: 16, msix: 24 } as const;
export const command = { memory: 2, master: 4, interruptOff: 0x400 } as const;
export const msixEnabled = 0x8000_0000;
export const oneShot = 0x0100_0000;
export const offset = { id: 0, maxPeers: 4, interruptControl: 8, doorbell: 12, state: 16 } as const;

export interface SentInterrupt {
  readonly destination: number;
  readonly vector: number;
}

/** The enabled machine of boards/qemu-x86, with what its links send. */
export class LinkMachine {
  readonly machine: X86Machine;
  private sent: SentInterrupt[] = [];

  constructor(vendor: "intel" | "amd" = "intel") {
    this.machine = new X86Machine(baseOf(vendor === "intel" ? "qemu-x86" : amdSystem), { vendor });
    this.machine.enable();
    this.machine.takeLines();
    this.machine.hypervisor.machine.interrupts.attach({
      send: (destination, vector) => this.sent.push({ destination, vector }),
      setPending: () => {},
    });
  }

  get hypervisor(): X86Machine["hypervisor"] {
    return this.machine.hypervisor;
  }

  cell(id: number): Cell {
    return this.hypervisor.allCells.find(({ config }) => config.id === id)!;
  }

  end(id: number, bdf = demoLink): IvshmemEndpoint {
    return functionsOf(this.cell(id)).find(({ info }) => info.bdf === bdf)!.ivshmem!;
  }

  write(id: number, address: number, value: number): MmioAnswer | "unhandled" {
    return this.access(id, address, BigInt(value));
  }

  read(id: number, address: number): MmioAnswer | "unhandled" {
    return this.access(id, address, null);
  }

  private access(id: number, address: number, written: bigint | null): MmioAnswer | "unhandled" {
    return dispatch(this.cell(id), 0, address, 4, written);
  }

  /**
   * Lets an end be reached at an address, and all its vectors lead to a CPU: vector n is `first` + n. The table is 0x8000
   * behind the registers.
   */
  bringUp(id: number, address: number, apicId: number, first: number): void {
    const end = this.end(id);
    end.pciFunction.bars.set([address, address + 0x8000]);
    // The regions go to new addresses only when they become active.
    end.writeConfig(register.command, 0xffff, 0);
    end.writeConfig(register.command, 0xffff, command.memory | command.master);
    end.writeConfig(register.msix, 0xffff_ffff, msixEnabled);
    for (let vector = 0; vector < end.pciFunction.info.numMsixVectors; vector++) {
      const words = [0xfee0_0000 + apicId * 0x1000, 0, first + vector, 0];
      for (const [index, word] of words.entries()) {
        this.write(id, address + 0x8000 + 16 * vector + 4 * index, word);
      }
    }
    this.write(id, address + offset.interruptControl, 1);
  }

  states(ends = 3): readonly number[] {
    const { memory } = this.hypervisor.machine;
    return Array.from({ length: ends }, (_, id) => Number(memory.read(stateTable + 4 * id, 4)));
  }

  /** Interrupts since the last time. */
  takeInterrupts(): readonly SentInterrupt[] {
    const sent = this.sent;
    this.sent = [];
    return sent;
  }
}

export function baseOf(name: string): Uint8Array {
  return baseConfigs().get(name)!;
}
