import { expect } from "chai";
import fc from "fast-check";
import "../../../support/seed.js";
import type { MemoryChoice } from "../../../../compiler/dsl/pools/choices.js";
import { compileText } from "../compiling.js";
import {
  pinsOf,
  placeText,
  poolEnd,
  poolStart,
  type RandomMachine,
  randomCell,
  randomMachine,
  textOf,
} from "./random-machines.js";

function choicesOf(machine: RandomMachine, pins = pinsOf([])) {
  const { machine: compiled, findings } = compileText(textOf(machine), { pins });
  expect(
    findings.map(({ id, message }) => `${id}: ${message}`),
    textOf(machine),
  ).to.deep.equal([]);
  return compiled.choices;
}

/** The places by what they are for, as in `memory c1.m0`. */
function placesOf(choices: ReturnType<typeof choicesOf>): ReadonlyMap<string, string> {
  return new Map(choices.map((choice) => [`${choice.kind} ${choice.key}`, placeText(choice)]));
}

describe("what is chosen", () => {
  it("lies in its pool, is aligned, and overlaps nothing", () =>
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const choices = choicesOf(machine);
        const memory = choices.filter((choice): choice is MemoryChoice => choice.kind === "memory");
        const asked = machine.cells.flatMap(({ requests }) => requests);
        const aligns = [...asked.map(({ alignShift }) => alignShift), ...machine.links.map(() => 0)];
        expect(memory).to.have.lengthOf(aligns.length);
        const fixed = machine.cells.flatMap((each) =>
          each.fixed.map((page) => ({ start: poolStart + BigInt(page) * 0x1000n, size: 0x1000n })),
        );
        for (const [index, choice] of memory.entries()) {
          const align = 1n << BigInt(aligns[index]! === 0 ? 12 : aligns[index]!);
          expect(choice.start % align).to.equal(0n);
          expect(choice.start >= poolStart && choice.start + choice.size <= poolEnd).to.equal(true);
          for (const other of [...memory.slice(index + 1), ...fixed]) {
            const apart =
              choice.start + choice.size <= other.start || other.start + other.size <= choice.start;
            expect(apart, `${choice.key} at ${choice.start} and ${other.start}`).to.equal(true);
          }
        }
        const places = choices.filter(({ kind }) => kind === "slot").map(placeText);
        expect(new Set(places).size).to.equal(machine.links.length);
        const interrupts = choices.flatMap((choice) => (choice.kind === "interrupts" ? choice.first : []));
        const sorted = interrupts.sort((one, other) => one - other);
        for (const [index, first] of sorted.entries()) {
          expect(first).to.be.within(100, 224);
          if (index > 0) expect(first - sorted[index - 1]!).to.be.at.least(4);
        }
      }),
      { numRuns: 60 },
    ));

  it("is the same for the same text", () =>
    fc.assert(
      fc.property(randomMachine, (machine) => {
        expect(placesOf(choicesOf(machine))).to.deep.equal(placesOf(choicesOf(machine)));
      }),
      { numRuns: 20 },
    ));

  it("is the first free place: nothing could move down alone", () =>
    fc.assert(
      fc.property(randomMachine, (machine) => {
        const memory = choicesOf(machine).flatMap((choice) => (choice.kind === "memory" ? choice : []));
        const aligns = machine.cells.flatMap(({ requests }) =>
          requests.map(({ alignShift }) => (alignShift === 0 ? 12 : alignShift)),
        );
        const taken = machine.cells.flatMap((each) =>
          each.fixed.map((page) => ({ start: poolStart + BigInt(page) * 0x1000n, size: 0x1000n })),
        );
        for (const [index, { start, size }] of memory.entries()) {
          const align = 1n << BigInt(aligns[index] ?? 12);
          for (let at = poolStart; at < start; at += align) {
            const isFree = taken.every((each) => at + size <= each.start || each.start + each.size <= at);
            expect(isFree, `${memory[index]!.key} could lie at ${at}`).to.equal(false);
          }
          taken.push({ start, size });
        }
      }),
      { numRuns: 40 },
    ));

  it("stays where it is pinned, whatever cell comes or goes", () =>
    fc.assert(
      fc.property(randomMachine, randomCell, fc.nat(), fc.nat(), (machine, added, place, gone) => {
        const before = choicesOf(machine);
        const pins = pinsOf(before);
        const { cells } = machine;
        // A new region at a fixed place inside of the pool may well be in the way of what is pinned.
        const cell = { ...added, fixed: [], id: 100 };
        const at = place % (cells.length + 1);
        const grown = { ...machine, cells: [...cells.slice(0, at), cell, ...cells.slice(at)] };
        const shrunk = { ...machine, cells: cells.filter((_, index) => index < 2 || index !== gone % 6) };
        for (const changed of [machine, grown, shrunk]) {
          const after = choicesOf(changed, pins);
          const known = placesOf(before);
          for (const choice of after) {
            const key = `${choice.kind} ${choice.key}`;
            if (known.has(key)) expect(placeText(choice), key).to.equal(known.get(key));
            expect(choice.pinned, key).to.equal(known.has(key));
          }
        }
      }),
      { numRuns: 60 },
    ));
});
