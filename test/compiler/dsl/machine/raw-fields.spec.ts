import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { toJson } from "../../../../schema/codec/json.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

interface Decoded {
  readonly header: Record<string, unknown>;
  readonly tables: Record<string, unknown>;
  readonly trailing?: string;
}

/** The first cell of a machine, as its bytes are read. */
function built(text: string, profile?: string): Decoded {
  const { machine, findings } = compileText(text, profile === undefined ? {} : { profile });
  expect(findings.map(shown)).to.deep.equal([]);
  const { bytes, kind } = machine.cells[0]!;
  return toJson(decode(bytes, machine.profile, { kind }).config!) as unknown as Decoded;
}

const cell = (lines: string): string => `architecture x86\ncell x {\n${lines}\n}\n`;
const system = (lines: string): string => `system s {\narchitecture x86\n${lines}\n}\n`;

describe("raw fields", () => {
  it("win over what the statement says", () => {
    const { tables } = built(
      cell("memory at 0 size 4K rw { flags = JAILHOUSE_MEM_READ | 0x8000_0000; size = 8K }"),
    );
    expect(tables.mem_regions).to.deep.equal([
      { phys_start: "0x0", virt_start: "0x0", size: "0x2000", flags: "0x80000001" },
    ]);
  });

  it("are no less and no more than their field holds", () => {
    const of = (value: string) =>
      compileText(
        cell(`memory at 0 size 4K rw { flags = ${value} }\ndevice 00:01.0 { bar_mask = 1, ${value} }`),
      )
        .findings.map(({ message }) => message)
        .filter((message) => message.startsWith("`"));
    expect(of("0xffff_ffff")).to.deep.equal([]);
    expect(of("0 - 1")).to.deep.equal([
      "`flags` is -1, which is not within 0 to 0xffff_ffff_ffff_ffff",
      "`bar_mask` is -1, which is not within 0 to 0xffff_ffff",
    ]);
    expect(of("1 << 63")).to.deep.equal([
      "`bar_mask` is 0x8000_0000_0000_0000, which is not within 0 to 0xffff_ffff",
    ]);
  });

  it("make elements of tables, in the order of the lines", () => {
    const { tables } = built(
      cell(
        "memory at 4K size 4K r\nmem_regions { phys_start = 8K; size = 1; flags = 3 }\nmemory at 12K size 4K r",
      ),
    );
    const regions = tables.mem_regions as readonly { readonly phys_start: string }[];
    expect(regions.map(({ phys_start }) => phys_start)).to.deep.equal(["0x1000", "0x2000", "0x3000"]);
  });

  it("set devices and their lists of capabilities", () => {
    const { tables } = built(
      cell(
        "device 00:01.0 { num_caps = 2; caps_start = 7; bar_mask = 1, 2 }\npci_devices { bdf = 9; type = 2 }",
      ),
    );
    const devices = tables.pci_devices as readonly Record<string, unknown>[];
    expect(
      devices.map(({ bdf, type, num_caps, caps_start }) => [bdf, type, num_caps, caps_start]),
    ).to.deep.equal([
      [8, 1, 2, 7],
      [9, 2, 0, 0],
    ]);
    expect(devices[0]!.bar_mask).to.deep.equal([1, 2, 0, 0, 0, 0]);
  });

  it("set the header: of a system, what it lacks is meant for its root cell", () => {
    const { header } = built(
      system("msg_reply_timeout = 7\nroot_cell.flags = 5\nflags = 9\nplatform_info.x86.tsc_khz = 3"),
    );
    expect(header.flags).to.equal(9);
    expect(header.root_cell).to.include({ flags: 5, msg_reply_timeout: "0x7" });
    expect((header.platform_info as { x86: object }).x86).to.include({ tsc_khz: 3 });
  });

  it("set texts and names of constants", () => {
    const { header } = built(cell('name = "other"\nflags = JAILHOUSE_CELL_PASSIVE_COMMREG'));
    expect(header).to.include({ name: "other", flags: 1 });
  });

  it("set whole tables of bytes and of numbers", () => {
    expect(built(cell('cpus = "0f00"')).tables.cpus).to.equal("0f00");
    const arm = built("architecture arm64\ncell x { stream_ids = 1, 0x20 }\n", "r12");
    expect(arm.tables.stream_ids).to.deep.equal(
      built("architecture arm64\ncell x { streams 1, 0x20 }\n", "r12").tables.stream_ids,
    );
  });

  it("set counts that are not those of the tables, and bytes behind them", () => {
    const { machine } = compileText(cell('num_cache_regions = 1\ntrailing = "00000000 04000000 01 00 0000"'));
    const { config } = decode(machine.cells[0]!.bytes, machine.profile, { kind: "cell" });
    expect(toJson(config!).tables.cache_regions).to.have.length(1);
  });

  it("set padding: the part of a union that is not in use", () => {
    const { header } = built(system('iommu intel at 0xfed9_0000 size 4K { padding 20 = "00ff" }'));
    const [unit] = (header.platform_info as { iommu_units: readonly Record<string, unknown>[] }).iommu_units;
    expect(unit!.residue).to.deep.equal([{ offset: 21, bytes: "ff" }]);
  });

  it("know where they were written", () => {
    const text = cell("memory at 0 size 4K rw { flags = 1 }");
    const { machine } = compileText(text);
    const { bytes, originOf } = machine.cells[0]!;
    const marked = (offset: number, length: number): string => {
      const origin = originOf(offset, length);
      if (origin.kind !== "source") return origin.kind;
      return origin.span.file.text.slice(origin.span.start, origin.span.end);
    };
    // The region is the last 32 bytes: physical and virtual start, size, flags.
    expect(marked(bytes.length - 8, 8)).to.equal("flags = 1");
    expect(marked(bytes.length - 16, 8)).to.equal("size 4K");
    expect(marked(bytes.length - 32, 8)).to.equal("at 0");
  });

  it("are refused where they are wrong", () => {
    const of = (lines: string): readonly string[] => compileText(cell(lines)).findings.map(shown);
    expect(of("memory at 0 size 4K r { flag = 1 }")).to.deep.equal(["main.jail:3:25 jail-raw-field flag"]);
    expect(of("msg_reply = 1")).to.deep.equal(["main.jail:3:1 jail-raw-field msg_reply"]);
    expect(of("id = 0x1_0000_0000")).to.deep.equal(["main.jail:3:6 jail-out-of-range 0x1_0000_0000"]);
    expect(of("id = 1, 2")).to.deep.equal(["main.jail:3:9 jail-raw-value 2"]);
    expect(of("console = 1")).to.deep.equal(["main.jail:3:1 jail-raw-value console"]);
    expect(of("name = 1")).to.deep.equal(["main.jail:3:8 jail-raw-value 1"]);
    expect(of(`name = "${"n".repeat(33)}"`)).to.have.length(1);
    expect(of('cpus = "0"')).to.deep.equal(['main.jail:3:8 jail-hex "0"']);
    expect(of("cpus = 1")).to.deep.equal(["main.jail:3:8 jail-raw-value 1"]);
    expect(of("mem_regions = 1")).to.deep.equal(["main.jail:3:1 jail-raw-value mem_regions"]);
    expect(of('padding 4 = "ff"')).to.deep.equal(["main.jail:3:9 jail-padding 4"]);
    expect(of('padding 400 = "ff"')).to.deep.equal(["main.jail:3:9 jail-out-of-range 400"]);
    expect(of("device 00:01.0 { bar_mask = 1,2,3,4,5,6,7 }")).to.deep.equal([
      "main.jail:3:41 jail-raw-value 7",
    ]);
    // A bitmap has no elements.
    expect(of("ioports 0x80 { base = 1 }")).to.deep.equal([]);
    const old = compileText(cell("ioports 0x80 { base = 1 }"), { profile: "r10" });
    expect(old.findings.map(shown)).to.deep.equal(["main.jail:3:16 jail-raw-not-here base"]);
    expect(compileText("x = 1\narchitecture x86\ncell a { cpus 1 }\n").findings.map(shown)).to.deep.equal([
      "main.jail:1:1 jail-raw-not-here x",
    ]);
  });
});
