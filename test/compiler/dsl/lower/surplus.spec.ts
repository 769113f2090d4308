import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { toJson } from "../../../../schema/codec/json.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

const system = (lines: string, architecture = "x86"): string =>
  `system m {\narchitecture ${architecture}\n${lines}\n}`;
const findingsOf = (text: string, profile?: string): readonly string[] =>
  compileText(text, profile === undefined ? {} : { profile }).findings.map(shown);

describe("what could not be written is refused", () => {
  it("in IOMMUs: what is for another type", () => {
    const pvu = "iommu pvu at 0x1000 size 4K tlb at 0x2000 size 4K";
    expect(findingsOf(system(pvu, "arm64"))).to.deep.equal([]);
    expect(findingsOf(system(`${pvu} { bdf 00:00.1 }`, "arm64"))).to.deep.equal([
      "main.jail:3:53 jail-not-expected bdf",
    ]);
    expect(findingsOf(system("iommu intel at 0x1000 size 4K tlb at 0x2000 size 4K"))).to.deep.equal([
      "main.jail:3:31 jail-not-expected tlb",
    ]);
    expect(findingsOf(system("iommu intel at 0x1000 size 4K { features 1 }"))).to.deep.equal([
      "main.jail:3:33 jail-not-expected features",
    ]);
    expect(findingsOf(system("iommu 9 at 0x1000 size 4K tlb at 0x2000 size 4K { msi-cap 1 }"))).to.deep.equal(
      ["main.jail:3:51 jail-not-both msi-cap"],
    );
  });

  it("in IOMMUs: a second address, or one of another domain", () => {
    const of = (bdf: string): readonly string[] =>
      findingsOf(system(`iommu amd at 0x1000 size 4K { bdf ${bdf} }`));
    expect(of("00:00.2")).to.deep.equal([]);
    expect(of("0001:00:00.2")).to.deep.equal(["main.jail:3:35 jail-wrong-type 0001:00:00.2"]);
    expect(of("00:00.2, 00:01.0")).to.deep.equal(["main.jail:3:44 jail-not-expected 00:01.0"]);
  });

  it("in systems: facts of two architectures where the format has room for one", () => {
    const both = "x86 { pm-timer 5 }\ngic v2 { gicd 0x1000 }";
    expect(findingsOf(system(both))).to.deep.equal(["main.jail:4:1 jail-not-both gic"]);
    expect(findingsOf(system(both, "arm64"))).to.deep.equal(["main.jail:4:1 jail-not-both gic"]);
  });

  it("in systems: two limits of interrupts, and a second pattern of file names", () => {
    const inner = "x86 { vtd-interrupt-limit 5 }";
    const { machine } = compileText(system(inner));
    const { header } = toJson(decode(machine.cells[0]!.bytes, machine.profile, { kind: "system" }).config!);
    expect(header).to.have.nested.property("platform_info.x86.vtd_interrupt_limit", 5);
    expect(findingsOf(system(`interrupt-limit 7\n${inner}`))).to.deep.equal([
      "main.jail:4:7 jail-not-both vtd-interrupt-limit",
    ]);
    expect(findingsOf(system('files "q-*", "z-*"'))).to.deep.equal([
      'main.jail:3:14 jail-not-expected "z-*"',
    ]);
  });

  it("in cells: a size for CPUs that are a list of ids", () => {
    const text = "architecture arm64\ncell c { cpus 0-3 size 64 }";
    expect(findingsOf(text, "HEAD")).to.deep.equal([]);
    expect(findingsOf(text, "fork-siemens-new-cpu-config")).to.deep.equal([
      "main.jail:2:19 jail-not-expected size",
    ]);
  });

  it("in cells: CPUs as a list of ids beside CPUs as elements", () => {
    const of = (lines: string): readonly string[] =>
      findingsOf(`architecture arm64\ncell c { ${lines} }`, "fork-siemens-new-cpu-config");
    expect(of("cpus { phys_id = 3 }; cpus { phys_id = 4 }")).to.deep.equal([]);
    expect(of("cpus { phys_id = 3 }; cpus 1")).to.deep.equal(["main.jail:2:32 jail-only-once cpus"]);
    expect(of("cpus 1; cpus { phys_id = 3 }")).to.deep.equal(["main.jail:2:10 jail-only-once cpus"]);
  });

  it("in links: a second address for one end, and MSI-X without vectors", () => {
    const link = (end: string, vectors: number): string =>
      `architecture x86
cell c { ${end} }
cell d { }
link k at 1M { device 00:01.0; peers c, d; vectors ${vectors} }`;
    expect(findingsOf(link("link k { device 00:01.0, 00:02.0 }", 1))).to.deep.equal([
      "main.jail:2:35 jail-not-expected 00:02.0",
    ]);
    expect(findingsOf(link("", 0))).to.deep.equal(["main.jail:4:52 jail-out-of-range 0"]);
  });
});
