import type { Cell } from "../../../../hypervisor/core/cell.js";
import type { CellAccess } from "../../../../hypervisor/core/decide/access.js";
import type { Violation } from "../../../../hypervisor/core/decide/violation-log.js";
import { hypercalls } from "../../../../hypervisor/core/hypercall.js";
import { CpuParked, CpuStopped } from "../../../../hypervisor/run/program-end.js";
import type { X86Cpu } from "../../../../hypervisor/x86/x86-cpu.js";
import { oneOf } from "../../naive/configs.js";
import { type Random, randomAddress } from "../../naive/random-scenario.js";
import { CellMachine } from "../../run/cell-machine.js";
import { type Actor, cellNames, cellOf, configOf, cpusOf, type RandomSet, systemOf } from "./random-set.js";

type Size = 1 | 2 | 4;

/** An access as data, so that it can be made again on another machine. */
export type Try =
  | { readonly does: "memory"; readonly address: number; readonly size: Size | 8; readonly isWrite: boolean }
  | { readonly does: "port"; readonly port: number; readonly size: Size; readonly written: number | null }
  | {
      readonly does: "config";
      readonly byPorts: boolean;
      readonly bdf: number;
      readonly register: number;
      readonly size: Size;
      readonly written: number | null;
    }
  | { readonly does: "pin"; readonly pin: number; readonly isWrite: boolean }
  | { readonly does: "ipi"; readonly destination: number }
  | { readonly does: "hypercall"; readonly code: number }
  | { readonly does: "dma"; readonly bdf: number; readonly address: number; readonly isWrite: boolean };

/** A set of cells on a machine, after its operations. */
export class PlayedSet {
  readonly machine: CellMachine;
  /** Of those cells that are there. */
  private readonly ids = new Map<Actor, number>([["root", 0]]);

  constructor(readonly set: RandomSet) {
    const { vendor, operations } = set;
    this.machine = new CellMachine({ vendor }, systemOf(set));
    for (const operation of operations) this.operate(operation);
  }

  /** A cell that was not accepted is not there. */
  private operate({ does, cell }: RandomSet["operations"][number]): void {
    const { machine, ids, set } = this;
    const id = ids.get(cell);
    if (does === "create") {
      const created = machine.create(cellOf(set, cell));
      if (created > 0) ids.set(cell, created);
    } else if (id !== undefined) {
      const result =
        does === "destroy"
          ? machine.destroy(id)
          : machine.call(does === "load" ? hypercalls.cellSetLoadable : hypercalls.cellStart, id);
      if (result !== 0) throw new Error(`${does} gives ${result}`);
      if (does === "destroy") ids.delete(cell);
    }
  }

  get actors(): readonly Actor[] {
    return [...this.ids.keys()];
  }

  cellOf(actor: Actor): Cell {
    const { hypervisor } = this.machine;
    return hypervisor.allCells.find(({ config }) => config.id === this.ids.get(actor))!;
  }

  /** What is told of an access; null if nothing is. */
  violationOf(actor: Actor, attempt: Try): Violation | null {
    const { machine } = this;
    const cpu = machine.programs.run(cpusOf[actor], function* () {}) as X86Cpu;
    machine.violations.clear();
    try {
      makeTry(cpu, attempt);
    } catch (error) {
      if (!(error instanceof CpuParked) && !(error instanceof CpuStopped)) throw error;
      const state = machine.hypervisor.cpu(cpu.id);
      state.failed = false;
      state.stopped = false;
    }
    // Selecting the pin is none of the access.
    return machine.violations.all.at(-1) ?? null;
  }
}

/** What an access is for the hypervisor, as far as it says the same of all cells. */
export function accessOf(attempt: Try): CellAccess {
  switch (attempt.does) {
    case "memory": {
      const { address, size, isWrite } = attempt;
      return { kind: "memory", direction: isWrite ? "write" : "read", address, size };
    }
    case "port": {
      const { port, size, written } = attempt;
      return { kind: "port", direction: written === null ? "read" : "write", port, size, value: written };
    }
    case "config": {
      const { byPorts, bdf, register, size, written } = attempt;
      const via = byPorts ? "ports" : "memory";
      const direction = written === null ? "read" : "write";
      return { kind: "pci-config", via, direction, bdf, register, size, value: written };
    }
    case "pin": {
      const { pin, isWrite } = attempt;
      const direction = isWrite ? "write" : "read";
      return { kind: "ioapic", direction, address: ioApic, register: 0x10, index: 0x10 + 2 * pin, pin };
    }
    case "ipi":
      return { kind: "ipi", cpu: attempt.destination, destination: attempt.destination };
    case "hypercall":
      return { kind: "hypercall", code: attempt.code, argument: 0x2e };
    case "dma": {
      const { bdf, address, isWrite } = attempt;
      return { kind: "dma", direction: isWrite ? "write" : "read", bdf, address };
    }
  }
}

