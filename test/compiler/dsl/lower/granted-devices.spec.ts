import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { resolveProfile } from "../../../../schema/layout/resolve.js";
import { compileText } from "../compiling.js";

const machine = (cell: string): string => `
system pc {
  architecture x86
  device 00:01.0 { capabilities pm 0x40, msi 0x50, vpd 0x60 }
  device 00:02.0 nic {
    msi          1 64bit
    capabilities from 0
    capability   pm   at 0xc8 size 8 writable
    capability   msix at 0xa0 size 12 writable
  }
  device 00:03.0 { capabilities from 2; capability exp at 0x40 size 60 }
}
cell guest {
${cell}
}
`;

interface Device {
  readonly bdf: number;
  readonly caps_start: number;
  readonly num_caps: number;
  readonly num_msi_vectors: number;
}

function devicesOf(cell: string, name: string): readonly Device[] {
  const { machine: made, findings } = compileText(machine(cell));
  expect(findings.map(({ message }) => message)).to.deep.equal([]);
  const { bytes } = made.cells.find((each) => each.name === name)!;
  return decode(bytes, resolveProfile("HEAD")!).config.tables.pci_devices as readonly unknown[] as Device[];
}

describe("a granted device", () => {
  const places = (devices: readonly Device[]) =>
    devices.map(({ bdf, caps_start, num_caps }) => [bdf, caps_start, num_caps]);

  it("has its capabilities where they fit in the cell, wherever its declaration put them", () => {
    const devices = devicesOf("device 00:1f.0 { capabilities pm 0x40 }\ndevice nic", "guest");
    expect(places(devices)).to.deep.equal([
      [0xf8, 0, 1],
      [0x10, 1, 2],
    ]);
    expect(devices[1]!.num_msi_vectors).to.equal(1);
  });

  it("keeps the places of the declaration in the cell that declares it", () => {
    expect(places(devicesOf("device nic", "pc"))).to.deep.equal([
      [0x08, 3, 3],
      [0x10, 0, 2],
      [0x18, 2, 1],
    ]);
  });

  it("takes raw fields, and nothing else", () => {
    expect(devicesOf("device nic { num_msi_vectors = 4 }", "guest")[0]!.num_msi_vectors).to.equal(4);
    const { findings, machine: made } = compileText(machine("device nic { msi 4 }"));
    expect(findings.map(({ id }) => id)).to.deep.equal(["jail-unknown-word"]);
    expect(made.cells).to.deep.equal([]);
  });
});
