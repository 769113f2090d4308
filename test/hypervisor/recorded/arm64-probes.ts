import { Arm } from "../../../hypervisor/arm/arm.js";
import { ArmGuestCpu } from "../../../hypervisor/arm/arm-guest-cpu.js";
import { StreamDma } from "../../../hypervisor/arm/stream-dma.js";
import type { AccessForm } from "../../../hypervisor/arm/syndromes.js";
import { type ArmRegisters, exceptionClasses } from "../../../hypervisor/arm/traps.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import { GenericTimer } from "../../../hypervisor/machine/generic-timer.js";
import type { AccessSize } from "../../../hypervisor/machine/physical-memory.js";
import { CpuParked, CpuStopped } from "../../../hypervisor/run/program-end.js";
import { Scheduler } from "../../../hypervisor/run/scheduler.js";

/** The words of the command line of the recorder's test inmate: what it does, once. */
export type Probe = ReadonlyMap<string, string>;

export function probeOf(command: string): Probe | null {
  const line = /-s "([^"]*)"/.exec(command)?.[1];
  if (line === undefined) return null;
  return new Map(line.split(" ").map((word) => word.split("=") as [string, string]));
}

/** What came of it: the value it says, "over" where its CPU is taken away. */
export type ProbeOutcome = bigint | "over";

/** Operations that end in the hypervisor, or in memory. */
export const operations = new Set([
  "read",
  "write",
  "pcir",
  "pciw",
  "rmw",
  "exec",
  "hvc",
  "hvcimm",
  "hvcimm1",
  "smc",
  "sgi1r",
  "wactlr",
]);

/** The test inmate on a CPU of a cell. @param registers that the recorded one had when it failed */
export class ProbeCpu {
  private readonly cpu: ArmGuestCpu;

  constructor(hypervisor: Hypervisor, id: number, registers: ArmRegisters) {
    const { architecture: arm } = hypervisor;
    if (!(arm instanceof Arm)) throw new Error("a machine of another architecture");
    const time = new Scheduler();
    const timer = new GenericTimer(time, 1000, () => {});
    const around = {
      hypervisor,
      arm,
      time,
      dma: new StreamDma(hypervisor, arm),
      timersOf: () => ({ hertz: 1_000_000, virtual: timer, physical: timer }),
    };
    this.cpu = new ArmGuestCpu(around, hypervisor.cpu(id), 0);
    this.cpu.registers = () => registers;
    this.cpu.formOf = (size) => ({ ...this.form(registers), isWide: size === 8 });
  }

  /** Compilers choose the register, which the processor tells: of an access of memory, or of a system register. */
  private form({ syndrome }: ArmRegisters): Omit<AccessForm, "isWide"> {
    const isOfMemory = syndrome >>> 26 === exceptionClasses.dataAbort;
    return {
      register: (syndrome >>> (isOfMemory ? 16 : 5)) & 31,
      signExtends: false,
      isDecoded: !this.changesItsAddress,
    };
  }

  private changesItsAddress = false;

  run(probe: Probe): ProbeOutcome {
    try {
      return BigInt.asUintN(64, this.act(probe));
    } catch (error) {
      if (error instanceof CpuParked || error instanceof CpuStopped) return "over";
      throw error;
    }
  }

  private act(probe: Probe): bigint {
    const { cpu } = this;
    const number = (key: string): bigint => BigInt.asUintN(64, parsed(probe.get(key) ?? "0"));
    const address = Number(number("addr"));
    const size = Number(probe.get("width") ?? 4) as AccessSize;
    const second = number("val2");
    this.changesItsAddress = probe.get("op") === "rmw";
    switch (probe.get("op")) {
      case "read":
      case "rmw":
        return this.read(address, size);
      case "pcir":
        return this.read(configSpaceOf(Number(second)) + address, size);
      case "pciw":
        return this.write(configSpaceOf(Number(second)) + address, size, number("val"));
      case "write":
        return this.write(address, size, number("val"));
      case "exec":
        return BigInt(cpu.fetch(address).length);
      case "hvc":
        return cpu.hvc(0x4a48, number("val"), number("val2"), number("val3"));
      case "hvcimm":
        return cpu.hvc(0);
      case "hvcimm1":
        return cpu.hvc(0x1234);
      case "smc":
        return cpu.smc(...["val", "val2", "val3", "val4"].map(number)).value;
      case "sgi1r":
        cpu.writeSystemRegister("ICC_SGI1R_EL1", number("val"));
        return 0n;
      default:
        cpu.writeSystemRegister("ACTLR_EL1", number("val"));
        return 0n;
    }
  }

  private read(address: number, size: AccessSize): bigint {
    const { cpu } = this;
    if (size === 8) return cpu.read64(address);
    return BigInt(size === 4 ? cpu.read32(address) : size === 2 ? cpu.read16(address) : cpu.read8(address));
  }

  /** Registers are written as they are, however narrow the access. */
  private write(address: number, size: AccessSize, value: bigint): bigint {
    this.cpu.writeRegister(address, size, value);
    return 0n;
  }
}

/** Of the virtual bus. */
function configSpaceOf(bdf: number): number {
  return 0x08e0_0000 + bdf * 0x1000;
}

/** Also with a sign before it. */
function parsed(text: string): bigint {
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}

/** The registers that a recorded dump shows. */
export function registersOf(lines: readonly string[]): ArmRegisters {
  const text = lines.join("\n");
  const word = (name: string): bigint => {
    const found = new RegExp(`(?:^| )${name}: ([0-9a-f]+)`, "m").exec(text)?.[1] ?? "0";
    return BigInt(`0x${found}`);
  };
  const [, exceptionClass = "0", length = "0", specific = "0"] =
    /esr: ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+)/.exec(text) ?? [];
  const syndrome =
    Number.parseInt(exceptionClass, 16) * 2 ** 26 +
    Number.parseInt(length, 16) * 2 ** 25 +
    Number.parseInt(specific, 16);
  const general = Array.from({ length: 30 }, (_, index) => word(`x${index}`));
  return {
    pc: word("pc"),
    general: [...general, word("lr")],
    sp: word("sp"),
    elr: word("elr"),
    status: word("spsr"),
    syndrome,
  };
}
