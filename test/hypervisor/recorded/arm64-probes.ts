import { Arm } from "../../../hypervisor/arm/arm.js";
import { type AbortOutcome, handleDataAbort } from "../../../hypervisor/arm/data-abort.js";
import { endTrap } from "../../../hypervisor/arm/end-trap.js";
import { type CallOutcome, callFirmware, checkHvc } from "../../../hypervisor/arm/firmware-calls.js";
import { writeSgi1r } from "../../../hypervisor/arm/system-registers.js";
import { type ArmRegisters, instructionAbort, type TrapFailure } from "../../../hypervisor/arm/traps.js";
import { accessFlags } from "../../../hypervisor/core/access-flags.js";
import { hypercall } from "../../../hypervisor/core/hypercall.js";
import type { Hypervisor } from "../../../hypervisor/core/hypervisor.js";
import type { AccessSize } from "../../../hypervisor/machine/physical-memory.js";

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

/** Does on a CPU of a cell what the test inmate does. @param registers that it shows if it fails */
export class ProbeCpu {
  private readonly arm: Arm;

  constructor(
    private readonly hypervisor: Hypervisor,
    private readonly cpu: number,
    private readonly registers: ArmRegisters,
  ) {
    const { architecture } = hypervisor;
    if (!(architecture instanceof Arm)) throw new Error("a machine of another architecture");
    this.arm = architecture;
  }

  run(probe: Probe): ProbeOutcome {
    const number = (key: string): bigint => BigInt.asUintN(64, parsed(probe.get(key) ?? "0"));
    const address = Number(number("addr"));
    const size = Number(probe.get("width") ?? 4) as AccessSize;
    switch (probe.get("op")) {
      case "read":
        return this.access(address, size, null, true);
      case "pcir":
        return this.access(configSpaceOf(Number(number("val2"))) + address, size, null, true);
      case "pciw":
        return this.access(configSpaceOf(Number(number("val2"))) + address, size, number("val"), true);
      case "rmw":
        return this.access(address, size, null, false);
      case "write":
        return this.access(address, size, number("val"), true);
      case "exec":
        this.hypervisor.print(instructionAbort(address));
        return this.fail("forbidden access");
      case "hvc":
        return this.callHypervisor(number("val"), number("val2"), number("val3"));
      case "hvcimm":
        return this.fail(checkHvc(0)!);
      case "hvcimm1":
        return this.fail(checkHvc(0x1234)!);
      case "smc":
        return this.afterCall(
          callFirmware(this.hypervisor, this.arm, this.cpu, ["val", "val2", "val3", "val4"].map(number)),
        );
      case "sgi1r":
        return writeSgi1r(this.arm, this.cpu, number("val")) ? 0n : this.fail("unhandled trap");
      default:
        return this.fail("unhandled trap");
    }
  }

  private callHypervisor(code: bigint, first: bigint, second: bigint): bigint {
    const [a, b, c] = [code, first, second].map((each) => Number(BigInt.asUintN(32, each)));
    return BigInt.asUintN(64, BigInt(hypercall(this.hypervisor, this.cpu, a!, b!, c!)));
  }

  private afterCall(outcome: CallOutcome): ProbeOutcome {
    if (outcome.kind === "fails") return this.fail(outcome.failure);
    return outcome.kind === "off" ? "over" : BigInt.asUintN(64, outcome.value);
  }

  private access(
    address: number,
    size: AccessSize,
    written: bigint | null,
    isDecoded: boolean,
  ): ProbeOutcome {
    const { read, write } = accessFlags;
    const tables = this.arm.tablesOf(this.hypervisor.cpu(this.cpu).cell!);
    const found = tables.translate(address, written === null ? read : write);
    const { memory } = this.hypervisor.machine;
    if (found !== null) {
      if (written === null) return memory.read(found.physical, size);
      memory.write(found.physical, size, BigInt.asUintN(8 * size, written));
      return 0n;
    }
    const abort = { address, size, isWrite: written !== null, value: written ?? 0n, isDecoded };
    return this.afterAbort(
      handleDataAbort(this.hypervisor, this.cpu, { ...abort, isSpecial: false, signExtends: false }),
    );
  }

  private afterAbort(outcome: AbortOutcome): ProbeOutcome {
    if (outcome.kind === "fails") return this.fail(outcome.failure);
    return outcome.kind === "done" ? outcome.value : "over";
  }

  private fail(failure: TrapFailure): "over" {
    endTrap(this.hypervisor, this.cpu, failure, this.registers);
    return "over";
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
