/** One event of a log and the configs as a finding. */

import { comparedName } from "../check/facts/cell-name.js";
import type { CheckedConfig } from "../check/facts/checked-config.js";
import type { CheckedSet } from "../check/facts/checked-set.js";
import type { Link } from "../check/reach/answer.js";
import type { Partition } from "../check/reach/partition.js";
import type { Finding } from "../check/run.js";
import type { Spot } from "../check/spot.js";
import { bdfText, cpusText, hex, ownRegionText } from "../check/words.js";
import type { Details } from "../diagnostics/define.js";
import type { Diagnostic, Place } from "../diagnostics/diagnostic.js";
import { judgeDma } from "./judge/dma.js";
import type { CellScene, Judgement, Offer, Scene } from "./judge/judgement.js";
import { judgeMemory } from "./judge/memory.js";
import { judgeOther } from "./judge/other.js";
import { judgePci } from "./judge/pci.js";
import { judgePort } from "./judge/ports.js";
import { judgeRefused } from "./judge/refused.js";
import { judgeTrapped } from "./judge/trapped.js";
import type { LogEvent } from "./log/event.js";
import type { DeniedAccess, Statement } from "./log/statement.js";
import { diagnoseMessages as messages } from "./messages.js";
import { didText } from "./words.js";

/** What an event comes to; who knows the sources makes a diagnostic of it. */
export interface Diagnosis {
  readonly event: LogEvent;
  /** Where the mistake stands; null for the log itself. */
  readonly at: Spot | null;
  readonly label: string;
  readonly also: readonly Link[];
  readonly notes: readonly string[];
  readonly help?: string;
  readonly offers: readonly Offer[];
  readonly make: (place: Place, details: Details) => Diagnostic;
}

export interface Configs {
  readonly set: CheckedSet;
  readonly partition: Partition;
  readonly findings: readonly Finding[];
}

/** @param named the cell that the user says it was, where the log does not */
export function diagnose(given: LogEvent, configs: Configs, named: CheckedConfig | null): Diagnosis {
  const event = { ...given, statement: asFetch(given, configs.partition) };
  const { statement } = event;
  const cell = cellOf(event, configs.set) ?? (event.cell === null ? named : null);
  const scene: Scene = { ...configs, cell, event };
  if (statement === null)
    return diagnosisOf(event, { but: "", at: null }, cell, (place, details) =>
      messages["log-unreadable"]({ line: event.line.number }, place, details),
    );
  const did = didText(statement);
  const who = whoText(statement, event, cell);
  if (statement.kind === "driver" || statement.kind === "errno") {
    const judgement = judgeRefused(statement, scene);
    return diagnosisOf(event, judgement, cell, (place, details) =>
      messages["log-refused"]({ what: did, but: judgement.but }, place, details),
    );
  }
  if (statement.kind !== "other" && cell === null) {
    const { cell: name } = event;
    return diagnosisOf(event, { but: "", at: null }, cell, (place, details) =>
      messages["log-cell-unknown"]({ who, did, name }, place, details),
    );
  }
  const judgement =
    statement.kind === "other"
      ? judgeOther(statement, scene)
      : judgeAccess(statement, { ...scene, cell: cell! });
  const id =
    statement.kind === "other"
      ? event.end === null && isMild(statement.topic)
        ? "log-warning"
        : "log-violation"
      : ids[statement.kind];
  return diagnosisOf(event, judgement, cell, (place, details) =>
    messages[id]({ who, did, but: judgement.but }, place, details),
  );
}

/** Fetches of instructions are reported as reads on x86; the address of the instruction gives them away. */
function asFetch({ statement, registers }: LogEvent, { isX86 }: Partition): LogEvent["statement"] {
  if (!isX86 || statement?.kind !== "memory" || statement.direction !== "read") return statement;
  return registers.get("rip") === statement.address ? { ...statement, direction: "execute" } : statement;
}

const ids = {
  memory: "log-memory-access",
  trapped: "log-memory-access",
  port: "log-port-access",
  "pci-config": "log-pci-access",
  dma: "log-dma-access",
} as const;

