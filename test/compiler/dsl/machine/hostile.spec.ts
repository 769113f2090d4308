import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import type { WireStruct } from "../../../../schema/codec/wire.js";
import { compileText } from "../compiling.js";

/** Sources that mean more than a machine can hold end in a finding; none of these tests ends at all if they do not. */

const ids = (text: string): ReadonlySet<string> =>
  new Set(compileText(`architecture x86\n${text}`).findings.map(({ id }) => id));

describe("hostile sources", () => {
  it("end in a loop over 2^40 values", () => {
    expect([...ids("cell a { for n in 0 .. 0xff_ffff_ffff { memory at n size 4K r } }")]).to.deep.equal([
      "jail-too-many-rounds",
    ]);
  });

  it("end in loops within loops", () => {
    const loops = ["a", "b", "c", "d"].map((name) => `for ${name} in 0-65535 {`).join(" ");
    expect([...ids(`cell a { ${loops} memory at 0 size 4K r }}}} }`)]).to.deep.equal([
      "jail-too-many-statements",
    ]);
  });

  it("end in fragments that double", () => {
    const fragments = Array.from({ length: 40 }, (_, n) =>
      n === 0 ? "fragment f0() { comm }" : `fragment f${n}() { use f${n - 1}(); use f${n - 1}() }`,
    );
    expect([...ids(`${fragments.join("\n")}\ncell a { use f39() }`)]).to.deep.equal([
      "jail-too-many-statements",
    ]);
  });

  it("end in names of ports that multiply", () => {
    const names = Array.from(
      { length: 100 },
      (_, n) =>
        `ioports a${n} ${Array(100)
          .fill(`a${n + 1}`)
          .join(", ")}`,
    );
    expect([...ids(`${names.join("\n")}\nioports a100 1, 2\ncell x { ioports a0 }`)]).to.deep.equal([
      "jail-range-too-long",
    ]);
  });

  it("end in chains of constants, regions and ports, forwards and backwards", () => {
    const chain = (line: (n: number) => string): string =>
      Array.from({ length: 5000 }, (_, n) => line(n)).join("\n");
    expect([
      ...ids(`${chain((n) => `const c${n} = c${n + 1} + 1`)}\nconst c5000 = 1\ncell a { id c0 }`),
    ]).to.deep.equal(["jail-chain-too-long"]);
    const regions = `${chain((n) => `memory r${n} first 4K of r${n + 1}`)}\nmemory r5000 at 0 size 4K r`;
    expect([...ids(`${regions}\ncell a { memory r0 }`)]).to.deep.equal(["jail-chain-too-long"]);
    expect([...ids("ioports a b, b\nioports b a, a\ncell x { ioports a, b }")]).to.deep.equal([
      "jail-depends-on-itself",
    ]);
  });

  it("end in long ranges of interrupts that are listed over and over", () => {
    const line = `interrupts ${Array(500).fill("32-65535").join(", ")}`;
    const text = `architecture arm64\nsystem m { gic v3 { gicd 0x800_0000 } }\ncell a { for n in 0-19 { ${line} } }`;
    const { machine, findings } = compileText(text);
    expect(new Set(findings.map(({ id }) => id))).to.deep.equal(new Set(["jail-number-twice"]));
    const { irqchips } = decode(machine.cells[1]!.bytes, machine.profile, { kind: "cell" }).config!.tables;
    const chips = irqchips as readonly WireStruct[];
    const full = [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff];
    expect(chips.map(({ pin_base }) => Number(pin_base))).to.deep.equal(
      Array.from({ length: 512 }, (_, index) => 32 + 128 * index),
    );
    // The last element has 96 interrupts: they end at 65535.
    expect(chips.map(({ pin_bitmap }) => pin_bitmap)).to.deep.equal([
      ...Array(511).fill(full),
      [...full.slice(1), 0],
    ]);
  });

  it("end in devices each of which has capabilities of its own", () => {
    const devices = "for n in 0-59999 { device 00:00.0 { capability pm at n size 8 } }";
    const { machine, findings } = compileText(`architecture x86\ncell a { ${devices} }`);
    expect(findings).to.deep.equal([]);
    const { tables } = decode(machine.cells[0]!.bytes, machine.profile, { kind: "cell" }).config!;
    expect(tables.pci_caps).to.have.length(60_000);
    const starts = (tables.pci_devices as readonly WireStruct[]).map(({ caps_start }) => Number(caps_start));
    expect(starts.every((start, index) => start === index)).to.equal(true);
  });

  it("end in tables that are too long", () => {
    expect([...ids(`cell a { ${"memory empty times 65535\n".repeat(3)} }`)]).to.deep.equal([
      "jail-too-many-bytes",
    ]);
  });

  it("tell a mistake in a loop or a fragment once", () => {
    const { findings } = compileText(
      "architecture x86\nfragment f(n) { memory at n size unheard rw }\ncell a { for n in 0-99 { use f(n) } }\n",
    );
    expect(findings.map(({ id }) => id)).to.deep.equal(["jail-unknown-name"]);
  });
});
