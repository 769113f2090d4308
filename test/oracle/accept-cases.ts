import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { root } from "../boards/read-machine.js";
import { baseConfigs } from "./base-configs.js";
import {
  type Outcome,
  outcomeOfReturn,
  type RecordedCase,
  type RecordedFile,
  type RecordedStep,
  type StepName,
} from "./recorded-case.js";

/** A line of accept.jsonl.gz; test/fixtures/oracle/README.md says what its fields mean. */
export interface AcceptRecord {
  readonly n: number;
  readonly desc: string;
  readonly system: string;
  readonly variant: "intel" | "amd";
  readonly cells: readonly string[];
  readonly patches: readonly (readonly [file: string, offset: number, hex: string])[];
  readonly sizes?: Readonly<Record<string, number>>;
  readonly platform?: {
    readonly cat_cbm_max?: number;
    readonly cat_cos_max?: number;
    readonly cpu?: string;
    readonly apic?: string;
  };
  readonly steps: readonly AcceptStep[];
}

export interface AcceptStep {
  readonly op: string;
  readonly ret?: number;
  /** How the recording ended where the call never returned. */
  readonly stop?: string;
  readonly cell?: number;
  readonly id?: number;
  readonly guest_phys?: string;
  readonly cpu?: number;
  readonly state?: number;
  readonly code?: number;
  readonly arg1?: number;
  readonly arg2?: number;
  readonly online?: readonly number[];
  readonly con?: readonly string[];
  readonly con_tail?: readonly string[];
}

export function readAcceptCases(): readonly RecordedCase[] {
  return readAcceptRecords().map(caseOf);
}

export function readAcceptRecords(): readonly AcceptRecord[] {
  const file = path.join(root, "test/fixtures/oracle/accept.jsonl.gz");
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as AcceptRecord);
}

function caseOf(record: AcceptRecord): RecordedCase {
  const { platform, system, variant, cells, steps } = record;
  const cat =
    platform?.cat_cbm_max === undefined || platform.cat_cos_max === undefined
      ? undefined
      : { highestBit: platform.cat_cbm_max, classes: platform.cat_cos_max };
  return {
    id: `accept/${record.n}`,
    description: record.desc,
    note: "",
    machine: {
      cpu: variant === "intel" ? "Intel" : "AMD",
      onlineCpus: steps.find(({ online }) => online !== undefined)?.online,
      apic: platform?.apic,
      cat,
    },
    system: fileOf(record, system, system),
    cells: cells.map((base, index) => fileOf(record, `cell${index}`, base)),
    steps: steps.map((step, index) => stepOf(record, step, steps.slice(0, index))),
  };
}

export function fileOf({ sizes, patches }: AcceptRecord, name: string, base: string): RecordedFile {
  const baseName = path.basename(base, ".cell");
  const original = baseConfigs().get(baseName);
  if (original === undefined) throw new Error(`no machine in boards/ makes ${base}`);
  const bytes = new Uint8Array(sizes?.[name] ?? original.length);
  bytes.set(original.subarray(0, bytes.length));
  for (const [file, offset, hex] of patches) {
    if (file === name) bytes.set(Buffer.from(hex, "hex"), offset);
  }
  return { name, base: baseName, bytes, sha256: undefined };
}

const commands: readonly string[] = ["enable", "create", "load", "start", "destroy", "disable"];

function stepOf(record: AcceptRecord, step: AcceptStep, before: readonly AcceptStep[]): RecordedStep {
  const { op, id, con, con_tail } = step;
  const created = before.findLast((each) => each.op === "create" && each.id === id && each.ret === 0);
  return {
    name: commands.includes(op) ? (op as StepName) : "run",
    outcome: outcomeOf(record, step),
    what: textOf(step),
    cell: op === "destroy" ? created?.cell : step.cell,
    console: con ?? con_tail ?? [],
    dmesg: [],
  };
}

function outcomeOf({ n }: AcceptRecord, { op, ret, stop, con }: AcceptStep): Outcome {
  if (stop !== undefined) {
    if (stop === "hypervisor-page-fault") return "crash";
    if (stop.startsWith("hang ")) return "hang";
    throw new Error(`accept/${n} stops in an unknown way: ${stop}`);
  }
  if (op === "panic_park")
    return con?.some((line) => line.includes('"QEMU-VM"')) ? "parked-root" : "parked-cell";
  // Only preparations of the recorder have no return value.
  if (ret === undefined) return "ok";
  // No such cell: the right answer to the question, where the cell is gone.
  if (op === "state" && ret === -2) return "ok";
  return outcomeOfReturn(ret);
}

function textOf({ op, id, cell, cpu, state, code, arg1, arg2, guest_phys }: AcceptStep): string {
  const said: Readonly<Record<string, unknown>> = { id, cell, cpu, state, code, arg1, arg2, guest_phys };
  const words = Object.entries(said).filter(([, value]) => value !== undefined);
  return [op, ...words.map(([key, value]) => `${key}=${value}`)].join(" ");
}
