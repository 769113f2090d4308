import { expect } from "chai";
import { toC } from "../../../../compiler/decompile/to-c/to-c.js";
import { decode } from "../../../../schema/codec/decode.js";
import { encode } from "../../../../schema/codec/encode.js";
import type { ConfigKind, WireConfig } from "../../../../schema/codec/wire.js";
import { headerFiles } from "../../../../schema/header/header-files.js";
import { add, define, profile } from "../../../../schema/layout/changes.js";
import { embed, u8, u32, union } from "../../../../schema/layout/members.js";
import { profileDefinitions } from "../../../../schema/layout/profiles/index.js";
import { resolveChain } from "../../../../schema/layout/resolve.js";
import type { Profile } from "../../../../schema/layout/types.js";
import { decodeText } from "../../../../schema/text.js";
import { lossThroughC } from "../../../support/c-round-trip.js";
import { cellc } from "../../../support/cli-runner.js";
import { cell, system } from "../../../support/convert-config.js";
import { gccBytes } from "../../../support/gcc-bytes.js";
import { profileNamed } from "../../../support/random-config.js";

/** The config with some bytes changed. */
function changed(config: WireConfig, bytes: Readonly<Record<number, number>>): WireConfig {
  const image = encode(config);
  for (const [offset, byte] of Object.entries(bytes)) image[Number(offset)] = byte;
  return decode(image, config.profile, { kind: config.kind }).config;
}

/** Both compilers give the bytes; the source is returned. */
async function held(config: WireConfig): Promise<string> {
  const source = toC(config);
  expect(await lossThroughC(config)).to.equal(null);
  const [bytes] = await gccBytes([{ source, profile: config.profile.id }]);
  expect(Buffer.from(bytes as Uint8Array).equals(encode(config)), String(bytes)).to.equal(true);
  return source;
}

/** HEAD with a struct of natural alignment in the descriptor of a cell: no profile that is built in has one. */
function withHole(): Profile {
  const chain = profileDefinitions.filter(({ fork }) => fork === undefined);
  const hole = profile({
    id: "with-hole",
    after: chain.at(-1)!.id,
    commit: "",
    date: "2023-01-11",
    summary: "",
    changes: [
      define("jailhouse_hole", [u8("kind"), union(null, [u8("narrow"), u32("wide")])], { packed: false }),
      add("jailhouse_cell_desc", "end", embed("jailhouse_hole", "hole")),
    ],
  });
  return resolveChain([...chain, hole]);
}

function zeros(profile: string, kind: ConfigKind): WireConfig {
  return { kind, profile: profileNamed(profile), header: {}, tables: {}, trailing: new Uint8Array() };
}

