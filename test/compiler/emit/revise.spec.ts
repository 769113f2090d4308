import { expect } from "chai";
import type { Architecture } from "../../../compiler/ir/config.js";
import type { PlatformFamily } from "../../../schema/codec/union-views.js";
import { residue, type WireConfig, type WireStruct } from "../../../schema/codec/wire.js";
import { arm64, cell, convert, system } from "../../support/convert-config.js";
import { profileNamed } from "../../support/random-config.js";

describe("identity in another revision", () => {
  it("is that of the target", () => {
    const { wire, lost } = convert(cell("r14", { cell: { ...arm64, name: "x" } }), "r13");
    expect(lost).to.deep.equal([]);
    expect(wire.header).to.include({ signature: "JHCELL", revision: 13, name: "x" });
    const old = convert(cell("r14", { cell: { name: "x" } }), "r0.30");
    expect(old.wire.header).to.include({ signature: "JAILCELL", name: "x" });
  });

  it("takes the architecture from the config, the option, or the ports, and says so if it is not said", () => {
    const plain = cell("r13", { cell: { name: "x" } });
    expect(convert(plain, "r14").lost).to.deep.equal(["architecture: not-said"]);
    const byte = (architecture: Architecture) =>
      convert(plain, "r14", { architecture }).wire.header.architecture;
    expect([byte("x86"), byte("arm"), byte("arm64")]).to.deep.equal([0, 1, 2]);
    const ports = cell("r13", { tables: { pio_regions: [{ base: 1, length: 1 }] } });
    expect(convert(ports, "r14")).to.deep.include({ lost: [] });
    expect(
      convert(cell("r14", { cell: arm64 }), "r14", { architecture: "x86" }).wire.header.architecture,
    ).to.equal(2);
  });

  it("has no place for an architecture that the target does not know", () => {
    expect(convert(cell("fork-lfd-v17", { cell: { architecture: 3 } }), "r14").lost).to.deep.equal([
      "architecture: no-such-name",
    ]);
  });

  it("does not carry odd signatures, counts, residue and trailing bytes along", () => {
    const odd = system("r14", {
      cell: { signature: "JHSYS", num_pci_caps: 0 },
      tables: { pci_devices: [{ [residue]: [{ offset: 35, bytes: Uint8Array.of(4) }] }] },
      trailing: Uint8Array.of(1),
    });
    const counted = {
      ...odd,
      header: { ...odd.header, root_cell: { ...(odd.header.root_cell as object), num_pci_caps: 3 } },
    };
    expect(convert(counted as WireConfig, "r13").lost).to.have.members([
      "rootCell.pciDevices[0].residue: not-modelled",
      "rootCell.signature: not-modelled",
      "rootCell.num_pci_caps: not-modelled",
      "trailing: not-modelled",
    ]);
  });
});

describe("flags in another revision", () => {
  const flags = (from: string, value: bigint, to: string): readonly [unknown, readonly string[]] => {
    const { wire, lost } = convert(cell(from, { tables: { mem_regions: [{ flags: value }] } }), to, {
      architecture: "arm",
    });
    return [(wire.tables.mem_regions as WireStruct[])[0]!.flags, lost];
  };

  it("of memory go by meaning", () => {
    // LOADABLE was 0x20 until late 2014; IO_UNALIGNED moved from 0x100 to 0x8000 in early 2020.
    expect(flags("v0.1", 0x21n, "r14")).to.deep.equal([0x41n, []]);
    expect(flags("r14", 0x41n, "v0.1")).to.deep.equal([0x21n, []]);
    expect(flags("r10", 0x100n, "r14")).to.deep.equal([0x8000n, []]);
    expect(flags("r14", 0x8000n, "r10")).to.deep.equal([0x100n, []]);
  });

  it("of memory are lost where they do not exist", () => {
    expect(flags("r14", 0x111n, "r10")).to.deep.equal([0x11n, ["memoryRegions[0].flags: no-such-name"]]);
  });

  it("without a name are carried where they have none either, and lost where they mean something", () => {
    expect(flags("r13", 0x4000_0000n, "r14")).to.deep.equal([0x4000_0000n, []]);
    expect(flags("r0.3", 0x81n, "r14")).to.deep.equal([1n, ["memoryRegions[0].flags: other-meaning"]]);
  });

  it("of cells go by meaning", () => {
    const cellFlags = (from: string, value: number, to: string) => {
      const { wire, lost } = convert(cell(from, { cell: { flags: value } }), to, { architecture: "arm" });
      return [wire.header.flags, lost];
    };
    // DEBUG_CONSOLE (2) became VIRTUAL_CONSOLE_PERMITTED, and TEST_DEVICE moved from 4 to 2.
    expect(cellFlags("r8", 7, "r14")).to.deep.equal([0x4000_0003, []]);
    expect(cellFlags("r14", 0x4000_0003, "r8")).to.deep.equal([7, []]);
    expect(cellFlags("r14", 0x8000_0000, "r8")).to.deep.equal([0, ["flags: no-such-name"]]);
    expect(cellFlags("r14", 4, "r12")).to.deep.equal([0, ["flags: no-such-name"]]);
  });
});

