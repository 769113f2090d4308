import { expect } from "chai";
import type { Arm } from "../../../hypervisor/arm/arm.js";
import { machinesIn, readMachine } from "../../boards/read-machine.js";
import { RecordedMachine } from "../recorded/recorded-machine.js";

const architectures = ["x86", "arm", "arm64"] as const;

/** The machines of ARM with their cells, the system first. */
const boards = machinesIn("boards").flatMap((name) => {
  const [system, ...cells] = readMachine("boards", name).cells.map(({ bytes }) => bytes);
  const architecture = architectures[system![5]!]!;
  const own = cells.filter((bytes) => bytes[5] === system![5]);
  return architecture === "x86" ? [] : [{ name, architecture, system: system!, cells: own }];
});

describe("cells of ARM that come and go", () => {
  it("are those of 14 machines, four of 32 bits", () => {
    expect(boards.map(({ name }) => name)).to.have.length(14);
    expect(boards.filter(({ architecture }) => architecture === "arm")).to.have.length(4);
  });

  for (const { name, architecture, system, cells } of boards) {
    for (const [index, bytes] of cells.entries()) {
      it(`${name}, cell ${index}: leave pages, interrupts and streams as they found them`, () => {
        const machine = new RecordedMachine(architecture, system, {});
        expect(machine.enable()).to.equal(0);
        machine.caller = [...machine.hypervisor.rootCell.cpus].find((cpu) => !hasCpu(bytes, cpu))!;
        const untouched = interruptsOf(machine);
        comeAndGo(machine, bytes);
        // Large pages that were split once stay split.
        const after = stateOf(machine);
        comeAndGo(machine, bytes);
        expect(stateOf(machine)).to.deep.equal(after);
        expect(interruptsOf(machine)).to.deep.equal(untouched);
      });
    }
  }
});

/** The set of CPUs follows the header. */
function hasCpu(bytes: Uint8Array, cpu: number): boolean {
  return ((bytes[132 + (cpu >> 3)]! >> (cpu & 7)) & 1) === 1;
}

function comeAndGo(machine: RecordedMachine, bytes: Uint8Array): void {
  expect(machine.create(bytes, 1), "create").to.equal(0);
  expect(machine.load(1), "load").to.equal(0);
  expect(machine.start(1), "start").to.equal(0);
  expect(machine.destroy(1), "destroy").to.equal(0);
}

function interruptsOf({ hypervisor }: RecordedMachine): readonly number[] {
  return [...(hypervisor.architecture as Arm).cell(hypervisor.rootCell).interrupts];
}

function stateOf({ hypervisor }: RecordedMachine): object {
  const { rootCell, pool, remapPool, architecture } = hypervisor;
  const mapped = [...architecture.tablesOf(rootCell).pages()].map(
    ({ virtual, size, physical, flags }) => `${virtual} ${size} ${physical} ${flags}`,
  );
  return { used: pool.used, remapped: remapPool.used, mapped, trapped: rootCell.mmio.regions.length };
}
