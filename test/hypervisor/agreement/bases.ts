import { decode } from "../../../schema/codec/decode.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import type { ConfigKind, WireConfig } from "../../../schema/codec/wire.js";
import { machinesIn, readMachine } from "../../boards/read-machine.js";
import { baseConfigs } from "../../oracle/base-configs.js";

export type MachineKind = "intel" | "amd" | "arm64" | "arm";

/** What sets are made from: a system and the cells that may run on it. */
export interface Base {
  readonly name: string;
  readonly kind: MachineKind;
  readonly system: WireConfig;
  readonly cells: readonly { readonly name: string; readonly config: WireConfig }[];
}

export const profile = builtInProfiles.profile("r14.1");

const kinds: Readonly<Record<number, MachineKind>> = { 0: "intel", 1: "arm", 2: "arm64" };
/** Machines of AMD; upstream has no cells for them, so that they get those of QEMU's PC, as far as these have the same memory. */
const machinesOfAmd: ReadonlySet<string> = new Set(["f2a88xm-hd3", "imb-a180"]);

let known: readonly Base[] | undefined;

/** All machines of `boards/`, and QEMU's PC with a processor of AMD. */
export function bases(): readonly Base[] {
  known ??= readBases();
  return known;
}

function readBases(): readonly Base[] {
  const machines = machinesIn("boards").map((name) => {
    const [system, ...cells] = readMachine("boards", name).cells;
    const kind = machinesOfAmd.has(name) ? "amd" : kinds[system!.bytes[5]!]!;
    return {
      name,
      kind,
      system: wireOf(system!.bytes, "system"),
      cells: cells.map(({ fileName, bytes }) => ({ name: fileName, config: wireOf(bytes, "cell") })),
    };
  });
  const pc = machines.find(({ name }) => name === "qemu-x86")!;
  const pcOfAmd: Base = {
    ...pc,
    name: "qemu-amd",
    kind: "amd",
    system: wireOf(baseConfigs().get("amd")!, "system"),
  };
  return [
    ...machines.map((each) => (each.cells.length === 0 ? { ...each, cells: pc.cells } : each)),
    pcOfAmd,
  ];
}

function wireOf(bytes: Uint8Array, kind: ConfigKind): WireConfig {
  return decode(bytes, profile, { kind }).config;
}
