import { expect } from "chai";
import { decode } from "../../../../schema/codec/decode.js";
import { resolveProfile } from "../../../../schema/layout/resolve.js";
import { compileText } from "../compiling.js";
import { shown } from "../showing.js";

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

  it("is what its declaration says, whichever of the words that was", () => {
    const text = (grant: string): string =>
      `system pc {
architecture x86
device  nic 00:01.0
bridge  hub 00:02.0
ivshmem shm 00:0e.0 { regions from 0; id 1; peers 2; vectors 2 }
}
cell guest { ${grant} }`;
    const { machine: made, findings } = compileText(text("device hub; device shm"));
    expect(findings).to.deep.equal([]);
    const tables = made.cells.map(
      ({ bytes }) => decode(bytes, resolveProfile("HEAD")!).config.tables.pci_devices as readonly unknown[],
    );
    expect(tables[1]).to.deep.equal(tables[0]!.slice(1));
    const of = (grant: string): readonly string[] =>
      compileText(text(grant)).findings.map((each) => `${shown(each)}: ${each.message}`);
    expect(of("bridge nic")).to.deep.equal([
      "main.jail:7:21 jail-wrong-kind nic: `nic` is a PCI device, not a PCI bridge",
    ]);
    expect(of("ivshmem hub")).to.deep.equal([
      "main.jail:7:22 jail-wrong-kind hub: `hub` is a PCI bridge, not one end of a shared-memory device",
    ]);
  });

  it("finds the region that it begins with among those of the cell that it is granted to", () => {
    const text = (cell: string): string =>
      `system pc {
architecture x86
memory at 0 size 4K r
memory state at 4K size 4K r
ivshmem shm 00:0e.0 { regions from state; peers 2; vectors 2 }
}
cell guest { ${cell} }`;
    const { machine: made, findings } = compileText(text("memory state at 4K size 4K r; device shm"));
    expect(findings).to.deep.equal([]);
    const starts = made.cells.map(({ bytes }) => {
      const [device] = decode(bytes, resolveProfile("HEAD")!).config.tables.pci_devices as readonly unknown[];
      return (device as { readonly shmem_regions_start: number }).shmem_regions_start;
    });
    expect(starts).to.deep.equal([1, 0]);
    expect(compileText(text("device shm")).findings.map(shown)).to.deep.equal([
      "main.jail:5:36 jail-wrong-kind state",
    ]);
  });

  it("takes raw fields, and nothing else", () => {
    expect(devicesOf("device nic { num_msi_vectors = 4 }", "guest")[0]!.num_msi_vectors).to.equal(4);
    const { findings, machine: made } = compileText(machine("device nic { msi 4 }"));
    expect(findings.map(({ id }) => id)).to.deep.equal(["jail-unknown-word"]);
    expect(made.cells).to.deep.equal([]);
  });
});
