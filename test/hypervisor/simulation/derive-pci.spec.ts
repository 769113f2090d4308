import { expect } from "chai";
import type { CellConfig, PciCapability, PciDevice } from "../../../hypervisor/core/config/cell-config.js";
import { readCellConfig, readSystemConfig } from "../../../hypervisor/core/config/read-config.js";
import { derivePciBus } from "../../../hypervisor/simulation/derive-pci.js";
import { builtInProfiles } from "../../../schema/codec/detect.js";
import { baseConfigs } from "../../oracle/base-configs.js";

const profile = builtInProfiles.profile("r14.1");
const system = (): CellConfig => readSystemConfig(baseConfigs().get("qemu-x86")!, profile).rootCell;
const cell = (name: string): CellConfig => readCellConfig(baseConfigs().get(name)!, profile);

describe("devices that configs speak of", () => {
  it("are there once, those of later cells last, and links not at all", () => {
    const bus = derivePciBus([system(), cell("e1000-demo"), cell("pci-demo"), cell("ivshmem-demo")]);
    expect(bus.size).to.equal(9);
    expect(bus.at(0xc8)!.read(0, 4)).to.equal(0x1008_8086);
    expect(bus.at(0xd8)!.read(0, 4)).to.equal(0x1003_8086);
    expect(bus.at(0x10e << 3)).to.equal(null);
  });

  it("let be written what hardware does", () => {
    const bus = derivePciBus([system()]);
    const nic = bus.at(0x10)!;
    for (let offset = 0; offset < 0x1000; offset += 4) nic.write(offset, 4, 0xffff_ffff);
    const words = [
      0x00, 0x04, 0x0c, 0x10, 0x18, 0x20, 0x34, 0x3c, 0xa0, 0xa4, 0xc8, 0xd0, 0xd4, 0xd8, 0xdc, 0xe0, 0x100,
    ];
    expect(words.map((offset) => nic.read(offset, 4).toString(16))).to.deep.equal([
      "10018086",
      "100547",
      "ffff",
      "fffe0000",
      "ffffffe0",
      "0",
      "c8",
      "ff",
      "c0040011",
      "0",
      "ffffd001",
      "f1e005",
      "fffffffc",
      "ffffffff",
      "ffff",
      "ffffa010",
      "14010001",
    ]);
    const bridge = bus.at(0x18)!;
    bridge.write(0x18, 4, 0xffff_ffff);
    bridge.write(0x34, 4, 0);
    expect([bridge.read(0x18, 4), bridge.read(0x34, 1), bridge.read(0x0c, 4)]).to.deep.equal([
      0xffff_ffff, 0x8c, 0x1_0000,
    ]);
  });

  it("have as many vectors of MSI as the next power of two", () => {
    const control = (numMsiVectors: number, more: Partial<PciDevice> = {}): number => {
      const config = system();
      const device = { ...config.pciDevices[3]!, numMsiVectors, ...more };
      return derivePciBus([{ ...config, pciDevices: [device] }])
        .at(device.bdf)!
        .read(0x62, 2);
    };
    expect([0, 1, 2, 3, 4, 5, 32, 255].map((count) => control(count))).to.deep.equal(
      [0, 0, 1, 2, 2, 3, 5, 7].map((bits) => 0x80 | (bits << 1)),
    );
    expect(control(1, { msi64Bits: false, msiMaskable: true })).to.equal(0x100);
  });

  it("fit into their spaces, whatever a config says", () => {
    const config = system();
    const pciCapabilities: PciCapability[] = Array.from({ length: 2000 }, (_, index) => ({
      id: [0x05, 0x11, 0x8001, 0x01][index % 4]!,
      start: (index * 37) & 0xffff,
      len: 0xffff,
      flags: 1,
    }));
    const device = { ...config.pciDevices[3]!, capsStart: 0, numCaps: 0xffff, numMsixVectors: 0xffff };
    const bus = derivePciBus([{ ...config, pciDevices: [device], pciCapabilities }]);
    expect(bus.at(device.bdf)!.bytes).to.have.length(4096);
  });
});
