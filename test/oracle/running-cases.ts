import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { root } from "../boards/read-machine.js";
import { amdSystem, baseConfigs } from "./base-configs.js";
import { CellIds } from "./cell-ids.js";
import {
  type Outcome,
  outcomeOfMessage,
  type RecordedCase,
  type RecordedFile,
  type RecordedStep,
  type StepName,
} from "./recorded-case.js";

/** A line of running.jsonl.gz; test/fixtures/oracle/README.md says what its fields mean. */
export interface RunningRecord {
  readonly set: string;
  readonly id: string;
  readonly desc: string;
  readonly note?: string;
  readonly files: Readonly<Record<string, RunningFile>>;
  readonly ops: readonly RunningOperation[];
  /** Pages of memory and of address space in use, where the case begins on a running system. */
  readonly pool_before?: readonly number[] | null;
}

export interface RunningFile {
  readonly base: string;
  readonly size: number;
  readonly sha256: string;
  readonly patches: readonly RunningPatch[];
}

/** One of: bytes at an offset, bytes put in between, the first bytes only, bytes at the end. */
interface RunningPatch {
  readonly off?: number;
  readonly old?: string;
  readonly hex?: string;
  readonly insert?: string;
  readonly insert_zero?: number;
  readonly truncate?: number;
  readonly append?: string;
}

export interface RunningOperation {
  readonly op: string;
  readonly rc?: number | null;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly dmesg?: readonly string[];
  readonly hv: readonly string[];
  readonly hang?: boolean;
}

export function readRunningCases(): readonly RecordedCase[] {
  return readRunningRecords().map(caseOf);
}

export function readRunningRecords(): readonly RunningRecord[] {
  const file = path.join(root, "test/fixtures/oracle/running.jsonl.gz");
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as RunningRecord);
}

/** The files of a record, with the patches in them. */
export function filesOf(record: RunningRecord): readonly RecordedFile[] {
  return Object.entries(record.files).map(([name, file]) => fileOf(record, name, file));
}

function caseOf(record: RunningRecord): RecordedCase {
  const files = filesOf(record);
  const isX86 = record.set.startsWith("x86-");
  // The cases of cells begin on a running system that is not among their files.
  const unmodified = isX86 ? amdSystem : "qemu-arm64";
  const system = files.find(({ name }) => name === "s.cell") ?? {
    name: "s.cell",
    base: unmodified,
    bytes: baseConfigs().get(unmodified)!,
    sha256: undefined,
  };
  const cells = inOrderOfCreation(
    record,
    files.filter((file) => file !== system),
  );
  const rootName = isX86 ? "QEMU-VM" : "qemu-arm64";
  return {
    id: `running/${record.set}/${record.id}`,
    description: record.desc,
    note: record.note ?? "",
    machine: { cpu: isX86 ? "AMD" : "Arm", onlineCpus: undefined, apic: undefined, cat: undefined },
    system,
    cells,
    steps: stepsOf(record.ops, cells, rootName),
  };
}

function fileOf({ set, id }: RunningRecord, name: string, file: RunningFile): RecordedFile {
  const base = file.base.startsWith("amd.cell") ? amdSystem : path.basename(file.base, ".cell");
  const original = baseConfigs().get(base);
  if (original === undefined) throw new Error(`no machine in boards/ makes ${file.base}`);
  const bytes = file.patches.reduce<Buffer>((before, patch) => {
    const after = patched(before, patch);
    if (after === undefined) throw new Error(`running/${set}/${id}: ${name} is not what its patch expects`);
    return after;
  }, Buffer.from(original));
  return { name, base, bytes: Uint8Array.from(bytes), sha256: file.sha256 };
}

/** Undefined where the bytes to be replaced are not those that the patch names. */
function patched(bytes: Buffer, patch: RunningPatch): Buffer | undefined {
  const { off = 0, old, hex, insert, insert_zero, truncate, append } = patch;
  if (truncate !== undefined) return bytes.subarray(0, truncate);
  if (append !== undefined) return Buffer.concat([bytes, Buffer.from(append, "hex")]);
  if (hex !== undefined) {
    const news = Buffer.from(hex, "hex");
    const there = bytes.subarray(off, off + news.length).toString("hex");
    if (there !== old) return undefined;
    return Buffer.concat([bytes.subarray(0, off), news, bytes.subarray(off + news.length)]);
  }
  const inserted = insert === undefined ? Buffer.alloc(insert_zero!) : Buffer.from(insert, "hex");
  return Buffer.concat([bytes.subarray(0, off), inserted, bytes.subarray(off)]);
}

