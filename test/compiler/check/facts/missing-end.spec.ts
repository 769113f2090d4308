import { expect } from "chai";
import { CheckedConfig } from "../../../../compiler/check/facts/checked-config.js";
import { type CheckedSet, checkedSet } from "../../../../compiler/check/facts/checked-set.js";
import { missingEnd } from "../../../../compiler/check/facts/missing-end.js";
import type { Change } from "../../../../compiler/check/fix.js";
import type { Config } from "../../../../compiler/ir/config.js";
import type { Irqchip } from "../../../../compiler/ir/irq.js";
import type { MemoryRegion } from "../../../../compiler/ir/memory.js";
import type { PciDevice } from "../../../../compiler/ir/pci.js";
import { setOf } from "../../../support/checking.js";

/** A machine whose root cell and `demo` are the ends of a link, or one of them. */
interface Linked {
  readonly peers: string;
  readonly machine?: "arm64-board" | "arm-board" | "intel-pc" | "amd-pc";
  readonly device?: string;
  readonly link?: string;
  readonly demo?: string;
  readonly more?: string;
}

function linked({
  peers,
  machine = "arm64-board",
  device = "00:00.0",
  link = "shared 4K; output 8K",
  demo = "vpci-irq 140; interrupts 100",
  more = "",
}: Linked): CheckedSet {
  return setOf(`import "machines/${machine}.jail"
system it { use ${machine}() }
cell demo { use inmate(); ${demo} }
${more}
link shm at 0x7e80_0000 { device ${device}; peers ${peers}; ${link} }
`);
}

function lonely({ all }: CheckedSet): { readonly config: CheckedConfig; readonly device: PciDevice } {
  const config = all.find(({ ivshmemDevices }) => ivshmemDevices.length > 0)!;
  return { config, device: config.ivshmemDevices[0]! };
}

function offered(set: CheckedSet): readonly Change[] {
  const { config, device } = lonely(set);
  return missingEnd(config, device, set).flatMap(({ changes }) => changes);
}

const regionOf = ({
  physStart,
  virtStart,
  size,
  flags,
}: Omit<MemoryRegion, "origins" | "extra" | "residue">) => ({
  ...{ physStart, virtStart, size },
  flags: { names: flags.names, unknown: flags.unknown },
});

function deviceOf(device: object): object {
  const {
    origins: _,
    extra: __,
    residue: ___,
    shmemRegionsStart: ____,
    ...fields
  } = device as unknown as PciDevice;
  return fields;
}

/** The end of the machine that has both: what the language makes of a link is what is asked for. */
function expectEndOf(parts: Omit<Linked, "peers">, peers: string, without: string): void {
  const changes = offered(linked({ ...parts, peers: without }));
  const whole = linked({ ...parts, peers });
  const missesRoot = without.startsWith("nobody") === peers.startsWith("root");
  const config = whole.all.find(({ isRoot }) => isRoot === missesRoot)!;
  const device = config.ivshmemDevices[0]!;
  const [join, ...grants] = changes;
  if (join?.kind !== "join") throw new Error(`no end for ${peers}`);
  expect(join.at).to.have.property("config").that.has.property("isRoot", missesRoot);
  const start = device.shmemRegionsStart;
  expect(join.regions.map(regionOf)).to.deep.equal(
    config.cell.memoryRegions.slice(start, start + 4).map(regionOf),
  );
  expect(deviceOf(join.device)).to.deep.equal(deviceOf(device));
  // What is granted besides is what sets elements apart from those of the whole machine.
  const before = (join.at.config as CheckedConfig).cell.irqchips;
  const granted = before.map((chip) => {
    const change = grants.find(({ at }) => at.node === chip);
    return change?.kind === "set" && change.at.field === "pinBitmap" ? change.value : chip.pinBitmap;
  });
  expect(granted).to.deep.equal(config.cell.irqchips.map(({ pinBitmap }) => pinBitmap));
  expect(
    grants.every((each) => each.kind === "set" && each.value !== (each.at.node as Irqchip).pinBitmap),
  ).to.equal(true);
}

