import { expect } from "chai";
import { type Architecture, familyOfName } from "../../../compiler/ir/config.js";
import {
  inOrder,
  readChoice,
  readFlags,
  vocabularyOf,
  writeChoice,
  writeFlags,
} from "../../../compiler/ir/constants.js";
import { cpuBytes, cpuNumbers, hasCpu } from "../../../compiler/ir/cpu-set.js";
import { pinsOf } from "../../../compiler/ir/irq.js";
import { flagSet, hasFlag } from "../../../compiler/ir/names.js";
import { binaryOrigins, impliedOrigins, plainNode, withoutOrigins } from "../../../compiler/ir/node.js";
import { capabilitiesOf, pciAddressText } from "../../../compiler/ir/pci.js";
import { readProtocol, writeProtocol } from "../../../compiler/ir/revision-facts.js";
import { allProfiles, profileNamed } from "../../support/random-config.js";

describe("the vocabulary of a profile", () => {
  const old = profileNamed("v0.1");
  const r14 = profileNamed("r14");

  it("reads the same bit by the name it has in the profile", () => {
    expect(readFlags(0x21n, vocabularyOf(old, "memoryFlags")).names).to.deep.equal([
      "JAILHOUSE_MEM_READ",
      "JAILHOUSE_MEM_LOADABLE",
    ]);
    expect(readFlags(0x21n, vocabularyOf(r14, "memoryFlags")).names).to.deep.equal([
      "JAILHOUSE_MEM_READ",
      "JAILHOUSE_MEM_COMM_REGION",
    ]);
  });

  it("keeps bits without a name, and takes no mask, shift or limit for a flag", () => {
    expect(readFlags(0x8000_0000_0000_0000n, vocabularyOf(r14, "memoryFlags"))).to.deep.equal({
      names: [],
      unknown: 0x8000_0000_0000_0000n,
    });
    // 0x10 is MEM_IO and the value of JAILHOUSE_MEM_IO_WIDTH_SHIFT; 0xff was JAILHOUSE_MEM_VALID_FLAGS.
    expect(readFlags(0x10n, vocabularyOf(r14, "memoryFlags")).names).to.deep.equal(["JAILHOUSE_MEM_IO"]);
    expect(vocabularyOf(old, "memoryFlags").values.has("JAILHOUSE_MEM_VALID_FLAGS")).to.equal(false);
  });

  it("gives flags and types the names they have today", () => {
    const r8 = profileNamed("r8");
    expect(readFlags(2n, vocabularyOf(r8, "cellFlags")).names).to.deep.equal([
      "JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED",
    ]);
    expect(readFlags(1n, vocabularyOf(profileNamed("r0.5"), "cellFlags")).names).to.deep.equal([
      "JAILHOUSE_CELL_PASSIVE_COMMREG",
    ]);
    expect(readChoice(3, vocabularyOf(r8, "consoleTypes"))).to.equal("JAILHOUSE_CON_TYPE_PL011");
    expect(readFlags(0x30n, vocabularyOf(r8, "consoleFlags")).names).to.deep.equal([
      "JAILHOUSE_CON_ACCESS_MMIO",
      "JAILHOUSE_CON_REGDIST_4",
    ]);
    expect(readFlags(0x30n, vocabularyOf(profileNamed("r2"), "consoleFlags")).names).to.deep.equal([
      "JAILHOUSE_CON_ACCESS_MMIO",
      "JAILHOUSE_CON_FLAG_PIO",
    ]);
  });

  it("lists flags in one order, whatever bits they have", () => {
    expect(inOrder(["ZZZ", "AAA", "JAILHOUSE_MEM_DMA", "JAILHOUSE_MEM_READ"])).to.deep.equal([
      "JAILHOUSE_MEM_READ",
      "JAILHOUSE_MEM_DMA",
      "AAA",
      "ZZZ",
    ]);
  });

  it("writes by name, and says which names and bits it cannot", () => {
    const memory = vocabularyOf(old, "memoryFlags");
    const flags = flagSet("JAILHOUSE_MEM_LOADABLE", "JAILHOUSE_MEM_IO");
    expect(writeFlags(flags, memory, false)).to.deep.equal({
      bits: 0x20n,
      missing: ["JAILHOUSE_MEM_IO"],
      clashing: 0n,
    });
    expect(writeFlags({ names: [], unknown: 0x1_0020n }, memory, false)).to.deep.equal({
      bits: 0x1_0000n,
      missing: [],
      clashing: 0x20n,
    });
    expect(writeFlags({ names: [], unknown: 0x1_0020n }, memory, true).bits).to.equal(0x1_0020n);
  });

  it("writes a choice by name, and a number only where it has no other meaning", () => {
    const types = vocabularyOf(r14, "consoleTypes");
    expect(writeChoice("JAILHOUSE_CON_TYPE_SCIF", types, false)).to.equal(10);
    expect(writeChoice("JAILHOUSE_CON_TYPE_VGA", types, false)).to.equal(undefined);
    expect(writeChoice(10, types, false)).to.equal(undefined);
    expect(writeChoice(10, types, true)).to.equal(10);
    expect(writeChoice(200, types, false)).to.equal(200);
    expect(writeChoice(0, types, false)).to.equal(0);
  });

  it("reads back what it writes, for every profile and every name", () => {
    for (const profile of allProfiles()) {
      for (const name of ["memoryFlags", "cellFlags", "consoleFlags"] as const) {
        const vocabulary = vocabularyOf(profile, name);
        for (const flag of vocabulary.values.keys()) {
          const { bits } = writeFlags(flagSet(flag), vocabulary, false);
          expect(readFlags(bits, vocabulary).names, `${profile.id} ${flag}`).to.include(flag);
        }
      }
      const types = vocabularyOf(profile, "consoleTypes");
      for (const type of types.values.keys()) {
        expect(readChoice(writeChoice(type, types, false)!, types), `${profile.id} ${type}`).to.equal(type);
      }
    }
  });
});