const ioApic = 0xfec0_0000;
const mmconfig = 0xb000_0000;

function makeTry(cpu: X86Cpu, attempt: Try): void {
  switch (attempt.does) {
    case "memory":
      memoryTry(cpu, attempt.address, attempt.size, attempt.isWrite);
      return;
    case "port": {
      const bits = (8 * attempt.size) as 8 | 16 | 32;
      if (attempt.written === null) cpu[`in${bits}`](attempt.port);
      else cpu[`out${bits}`](attempt.port, attempt.written);
      return;
    }
    case "config": {
      const { bdf, register, size, written, byPorts } = attempt;
      if (!byPorts) {
        const address = mmconfig + bdf * 0x1000 + register;
        const bits = (8 * size) as 8 | 16 | 32;
        if (written === null) cpu[`read${bits}`](address);
        else cpu[`write${bits}`](address, written);
      } else if (written === null) cpu.pciRead(bdf, register, size);
      else cpu.pciWrite(bdf, register, size, written);
      return;
    }
    case "pin":
      cpu.write32(ioApic, 0x10 + 2 * attempt.pin);
      if (attempt.isWrite) cpu.write32(ioApic + 0x10, 0x1_0000);
      else cpu.read32(ioApic + 0x10);
      return;
    case "ipi":
      cpu.ipi(attempt.destination, 0x30);
      return;
    case "hypercall":
      cpu.hypercall(attempt.code, 0x2e);
      return;
    case "dma":
      if (attempt.isWrite) cpu.dmaWrite(attempt.bdf, attempt.address, Uint8Array.of(0));
      else cpu.dmaRead(attempt.bdf, attempt.address, 1);
  }
}

function memoryTry(cpu: X86Cpu, address: number, size: Size | 8, isWrite: boolean): void {
  if (size === 8) {
    if (isWrite) cpu.write64(address, 0n);
    else cpu.read64(address);
  } else if (isWrite) cpu[`write${(8 * size) as 8 | 16 | 32}`](address, 0);
  else cpu[`read${(8 * size) as 8 | 16 | 32}`](address);
}

const famousPorts = [0x60, 0x64, 0x70, 0x80, 0x2f8, 0x3f8, 0x608, 0xcf8, 0xcf9, 0xe010] as const;

/** Those that lead to configuration spaces are tried as such. */
function portNear(random: Random): number {
  const port = oneOf(famousPorts, random) + random(10) - 2;
  return port >= 0xcfc && port < 0xd00 ? 0xcf9 : port;
}

/** Something that the configs are likely to say something of. */
export function randomTry(random: Random, set: RandomSet): Try {
  const configs = cellNames.map((name) => configOf(set, name));
  const bounds = configs.flatMap(({ memoryRegions }) =>
    memoryRegions.flatMap(({ physStart, virtStart, size }) =>
      [physStart, physStart + size, virtStart, virtStart + size].map(Number),
    ),
  );
  const devices = [
    0x08,
    0x10,
    0xd8,
    0xf8,
    0x55,
    ...configs.flatMap(({ pciDevices }) => pciDevices.map(({ bdf }) => bdf)),
  ];
  const size = oneOf([1, 2, 4] as const, random);
  const isWrite = random(2) === 0;
  switch (random(10)) {
    case 0:
    case 1: {
      const written = isWrite ? random(2 ** 32) % 2 ** (8 * size) : null;
      return { does: "port", port: portNear(random), size, written };
    }
    case 2:
    case 3:
    case 4: {
      const places = [0x00, 0x04, 0x10, 0x14, 0x2c, 0x30, 0x3c, 0x40, 0x44, 0x60, 0x80, 0x88, 0xa0];
      const register = oneOf(places, random) & ~(size - 1);
      const written = isWrite ? random(2 ** 32) % 2 ** (8 * size) : null;
      return {
        does: "config",
        byPorts: random(2) === 0,
        bdf: oneOf(devices, random),
        register,
        size,
        written,
      };
    }
    case 5:
      return random(3) === 0
        ? { does: "hypercall", code: oneOf([2, 5, 6, 8, 8, 9], random) }
        : { does: "pin", pin: random(24), isWrite };
    case 6:
      return random(2) === 0
        ? { does: "ipi", destination: random(5) }
        : {
            does: "dma",
            bdf: oneOf(devices, random),
            address: addressIn(random, bounds, 1) % 2 ** 38,
            isWrite,
          };
    default: {
      const bytes = oneOf([1, 2, 4, 8] as const, random);
      return { does: "memory", address: addressIn(random, bounds, bytes), size: bytes, isWrite };
    }
  }
}

function addressIn(random: Random, bounds: readonly number[], size: number): number {
  return bounds.length === 0 ? 0x30_0000 : randomAddress(random, bounds, size);
}