describe("the other end of a link, as the cell language makes it", () => {
  for (const [peers, ...without] of [
    ["root, demo", "nobody, demo", "root, nobody"],
    ["demo, root", "nobody, root", "demo, nobody"],
  ] as const)
    for (const missing of without)
      it(`of ${peers} where there is only ${missing}`, () => {
        expectEndOf({}, peers, missing);
        for (const slot of [1, 2, 3]) expectEndOf({ device: `00:0${slot}.0` }, peers, missing);
        expectEndOf({ link: "output 8K" }, peers, missing);
        expectEndOf({ link: "shared 4K" }, peers, missing);
        expectEndOf({ link: "shared 4K; output 4K; vectors 2" }, peers, missing);
        expectEndOf({ link: "shared 4K; output 4K; vectors 1" }, peers, missing);
        expectEndOf({ link: "shared 4K; output 4K; protocol custom 7" }, peers, missing);
        expectEndOf({ machine: "arm-board" }, peers, missing);
        for (const machine of ["intel-pc", "amd-pc"] as const)
          expectEndOf({ machine, link: "shared 4K; output 4K; vectors 2", demo: "" }, peers, missing);
      });

  it("with the other side of a protocol", () => {
    for (const kind of ["block", "console", "7"]) {
      const link = `shared 4K; output 4K; protocol virtio ${kind}`;
      expectEndOf({ link }, "root as back, demo as front", "nobody, demo as front");
      expectEndOf({ link }, "root as back, demo as front", "root as back, nobody");
      expectEndOf({ link }, "root as front, demo as back", "nobody, demo as back");
      expectEndOf({ link }, "root as front, demo as back", "root as front, nobody");
    }
  });

  it("with its interrupt, in the element that holds its number", () => {
    const of = (demo: string): void => expectEndOf({ demo }, "root, demo", "root, nobody");
    of("vpci-irq 140; interrupts 33");
    of("vpci-irq 140; interrupts 159");
    of("vpci-irq 160; interrupts 40; interrupts 170");
    of("vpci-irq 160; interrupts 287; interrupts 40");
    of("vpci-irq 159; interrupts 40");
    of("vpci-irq 32; interrupts 159");
  });

  it("with no interrupt where no element holds it, or the cell has it", () => {
    const grants = (demo: string, link = "shared 4K"): number =>
      offered(linked({ peers: "root, nobody", demo, link })).length - 1;
    expect(grants("vpci-irq 140; interrupts 40")).to.equal(1);
    expect(grants("vpci-irq 140; interrupts 140")).to.equal(0);
    expect(grants("vpci-irq 140")).to.equal(0);
    expect(grants("vpci-irq 160; interrupts 40")).to.equal(0);
    expect(grants("vpci-irq 140; interrupts 200")).to.equal(0);
    expect(grants("vpci-irq 140; interrupts 40", "shared 4K; vectors 1")).to.equal(0);
  });

  /** What is granted to `demo` where its elements are these, as bases and bitmaps. */
  function grantedTo(parts: Omit<Linked, "peers">, chips: readonly (readonly [number, bigint])[]): unknown {
    const set = linked({ ...parts, peers: "root, nobody" });
    const { config, device } = lonely(set);
    const all = set.all.map((each) => {
      if (each.isRoot) return each;
      const [chip] = each.cell.irqchips;
      const irqchips = chips.map(([pinBase, pinBitmap]) => ({ ...chip!, pinBase, pinBitmap }));
      return new CheckedConfig({ ...each.config, irqchips } as Config, each.facts);
    });
    const [fix] = missingEnd(config, device, checkedSet(all, { scenarios: "all" }));
    const demo = all.find(({ isRoot }) => !isRoot)!;
    return fix?.changes
      .slice(1)
      .map((change) => [
        demo.cell.irqchips.indexOf(change.at.node as Irqchip),
        change.kind === "set" && change.value,
      ]);
  }

  it("with its interrupt in the first element that holds it, in whatever order they are", () => {
    const arm = { demo: "vpci-irq 140; interrupts 40" };
    expect(
      grantedTo(arm, [
        [160, 1n],
        [32, 1n],
      ]),
    ).to.deep.equal([[1, (1n << 108n) | 1n]]);
    expect(
      grantedTo(arm, [
        [32, 1n],
        [100, 1n],
      ]),
    ).to.deep.equal([[0, (1n << 108n) | 1n]]);
    expect(
      grantedTo(arm, [
        [141, 1n],
        [140, 2n],
        [139, 1n],
      ]),
    ).to.deep.equal([[1, 3n]]);
    expect(
      grantedTo(arm, [
        [12, 1n],
        [13, 1n],
      ]),
    ).to.deep.equal([]);
    // What is below the first shared interrupt of the GIC is nobody's to have.
    expect(
      grantedTo(arm, [
        [31, 1n],
        [33, 1n],
      ]),
    ).to.deep.equal([[1, (1n << 107n) | 1n]]);
  });

  it("grants nothing on x86, wherever the pins of an I/O APIC begin", () => {
    const demo = "irqchip ioapic at 0xfec0_0000 id 0xff00 pins 4";
    const pc = { machine: "intel-pc", link: "shared 4K; vectors intx", demo } as const;
    expect(grantedTo(pc, [[0, 1n]])).to.deep.equal([]);
    expect(grantedTo(pc, [[32, 1n]])).to.deep.equal([]);
  });
});

