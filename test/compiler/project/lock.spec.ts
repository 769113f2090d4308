import { readFileSync } from "node:fs";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import fc from "fast-check";
import "../../support/seed.js";
import { parse } from "yaml";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { lockJsonSchema, lockPath } from "../../../compiler/project/lock-file.js";
import { readLock } from "../../../compiler/project/read-lock.js";
import { lockText } from "../../../compiler/project/write-lock.js";
import { SourceFile } from "../../../compiler/support/source.js";

function read(text: string) {
  const found: Diagnostic[] = [];
  const lock = readLock(new SourceFile("machine.jail.lock", text), (diagnostic) => found.push(diagnostic));
  return { lock, found };
}

/** `line:column id message` of each finding. */
function findings(text: string): readonly string[] {
  return read(text).found.map(({ id, message, primary }) => {
    const place = primary!.place;
    if (place.kind !== "source") throw new Error("a mistake in a text has a place in it");
    const { line, column } = place.span.file.position(place.span.start);
    return `${line}:${column} ${id} ${message}`;
  });
}

const empty = { memory: new Map(), slots: new Map(), interrupts: new Map() };

const key = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" }),
  fc.constantFrom("a.ram", "a 1M from p (2)", "64", "true", "null", "link demo", "a.b[0]", "__proto__"),
);

const plain = { noNullPrototype: true } as const;

function mapOf<Entry>(entry: fc.Arbitrary<Entry>): fc.Arbitrary<ReadonlyMap<string, Entry>> {
  return fc.array(fc.tuple(key, entry)).map((entries) => new Map(entries));
}

const locks = fc.record(
  {
    memory: mapOf(
      fc.record({ start: fc.bigInt(0n, (1n << 63n) - 1n), size: fc.bigInt(1n, 1n << 63n) }, plain),
    ),
    slots: mapOf(fc.record({ domain: fc.nat(0xffff), bdf: fc.nat(0xffff) }, plain)),
    interrupts: mapOf(fc.record({ first: fc.integer({ min: 32, max: 1016 }) }, plain)),
  },
  plain,
);

