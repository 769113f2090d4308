import { expect } from "chai";
import { MemoryHost } from "../../../../compiler/support/memory-host.js";
import { cellInC } from "../../../support/cell-in-c.js";
import { cellc } from "../../../support/cli-runner.js";
import { editedBy, remove } from "../../../support/fixing.js";
import { ruleMachines } from "../../../support/rule-machines.js";

const jail = (lines: string, more = ""): string => `import "machines/intel-pc.jail"
${more}system pc { use intel-pc() }
cell demo {
  use inmate()
${lines}}
`;

const inC = (regions: string): string => cellInC(regions, 2, "#define RAM 0x3b010000\n\n");

/** What `check --fix --info` makes of a file, with all that it prints. */
async function fixed(
  name: string,
  text: string,
  ...options: readonly string[]
): Promise<{ readonly text: string; readonly out: string }> {
  const host = new MemoryHost({ ...ruleMachines(), [name]: text });
  const { out } = await cellc(["check", "--fix", ...options, name], host);
  return { text: Buffer.from(host.get(name)!).toString(), out };
}

describe("regions that could be one", () => {
  const one = "memory at 0x3b00_0000 size 64K mapped at 2M rw";
  const other = "memory at 0x3b01_0000 size 64K mapped at 2M + 64K rw";
  const apart: Readonly<Record<string, string>> = {
    "have different names": `  ${one.replace("at", "low at")}\n  ${other.replace("at", "high at")}\n`,
    "have different texts": `  ${one.replace("at", '"RAM" at')}\n  ${other.replace("at", '"UART" at')}\n`,
    "have a name, one of them": `  ${one}\n  ${other.replace("at", "high at")}\n`,
    "have a comment, one of them": `  ${one}\n  ${other} // for the log\n`,
    "have a comment above": `  ${one}\n\n  // for the log\n\n  ${other}\n`,
    "have different comments": `  ${one} // first\n  ${other} /* second */\n`,
    "have one text and different comments": `  ${one.replace("at", '"RAM" at')} // first\n  ${other.replace("at", '"RAM" at')}\n`,
    "stand in a branch, one of them": `  ${one}\n  if more { ${other} }\n`,
    "stand in a fragment, one of them": `  ${one}\n  use high()\n`,
    "take a number from a name": `  ${one}\n  ${other.replace("0x3b01_0000", "start")}\n`,
  };
  for (const [what, lines] of Object.entries(apart)) {
    it(`stay as they are where they ${what}`, async () => {
      const more = `option more = true\nconst start = 0x3b01_0000\nfragment high() { ${other} }\n`;
      const text = jail(lines, more);
      const { error } = await cellc(["check", "--info", "pc.jail"], { ...ruleMachines(), "pc.jail": text });
      expect(error).to.contain("mem-mergeable");
      expect((await fixed("pc.jail", text, "--info")).text).to.equal(text);
    });
  }

  it("are merged where texts and comments are the same", async () => {
    const [first, second] = [one, other].map((line) => `  ${line.replace("at", '"RAM" at')} // both\n`);
    const text = jail(`${first}${second}`);
    expect((await fixed("pc.jail", text, "--info")).text).to.equal(
      jail(first!.replace("size 64K", "size 128K")),
    );
  });

  const region = (start: string, virtual: string, before = "", behind = ""): string =>
    `\t\t${before}{\n\t\t\t.phys_start = ${start},\n\t\t\t.virt_start = ${virtual},\n\t\t\t.size = 0x10000,\n\t\t\t.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE,\n\t\t},${behind}\n`;
  const low = region("0x3b000000", "0x200000");
  const high = region("0x3b010000", "0x210000");

  it("are merged in C, and the report names their line", async () => {
    const { text, out } = await fixed("second.c", inC(low + high), "--info");
    const merged = inC(low.replace("0x10000", "0x20000")).replace("mem_regions[2]", "mem_regions[1]");
    expect(text).to.equal(merged);
    const line = merged.slice(0, merged.indexOf(".size = 0x20000")).split("\n").length;
    expect(out).to.contain(`fixed second.c:${line}: make one region of 128K (mem-mergeable)\n`);
  });

  const apartInC: Readonly<Record<string, string>> = {
    "have different comments":
      region("0x3b000000", "0x200000", "/* RAM */ ") + region("0x3b010000", "0x210000", "/* UART */ "),
    "have a comment, one of them": low + region("0x3b010000", "0x210000", "/* UART */ "),
    "have a comment behind": low + region("0x3b010000", "0x210000", "", " // UART"),
    "have a heading": `${low}\t\t/* UART */\n\n${high}`,
    "have a comment within": low + high.replace("0x210000,", "0x210000, /* UART */"),
    "have a directive between them": `${low}#ifndef SMALL\n${high}#endif\n`,
    "take a number from a macro": low + region("RAM", "0x210000"),
  };
  for (const [what, regions] of Object.entries(apartInC)) {
    it(`stay as they are in C where they ${what}`, async () => {
      const text = inC(regions);
      const { error } = await cellc(["check", "--info", "second.c"], { "second.c": text });
      expect(error).to.contain("mem-mergeable");
      expect((await fixed("second.c", text, "--info")).text).to.equal(text);
    });
  }
});

