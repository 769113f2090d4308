import type { Consequence } from "../../../compiler/check/consequence.js";
import { allRules } from "../../../compiler/check/registry.js";
import { runRules } from "../../../compiler/check/run.js";
import {
  configSize,
  readCellConfig,
  readSystemConfig,
  readSystemHeader,
} from "../../../hypervisor/core/config/read-config.js";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { deriveMachine } from "../../../hypervisor/simulation/derive-machine.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { checkedCase } from "../../oracle/checked-case.js";
import type { RecordedCase } from "../../oracle/recorded-case.js";
import type { MutatedSet } from "./mutated-set.js";

const profile = builtInProfiles.profile("r14.1");

/** What became of a command: it went well, an errno, or the machine did not go on. */
export type Verdict = "ok" | "crash" | "hang" | string;

export interface Verdicts {
  readonly enable: Verdict;
  /** Null where the machine was not enabled. */
  readonly create: Verdict | null;
}

/** What the simulated driver and hypervisor say, on a machine that has all that the configs speak of. */
export function simulated({ vendor, system, cell }: MutatedSet): Verdicts {
  // Larger ones are refused before anything of their tables is read.
  const isReadable = (bytes: Uint8Array, kind: "system" | "cell"): boolean =>
    (configSize(bytes, profile, kind) ?? 0) <= 0x1_0000;
  const config = isReadable(system, "system")
    ? readSystemConfig(system, profile)
    : readSystemHeader(system, profile);
  const cells = isReadable(cell, "cell") ? [readCellConfig(cell, profile)] : [];
  const machine = deriveMachine(config, "x86", {
    vendor,
    cells,
    // Whether a processor can divide its cache is not in the configs.
    cacheAllocation: { maxBit: 19, classes: 15 },
    ioApics: cells.flatMap(({ irqchips }) => irqchips.map(({ address }) => address)),
  });
  const driver = new JailhouseDriver({ machine, profile, world: { run: () => false } });
  const enable = verdictOf(() => driver.enable(system));
  if (enable !== "ok") return { enable, create: null };
  return { enable, create: verdictOf(() => driver.createCell(cell)) };
}

function verdictOf(action: () => void): Verdict {
  try {
    action();
    return "ok";
  } catch (error) {
    if (error instanceof Refusal) return error.errno;
    if (error instanceof HypervisorFault) return "crash";
    if (error instanceof MachineHang) return "hang";
    throw error;
  }
}

export interface Claim {
  readonly rule: string;
  readonly consequence: Consequence;
}

/** What the rules say that becomes of enabling and creating. */
export function claimed({ vendor, system, cell }: MutatedSet): readonly Claim[] {
  const recorded: RecordedCase = {
    id: "mutated",
    description: "",
    note: "",
    machine: {
      cpu: vendor === "intel" ? "Intel" : "AMD",
      onlineCpus: undefined,
      apic: undefined,
      cat: undefined,
    },
    system: { name: "system", base: "", bytes: system, sha256: undefined },
    cells: [{ name: "cell", base: "", bytes: cell, sha256: undefined }],
    steps: [],
  };
  return runRules(allRules, checkedCase(recorded, [0])).map(({ rule, consequence }) => ({
    rule: rule.id,
    consequence,
  }));
}

/**
 * How rules and simulator disagree about one command; null where they do not: it is refused exactly where a rule says so, with
 * the errno of one of those that do.
 */
export function disagreement(
  step: "enable" | "create",
  verdict: Verdict,
  claims: readonly Claim[],
): string | null {
  const ofStep = claims.filter(({ consequence }) => consequence.step === step);
  const refusals = ofStep.filter(({ consequence }) => consequence.outcome === "refused");
  const told = (some: readonly Claim[]): string =>
    [...new Set(some.map(({ rule, consequence: { errno, outcome } }) => `${rule} ${errno ?? outcome}`))].join(
      ", ",
    );
  if (verdict === "ok") return refusals.length === 0 ? null : `accepted, claimed ${told(refusals)}`;
  if (verdict === "crash" || verdict === "hang") {
    const ends = ofStep.some(({ consequence: { outcome } }) => outcome === "crash" || outcome === "hang");
    return ends ? null : `${verdict}, claimed ${told(ofStep) || "nothing"}`;
  }
  const isNamed = refusals.some(({ consequence }) => consequence.errno === verdict);
  return isNamed ? null : `${verdict}, claimed ${told(ofStep) || "nothing"}`;
}
