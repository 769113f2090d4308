import { expect } from "chai";
import { decode } from "../../../schema/codec/decode.js";
import { encode, sizeOf } from "../../../schema/codec/encode.js";
import { describeProblem } from "../../../schema/codec/problems.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { residue, type WireStruct } from "../../../schema/codec/wire.js";
import { WireValueError } from "../../../schema/codec/wire-value-error.js";
import { buildConfig } from "../../support/build-config.js";
import { profileNamed } from "../../support/random-config.js";

const r14 = profileNamed("r14");
const r13 = profileNamed("r13");

const region = { phys_start: 0x1_0000_0000n, virt_start: 0n, size: 0x1000n, flags: 7n };

describe("decode", () => {
  it("reads header and tables under their C names", () => {
    const bytes = new Uint8Array(132 + 8 + 32);
    const view = new DataView(bytes.buffer);
    bytes.set(new TextEncoder().encode("JHCLL"));
    view.setUint8(5, 2);
    view.setUint16(6, 14, true);
    bytes.set(new TextEncoder().encode("demo"), 8);
    view.setUint32(48, 8, true);
    view.setUint32(52, 1, true);
    view.setBigUint64(84, 0xfedc_ba98_7654_3210n, true);
    view.setUint8(132, 0b101);
    view.setBigUint64(140 + 16, 0x2000n, true);
    const { config, problems } = decode(bytes, r14);
    expect(problems).to.deep.equal([]);
    expect(config.kind).to.equal("cell");
    expect(config.header).to.include({ signature: "JHCLL", architecture: 2, revision: 14, name: "demo" });
    expect(config.header.cpu_reset_address).to.equal(0xfedc_ba98_7654_3210n);
    expect(config.tables.cpus).to.deep.equal(Uint8Array.of(5, 0, 0, 0, 0, 0, 0, 0));
    expect(config.tables.mem_regions).to.deep.equal([
      { phys_start: 0n, virt_start: 0n, size: 0x2000n, flags: 0n },
    ]);
    expect(config.tables.pci_devices).to.deep.equal([]);
  });

  it("tells a system from a cell by the signature", () => {
    expect(decode(encode(buildConfig(r14, "system", {})), r14).config.kind).to.equal("system");
    expect(decode(encode(buildConfig(r14, "cell", {})), r14).config.kind).to.equal("cell");
  });

  it("leaves counts to the tables", () => {
    const config = buildConfig(r14, "cell", { tables: { mem_regions: [region] } });
    expect(config.header).not.to.have.property("num_memory_regions");
    const longer = { ...config, tables: { ...config.tables, mem_regions: [region, region, region] } };
    const back = decode(encode(longer), r14);
    expect(back.problems).to.deep.equal([]);
    expect(back.config.tables.mem_regions).to.have.length(3);
  });

  it("writes a count that is given, whatever the table holds", () => {
    const config = buildConfig(r14, "cell", { tables: { mem_regions: [region] } });
    const bytes = encode({ ...config, header: { ...config.header, num_memory_regions: 0 } });
    const { config: back, problems } = decode(bytes, r14);
    expect(problems).to.deep.equal([{ kind: "trailing-bytes", offset: 132, length: 32 }]);
    expect(back.tables.mem_regions).to.deep.equal([]);
    expect(back.trailing).to.have.length(32);
  });

  it("keeps the bits of a bit-field unit that no field names", () => {
    const config = buildConfig(r14, "cell", { tables: { pci_devices: [{ msi_64bits: 1 }] } });
    const bytes = encode(config);
    bytes[132 + 35] = 0b1010_0110;
    const device = (decode(bytes, r14).config.tables.pci_devices as WireStruct[])[0]!;
    expect(device.msi_64bits).to.equal(0);
    expect(device.msi_maskable).to.equal(1);
    expect(device[residue]).to.deep.equal([{ offset: 35, bytes: Uint8Array.of(0b1010_0100) }]);
  });

  it("keeps the holes of natural alignment", () => {
    // The fork packs its IOMMU unit, but not the struct inside: 4 bytes behind each 32-bit size are a hole.
    const profile = profileNamed("fork-ti-0.10");
    const bytes = encode(buildConfig(profile, "system", {}));
    const unit = 130;
    bytes[unit] = Number(profile.constants.get("JAILHOUSE_IOMMU_PVU"));
    bytes.fill(0xaa, unit + 4, unit + 36);
    const platform = decode(bytes, profile, { architecture: "arm" }).config.header
      .platform_info as WireStruct;
    const units = (platform.arm as WireStruct).iommu_units as readonly WireStruct[];
    const hole = Uint8Array.of(0xaa, 0xaa, 0xaa, 0xaa);
    expect(units[0]!.pvu).to.deep.equal({
      cfg_base: 0xaaaa_aaaa_aaaa_aaaan,
      cfg_size: 0xaaaaaaaa,
      tlb_base: 0xaaaa_aaaa_aaaa_aaaan,
      tlb_size: 0xaaaaaaaa,
      [residue]: [
        { offset: 12, bytes: hole },
        { offset: 28, bytes: hole },
      ],
    });
  });

  it("shows the platform data that the architecture byte names", () => {
    const shown = [0, 1, 2].map((architecture) => {
      const bytes = encode(buildConfig(r14, "system", { header: { architecture } }));
      const platform = decode(bytes, r14).config.header.platform_info as WireStruct;
      return ["x86", "arm"].filter((name) => platform[name] !== undefined);
    });
    expect(shown).to.deep.equal([["x86"], ["arm"], ["arm"]]);
  });

  it("shows neither for an architecture that has no name, and keeps the bytes", () => {
    const bytes = encode(buildConfig(r14, "system", { header: { architecture: 9 } }));
    bytes[320] = 0x55;
    const { config } = decode(bytes, r14);
    const platform = config.header.platform_info as WireStruct;
    expect(platform).not.to.have.any.keys("x86", "arm");
    expect(platform[residue]).to.deep.equal([{ offset: 320 - 76, bytes: Uint8Array.of(0x55) }]);
    expect(encode(config)).to.deep.equal(bytes);
  });

  it("takes a system for x86 before revision 14 if its root cell has ports, else for arm, unless told", () => {
    const plain = encode(buildConfig(r13, "system", {}));
    const ports = encode(
      buildConfig(r13, "system", { tables: { pio_regions: [{ base: 0x60, length: 1 }] } }),
    );
    const platform = (bytes: Uint8Array, options = {}) =>
      decode(bytes, r13, options).config.header.platform_info as WireStruct;
    expect(platform(plain)).to.have.property("arm");
    expect(platform(ports)).to.have.property("x86");
    expect(platform(plain, { architecture: "x86" })).to.have.property("x86");
  });

  it("shows the member of an IOMMU unit that its type names", () => {
    const unit = (type: number) => {
      const bytes = encode(buildConfig(r14, "system", {}));
      bytes[88] = type;
      bytes[88 + 16] = 0x77;
      const platform = decode(bytes, r14).config.header.platform_info as WireStruct;
      return (platform.iommu_units as WireStruct[])[0]!;
    };
    expect(unit(1).amd).to.deep.equal({ bdf: 0x77, base_cap: 0, msi_cap: 0, features: 0 });
    expect(unit(4).tipvu).to.deep.equal({ tlb_base: 0x77n, tlb_size: 0 });
    expect(unit(2)).not.to.have.any.keys("amd", "tipvu");
    expect(unit(2)[residue]).to.deep.equal([{ offset: 16, bytes: Uint8Array.of(0x77) }]);
  });

  it("shows a stream id as one number", () => {
    const { config } = decode(
      encode(buildConfig(r14, "cell", { tables: { stream_ids: [{ id: 0x12345678 }] } })),
      r14,
    );
    expect(config.tables.stream_ids).to.deep.equal([{ id: 0x12345678 }]);
  });
});