describe("the other end of a link", () => {
  const parts = { peers: "root, nobody" };

  /** The same set, but the lonely device says other things. */
  function changed(change: (device: PciDevice) => object, set = linked(parts)): readonly Change[] {
    const { config, device } = lonely(set);
    const other = { ...device, ...change(device) };
    const { cell } = config;
    const pciDevices = cell.pciDevices.map((each) => (each === device ? other : each));
    const own = config.isRoot ? { rootCell: { ...cell, pciDevices } } : { pciDevices };
    const edited = new CheckedConfig({ ...config.config, ...own } as Config, config.facts);
    const all = set.all.map((each) => (each === config ? edited : each));
    return missingEnd(edited, other as PciDevice, checkedSet(all, { scenarios: "all" })).flatMap(
      ({ changes }) => changes,
    );
  }

  it("says whom it is given to", () => {
    const set = linked(parts);
    const { config, device } = lonely(set);
    const [fix] = missingEnd(config, device, set);
    expect(fix?.title).to.match(/^give cell "demo" the other end of .*00:00\.0/);
    expect(fix?.changes[0]).to.have.property("link").that.deep.equals({ config, node: device });
    expect(changed(() => ({}))).to.have.length(2);
  });

  it("is offered to one cell, not to one of several, nor to none", () => {
    expect(offered(linked({ ...parts, more: "cell other { cpus 1 }" }))).to.deep.equal([]);
    const { config, device } = lonely(linked(parts));
    expect(missingEnd(config, device, checkedSet([config], { scenarios: "all" }))).to.deep.equal([]);
  });

  it("is known of links with two numbered peers", () => {
    expect(offered(linked({ peers: "root, nobody, nobody" }))).to.deep.equal([]);
    expect(changed(() => ({ shmemPeers: 1 }))).to.deep.equal([]);
    expect(changed(() => ({ shmemDevId: 2 }))).to.deep.equal([]);
    expect(changed(() => ({ shmemDevId: 3 }))).to.deep.equal([]);
  });

  it("is known of devices that have all their sections", () => {
    const start = (by: number) => (device: PciDevice) => ({
      shmemRegionsStart: device.shmemRegionsStart + by,
    });
    expect(changed(start(0))).to.have.length(2);
    expect(changed(start(100))).to.deep.equal([]);
    expect(changed(() => ({ shmemGeneration: "one-region" }))).to.deep.equal([]);
    expect(changed(() => ({ shmemGeneration: null }))).to.deep.equal([]);
  });

  it("is not offered to a cell that has a device at that address, nor for fields that no other cell may have", () => {
    const both = linked({ peers: "root, demo" });
    expect(missingEnd(both.all[0]!, both.all[0]!.ivshmemDevices[0]!, both)).to.deep.equal([]);
    const elsewhere = linked({ ...parts, demo: "vpci-irq 140; interrupts 100; ivshmem 00:03.0 { peers 2 }" });
    expect(offered(elsewhere)).to.have.length(2);
    expect(changed(() => ({ extra: { unknown: 1n } }))).to.deep.equal([]);
  });
});
