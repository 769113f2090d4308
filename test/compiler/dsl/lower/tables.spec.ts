import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import type { WireConfig, WireStruct } from "../../../../schema/codec/wire.js";
import { type CompileSetting, compileText } from "../compiling.js";
import { shown } from "../showing.js";

/** A cell of a machine, by the name of its file, as its bytes are read. */
function built(text: string, name: string, setting: CompileSetting = {}): WireConfig {
  const { machine, findings } = compileText(text, setting);
  expect(findings.map(shown)).to.deep.equal([]);
  const { bytes, kind } = machine.cells.find((each) => each.name === name)!;
  return decode(bytes, machine.profile, { kind }).config!;
}

function rows(config: WireConfig, table: string): readonly WireStruct[] {
  return config.tables[table] as readonly WireStruct[];
}

describe("interrupts of links", () => {
  const gic = "system m { architecture arm64\ngic v3 { gicd 0x800_0000 } }";
  const chips = (lines: string, address = "00:00.0") =>
    rows(
      built(
        `${gic}\ncell a { ${lines} }\ncell b { cpus 1 }\nlink l at 1G { device ${address}; peers a, b }`,
        "a",
      ),
      "irqchips",
    ).map(({ pin_base, pin_bitmap }) => [Number(pin_base), pin_bitmap]);

  it("get an element before those of higher interrupts", () => {
    expect(chips("vpci-irq 40; interrupts 161, 300")).to.deep.equal([
      [32, [1 << 8, 0, 0, 0]],
      [160, [2, 0, 0, 0]],
      [288, [1 << 12, 0, 0, 0]],
    ]);
  });

  it("join an element up to its last interrupt, and no further", () => {
    expect(chips("vpci-irq 159; interrupts 40")).to.deep.equal([[32, [1 << 8, 0, 0, 0x8000_0000]]]);
    expect(chips("vpci-irq 159; interrupts 40", "00:01.0")).to.deep.equal([
      [32, [1 << 8, 0, 0, 0]],
      [160, [1, 0, 0, 0]],
    ]);
  });
});

describe("a granted region", () => {
  it("keeps the bits of its flags that have no names", () => {
    const text =
      "architecture x86\nmemory odd at 1M size 4K r 0x4000_0000\ncell a { memory odd }\ncell b { memory odd w 0x2000_0000 }";
    expect(rows(built(text, "a"), "mem_regions").map(({ flags }) => flags)).to.deep.equal([0x4000_0001n]);
    expect(rows(built(text, "b"), "mem_regions").map(({ flags }) => flags)).to.deep.equal([0x6000_0002n]);
  });
});

describe("registers of shared-memory devices that nothing is said of", () => {
  const masks = (pages: string) =>
    rows(
      built(`system m { architecture arm64\n${pages}\nivshmem 00:01.0\nivshmem 00:02.0 { msix 2 } }`, "m"),
      "pci_devices",
    ).map(({ bar_mask }) => bar_mask);

  it("are those for the pages of the hosts", () => {
    const [small, large] = [0xffff_f000, 0xffff_0000];
    expect([masks("pages 4K"), masks("pages 64K")]).to.deep.equal([
      [
        [small, 0, 0, 0, 0, 0],
        [small, small, 0, 0, 0, 0],
      ],
      [
        [large, 0, 0, 0, 0, 0],
        [large, large, 0, 0, 0, 0],
      ],
    ]);
  });
});

describe("lists of capabilities", () => {
  const starts = (lines: string) => {
    const config = built(`architecture x86\ncell a { ${lines} }`, "a");
    return {
      starts: rows(config, "pci_devices").map(({ caps_start }) => Number(caps_start)),
      ids: rows(config, "pci_caps").map(({ id }) => Number(id)),
    };
  };
  const device = (lines: string) => `device 00:00.0 { ${lines} }; `;
  const capability = "capability 5 at 0x50 size 8";

  it("share their places where they are equal in everything", () => {
    const others = [
      "capability 6 at 0x50 size 8",
      "capability ext 5 at 0x50 size 8",
      "capability 5 at 0x54 size 8",
      "capability 5 at 0x50 size 4",
      `${capability} writable`,
      `${capability} 0x4000`,
      `${capability}; ${capability}`,
    ];
    const all = [capability, ...others];
    const made = starts([...all, ...all].map(device).join(""));
    const places = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(made.starts).to.deep.equal([...places, ...places]);
    expect(made.ids).to.have.length(9);
  });

  it("share those that have a place of their own, but none that no device uses", () => {
    const made = starts(
      `${capability}; ${device(capability)}${device("capability 1 at 1 size 1")}${device("capabilities from 0; capability 1 at 1 size 1")}`,
    );
    expect(made).to.deep.equal({ starts: [1, 0, 0], ids: [1, 5, 5] });
  });

  it("fill the places that those with places of their own leave, in order", () => {
    const list = (id: number, length: number) => device(`capability ${id} at 1 size 1; `.repeat(length));
    const own = device("capabilities from 3; capability 99 at 1 size 1");
    const made = starts(`${own}${list(1, 4)}${list(2, 2)}${list(3, 1)}${list(4, 1)}${list(5, 2)}`);
    expect(made).to.deep.equal({ starts: [3, 4, 0, 2, 8, 9], ids: [2, 2, 3, 99, 1, 1, 1, 1, 4, 5, 5] });
  });
});
