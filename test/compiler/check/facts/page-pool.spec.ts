import { expect } from "chai";
import { CheckedConfig, type FileFacts } from "../../../../compiler/check/facts/checked-config.js";
import type { Vendor } from "../../../../compiler/check/facts/checked-set.js";
import {
  createdPages,
  earlyPages,
  enabledPages,
  type HypervisorBuild,
  hypervisorBuild,
  perCpuSize,
  sizeForPages,
  usablePages,
} from "../../../../compiler/check/facts/page-pool.js";
import type { Config } from "../../../../compiler/ir/config.js";
import { setOf } from "../../../support/checking.js";

type Machine = "intel-pc" | "amd-pc" | "arm64-board" | "arm-board";

const vendors: Readonly<Record<Machine, Vendor | null>> = {
  "intel-pc": "intel",
  "amd-pc": "amd",
  "arm64-board": null,
  "arm-board": null,
};

function systemOf(machine: Machine, more = "", onlyBytes = false): CheckedConfig {
  const text = `import "machines/${machine}.jail"\nsystem it { use ${machine}()${more && `; ${more}`} }`;
  return setOf(onlyBytes ? `profile r13.2\n${text}` : text, { onlyBytes }).system!;
}

function cellOf(machine: Machine, body: string): CheckedConfig {
  return setOf(
    `import "machines/${machine}.jail"\nsystem it { use ${machine}() }\ncell demo { cpus 1; ${body} }`,
  ).cells[0]!;
}

function withFacts(config: CheckedConfig, facts: Partial<FileFacts>): CheckedConfig {
  return new CheckedConfig(config.config, { ...config.facts, ...facts });
}

function withSystem(
  system: CheckedConfig,
  change: (parts: NonNullable<CheckedConfig["system"]>) => object,
): CheckedConfig {
  return new CheckedConfig({ ...system.system!, ...change(system.system!) } as Config, system.facts);
}

const buildOf = (system: CheckedConfig, machine: Machine): HypervisorBuild =>
  hypervisorBuild(system, vendors[machine])!;

function enabled(machine: Machine, system = systemOf(machine)): bigint {
  return enabledPages(system, buildOf(system, machine), vendors[machine]);
}

/** What more the system takes with these statements, besides what its larger file does. */
function more(machine: Machine, statements: string): bigint {
  const sized = (each: CheckedConfig): CheckedConfig => withFacts(each, { needed: 4096 });
  return enabled(machine, sized(systemOf(machine, statements))) - enabled(machine, sized(systemOf(machine)));
}

function created(machine: Machine, body: string, system = systemOf(machine), needed = 400): bigint {
  const cell = withFacts(cellOf(machine, body), { needed });
  return createdPages(cell, system, buildOf(system, machine), vendors[machine]);
}

describe("a build of the hypervisor", () => {
  const coreOf = (machine: Machine, profile: string): bigint =>
    buildOf(
      withSystem(systemOf(machine), () => ({ profile })),
      machine,
    ).core;

  it("has the size of upstream's on each machine", () => {
    expect(coreOf("intel-pc", "HEAD")).to.equal(0x231000n);
    expect(coreOf("amd-pc", "HEAD")).to.equal(0x22d000n);
    expect(coreOf("arm64-board", "HEAD")).to.equal(coreOf("arm-board", "HEAD"));
  });

  it("has data of each CPU in whole pages: six on x86, four on ARM", () => {
    const perCpu = (machine: Machine): bigint => buildOf(systemOf(machine), machine).perCpu;
    expect(perCpu("intel-pc")).to.equal(6n * 4096n);
    expect(perCpu("amd-pc")).to.equal(6n * 4096n);
    expect(perCpu("arm64-board")).to.equal(4n * 4096n);
    expect(perCpu("arm-board")).to.equal(4n * 4096n);
  });

  it("had no frame buffer of 2M once", () => {
    expect(coreOf("intel-pc", "r10.3")).to.equal(0x231000n);
    expect(coreOf("intel-pc", "r10.2")).to.equal(0x31000n);
    expect(coreOf("amd-pc", "r9.1")).to.equal(0x2d000n);
    expect(coreOf("arm64-board", "r10.2")).to.equal(coreOf("arm64-board", "HEAD"));
  });

  it("is not known for other machines", () => {
    const other = systemOf("intel-pc");
    const { architecture: _, ...facts } = other.facts;
    const config = { ...other.config, architecture: "riscv64" } as Config;
    expect(hypervisorBuild(new CheckedConfig(config, facts), null)).to.equal(null);
  });

  it("has data of each CPU up to the highest one", () => {
    const size = (cpus: string): bigint => {
      const system = systemOf("intel-pc", `cpus ${cpus}`);
      return perCpuSize(system, { core: 0n, perCpu: 10n, cell: 0n });
    };
    expect([size("0"), size("0-3"), size("5"), size("1, 6")]).to.deep.equal([10n, 40n, 60n, 70n]);
    const none = withSystem(systemOf("intel-pc"), ({ rootCell }) => ({
      rootCell: { ...rootCell, cpus: { kind: "list", cpus: [], origins: rootCell.cpus.origins } },
    }));
    expect(perCpuSize(none, { core: 0n, perCpu: 10n, cell: 0n })).to.equal(0n);
  });
});