describe("what no maintainer would write, in C", () => {
  it("has counts that are not those of the tables as numbers", async () => {
    const config = cell("HEAD", { cell: { num_pci_caps: 7 }, tables: { mem_regions: [{ size: 1n }] } });
    const wrong = { ...config, header: { ...config.header, num_memory_regions: 3, num_cache_regions: 0 } };
    const source = await held(wrong);
    expect(source).to.contain("\t\t.num_memory_regions = 3,\n");
    expect(source).to.contain("\t\t.num_pci_caps = 7,\n");
    expect(source).not.to.contain("ARRAY_SIZE");
  });

  it("has bytes behind the tables in an array of their own", async () => {
    const trailing = new Uint8Array(29).fill(0xab, 26);
    const source = await held({ ...cell("HEAD", {}), trailing });
    expect(source).to.contain("\t__u8 trailing[29];\n}");
    expect(source).to.contain("\n\n\t.trailing = {\n\t\t[0x18] = 0x00, 0x00, 0xab, 0xab, 0xab,\n\t},\n};\n");
  });

  it("has a CPU set that is no whole number of words as bytes", async () => {
    const source = await held(cell("HEAD", { tables: { cpus: Uint8Array.of(3, 0, 1) } }));
    expect(source).to.contain("\t__u8 cpus[3];\n");
    expect(source).to.contain("\t.cpus = {\n\t\t0x03, 0x00, 0x01,\n\t},\n");
    expect(source).to.contain(".cpu_set_size = sizeof(config.cpus),");
  });

  it("has bits without a name, signatures and revisions of others as they are", async () => {
    const source = await held(
      cell("HEAD", {
        cell: { signature: "JHSYS", revision: 99, flags: 0x101 },
        tables: { mem_regions: [{ flags: 0x8000000000000003n }, { flags: 0x200n }] },
      }),
    );
    expect(source).to.contain(".signature = JAILHOUSE_SYSTEM_SIGNATURE,");
    expect(source).to.contain(".revision = 0x63,");
    expect(source).to.contain(".flags = JAILHOUSE_CELL_PASSIVE_COMMREG | 0x100,");
    expect(source).to.contain(
      "\t\t\t.flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |\n\t\t\t\t0x8000000000000000,\n",
    );
    expect(source).to.contain("{ .flags = 0x200 },");
  });

  it("escapes text that is no printable UTF-8, and what would mean something else to C", async () => {
    const name = decodeText(
      Uint8Array.of(0xff, 0x61, 0x5c, 0x22, 0x3f, 0x3f, 0x3d, 0, 0xc3, 0xa9, 0x0a, 0x67),
    );
    const source = await held(cell("HEAD", { cell: { name: `${name}\u202e` } }));
    // "é" is shown, a line feed and a mark that turns the direction of text are not.
    expect(source).to.contain('.name = "\\xff" "a\\\\\\"?\\?=\\x00é\\x0ag\\xe2\\x80\\xae",');
    expect(source.split("\n")[2]).to.equal(' * Jailhouse cell configuration: a\\"??= é g');
  });

  it("does not let a name end the comment that it stands in", async () => {
    const source = await held(cell("HEAD", { cell: { name: "*/ int x; /*" } }));
    expect(source.split("\n")[2]).to.equal(" * Jailhouse cell configuration: * / int x; / *");
  });

  it("keeps unused bits of a bit-field by writing that element as bytes", async () => {
    const devices = cell("HEAD", { tables: { pci_devices: [{ type: 1, bdf: 8 }, { type: 2 }, {}] } });
    const source = await held(changed(devices, { [132 + 56 + 35]: 0x81 }));
    expect(source).to.contain(
      "\tunion {\n\t\tstruct jailhouse_pci_device entry;\n\t\t__u8 bytes[56];\n\t} pci_devices[3];\n",
    );
    expect(source).to.contain(
      "\t\t{\n\t\t\t.entry = {\n\t\t\t\t.type = JAILHOUSE_PCI_TYPE_DEVICE,\n\t\t\t\t.bdf = 0x01 << 3,\n\t\t\t},\n\t\t},\n",
    );
    expect(source).to.contain("\t\t\t\t[0x20] = 0x00, 0x00, 0x00, 0x81, 0x00, 0x00, 0x00, 0x00,\n");
    expect(source).to.contain(".num_pci_devices = ARRAY_SIZE(config.pci_devices),");
  });

  it("takes that member of a union which leaves nothing out", async () => {
    // Byte 24 of an IOMMU unit belongs to the PVU alone, whatever the type says.
    const unit = system("HEAD", {
      header: { architecture: 2, platform_info: { iommu_units: [{ type: 2, base: 1n }] } },
    });
    const offset = encode(unit).indexOf(2, 60);
    const source = await held(changed(unit, { [offset + 24]: 7 }));
    expect(source).to.contain("\t\t\t\t\t.tipvu = {\n\t\t\t\t\t\t.tlb_size = 0x7,\n\t\t\t\t\t},\n");
    expect(source).to.contain("\tstruct jailhouse_system header;\n");
  });

  it("spells a header out where an element of it must be bytes", async () => {
    // TI's fork aligns the members of its IOMMU units: four bytes behind the size of an Intel unit are a hole.
    const header = {
      platform_info: { arm: { iommu_units: [{ type: 1, intel: { base: 1n } }, {}, { type: 1 }] } },
    };
    const config = system("fork-ti-0.10", { header }, "arm");
    const units = encode(config).length - 136 - 8 * 36;
    const source = await held(changed(config, { [units + 4 + 13]: 9, [units + 4 + 30]: 8 }));
    expect(source).to.contain("\tstruct {\n\t\tchar signature[6];\n\t\t__u16 revision;\n");
    expect(source).to.contain("\t\t\t\tunion {\n\t\t\t\t\tstruct jailhouse_iommu entry;\n");
    expect(source).to.contain(
      "\t\tstruct jailhouse_cell_desc root_cell;\n\t} __attribute__((packed)) header;\n",
    );
    expect(source).to.match(/\.iommu_units = \{\n\t+\{\n\t+\.bytes = \{/);
    expect(source).to.match(/\[2\] = \{\n\t+\.entry = \{\n\t+\.type = JAILHOUSE_IOMMU_INTEL,/);
  });

  it("gives a hole of the header a name where something lies in it", async () => {
    const holed = withHole();
    const config = {
      ...zeros("HEAD", "cell"),
      profile: holed,
      header: { name: "a", hole: { kind: 1, narrow: 2 } },
    };
    const bytes = encode(config);
    bytes[bytes.length - 6] = 0xee;
    // No view holds that byte, but the other member of the union holds this one.
    bytes[bytes.length - 1] = 3;
    const source = toC(decode(bytes, holed, { kind: "cell" }).config);
    expect(source).to.contain(
      "\t\tstruct {\n\t\t\t__u8 kind;\n\t\t\t__u8 unnamed_1[3];\n\t\t\t__u32 wide;\n\t\t} __attribute__((packed)) hole;\n",
    );
    expect(source).to.contain(
      "\t\t.hole = {\n\t\t\t.kind = 1,\n\t\t\t.wide = 0x3000002,\n\t\t\t.unnamed_1 = {\n\t\t\t\t0x00, 0xee, 0x00,\n\t\t\t},\n\t\t},\n",
    );
    const headers = [...headerFiles(holed)].map(([path, text]) => [`inc/${path}`, text] as const);
    const files = { ...Object.fromEntries(headers), "a.c": source };
    const built = await cellc(["build", "--no-check", "a.c", "-I", "inc", "-o", "-"], files);
    expect(Buffer.from(built.bytes).equals(bytes), built.error).to.equal(true);
  });

  it("is kept by gcc even where all of it is zero", async () => {
    const source = await held(zeros("v0.1", "cell"));
    expect(source).to.contain(
      '} __attribute__((packed)) config __attribute__((section(".data"))) = {\n\t.header = { 0 },\n};\n',
    );
  });
});