function isMild(topic: string): boolean {
  return ["ipi", "hypercall", "overflow", "not-returned", "no-reply"].includes(topic);
}

function judgeAccess(access: DeniedAccess, scene: CellScene): Judgement {
  switch (access.kind) {
    case "memory":
      return judgeMemory(access, scene);
    case "trapped":
      return judgeTrapped(access, scene);
    case "port":
      return judgePort(access, scene);
    case "pci-config":
      return judgePci(access, scene);
    case "dma":
      return judgeDma(access, scene);
  }
}

/** Whose doing it was: by the name in the log, the owner of the device or the CPU, or since there is only one cell. */
function cellOf(
  { statement, cell, cpus }: LogEvent,
  { all, cells, system }: CheckedSet,
): CheckedConfig | null {
  if (cell !== null) return all.find((config) => comparedName(config) === cell) ?? null;
  const inOrder = system === null ? cells : [...cells, system];
  if (statement?.kind === "dma")
    return inOrder.find((config) => config.physicalDevices.some(({ bdf }) => bdf === statement.bdf)) ?? null;
  const [number] = cpus;
  if (number !== undefined) {
    const owners = cells.filter((config) => config.cpus.includes(number));
    if (owners.length === 1) return owners[0]!;
    if (owners.length === 0 && system?.cpus.includes(number) === true) return system;
  }
  return all.length === 1 && statement?.kind !== "driver" ? all[0]! : null;
}

function whoText(statement: Statement, { cpus, cell: name }: LogEvent, cell: CheckedConfig | null): string {
  const title = cell?.title ?? (name === null ? null : `cell ${JSON.stringify(name)}`);
  const owner = title === null ? "" : ` of ${title}`;
  if (statement.kind === "dma") return `device ${bdfText({ domain: 0, bdf: statement.bdf })}${owner}`;
  return `${cpus.length === 0 ? "a CPU" : cpusText(cpus)}${owner}`;
}

/** Lines are quoted up to here. */
const quotedLength = 200;

function diagnosisOf(
  event: LogEvent,
  judgement: Judgement,
  cell: CheckedConfig | null,
  make: Diagnosis["make"],
): Diagnosis {
  const { at, label = "", also = [], notes = [], help, offers = [], withheld = [] } = judgement;
  return {
    event,
    at,
    label,
    also,
    notes: [...linesOf(event), ...whereOf(event, cell), ...notes, ...withheld.map(isolationText)],
    ...(help === undefined ? {} : { help }),
    offers,
    make,
  };
}

/** Why an edit is not made, although it would grant the access. */
export function isolationText(reason: string): string {
  return `to grant it would break isolation: ${reason}`;
}

function linesOf({ line, also, times, end }: LogEvent): readonly string[] {
  const quoted = [line, ...also.map((each) => each.line)]
    .toSorted((one, other) => one.number - other.number)
    .map(({ number, text }) => `line ${number} of the log: ${shortened(text.trim())}`);
  return [
    ...quoted,
    ...(times > 1 ? [`the log has it ${times} times`] : []),
    ...(end === "stopped" ? ["the CPU is stopped for good: the machine has to be reset"] : []),
  ];
}

function shortened(text: string): string {
  return text.length <= quotedLength ? text : `${text.slice(0, quotedLength)}...`;
}

/** Where the program was. Programs of upstream's library see memory as their cell does; an operating system may not. */
function whereOf({ statement, registers, also }: LogEvent, cell: CheckedConfig | null): readonly string[] {
  const isCode = statement?.kind === "memory" && statement.direction === "execute";
  const decoder =
    !isCode && also.some(({ statement }) => statement.kind === "other" && statement.topic === "decoder")
      ? [
          "plain moves are decoded only: other instructions on device registers fail even where the access is granted",
        ]
      : [];
  const pc = registers.get("rip") ?? registers.get("pc");
  if (pc === undefined) return decoder;
  const region = cell?.regions.find(({ virt, size }) => size > 0n && virt.start <= pc && pc < virt.end);
  const place =
    region === undefined ? "" : `, in ${ownRegionText(region)} unless the cell maps memory otherwise`;
  return [`the instruction was at ${hex(pc)}${place}`, ...decoder];
}