describe("the lock file", () => {
  it("lies beside the machine", () => {
    expect(lockPath("boards/machine.jail")).to.equal("boards/machine.jail.lock");
  });

  it("has one line a choice, sorted", () => {
    const text = lockText(
      {
        memory: new Map([
          ["linux.ram", { start: 0x8000_0000n, size: 0x10_0000n }],
          ["link demo", { start: 0xffff_ffff_ffff_0000n, size: 0x1000n }],
          ["a 64K from p (2)", { start: 0n, size: 0x1_0000n }],
        ]),
        slots: new Map([["demo", { domain: 1, bdf: 0x1fa }]]),
        interrupts: new Map([["linux", { first: 140 }]]),
      },
      "boards/machine.jail",
    );
    expect(text.split("\n")).to.deep.equal([
      "# What cellc chose for machine.jail, so that it stays where it is.",
      "# `cellc build` keeps this file; it belongs into version control.",
      "",
      "version: 1",
      "memory:",
      "  a 64K from p (2): { at: 0x0, size: 0x10000 }",
      "  link demo: { at: 0xffffffffffff0000, size: 0x1000 }",
      "  linux.ram: { at: 0x80000000, size: 0x100000 }",
      "slots:",
      '  demo: "0001:01:1f.2"',
      "interrupts:",
      "  linux: 140-143",
      "",
    ]);
    expect(lockText(empty, "m.jail").split("\n").slice(-2)).to.deep.equal(["version: 1", ""]);
  });

  it("says the same when it is read again, and what the schema allows", () => {
    const validate = new Ajv2020().compile(lockJsonSchema() as object);
    fc.assert(
      fc.property(locks, (lock) => {
        const text = lockText(lock, "machine.jail");
        const { lock: again, found } = read(text);
        expect(found, text).to.deep.equal([]);
        for (const section of ["memory", "slots", "interrupts"] as const) {
          const entries = [...again![section]].map(([name, { span: _, ...entry }]) => [name, entry]);
          const sorted = [...lock[section]].sort(([one], [other]) => (one < other ? -1 : 1));
          expect(entries, text).to.deep.equal(sorted);
        }
        expect(lockText(again!, "machine.jail")).to.equal(text);
        expect(validate(parse(text)), JSON.stringify(validate.errors)).to.equal(true);
      }),
      { numRuns: 200 },
    );
  });

  it("knows where each entry stands", () => {
    const { lock } = read("version: 1\nslots:\n  k: '00:01.0'\nmemory: {}\n");
    const { span, ...slot } = lock!.slots.get("k")!;
    expect([span.start, span.end, slot]).to.deep.equal([20, 21, { domain: 0, bdf: 8 }]);
  });

  const broken: readonly (readonly [what: string, text: string, finding: string])[] = [
    [
      "conflict marks",
      "version: 1\n<<<<<<< HEAD\nslots: {}\n=======\n",
      "2:1 lock-syntax the lock file is no valid YAML: Implicit keys need to be on a single line",
    ],
    ["nothing", "", "1:1 lock-syntax the lock file is no valid YAML: expected `key: value` lines"],
    ["a list", "- a", "1:1 lock-syntax the lock file is no valid YAML: expected `key: value` lines"],
    [
      "an open list",
      "version: [1",
      "1:12 lock-syntax the lock file is no valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    [
      "binary data",
      "version: \u0001",
      "1:10 lock-syntax the lock file is no valid YAML: it holds binary data",
    ],
    [
      "deep nesting",
      `a: ${"[".repeat(300)}`,
      "1:203 lock-syntax the lock file is no valid YAML: nested too deeply",
    ],
    ["no version", "memory: {}", "1:1 lock-version the lock file does not say its version"],
    [
      "a new version",
      "version: 2",
      "1:10 lock-version the lock file is of version 2; this cellc knows version 1",
    ],
    [
      "a version in words",
      "version: one",
      "1:10 lock-version the lock file is of version one; this cellc knows version 1",
    ],
  ];
  for (const [what, text, finding] of broken) {
    it(`is refused as a whole with ${what}`, () => {
      expect(read(text).lock).to.equal(undefined);
      expect(findings(text)).to.deep.equal([finding]);
      expect(read(text).found[0]!.severity).to.equal("error");
    });
  }

  const odd: readonly (readonly [lines: string, finding: string])[] = [
    ["pools:\n  a: 1", "2:1 lock-entry `pools` pins nothing: there are memory, slots, interrupts"],
    ["memory: 7", "2:1 lock-entry `memory` pins nothing: it has no `key: value` lines"],
    ["slots:\n  a: 1", '3:3 lock-entry `a` pins nothing: it is not written `"00:00.0"`'],
    ["slots:\n  a: 00:40.0", '3:3 lock-entry `a` pins nothing: it is not written `"00:00.0"`'],
    ["slots:\n  [a]: '00:00.0'", "3:3 lock-entry `[a]` pins nothing: its key is no text"],
    ["interrupts:\n  a: 1-5", "3:3 lock-entry `a` pins nothing: it is not written `140-143`"],
    ["interrupts:\n  a: 140", "3:3 lock-entry `a` pins nothing: it is not written `140-143`"],
    ["memory:\n  a: 5", "3:3 lock-entry `a` pins nothing: it is not written `{ at: A, size: S }`"],
    ["memory:\n  a: { at: 5 }", "3:3 lock-entry `a` pins nothing: it is not written `{ at: A, size: S }`"],
    [
      "memory:\n  a: { at: 5, size: 0 }",
      "3:3 lock-entry `a` pins nothing: it is not written `{ at: A, size: S }`",
    ],
    [
      "memory:\n  a: { at: 0xffffffffffffffff, size: 2 }",
      "3:3 lock-entry `a` pins nothing: it is not written `{ at: A, size: S }`",
    ],
    [
      "memory:\n  a: { at: 1, size: 1 }\n  a: { at: 2, size: 1 }",
      "4:3 lock-entry `a` pins nothing: it stands twice",
    ],
  ];
  it("is read without the entries that make no sense", () => {
    for (const [lines, finding] of odd) {
      const { lock, found } = read(`version: 1\n${lines}\n`);
      expect(findings(`version: 1\n${lines}\n`), lines).to.deep.equal([finding]);
      expect(found[0]!.severity).to.equal("warning");
      expect(lock, lines).not.to.equal(undefined);
    }
    const twice = read(`version: 1\n${odd.at(-1)![0]}`).lock!;
    expect(twice.memory.get("a")!.start).to.equal(1n);
  });

  it("has its form in a schema for editors", () => {
    const file = path.resolve(import.meta.dirname, "../../../../schema/json/jail-lock.schema.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).to.deep.equal(lockJsonSchema());
  });

  it("never makes the reader throw, whatever it holds", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
        const { lock, found } = read(text);
        expect(lock !== undefined || found.length > 0).to.equal(true);
      }),
      { numRuns: 300 },
    ));
});