describe("the pool", () => {
  // So that what lacks would be more than a word of the bitmap.
  const build: HypervisorBuild = { core: 0x11_0800n, perCpu: 0n, cell: 0n };
  const usable = (system: CheckedConfig, size: bigint): bigint =>
    usablePages(
      withSystem(system, ({ hypervisorMemory }) => ({ hypervisorMemory: { ...hypervisorMemory, size } })),
      build,
    );

  it("gives pages by whole words of its bitmap", () => {
    for (const [system, word] of [
      [systemOf("intel-pc"), 64n],
      [systemOf("arm64-board"), 64n],
      [systemOf("arm-board"), 32n],
      [systemOf("arm-board", "", true), 32n],
    ] as const)
      for (let pages = 0n; pages < 200n; pages++) {
        let whole = 0n;
        while (whole + word <= pages) whole += word;
        expect(usable(system, build.core + pages * 0x1000n)).to.equal(whole);
        expect(usable(system, build.core + pages * 0x1000n + 0xfffn)).to.equal(whole);
      }
  });

  it("gives nothing where the image alone does not fit", () => {
    expect(usable(systemOf("intel-pc"), 0n)).to.equal(0n);
    expect(usable(systemOf("intel-pc"), build.core)).to.equal(0n);
  });

  it("is large enough with the size that is asked for, and not with a page less", () => {
    for (const machine of ["intel-pc", "arm-board"] as const) {
      const system = systemOf(machine);
      for (let pages = 1n; pages < 140n; pages++) {
        const size = sizeForPages(pages, system, build);
        expect(usable(system, size) >= pages).to.equal(true);
        expect(usable(system, size - 0x1000n) >= pages).to.equal(false);
        expect(size % 0x1000n).to.equal(0n);
      }
    }
  });

  it("first gives those of CPUs, of the config and of bitmaps", () => {
    const early = (needed: number): bigint =>
      earlyPages(withFacts(systemOf("intel-pc"), { needed }), { core: 0n, perCpu: 0x6000n, cell: 0n });
    expect([1, 4096, 4097].map(early)).to.deep.equal([4n * 6n + 1n + 5n, 30n, 31n]);
  });
});

