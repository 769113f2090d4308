import { expect } from "chai";
import type { MachineOptions } from "../../../hypervisor/simulation/derive-machine.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { CellMachine, changed, readCell, seconds } from "../run/cell-machine.js";

const cards = [
  { bdf: 0xc8, address: 0xfebc_0000, mac: Uint8Array.of(0x52, 0x54, 0, 0, 0, 1) },
  { bdf: 0xd0, address: 0xfeb8_0000, mac: Uint8Array.of(0x52, 0x54, 0, 0, 0, 2) },
] as const;

/** Another cell beside upstream's: on CPU 3, in other memory, with the second card. */
function secondCell(): Uint8Array {
  const base = Buffer.from(baseConfigs().get("e1000-demo")!);
  return changed("e1000-demo", (view, bytes) => {
    bytes.set(new TextEncoder().encode("e1000-peer"), 8);
    bytes[132] = 1 << 3;
    const replace = (old: number, value: number): void => {
      const pattern = Buffer.alloc(4);
      pattern.writeUInt32LE(old);
      for (let at = base.indexOf(pattern); at !== -1; at = base.indexOf(pattern, at + 1))
        view.setUint32(at, value, true);
    };
    replace(0x3ee0_0000, 0x3ef0_0000);
    replace(cards[0].address, cards[1].address);
    const device = base.indexOf(Buffer.from([1, 0, 0, 0, cards[0].bdf, 0]));
    view.setUint16(device + 4, cards[1].bdf, true);
  });
}

function newMachine(vendor: "intel"): CellMachine {
  const cells = [readCell(baseConfigs().get("e1000-demo")!), readCell(secondCell())];
  const options: MachineOptions = { vendor, cells };
  return new CellMachine(options, undefined, ({ devices }) => {
    for (const { bdf, address, mac } of cards) devices.addNetworkCard(bdf, address, mac);
  });
}

const found = (index: number): readonly string[] => [
  `Found 8086:100e at 00:${index === 0 ? "19" : "1a"}.0`,
  `MMIO register BAR at 0x00000000${cards[index]!.address.toString(16)}`,
  "Waiting for link... ok",
  "Link speed: 1000 Mb/s",
  `MAC: 52:54:00:00:00:0${index + 1}`,
];

function from(lines: readonly string[], first: string): readonly string[] {
  return lines.slice(lines.indexOf(first));
}

describe("e1000-demo", () => {
  it("waits for a peer where it is alone", () => {
    const machine = newMachine("intel");
    machine.begin("e1000-demo", "e1000-demo");
    machine.run(seconds);
    const lines = found(0);
    expect(from(machine.takeLines(), lines[0]!)).to.deep.equal([...lines, "Waiting for peer"]);
  });

  it("measures how long the answers of another cell take", () => {
    const machine = newMachine("intel");
    machine.begin("e1000-demo", "e1000-demo");
    machine.run(0.5 * seconds);
    machine.takeLines();
    machine.begin(secondCell(), "e1000-demo", "con-base=0x2f8");
    machine.run(seconds);
    expect(machine.takeLines(0x2f8)).to.deep.equal([...found(1), "Running as target"]);
    const [role, ...times] = from(machine.takeLines(), "Running as controller");
    expect(role).to.equal("Running as controller");
    expect(times).to.have.length.within(8, 9);
    for (const line of times) {
      const values = /^Received pong, RTT: (.{6}) ns, min: (.{6}) ns, max: (.{6}) ns$/.exec(line)!;
      const [own, least, most] = values.slice(1).map(Number) as [number, number, number];
      expect(own).to.be.within(least, most);
      expect(own).to.be.within(10_000, 100_000);
    }
  });

  it("gets no frame where its memory is not for devices, and the hypervisor tells of it", () => {
    const machine = newMachine("intel");
    const flags = Buffer.from(baseConfigs().get("e1000-demo")!).indexOf(
      Buffer.from([0x4f, 0, 0, 0, 0, 0, 0, 0]),
    );
    const withoutDma = changed("e1000-demo", (view) => view.setBigUint64(flags, 0x47n, true));
    machine.begin(withoutDma, "e1000-demo");
    machine.run(seconds);
    expect(machine.takeConsole().slice(-3)).to.deep.equal([
      "VT-d fault event reported by IOMMU 0:",
      " Source Identifier (bus:dev.func): 00:19.0",
      " Fault Reason: 0x6 Fault Info: 3 Type 1",
    ]);
  });
});