const createdFile = /^jailhouse cell create (?:\S*\/)?(\S+)$/;

/** Files that no step creates come last. */
function inOrderOfCreation(record: RunningRecord, files: readonly RecordedFile[]): readonly RecordedFile[] {
  const created = record.ops.map(({ op }) => createdFile.exec(op)?.[1]);
  const place = ({ name }: RecordedFile): number => {
    const first = created.indexOf(name);
    return first < 0 ? created.length : first;
  };
  return [...files].sort((one, other) => place(one) - place(other));
}

const stepOfCommand: readonly (readonly [command: RegExp, step: StepName])[] = [
  [/^jailhouse enable /, "enable"],
  [/^jailhouse disable$/, "disable"],
  [/^jailhouse cell create /, "create"],
  [/^jailhouse cell load /, "load"],
  // A shutdown is a load without images.
  [/^jailhouse cell shutdown /, "load"],
  [/^jailhouse cell start /, "start"],
  [/^jailhouse cell destroy /, "destroy"],
];

function stepsOf(
  operations: readonly RunningOperation[],
  cells: readonly RecordedFile[],
  rootName: string,
): readonly RecordedStep[] {
  const ids = new CellIds(cells);
  return operations.flatMap((operation) => {
    const steps = stepsOfOne(operation, rootName);
    const [{ name, outcome, what }] = steps;
    const file = createdFile.exec(what)?.[1];
    if (name === "create") {
      const cell = cells.findIndex((each) => each.name === file);
      if (cell < 0) return steps;
      if (outcome === "ok") ids.add(cell);
      return steps.map((step) => ({ ...step, cell }));
    }
    if (name !== "destroy") return steps;
    const cell = ids.find(what);
    if (outcome === "ok") ids.remove(cell);
    return steps.map((step) => ({ ...step, cell }));
  });
}

/**
 * Two for a start that the tool reports as done: what the cell did from then on stands in the same transcript, with its lines
 * between those of the hypervisor.
 */
function stepsOfOne(
  operation: RunningOperation,
  rootName: string,
): readonly [RecordedStep, ...RecordedStep[]] {
  const { op, rc, hv, dmesg = [] } = operation;
  const name = stepOfCommand.find(([command]) => command.test(op))?.[1] ?? "run";
  const common = { what: op, cell: undefined };
  if (name !== "start" || rc !== 0) {
    return [{ ...common, name, outcome: outcomeOf(operation, rootName), console: hv, dmesg }];
  }
  return [
    { ...common, name, outcome: "ok", console: [], dmesg },
    { ...common, name: "run", outcome: trapIn(hv, rootName) ?? "ok", console: hv, dmesg: [] },
  ];
}

/** What becomes of a CPU, as the hypervisor's console tells it. */
function trapIn(console: readonly string[], rootName: string): Outcome | undefined {
  if (console.some((line) => /Stopping CPU \d+|FATAL: Unhandled HYP exception/.test(line))) return "crash";
  const parked = console.map((line) => /Parking CPU \d+ \(Cell: "(.*)"\)/.exec(line)?.[1]);
  if (parked.includes(rootName)) return "parked-root";
  return parked.some((cell) => cell !== undefined) ? "parked-cell" : undefined;
}

function outcomeOf(operation: RunningOperation, rootName: string): Outcome {
  const { op, rc, stderr = "", hv, dmesg = [], hang } = operation;
  const trap = trapIn(hv, rootName);
  if (trap !== undefined) return trap;
  if (hang === true) return "hang";
  if (dmesg.some((line) => line.startsWith("Internal error: "))) return "crash";
  const isCommand = op.startsWith("jailhouse ") || op === "jailhouse";
  // Other programs look at the machine: their failures say nothing of it, unless Linux or the driver refused them.
  if (rc === undefined || rc === null || rc === 0 || (!isCommand && stderr === "")) {
    const isIgnored = dmesg.some((line) => line === "jailhouse: Configuration architecture mismatch");
    return isIgnored ? "ignored" : "ok";
  }
  return outcomeOfMessage(stderr);
}
