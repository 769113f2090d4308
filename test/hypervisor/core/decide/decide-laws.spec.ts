import { expect } from "chai";
import type { Cell } from "../../../../hypervisor/core/cell.js";
import { decide } from "../../../../hypervisor/core/decide/decide.js";
import type { DecidingEntry, Decision } from "../../../../hypervisor/core/decide/decision.js";
import { sceneOf } from "../../../../hypervisor/core/decide/scene-of.js";
import type { Violation } from "../../../../hypervisor/core/decide/violation-log.js";
import { randomNumbers } from "../../../support/random-numbers.js";
import { oneOf } from "../../naive/configs.js";
import { type Random, randomOf } from "../../naive/random-scenario.js";
import { entriesOf, granting, withoutEntry } from "./granting.js";
import { accessOf, PlayedSet, randomTry, type Try } from "./played-set.js";
import { type Actor, type RandomSet, randomSet } from "./random-set.js";

/** Sets of cells, and accesses in each; machines are dear. */
const sets = 12;
const dearEach = 8;
const cheapEach = 400;
const seed = Number(process.env.CELLC_SEED ?? 20261124);

interface Played {
  readonly set: RandomSet;
  readonly machine: PlayedSet;
  readonly actor: Actor;
  readonly attempt: Try;
  readonly violation: Violation | null;
  readonly random: Random;
}

function forTries(each: number, action: (played: Played) => void): void {
  for (let number = 0; number < sets; number++) {
    const random = randomOf(randomNumbers(seed + number));
    const set = randomSet(random);
    const machine = new PlayedSet(set);
    for (let count = 0; count < each; count++) {
      const actor = oneOf(machine.actors, random);
      const attempt = randomTry(random, set);
      action({ set, machine, actor, attempt, violation: machine.violationOf(actor, attempt), random });
    }
  }
}

/** To find a try again. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) => (typeof each === "bigint" ? `0x${each.toString(16)}` : each));

const nameOf = ({ cell, table, index }: DecidingEntry): string => `${cell} ${table}[${index}]`;

/** Where there is no violation. An access of a device is its owner's, and memory may lie over the I/O APIC. */
function wronglyDenied(machine: PlayedSet, actor: Actor, attempt: Try): Decision | null {
  const { hypervisor } = machine.machine;
  const own = machine.cellOf(actor);
  if (attempt.does === "config" && attempt.byPorts && hasPciPorts(own)) return null;
  const cells = attempt.does === "dma" ? hypervisor.allCells : [own];
  const decisions = cells.map((cell) => decide(accessOf(attempt), sceneOf(hypervisor, cell)));
  if (attempt.does === "pin") decisions.push(decide(ioApicAsMemory, sceneOf(hypervisor, own)));
  return decisions.some(({ verdict }) => verdict === "granted") ? null : decisions[0]!;
}

/** Ports that a config lists are not looked at: configuration spaces are open then. */
function hasPciPorts({ config }: Cell): boolean {
  return config.portRanges.some(({ base, length }) => base < 0xd00 && base + length > 0xcf8);
}

const ioApicAsMemory = { kind: "memory", direction: "write", address: 0xfec0_0010, size: 4 } as const;

/** The real one's tables keep some pages that a cell takes: their walk goes on in whole steps where a table is missing. */
function isLeftToRoot({ entries }: Decision): boolean {
  return entries.some(({ table, role }) => table === "mem_regions" && role === "took");
}

/** So many edits may be needed: a device, its capability, its flag, and whoever has taken it. */
const mostEdits = 6;

/** CPUs are taken with their cell, and no edit makes one that there is not. */
const isOfCpus = ({ decision }: Violation): boolean => decision.entries.some(({ table }) => table === "cpus");

describe("the entries that decided a violation", () => {
  it("are found where the hypervisor refuses, and nowhere else", () => {
    const outcomes = new Map<string, number>();
    let leftToRoot = 0;
    forTries(cheapEach, ({ machine, actor, attempt, violation }) => {
      if (violation === null) {
        const wrong = wronglyDenied(machine, actor, attempt);
        if (wrong !== null && isLeftToRoot(wrong)) leftToRoot++;
        else expect(wrong, `${actor} ${text(attempt)}`).to.equal(null);
      } else {
        const { decision, outcome } = violation;
        const mild = outcome === "silent" || (outcome === "told" && decision.access.kind !== "dma");
        expect(decision.verdict, `${actor} ${text(attempt)}`).to.equal(mild ? "dropped" : "denied");
        expect(decision.text).not.to.match(/^the configs? grant/);
      }
      const key = `${attempt.does} ${violation?.outcome ?? "passes"}`;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
    });
    expect(leftToRoot).to.be.below(cheapEach / 20);
    expect([...outcomes.keys()]).to.include.members([
      "config parked",
      "config passes",
      "config silent",
      "dma told",
      "hypercall passes",
      "hypercall silent",
      "hypercall told",
      "ipi passes",
      "ipi told",
      "memory parked",
      "memory passes",
      "pin parked",
      "pin passes",
      "pin silent",
      "port parked",
      "port passes",
    ]);
  });

  it("explain it: edited to grant the access, they are not to blame any more, and in the end it passes", () => {
    let [passing, ungrantable] = [0, 0];
    forTries(dearEach, ({ set, actor, attempt, violation }) => {
      let current = violation;
      let changed = set;
      for (let edits = 0; current !== null && current.decision.entries.length > 0; edits++) {
        const context = `${actor} ${text(attempt)}: ${current.decision.text}, after ${edits} edits`;
        expect(edits, context).to.be.below(mostEdits);
        const edited = granting(changed, current);
        if (edited === null) {
          expect(isOfCpus(current), context).to.equal(true);
          return;
        }
        const next = new PlayedSet(edited).violationOf(actor, attempt);
        if (next !== null) {
          const before = current.decision.entries.filter(({ role }) => role !== "lost");
          const still = next.decision.entries.map((each) => text(each));
          expect(
            before.filter((each) => still.includes(text(each))),
            context,
          ).to.deep.equal([]);
        }
        [current, changed] = [next, edited];
      }
      if (violation === null) return;
      if (current === null) passing++;
      else ungrantable++;
    });
    expect(passing).to.be.at.least(3 * ungrantable);
  });

  it("are all that counts: without any other entry the verdict is the same", () => {
    let compared = 0;
    forTries(dearEach, ({ set, actor, attempt, violation, random }) => {
      if (violation === null) return;
      const { entries, near, verdict } = violation.decision;
      const named = new Set([...entries, ...near].map(nameOf));
      const other = oneOf(
        entriesOf(set).filter((each) => !named.has(nameOf(each))),
        random,
      );
      const next = new PlayedSet(withoutEntry(set, other)).violationOf(actor, attempt);
      const context = `${actor} ${text(attempt)} without ${nameOf(other)}`;
      expect([next?.decision.verdict, next?.text], context).to.deep.equal([verdict, violation.text]);
      compared++;
    });
    expect(compared).to.be.above(sets * 4);
  });
});