describe("pages that the hypervisor takes for itself", () => {
  it("are more with each CPU: its data and its page tables", () => {
    // The tables have three levels below the root, and on 32-bit ARM two.
    expect(more("intel-pc", "cpus 0-4")).to.equal(6n + 3n);
    expect(more("arm64-board", "cpus 0-4")).to.equal(4n + 3n);
    expect(more("arm-board", "cpus 0-4")).to.equal(4n + 2n);
  });

  it("are a table for two buses of the PCI configuration space that is mapped", () => {
    const buses = (range: string): bigint => more("intel-pc", `pci mmconfig at 0xb000_0000 buses ${range}`);
    expect([buses("0-255"), buses("0-253"), buses("0-1"), buses("0-0")]).to.deep.equal([
      0n,
      -1n,
      -127n,
      -128n,
    ]);
  });

  it("are none for a configuration space that there is not, or that is virtual", () => {
    const pages = (change: object): bigint =>
      enabled(
        "intel-pc",
        withSystem(systemOf("intel-pc"), ({ platform }) => ({ platform: { ...platform, ...change } })),
      ) - enabled("intel-pc");
    expect(pages({ pciMmconfigBase: 0n })).to.equal(-128n);
    expect(pages({ pciMmconfigBase: 1n })).to.equal(0n);
    expect(pages({ pciIsVirtual: 1 })).to.equal(-128n);
  });

  it("are one for each virtual device of the root cell", () => {
    const link = (bdf: string): string => `
cell demo { cpus 1; vpci-irq 140 }
link shm at 0x7e80_0000 { device ${bdf}; peers root, demo; shared 4K; output 4K }`;
    const board = (links: string): bigint => {
      const text = `import "machines/arm64-board.jail"\nsystem it { use arm64-board() }${links}`;
      return enabled("arm64-board", withFacts(setOf(text).system!, { needed: 4096 }));
    };
    const [one, none] = [board(link("00:00.0")), board("\ncell demo { cpus 1; vpci-irq 140 }")];
    // A page for the device itself, one for the descriptions of devices, and a table for its sections.
    expect(one - none).to.equal(1n + 1n + 1n);
  });

  it("are those of each unit of an IOMMU, on AMD with the table of units that have devices", () => {
    const unit = "iommu intel at 0xfeda_0000 size 4K";
    expect(more("intel-pc", unit)).to.equal(1n);
    const second = "iommu amd at 0xfeb0_0000 size 512K { bdf 00:00.3; base-cap 0x40; msi-cap 0x54 }";
    expect(more("amd-pc", second)).to.equal(2n);
    expect(more("amd-pc", `${second}; device 00:02.0 { iommu 1 }`)).to.equal(2n + 64n);
    expect(more("amd-pc", `${second}; device 00:02.0`)).to.equal(2n);
  });

  it("are a table for each bus with devices, on Intel", () => {
    expect(more("intel-pc", "device 00:02.0")).to.equal(0n);
    expect(more("intel-pc", "device 01:02.0; device 01:03.0")).to.equal(1n);
    expect(more("intel-pc", "device 01:00.0; device 02:00.0; device 02:00.1")).to.equal(2n);
    expect(more("amd-pc", "device 01:00.0; device 02:00.0")).to.equal(0n);
  });

  it("are those of a table of interrupts: 16 bytes each, as many as the next power of two", () => {
    const limit = (vtdInterruptLimit: number): bigint =>
      enabled(
        "intel-pc",
        withSystem(systemOf("intel-pc"), ({ platform }) => ({
          platform: { ...platform, vtdInterruptLimit },
        })),
      ) - enabled("intel-pc");
    expect([0, 1, 256, 257, 512, 513, 32768].map(limit)).to.deep.equal([0n, 0n, 0n, 1n, 1n, 3n, 127n]);
    // So many are refused before the table is there.
    expect(limit(32769)).to.equal(-1n);
  });

  it("are those that hide its memory, page by page, where no region of the root cell lies over it", () => {
    const at = (statement: string): bigint => more("intel-pc", statement);
    // One table for 2M each, instead of three of them.
    expect(at("hypervisor at 0x3a00_0000 size 4M")).to.equal(-1n);
    expect(at("hypervisor at 0x3a00_0000 size 2M")).to.equal(-2n);
    const sized = (size: bigint): bigint =>
      enabled(
        "intel-pc",
        withSystem(systemOf("intel-pc"), ({ hypervisorMemory }) => ({
          hypervisorMemory: { ...hypervisorMemory, physStart: 0x3a20_1000n, size },
        })),
      );
    // Another part of the same large page changes nothing; where there is no memory, there is no table.
    expect(sized(1n) - sized(0n)).to.equal(1n);
    expect(sized(0x1000n) - sized(1n)).to.equal(0n);
    expect(at('memory "over" at 0x3a00_0000 size 6M rw')).to.equal(-3n);
  });
});

