import { expect } from "chai";
import { splitAtPages } from "../../../../compiler/check/facts/whole-pages.js";
import { editedBy } from "../../../support/fixing.js";

const text = (lines: string): string => `architecture x86\ncell demo {\n  cpus 1\n${lines}}\n`;

async function split(line: string): Promise<string | undefined> {
  const result = await editedBy({ "main.jail": text(`  memory ${line}\n`) }, ({ cells: [cell] }) =>
    splitAtPages(cell!.regions[0]!).flatMap(({ changes }) => changes),
  );
  return result?.texts["main.jail"];
}

describe("a region that is cut at its pages", () => {
  it("is trapped before and behind them", async () => {
    expect(await split("at 0xfea0_0f00 size 0x2200 rw io")).to.equal(
      text(`  memory at 0xfea0_0f00 size 0x100 rw io io-32
  memory at 0xfea0_1000 size 0x2000 rw io
  memory at 0xfea0_3000 size 0x100 rw io io-32
`),
    );
  });

  it("is mapped first where it starts at a page", async () => {
    expect(await split("at 0xfea0_0000 size 0x1400 mapped at 0x20_0000 rw io")).to.equal(
      text(`  memory at 0xfea0_0000 size 0x1000 mapped at 0x20_0000 rw io
  memory at 0xfea0_1000 size 0x400 mapped at 0x20_1000 rw io io-32
`),
    );
  });

  it("is mapped last where it ends at one", async () => {
    expect(await split("at 0xfea0_0c00 size 0x1400 rw io")).to.equal(
      text(`  memory at 0xfea0_0c00 size 0x400 rw io io-32
  memory at 0xfea0_1000 size 0x1000 rw io
`),
    );
  });

  it("says which pages it maps", async () => {
    let titles: readonly string[] = [];
    await editedBy(
      { "main.jail": text("  memory at 0xfea0_0f00 size 0x2200 rw io\n") },
      ({ cells: [cell] }) => {
        titles = splitAtPages(cell!.regions[0]!).map(({ title }) => title);
        return [];
      },
    );
    expect(titles).to.deep.equal([
      "map the pages 0xfea01000..0xfea02fff, and trap the rest with accesses of 32 bits",
    ]);
  });

  for (const [why, line] of [
    ["it has no whole page", "at 0xfea0_0f00 size 0x10ff rw io"],
    ["it is smaller than a page", "at 0xfea0_0400 size 256 rw io"],
    ["it is made of whole pages", "at 0xfea0_0000 size 8K rw io"],
    ["it is memory", "at 0xfea0_0f00 size 0x2200 rw"],
    ["its pages are seen at another offset", "at 0xfea0_0f00 size 0x2200 mapped at 0x20_0800 rw io"],
  ] as const) {
    it(`stays as it is where ${why}`, async () => {
      expect(await split(line)).to.equal(undefined);
    });
  }
});
