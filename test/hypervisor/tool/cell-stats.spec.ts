import { expect } from "chai";
import { StatsView } from "../../../hypervisor/tool/cell-stats/stats-view.js";
import { jailhouse } from "../../../hypervisor/tool/jailhouse.js";
import type { ToolResult } from "../../../hypervisor/tool/tool-host.js";
import { newPc, tinyDemo } from "../driver/pc.js";

/** A view of counters that a test changes. */
function view(counters: Record<string, number>, cpus: readonly number[] = [2, 3]): StatsView {
  return new StatsView("demo", cpus, (cpu) =>
    cpu === null ? new Map(Object.entries(counters)) : new Map([["vmexits_total", 100 * cpu]]),
  );
}

function texts(stats: StatsView, time: number, height = 8, width = 52): readonly string[] {
  return stats.screen(time, height, width).map(({ text }) => text.trimEnd());
}

const heading = "COUNTER (All CPUs)                   SUM   PER SEC";

describe("the screen of cell stats", () => {
  it("shows the largest counters first, then names in their order", () => {
    const stats = view({ vmexits_b: 5, vmexits_a: 5, vmexits_total: 12 });
    expect(texts(stats, 0)).to.deep.equal([
      "Statistics for demo cell",
      "",
      heading,
      "vmexits_total                         12",
      "vmexits_a                              5",
      "vmexits_b                              5",
      "",
      " Q - Quit | C - Toggle CPU | A - All CPUs",
    ]);
  });

  it("shows what grew most from the second picture on, and how much a second", () => {
    const counters = { vmexits_pio: 1, vmexits_total: 50, vmexits_cr: 7 };
    const stats = view(counters);
    stats.screen(10, 8, 52);
    counters.vmexits_pio = 31;
    counters.vmexits_total = 59;
    expect(texts(stats, 12).slice(3, 6)).to.deep.equal([
      "vmexits_pio                           31        15",
      "vmexits_total                         59         4",
      "vmexits_cr                             7         0",
    ]);
  });

  it("rounds halves to even numbers", () => {
    const counters = { one: 0, three: 0, five: 0 };
    const stats = view(counters);
    stats.screen(0, 8, 52);
    counters.one = 1;
    counters.three = 3;
    counters.five = 5;
    const rates = texts(stats, 2)
      .slice(3, 6)
      .map((line) => line.slice(40).trim());
    expect(rates).to.deep.equal(["2", "2", "0"]);
  });

  it("goes through the CPUs, and back to all of them; the first picture of each has no rates", () => {
    const stats = view({ vmexits_total: 1 });
    stats.screen(0, 8, 52);
    const headings = ["c", "c", "c", "a", "x"].map((key) => {
      expect(stats.press(key)).to.equal(false);
      const [, , header, first] = texts(stats, 1);
      return `${/\((.*)\)/.exec(header!)![1]} ${first!.slice(30).trim()}`;
    });
    const all = "All CPUs 1";
    expect(headings).to.deep.equal(["CPU 2 200", "CPU 3 300", "CPU 2 200", all, `${all}         0`]);
    expect(stats.press("q")).to.equal(true);
  });

  it("fits into any screen", () => {
    for (const [height, width] of [
      [1, 1],
      [2, 3],
      [4, 20],
      [50, 100],
    ] as const) {
      const lines = view({ vmexits_total: 1 }).screen(0, height, width);
      expect(lines).to.have.length(height);
      for (const { text } of lines) expect(text.length).to.be.at.most(width);
    }
  });

  it("lets the heading and the last line stand out, as wide as the screen", () => {
    const lines = view({ vmexits_total: 1 }).screen(0, 6, 60);
    expect(lines.map(({ isReversed }) => isReversed)).to.deep.equal([false, false, true, false, false, true]);
    expect(lines[2]!.text).to.have.length(60);
  });
});

describe("cell stats", () => {
  const pc = newPc();
  before(() => {
    pc.enable();
    pc.driver.createCell(tinyDemo());
  });
  const stats = (...args: readonly string[]): ToolResult =>
    jailhouse(["jailhouse", "cell", "stats", ...args], {
      readFile: () => ({ failed: "opening", reason: "" }),
      driver: pc.driver,
      version: "",
      writeFile: () => "Read-only file system",
      extensions: new Set(["cell-stats"]),
    });
  const headingOf = ({ ongoing }: ToolResult): string | undefined =>
    ongoing?.kind === "stats" ? ongoing.view.screen(0, 20, 80)[0]!.text : undefined;

  it("finds a cell by its number and by its name", () => {
    for (const args of [["1"], ["0_1"], ["tiny-demo"], ["--name", "tiny-demo"]]) {
      expect(headingOf(stats(...args)), args.join(" ")).to.equal("Statistics for tiny-demo cell");
    }
    expect(headingOf(stats("0"))).to.equal("Statistics for QEMU-VM cell");
  });

  it("shows the counters that the driver has", () => {
    const { ongoing } = stats("1");
    if (ongoing?.kind !== "stats") throw new Error("no screen");
    const lines = ongoing.view.screen(0, 20, 80);
    expect(lines.filter(({ text }) => text.startsWith("vmexits_"))).to.have.length(12);
  });

  it("finds nothing of other names, and tells its use", () => {
    const missing = { stderr: "reading stats: No such file or directory\n", exitCode: 1, ongoing: null };
    for (const args of [["2"], ["-1"], ["tiny"], ["--name", "1"]]) {
      expect(stats(...args), args.join(" ")).to.include(missing);
    }
    const usage = "usage: jailhouse cell stats { ID | [--name] NAME }\n";
    expect(stats()).to.include({ stdout: usage, exitCode: 1 });
    expect(stats("1", "2")).to.include({ stdout: usage, exitCode: 1 });
    expect(stats("--help")).to.include({ stdout: usage, exitCode: 0 });
  });
});