describe("decode of files that do not agree", () => {
  it("reads a name that is not UTF-8 and gives its bytes back", () => {
    const bytes = encode(buildConfig(r14, "cell", {}));
    bytes.set([0x61, 0xff, 0xc3, 0xa4, 0, 0x62], 8);
    const { config } = decode(bytes, r14);
    expect(config.header.name).to.equal("a\udcff\u00e4\0b");
    expect(encode(config)).to.deep.equal(bytes);
  });

  it("reads the fields before the end of a file that ends inside its header", () => {
    const bytes = encode(buildConfig(r14, "cell", { cell: { name: "cut", id: 7, flags: 1 } })).subarray(
      0,
      46,
    );
    const { config, problems } = decode(bytes, r14);
    expect(problems).to.deep.equal([{ kind: "truncated-header", needed: 132, there: 46 }]);
    expect(config.header).to.deep.include({ name: "cut", id: 7 });
    expect(config.header).not.to.have.property("flags");
    expect(config.tables.cpus).to.have.length(0);
  });

  it("reads as much of a nested struct as is there", () => {
    const bytes = encode(buildConfig(r14, "system", { header: { flags: 1 } })).subarray(0, 12 + 24);
    const { config } = decode(bytes, r14);
    expect(config.header.hypervisor_memory).to.deep.equal({ phys_start: 0n, virt_start: 0n, size: 0n });
    expect(config.header).not.to.have.property("debug_console");
  });

  it("does not throw on an empty file", () => {
    const { config, problems } = decode(new Uint8Array(), r14);
    expect(problems.map(({ kind }) => kind)).to.deep.equal(["truncated-header"]);
    expect(config.header).to.deep.equal({});
  });

  it("names each count that asks for more than there is, and reads the elements that fit", () => {
    const config = buildConfig(r14, "cell", { tables: { mem_regions: [region, region] } });
    const bytes = encode(config).slice(0, -5);
    const { config: back, problems } = decode(bytes, r14);
    expect(problems).to.deep.equal([
      {
        kind: "count-exceeds-file",
        field: "num_memory_regions",
        table: "mem_regions",
        count: 2,
        needed: 64,
        there: 59,
      },
    ]);
    expect(back.tables.mem_regions).to.deep.equal([region]);
    expect(back.header.num_memory_regions).to.equal(2);
    expect(back.trailing).to.have.length(27);
    expect(encode(back)).to.deep.equal(bytes);
  });

  it("is not impressed by counts of 0xffffffff", () => {
    const bytes = encode(buildConfig(r14, "cell", {}));
    const view = new DataView(bytes.buffer);
    for (const { count } of planOfProfile(r14).tables) view.setUint32(count.offset, 0xffffffff, true);
    const { config, problems } = decode(bytes, r14);
    expect(problems.map((problem) => problem.kind === "count-exceeds-file" && problem.needed)).to.deep.equal(
      planOfProfile(r14).tables.map(({ unitSize }) => unitSize * 0xffffffff),
    );
    expect(sizeOf(config)).to.equal(bytes.length);
    expect(encode(config)).to.deep.equal(bytes);
  });

  it("says so where signature and revision are those of another profile, and reads on", () => {
    const bytes = encode(buildConfig(r14, "cell", { cell: { name: "x" } }));
    bytes[0] = 0x58;
    bytes[6] = 99;
    const { config, problems } = decode(bytes, r14);
    expect(problems).to.deep.equal([
      { kind: "wrong-signature", expected: "JHCLL", found: "XHCLL", readAs: "cell" },
      { kind: "wrong-revision", expected: 14, found: 99 },
    ]);
    expect(config.header.name).to.equal("x");
  });

  it("describes problems with their values", () => {
    const texts = [
      describeProblem({ kind: "truncated-header", needed: 132, there: 5 }),
      describeProblem({
        kind: "count-exceeds-file",
        field: "num_irqchips",
        table: "irqchips",
        count: 9,
        needed: 288,
        there: 3,
      }),
      describeProblem({ kind: "trailing-bytes", offset: 140, length: 56 }),
      describeProblem({ kind: "wrong-signature", expected: "JHCLL", found: "?", readAs: "cell" }),
      describeProblem({ kind: "wrong-revision", expected: 14, found: 13 }),
    ];
    expect(texts).to.deep.equal([
      "the header needs 132 bytes, the file has 5",
      "num_irqchips is 9, so that irqchips needs 288 bytes, but the file has only 3 left",
      "56 bytes follow the last table, from offset 140",
      'the signature is "?" instead of "JHCLL"',
      "the revision is 13 instead of 14",
    ]);
  });
});

