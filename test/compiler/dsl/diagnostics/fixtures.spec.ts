import { expect } from "chai";
import { languageMessages } from "../../../../compiler/dsl/messages.js";
import { noPins } from "../../../../compiler/dsl/pools/choices.js";
import { SourceFile } from "../../../../compiler/support/source.js";
import { compileText } from "../compiling.js";
import { cellsFixtures } from "./cells-fixtures.js";
import { conditionsFixtures } from "./conditions-fixtures.js";
import { devicesFixtures } from "./devices-fixtures.js";
import { filesFixtures } from "./files-fixtures.js";
import { type Fixture, findingsOf } from "./fixture.js";
import { fragmentsFixtures } from "./fragments-fixtures.js";
import { habitsFixtures } from "./habits-fixtures.js";
import { linksFixtures } from "./links-fixtures.js";
import { memoryFixtures } from "./memory-fixtures.js";
import { poolsFixtures } from "./pools-fixtures.js";
import { regionsFixtures } from "./regions-fixtures.js";
import { systemsFixtures } from "./systems-fixtures.js";
import { tablesFixtures } from "./tables-fixtures.js";
import { valuesFixtures } from "./values-fixtures.js";

const fixtures: Readonly<Record<string, readonly Fixture[]>> = {
  "the lines of a cell": cellsFixtures,
  "conditions, loops and constants": conditionsFixtures,
  "devices and their capabilities": devicesFixtures,
  "what stands at the top of a file": filesFixtures,
  fragments: fragmentsFixtures,
  "what is written otherwise in C and elsewhere": habitsFixtures,
  links: linksFixtures,
  memory: memoryFixtures,
  "parts of regions, and the region for messages": regionsFixtures,
  "pools and what is taken from them": poolsFixtures,
  systems: systemsFixtures,
  "ports, interrupts, caches and streams": tablesFixtures,
  values: valuesFixtures,
};

/** Those that need several files, or a source too long to be read. */
const elsewhere: Readonly<Record<string, () => readonly string[]>> = {
  "jail-import-cycle": () => ids('import "main.jail"\narchitecture x86\ncell c { }'),
  "jail-import-outside": () => ids('import "../common.jail"\narchitecture x86\ncell c { }'),
  "jail-import-unreadable": () => ids('import "common.jail"\narchitecture x86\ncell c { }'),
  "jail-too-many-imports": () => {
    const paths = Array.from({ length: 300 }, (_, n) => `f${n}.jail`);
    const imports = paths.map((path) => `import "${path}"`).join("\n");
    const files = Object.fromEntries(paths.map((path) => [path, ""]));
    return [
      ...new Set(
        compileText(`${imports}\narchitecture x86\ncell c { }`, { files }).findings.map(({ id }) => id),
      ),
    ];
  },
  "jail-chain-too-long": () => {
    const lines = Array.from({ length: 201 }, (_, n) => `const c${n} = c${n + 1} + 1`);
    return ids(`architecture x86\ncell c { ${lines.join("\n")}\nconst c201 = 1 }`);
  },
  "jail-pin-lost": () => {
    const span = { file: new SourceFile("main.jail.lock", ""), start: 0, end: 0 };
    const pins = { ...noPins, memory: new Map([["c.ram", { start: 0x1000n, size: 0x1000n, span }]]) };
    const text = "architecture x86\npool p at 0x10_0000 size 1M\ncell c { memory ram from p size 4K rw }";
    return compileText(text, { pins }).findings.map(({ id }) => id);
  },
  "jail-too-many-pools": () => {
    const pools = Array.from({ length: 1025 }, (_, n) => `pool p${n} at ${n}M size 1M`);
    const lines = Array.from({ length: 1025 }, (_, n) => `memory from p${n} size 4K rw`);
    return ids(`architecture x86\n${pools.join("\n")}\ncell c {\n${lines.join("\n")}\n}`);
  },
  "jail-nothing-to-build": () => ids("architecture x86"),
  "jail-capability-hole": () =>
    ids("architecture x86\ncell c { device 00:01.0 { capabilities from 3; capabilities pm 0x40 } }"),
};

function ids(text: string): readonly string[] {
  return compileText(text).findings.map(({ id }) => id);
}

describe("mistakes in the meaning of a cell-language file", () => {
  for (const [area, each] of Object.entries(fixtures)) {
    it(`give one finding each, at its place: ${area}`, () => {
      for (const fixture of each)
        expect(findingsOf(fixture), `${fixture.in}: ${fixture.text}`).to.deep.equal([fixture]);
    });
  }

  for (const [id, findings] of Object.entries(elsewhere))
    it(`give one finding each: ${id}`, () => {
      expect(findings()).to.deep.equal([id]);
    });

  it("are shown for every id", () => {
    const shown = new Set([
      ...Object.values(fixtures)
        .flat()
        .map(({ id }) => id),
      ...Object.keys(elsewhere),
    ]);
    expect(Object.keys(languageMessages).filter((id) => !shown.has(id))).to.deep.equal([]);
  });
});
