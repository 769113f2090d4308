import type { Attempts, Verdict, Way } from "./attempts.js";
import { pointsOf } from "./points.js";
import type { Miss, Outcome, TrialAccess, TrialExpectation, TrialPolicy, TrialTarget } from "./request.js";
import type { TrialMachine } from "./trial-machine.js";
import { waysToPhysical } from "./ways-to-memory.js";
import {
  waysToAddress,
  waysToCall,
  waysToCpu,
  waysToDevice,
  waysToInterrupt,
  waysToPort,
} from "./ways-to-things.js";

/** So many misses of one policy or expectation are told; no more is tried then. */
const mostMisses = 8;
/** What no CPU can name. */
const mostAddress = 1n << 48n;

/** One place of a target, and how to try it. */
interface Place {
  readonly text: string;
  readonly waysOn: (machine: TrialMachine, cell: number) => readonly Way[];
}

/** Whether a policy holds, at the edges of its targets and at points within. */
export function judgePolicy(policy: TrialPolicy, attempts: Attempts): Outcome {
  const { who, cells, can, access, targets, suspects } = policy;
  const present = [-1, ...attempts.machine.setup.cells.keys()];
  const concerned = who === "only" ? present : present.filter((cell) => cells.includes(cell));
  const places = targets.flatMap((target) => placesOf(target, access, suspects));
  return judge(attempts, concerned, places, (cell) => cells.includes(cell) === can);
}

/** Whether cells' CPUs can make accesses as is expected. */
export function judgeExpectation(expectation: TrialExpectation, attempts: Attempts): Outcome {
  const { cells, can, targets } = expectation;
  const places = targets.flatMap((target) => expectedPlaces(target, expectation));
  return judge(attempts, cells, places, () => can);
}

function judge(
  attempts: Attempts,
  cells: readonly number[],
  places: readonly Place[],
  isExpected: (cell: number) => boolean,
): Outcome {
  const misses: Miss[] = [];
  let tries = 0;
  for (const { text, waysOn } of places) {
    for (const cell of cells) {
      tries += 1;
      const verdict = attempts.ask(cell, (machine) => waysOn(machine, cell));
      const expected = isExpected(cell);
      if (verdict.can !== expected) misses.push(missOf(cell, text, expected, verdict));
      if (misses.length === mostMisses) return { tries, misses };
    }
  }
  return { tries, misses };
}

function missOf(cell: number, tried: string, expected: boolean, { can, consoleLines }: Verdict): Miss {
  return {
    cell,
    tried,
    expected: expected ? "to go through" : "to be denied",
    happened: can ? "goes through" : "is denied",
    line: null,
    consoleLines,
  };
}

const doing: Readonly<Record<TrialAccess, string>> = {
  read: "reading",
  write: "writing",
  execute: "executing",
  reach: "reaching",
  call: "calling",
};

function hex(value: bigint | number): string {
  return `0x${value.toString(16)}`;
}

function bdfText(bdf: number): string {
  const part = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
  return `${part(bdf >> 8, 2)}:${part((bdf >> 3) & 0x1f, 2)}.${bdf & 7}`;
}

function numbersOf(
  { from, to }: { readonly from: number; readonly to: number },
  more: readonly bigint[] = [],
): readonly number[] {
  return pointsOf(BigInt(from), BigInt(to), more).map(Number);
}

/** Of a policy: places of the machine, by whatever way. */
function placesOf(target: TrialTarget, access: TrialAccess, suspects: readonly bigint[]): readonly Place[] {
  const verb = doing[access];
  switch (target.kind) {
    case "memory":
      return pointsOf(target.from, target.to, suspects).map((address) => ({
        text: `${verb} physical memory ${hex(address)}`,
        waysOn: (machine, cell) => waysToPhysical(machine, cell, address, access),
      }));
    case "ioports":
      return numbersOf(target, suspects).map((port) => ({
        text: `${verb} port ${hex(port)}`,
        waysOn: (machine, cell) =>
          waysToPort(machine, cell, port, access === "write" ? "write" : "read", null, false),
      }));
    case "interrupt":
      return numbersOf(target, suspects).map((interrupt) => interruptPlace(interrupt));
    case "device":
      return [devicePlace(target, access)];
    case "cpus":
    case "hypercalls":
      return [];
  }
}

/** Of an expectation: accesses as CPUs make them. */
function expectedPlaces(target: TrialTarget, { access, width }: TrialExpectation): readonly Place[] {
  const verb = doing[access];
  const bytes = width === null ? "" : ` ${width} byte${width === 1 ? "" : "s"} of`;
  switch (target.kind) {
    case "memory": {
      const size = BigInt(width ?? 1);
      // The last access that lies within the range.
      const last = target.to - target.from >= size ? target.to - (size - 1n) : target.from;
      const aligned = last - ((last - target.from) % size);
      return pointsOf(target.from, aligned)
        .map((address) => address - ((address - target.from) % size))
        .map((address) => ({
          text: `${verb}${bytes} memory ${hex(address)}`,
          waysOn: (machine, cell) =>
            address >= mostAddress
              ? []
              : waysToAddress(machine, cell, Number(address), access as "read" | "write" | "execute", width),
        }));
    }
    case "ioports":
      return numbersOf(target).map((port) => ({
        text: `${verb}${bytes} port ${hex(port)}`,
        waysOn: (machine, cell) =>
          waysToPort(
            machine,
            cell,
            port,
            access === "write" ? "write" : "read",
            width === 8 ? 4 : width,
            true,
          ),
      }));
    case "interrupt":
      return numbersOf(target).map((interrupt) => interruptPlace(interrupt));
    case "device":
      return [devicePlace(target, access)];
    case "cpus":
      return allOf(target).map((cpu) => ({
        text: `sending an interrupt to CPU ${cpu}`,
        waysOn: (machine) => waysToCpu(machine, cpu),
      }));
    case "hypercalls":
      return allOf(target).map((code) => ({
        text: `hypercall ${code}`,
        waysOn: (_machine, cell) => waysToCall(code, cell),
      }));
  }
}

/** CPUs and calls are few, and each is a thing of its own; of very many, the edges and some. */
function allOf(target: { readonly from: number; readonly to: number }): readonly number[] {
  const { from, to } = target;
  if (to - from > 64) return numbersOf(target);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function interruptPlace(interrupt: number): Place {
  return {
    text: `setting up interrupt ${interrupt}`,
    waysOn: (machine, cell) => waysToInterrupt(machine, cell, interrupt),
  };
}

function devicePlace(target: Extract<TrialTarget, { readonly kind: "device" }>, access: TrialAccess): Place {
  const { bdf, bytes } = target;
  const kind = access === "read" || access === "write" ? access : "reach";
  const where =
    bytes === null ? "" : ` at ${hex(bytes.from)}${bytes.to === bytes.from ? "" : `-${hex(bytes.to)}`}`;
  return {
    text: `${doing[access]} the configuration space of device ${bdfText(bdf)}${where}`,
    waysOn: (machine) => waysToDevice(machine, bdf, kind, bytes),
  };
}