describe("consoles in another revision", () => {
  const debugConsole = (
    from: string,
    fields: WireStruct,
    to: string,
    family: PlatformFamily = "arm",
    flags = 0,
  ): {
    readonly console: WireStruct | undefined;
    readonly flags: unknown;
    readonly lost: readonly string[];
  } => {
    const hasFlags = profileNamed(from)
      .structs.get("jailhouse_system")!
      .fields.some(({ name }) => name === "flags");
    const header = { debug_console: fields, ...(hasFlags ? { flags } : {}) };
    const options = { family, architecture: family === "x86" ? ("x86" as const) : ("arm64" as const) };
    const { wire, lost } = convert(system(from, { header }, family), to, options);
    return { console: wire.header.debug_console as WireStruct | undefined, flags: wire.header.flags, lost };
  };
  const pl011 = { address: 0x900_0000n, size: 0x1000, type: 3, flags: 3 };

  it("pack type and flags into one word before mid 2018, with the virtual console among them", () => {
    const { console, lost } = debugConsole("r13", pl011, "r8", "arm", 1);
    expect(lost).to.deep.equal([]);
    expect(console).to.include({ address: 0x900_0000n, flags: 0x133 });
    const back = debugConsole("r8", { address: 0x900_0000n, size: 0x1000, flags: 0x133 }, "r13");
    expect(back.console).to.include(pl011);
    expect(back.flags).to.equal(1);
  });

  it("have other numbers for access until revision 3", () => {
    expect(debugConsole("r13", pl011, "r2").console).to.include({ flags: 0x24 });
    expect(debugConsole("r2", { address: 1n, flags: 0x24 }, "r13").console).to.include({ type: 3, flags: 3 });
    expect(debugConsole("r13", { ...pl011, flags: 1 }, "r2").lost).to.deep.equal([
      "debugConsole.flags: fixed-in-profile",
    ]);
    expect(debugConsole("r13", { ...pl011, flags: 1 }, "r8").lost).to.deep.equal([]);
  });

  it("call the 8250 of x86 UART_X86 until revision 3", () => {
    const ports = { address: 0x3f8n, type: 2, flags: 0 };
    expect(debugConsole("r13", ports, "r2", "x86")).to.deep.include({ lost: [] });
    expect(debugConsole("r13", ports, "r2", "x86").console).to.include({ flags: 0x11 });
    expect(debugConsole("r2", { address: 0x3f8n, flags: 0x11 }, "r13", "x86").console).to.include(ports);
    expect(debugConsole("r13", { ...pl011, type: 2 }, "r2").console).to.include({ flags: 0x23 });
    expect(debugConsole("r13", { ...pl011, type: 2 }, "r1.2").lost).to.deep.equal([
      "debugConsole.type: no-such-name",
    ]);
    expect(debugConsole("r13", ports, "r1.2", "x86")).to.deep.include({ lost: [] });
  });

  it("have no type before revision 1", () => {
    expect(debugConsole("r13", { address: 0x3f8n, type: 2, flags: 0 }, "r0.40", "x86").lost).to.deep.equal(
      [],
    );
    const { console, lost } = debugConsole("r13", pl011, "r0.40");
    expect(lost).to.deep.equal(["debugConsole.type: no-field"]);
    expect(console).to.include({ phys_start: 0x900_0000n, size: 0x1000n, flags: 0x10n });
    const memory = { phys_start: 0x900_0000n, size: 0x1000n, flags: 0x10n };
    expect(debugConsole("r0.40", memory, "r13").lost).to.deep.equal(["debugConsole.type: not-said"]);
    expect(debugConsole("r0.40", { phys_start: 0x3f8n }, "r13", "x86").console).to.include({
      type: 2,
      flags: 0,
    });
    expect(debugConsole("r0.40", {}, "r13").lost).to.deep.equal([]);
  });

  it("lose what only later ones have", () => {
    const rich = { ...pl011, flags: 0x1003, divider: 1, gate_nr: 2, clock_reg: 3n };
    expect(debugConsole("r13", rich, "r9.2").lost).to.deep.equal(["debugConsole.flags: no-such-name"]);
    expect(debugConsole("r13", rich, "r0.40").lost).to.deep.equal([
      "debugConsole.type: no-field",
      "debugConsole.divider: no-field",
      "debugConsole.gateNr: no-field",
      "debugConsole.clockReg: no-field",
      "debugConsole.flags: no-field",
    ]);
    expect(debugConsole("r13", { type: 10 }, "r13.1").lost).to.deep.equal([
      "debugConsole.type: no-such-name",
    ]);
    expect(debugConsole("r13", {}, "r2", "arm", 1).lost).to.deep.equal(["flags: no-such-name"]);
    expect(debugConsole("r13", pl011, "v0.1").lost).to.deep.equal(["debugConsole: no-field"]);
    const extra = { phys_start: 1n, virt_start: 5n, flags: 0x11n };
    expect(debugConsole("r0.40", extra, "r13", "x86").lost).to.include.members([
      "debugConsole.virt_start: not-modelled",
      "debugConsole.flags: not-modelled",
    ]);
  });

  it("of cells exist since revision 10", () => {
    const wire = cell("r14", { cell: { ...arm64, console: pl011 } });
    expect(convert(wire, "r10").lost).to.deep.equal([]);
    expect(convert(wire, "r9").lost).to.deep.equal(["console: no-field"]);
    expect(convert(cell("r14", { cell: arm64 }), "r9").lost).to.deep.equal([]);
  });
});

describe("losses", () => {
  it("say what is lost, where, and why", () => {
    const wire = cell("r14", {
      cell: { ...arm64, msg_reply_timeout: 0x1234n },
      tables: { mem_regions: [{ flags: 0x100n }] },
    });
    expect(convert(wire, "r6").losses).to.deep.equal([
      {
        what: "no-field",
        path: "msgReplyTimeout",
        value: "0x1234",
        why: "jailhouse_cell_desc of r6.2 has no msg_reply_timeout",
      },
      {
        what: "no-such-name",
        path: "memoryRegions[0].flags",
        value: "JAILHOUSE_MEM_NO_HUGEPAGES",
        why: "r6.2 has no JAILHOUSE_MEM_NO_HUGEPAGES",
      },
    ]);
  });
});