describe("pages that a new cell takes", () => {
  it("are those of its description, its handlers and its page tables, where it has nothing", () => {
    // 16K and its config; on x86 bitmaps of ports and three tables for the page of its APIC; else a root table.
    expect(created("intel-pc", "")).to.equal(5n + 1n + 2n + 3n + 1n);
    expect(created("amd-pc", "")).to.equal(5n + 1n + 3n + 3n);
    expect(created("arm64-board", "")).to.equal(3n + 1n + 1n);
    expect(created("arm-board", "")).to.equal(3n + 1n + 1n);
  });

  it("are more with a larger config, the structure of the cell before it", () => {
    for (const [machine, structure] of [
      ["intel-pc", 0x4000n],
      ["amd-pc", 0x4000n],
      ["arm64-board", 0x2000n],
      ["arm-board", 0x2000n],
    ] as const) {
      expect(buildOf(systemOf(machine), machine).cell).to.equal(structure);
      const by = (needed: number): bigint => created(machine, "", undefined, needed);
      expect([by(1), by(4096), by(4097), by(8193)].map((each) => each - by(4096))).to.deep.equal([
        0n,
        0n,
        1n,
        2n,
      ]);
    }
  });

  it("are one for an I/O APIC", () => {
    const chip = "irqchip ioapic at 0xfec0_0000 id 0xff00 pins 4";
    expect(created("intel-pc", chip) - created("intel-pc", "")).to.equal(1n);
    expect(created("arm64-board", "interrupts 40") - created("arm64-board", "")).to.equal(0n);
  });

  it("are as many for devices as their descriptions need: 344 bytes each, on 32-bit ARM 320", () => {
    const devices = (machine: Machine, count: number): bigint => {
      const hex = (value: number): string => value.toString(16).padStart(2, "0");
      const all = Array.from(
        { length: count },
        (_, index) => `device ${hex(index >> 5)}:${hex(index & 31)}.0`,
      );
      return created(machine, all.join("; ")) - created(machine, "");
    };
    for (const machine of ["intel-pc", "amd-pc", "arm64-board", "arm-board"] as const) {
      const size = machine === "arm-board" ? 320 : 344;
      const most = Math.floor(4096 / size);
      expect([1, most, most + 1].map((count) => devices(machine, count))).to.deep.equal([1n, 1n, 2n]);
      for (const count of [119, 128])
        expect(devices(machine, count)).to.equal(BigInt(Math.ceil((count * size) / 4096)));
    }
  });

  it("are one for a virtual device, where the root cell has no end of its link", () => {
    const pages = (peers: string): bigint => {
      const text = `import "machines/arm64-board.jail"
system it { use arm64-board() }
cell demo { cpus 1; vpci-irq 140 }
cell other { cpus 2; vpci-irq 150 }
link shm at 0x7000_0000 { device 00:00.0; peers ${peers} }`;
      const { system, cells } = setOf(text);
      return createdPages(
        withFacts(cells[0]!, { needed: 400 }),
        system!,
        buildOf(system!, "arm64-board"),
        null,
      );
    };
    expect(pages("demo, other") - pages("demo, root")).to.equal(1n);
  });

  it("are tables of the root cell that are split for it, those of VT-d, too, where devices reach the memory", () => {
    const with4K = (machine: Machine, flags: string): bigint =>
      created(machine, `memory at 0x1000_0000 size 4K mapped at 0 ${flags}`) - created(machine, "");
    // Three tables of its own, and one of 4K pages for the root cell instead of a large page.
    expect(with4K("amd-pc", "rw")).to.equal(2n + 1n);
    expect(with4K("amd-pc", "rw dma")).to.equal(2n + 1n);
    expect(with4K("intel-pc", "rw")).to.equal(2n + 1n);
    // VT-d: two more of its own, and one for the root cell.
    expect(with4K("intel-pc", "rw dma")).to.equal(2n + 1n + 2n + 1n);
    expect(with4K("intel-pc", "rw dma rootshared")).to.equal(2n + 2n);
    expect(with4K("intel-pc", "rw rootshared")).to.equal(2n);
  });
});