describe("encode", () => {
  const config = buildConfig(r14, "cell", {});
  const failure = (header: WireStruct, tables = {}): string => {
    try {
      encode({ ...config, header, tables });
    } catch (error) {
      if (error instanceof WireValueError) return error.message;
      throw error;
    }
    throw new Error("nothing was thrown");
  };

  it("names the value that its field cannot hold, with the path to it", () => {
    expect(failure({ id: 0x1_0000_0000 })).to.equal("id: 4294967296 is not a number from 0 to 4294967295");
    expect(failure({ id: 1.5 })).to.match(/^id: 1\.5 is not a number/);
    expect(failure({ cpu_reset_address: 5 })).to.match(/^cpu_reset_address: 5 is not a bigint/);
    expect(failure({ cpu_reset_address: -1n })).to.match(/^cpu_reset_address: -1n is not a bigint/);
    expect(failure({ name: "x".repeat(33) })).to.match(/^name: "x+" is longer than 32 bytes$/);
    expect(failure({ name: 5 })).to.equal("name: 5 is not text");
    expect(failure({ console: 5 })).to.equal("console: 5 is not a struct");
    expect(failure({}, { mem_regions: [region, { ...region, size: 1n << 64n }] })).to.match(
      /^mem_regions\[1\]\.size: /,
    );
    expect(failure({}, { pci_devices: [{ bar_mask: [0, 0, -1] }] })).to.match(
      /^pci_devices\[0\]\.bar_mask\[2\]: -1 /,
    );
    expect(failure({}, { pci_devices: [{ bar_mask: [0, 0, 0, 0, 0, 0, 0] }] })).to.match(/up to 6 elements$/);
    expect(failure({}, { pci_devices: [{ msi_64bits: 2 }] })).to.match(
      /msi_64bits: 2 is not a number from 0 to 1$/,
    );
  });

  it("refuses what the profile does not have", () => {
    expect(failure({ colour: 1 })).to.equal("jailhouse_cell_desc has no field colour");
    expect(failure({}, { colours: [] })).to.equal("profile r14.1 has no table colours");
    expect(failure({}, { cpus: [1] })).to.equal("cpus: a byte table holds bytes");
  });

  it("refuses two members of a union at once, and residue on top of a field", () => {
    expect(failure({}, { stream_ids: [{ id: 1, mmu500: { id: 1, mask_out: 0 } }] })).to.equal(
      "stream_ids[0]: id and mmu500 describe the same bytes: only one can be given",
    );
    const device = { msi_64bits: 0, [residue]: [{ offset: 35, bytes: Uint8Array.of(1) }] };
    expect(failure({}, { pci_devices: [device] })).to.match(
      /residue at byte 35 has bits that belong to a field$/,
    );
  });

  it("takes the other member of a union if it is the one given", () => {
    const bytes = encode({
      ...config,
      tables: { stream_ids: [{ mmu500: { id: 0x1111, mask_out: 0x2222 } }] },
    });
    expect([...bytes.subarray(-4)]).to.deep.equal([0x11, 0x11, 0x22, 0x22]);
  });
});