describe("shared-memory protocols", () => {
  const old = profileNamed("v0.11").constants;
  const now = profileNamed("r14").constants;

  it("mean the same under both numberings", () => {
    expect(readProtocol(0x100, old)).to.deep.equal(readProtocol(1, now));
    expect(readProtocol(0x8005, old)).to.deep.equal(readProtocol(0x4005, now));
    expect(readProtocol(0x8002, now)).to.deep.equal({ kind: "virtio-front", detail: 2 });
    expect(readProtocol(0xc003, now)).to.deep.equal({ kind: "virtio-back", detail: 3 });
    expect(readProtocol(0, old)).to.deep.equal({ kind: "undefined", detail: 0 });
    expect(readProtocol(7, now)).to.deep.equal({ kind: "unknown", detail: 7 });
  });

  it("can be written back, every one of them", () => {
    for (const constants of [old, now]) {
      for (let value = 0; value <= 0xffff; value += 1) {
        if (writeProtocol(readProtocol(value, constants), constants) !== value) expect.fail(`${value}`);
      }
    }
  });

  it("are refused where a numbering has no place for them", () => {
    expect(writeProtocol({ kind: "virtio-front", detail: 1 }, old)).to.equal(undefined);
    expect(writeProtocol({ kind: "veth", detail: 1 }, now)).to.equal(undefined);
    expect(writeProtocol({ kind: "custom", detail: 0x7000 }, now)).to.equal(undefined);
    expect(writeProtocol({ kind: "unknown", detail: 1 }, now)).to.equal(undefined);
    expect(writeProtocol({ kind: "unknown", detail: 7 }, old)).to.equal(7);
  });
});

describe("what nodes of the IR can tell", () => {
  const origins = impliedOrigins("made up");

  it("list CPUs of a bit set", () => {
    const set = { bytes: Uint8Array.of(0b1000_0010, 0, 1) };
    expect(cpuNumbers(set)).to.deep.equal([1, 7, 16]);
    expect([7, 8, 16, 400].map((cpu) => hasCpu(set, cpu))).to.deep.equal([true, false, true, false]);
    expect(cpuBytes([1, 7, 16])).to.deep.equal(Uint8Array.of(0b1000_0010, 0, 1, 0, 0, 0, 0, 0));
    expect(cpuBytes([64])).to.have.length(16);
    expect(cpuBytes([])).to.have.length(0);
  });

  it("list pins of an interrupt chip", () => {
    expect(pinsOf({ pinBase: 32, pinBitmap: (1n << 127n) | 0b101n })).to.deep.equal([32, 34, 159]);
  });

  it("find the capabilities of a device, as far as the table has them", () => {
    const capability = (id: number) =>
      ({ id, extended: false, start: 0, len: 0, flags: flagSet(), ...plainNode(origins) }) as const;
    const cell = { pciCapabilities: [1, 2, 3].map(capability) };
    expect(capabilitiesOf({ capsStart: 1, numCaps: 9 }, cell).map(({ id }) => id)).to.deep.equal([2, 3]);
    expect(capabilitiesOf({ capsStart: 1, numCaps: 1 }, cell).map(({ id }) => id)).to.deep.equal([2]);
  });

  it("write PCI addresses as Linux does", () => {
    expect(pciAddressText({ domain: 1, bdf: 0x00fb })).to.equal("0001:00:1f.3");
  });

  it("know the family of an architecture", () => {
    const families = (["x86", "arm", "arm64", "riscv64", 9] as const).map((name: Architecture) =>
      familyOfName(name),
    );
    expect(families).to.deep.equal(["x86", "arm", "arm", "riscv", null]);
  });

  it("test flags by name", () => {
    expect(hasFlag(flagSet("A"), "A")).to.equal(true);
    expect(hasFlag(flagSet("A"), "B")).to.equal(false);
  });

  it("leave origins out for comparing", () => {
    const tree = {
      a: 1n,
      list: [{ b: "x", ...plainNode(origins) }],
      bytes: Uint8Array.of(1),
      none: null,
      origins,
    };
    expect(withoutOrigins(tree)).to.deep.equal({
      a: 1n,
      list: [{ b: "x", extra: {}, residue: [] }],
      bytes: Uint8Array.of(1),
      none: null,
    });
  });

  it("make origins of bytes and of nothing", () => {
    expect(binaryOrigins("a.cell")(4, 8)).to.deep.equal({
      kind: "binary",
      file: "a.cell",
      offset: 4,
      length: 8,
    });
    expect(origins.of("anything")).to.deep.equal({ kind: "implied", reason: "made up" });
  });
});
