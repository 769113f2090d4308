import { expect } from "chai";
import { functionsOf } from "../../../hypervisor/core/pci/pci-function.js";
import type { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { x86Demos } from "../../../hypervisor/inmates/demos.js";
import { imageOf } from "../../../hypervisor/inmates/image.js";
import { halt } from "../../../hypervisor/run/program.js";
import { markerOf, ProgramRegistry } from "../../../hypervisor/run/program-registry.js";
import { type SimulatedSystem, systemFrom } from "../../../hypervisor/simulation/simulated-system.js";
import { X86Simulation } from "../../../hypervisor/simulation/x86-simulation.js";
import { X86 } from "../../../hypervisor/x86/x86.js";
import type { X86Cpu } from "../../../hypervisor/x86/x86-cpu.js";
import { profileSummaries, resolveProfile } from "../../../schema/layout/resolve.js";
import type { Profile } from "../../../schema/layout/types.js";
import { baseConfigs } from "../../oracle/base-configs.js";
import { driverOf, outcomeOf } from "../simulation/board-system.js";
import { asOfToday, expressed, head, isBefore, type Subject, subject, upstream } from "./older-configs.js";

/** What a cell reaches by now: pages, trapped regions and ports. */
function reachOf({ hypervisor }: JailhouseDriver): object {
  const { allCells, architecture, config, memoryStart } = hypervisor!;
  const memoryEnd = memoryStart + Number(config.hypervisorMemory.size);
  /** Which page of the hypervisor it is depends on the size of the config. */
  const shown = (physical: number): number | string =>
    physical >= memoryStart && physical < memoryEnd ? "own" : physical;
  return allCells.map((cell) => ({
    name: cell.name,
    id: cell.config.id,
    cpus: [...cell.cpus],
    entry: cell.config.cpuResetAddress,
    trapped: cell.mmio.regions.map(({ start, size }) => [start, size]),
    pages: [...architecture.tablesOf(cell).pages()]
      .map(({ virtual, size, physical, flags }) => `${virtual} ${size} ${shown(physical)} ${flags}`)
      .join("\n"),
    ports: architecture instanceof X86 ? architecture.cell(cell).ports.openRuns() : [],
  }));
}

interface Told {
  readonly outcomes: readonly string[];
  /** Once the cell runs. */
  readonly reach: object;
}

/** Enables, and lets a cell live. */
function live(system: Uint8Array, cell: Uint8Array, made: SimulatedSystem): Told {
  const driver = driverOf(made);
  const id = { id: 1, name: "" };
  const steps: readonly (() => void)[] = [
    () => driver.enable(system),
    () => driver.createCell(cell),
    () => driver.loadCell(id, []),
    () => driver.startCell(id),
  ];
  return { outcomes: steps.map(outcomeOf), reach: driver.hypervisor === null ? {} : reachOf(driver) };
}

function systemOf(bytes: Uint8Array, profile: Profile, { architecture, facts }: Subject): SimulatedSystem {
  return systemFrom(bytes, { profile, architecture, facts });
}

const [pc, board] = [subject("qemu-x86", "intel"), subject("qemu-arm64")];

/** A PC whose config has no IOMMU can only be one of AMD, in the terms of the last hypervisor. */
function onMachineOfTime(profile: Profile, on: Subject): Subject {
  if (on.vendor === null || !isBefore(profile, "r0.15")) return on;
  return { ...on, vendor: "amd", facts: { ...on.facts, vendor: "amd" } };
}

describe("simulations of all states of upstream's format", () => {
  const subjects = [
    { on: pc, cell: baseConfigs().get("tiny-demo")!, since: "r0.15" },
    { on: board, cell: board.cells[0]!, since: "r0.1" },
  ];
  for (const { on: known, cell, since } of subjects) {
    it(`${known.name}: enable and run a cell like those of the last revision, since ${since}`, () => {
      for (const profile of upstream) {
        if (isBefore(profile, since)) continue;
        const on = onMachineOfTime(profile, known);
        const [system, own] = [
          expressed(on.system, "system", profile, on),
          expressed(cell, "cell", profile, on),
        ];
        const [systemNow, ownNow] = [
          asOfToday(system, "system", profile, on),
          asOfToday(own, "cell", profile, on),
        ];
        const then = live(system, own, systemOf(system, profile, on));
        const now = live(systemNow, ownNow, systemOf(systemNow, head, on));
        expect(then, profile.id).to.deep.equal(now);
        expect(then.outcomes, profile.id).to.deep.equal(["ok", "ok", "ok", "ok"]);
      }
    });
  }

  it("let PCs without trapped regions be, which later ones refuse", () => {
    const cell = baseConfigs().get("tiny-demo")!;
    for (const profile of upstream.filter((each) => isBefore(each, "r0.15"))) {
      const on = onMachineOfTime(profile, pc);
      const system = expressed(pc.system, "system", profile, on);
      const own = expressed(cell, "cell", profile, on);
      const { outcomes } = live(system, own, systemOf(system, profile, on));
      expect(outcomes, profile.id).to.deep.equal(["ok", "ok", "ok", "ok"]);
    }
    const first = upstream[0]!;
    const today = asOfToday(expressed(pc.system, "system", first, pc), "system", first, pc);
    expect(outcomeOf(() => driverOf(systemOf(today, head, { ...pc, vendor: "amd" })).enable(today))).to.equal(
      "ENOMEM",
    );
  });
});

describe("programs of older revisions", () => {
  it("print on the first serial line, which they were built for", () => {
    const profile = resolveProfile("r9.4")!;
    const system = expressed(pc.system, "system", profile, pc);
    const { config, machine, kernel } = systemOf(system, profile, pc);
    const simulation = new X86Simulation(config, profile, x86Demos(), { machine, kernel });
    const { driver } = simulation;
    driver.enable(system);
    driver.createCell(expressed(baseConfigs().get("tiny-demo")!, "cell", profile, pc));
    driver.loadCell({ id: 1, name: "" }, [{ address: 0n, bytes: imageOf("tiny-demo") }]);
    driver.startCell({ id: 1, name: "" });
    simulation.run(1e9);
    expect(simulation.devices.line(0x3f8)!.take()).to.contain("Hello from this tiny cell!");
  });

  /** Whether the program runs whose image has been loaded at an address: where its CPU is then, or null. */
  function entryWith(id: string, address: bigint): number | null {
    const profile = resolveProfile(id)!;
    const system = expressed(pc.system, "system", profile, pc);
    const { config, machine, kernel } = systemOf(system, profile, pc);
    let entry: number | null = null;
    const registry = new ProgramRegistry<X86Cpu>().add("probe", function* (cpu) {
      entry = cpu.entry;
      yield halt;
    });
    const simulation = new X86Simulation(config, profile, registry, { machine, kernel });
    simulation.driver.enable(system);
    simulation.driver.createCell(expressed(baseConfigs().get("tiny-demo")!, "cell", profile, pc));
    const cell = { id: 1, name: "" };
    simulation.driver.loadCell(cell, [{ address, bytes: markerOf("probe") }]);
    simulation.driver.startCell(cell);
    simulation.run(1e6);
    return entry;
  }

  it("begin at the reset vector before revision 5: their image of 64K lies at 0xf0000", () => {
    expect(entryWith("r4.1", 0xf_0000n)).to.equal(0xf_fff0);
    expect(entryWith("r4.1", 0n)).to.equal(null);
    expect(entryWith("r5.1", 0n)).to.equal(0);
  });
});

describe("links before July 2019", () => {
  it("are left out, and that is told", () => {
    for (const [id, told] of [
      ["r12.12", 2],
      ["r12.13", 0],
    ] as const) {
      const profile = resolveProfile(id)!;
      const notes: string[] = [];
      const system = expressed(board.system, "system", profile, board);
      const made = systemOf(system, profile, board);
      const driver = driverOf(made, undefined, (line) => notes.push(line));
      driver.enable(system);
      driver.createCell(expressed(board.cells[0]!, "cell", profile, board));
      expect(
        notes.filter((line) => line.includes("shared memory of r12.12 was another device")),
      ).to.have.length(told);
      const links = driver.hypervisor!.allCells.flatMap((cell) =>
        functionsOf(cell).filter(({ ivshmem }) => ivshmem !== null),
      );
      expect(links.length > 0).to.equal(told === 0);
    }
  });
});

describe("numbers of cells before September 2016", () => {
  it("are the first that are free", () => {
    const profile = resolveProfile("r0.40")!;
    const system = expressed(board.system, "system", profile, board);
    const driver = driverOf(systemOf(system, profile, board));
    const cell = expressed(board.cells[0]!, "cell", profile, board);
    driver.enable(system);
    for (let round = 0; round < 2; round++) {
      driver.createCell(cell);
      expect(driver.hypervisor!.cells.map(({ config }) => config.id)).to.deep.equal([1]);
      driver.destroyCell({ id: 1, name: "" });
    }
  });
});

describe("configs of forks", () => {
  const forks = profileSummaries().filter(({ fork }) => fork !== null);
  const listed = [
    "fork-lfd-v4",
    "fork-lfd-v10",
    "fork-lfd-v13",
    "fork-lfd-v17",
    "fork-lfd-v18",
    "fork-siemens-new-cpu-config",
    "fork-siemens-new-cpu-config-rev15",
    "fork-siemens-riscv",
  ];

  it("run as upstream's, but for those that list their CPUs", () => {
    expect(forks).to.have.length(26);
    for (const { id } of forks) {
      const profile = resolveProfile(id)!;
      const run = (): string => {
        const system = expressed(board.system, "system", profile, board);
        return outcomeOf(() => driverOf(systemOf(system, profile, board)).enable(system));
      };
      if (listed.includes(id)) {
        expect(() => systemFrom(new Uint8Array(4096), { profile, architecture: "arm64" }), id).to.throw(
          "list CPUs one by one",
        );
      } else expect(run(), id).to.equal("ok");
    }
  });
});