describe("lines that are taken out", () => {
  const removed = (files: Readonly<Record<string, string>>): Promise<string | undefined> =>
    editedBy({ ...ruleMachines(), ...files }, ({ cells: [cell] }) => {
      const last = cell!.cell.memoryRegions.find(({ physStart }) => physStart === 0x3b00_0000n)!;
      return [remove(cell!, last)];
    }).then((result) => result?.texts["pc.jail"]);
  const line = "  memory low at 0x3b00_0000 size 64K mapped at 2M rw\n";

  it("may have names that nobody uses", async () => {
    const other = "  memory low-one at 0x3c00_0000 size 64K mapped at 4M rw\n";
    expect(await removed({ "pc.jail": jail(line + other) })).to.equal(jail(other));
    expect(await removed({ "pc.jail": jail(other.replace("low-one", "slow") + line) })).to.equal(
      jail(other.replace("low-one", "slow")),
    );
  });

  it("stay where their names are used in a branch that is not taken", async () => {
    const option = "option more = false\n";
    const branch = "  if more { memory at low.end size 4K mapped at 4M rw }\n";
    expect(await removed({ "pc.jail": jail(line + branch, option) })).to.equal(undefined);
    expect(await removed({ "pc.jail": jail(line + branch.replace("low.end", "0"), option) })).to.equal(
      jail(branch.replace("low.end", "0"), option),
    );
  });

  it("stay where another file has their names", async () => {
    const part = "fragment unused() { memory first 4K of low mapped at 4M rw }\n";
    const text = jail(line, 'import "parts/unused.jail"\n');
    expect(await removed({ "pc.jail": text, "parts/unused.jail": part })).to.equal(undefined);
    expect(
      await removed({ "pc.jail": text, "parts/unused.jail": part.replace("of low", "of lower") }),
    ).to.equal(jail("", 'import "parts/unused.jail"\n'));
  });

  it("stay in C where conditions decide about others of the table", async () => {
    const regions = (more: string): string =>
      inC(`\t\t{ .phys_start = 0x3b000000, .size = 0x1000 },\n${more}\t\t{ .size = 0x2000 },\n`);
    const remove0 = (text: string): Promise<unknown> =>
      editedBy({ "second.c": text }, ({ cells: [cell] }) => [remove(cell!, cell!.cell.memoryRegions[0]!)]);
    expect(await remove0(regions(""))).to.not.equal(undefined);
    expect(await remove0(regions("#ifdef MORE\n\t\t{ .size = 0x3000 },\n#endif\n"))).to.equal(undefined);
  });
});
