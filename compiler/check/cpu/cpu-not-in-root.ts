import { hasCpu } from "../../ir/cpu-set.js";
import { defineRule } from "../define-rule.js";
import { cpusText } from "../words.js";

export const cpuNotInRoot = defineRule({
  id: "cpu-not-in-root",
  family: "cpu",
  title: "CPU that the root cell does not have",
  severity: "error",
  scope: "root",
  statement: "The CPUs of a cell are among those of the root cell.",
  explanation:
    "A cell gets its CPUs from the root cell, which has to own them when the cell is created. CPUs have the numbers that Linux gives them, counted from 0.",
  consequences: {
    refused: {
      step: "create",
      outcome: "refused",
      errno: "EBUSY",
      text: "The driver compares the cell's set with that of the root cell.",
    },
  },
  help: "give the cell CPUs of the root cell, or add the CPUs to the root cell if the machine has them",
  sources: ["driver/cell.c:225", "hypervisor/control.c:485"],
  after: ["cpu-root-empty", "fmt-arch-cell"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(cpu = 4) }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo { use inmate(cpu = 3) }`,
  },
  *find({ cell, system }) {
    const root = system.cell.cpus;
    if (root.kind === "list") return;
    const missing = cell.cpus.filter((cpu) => !hasCpu(root, cpu));
    if (missing.length === 0) return;
    const verb = missing.length > 1 ? "are" : "is";
    yield {
      at: cell.spot(cell.cell.cpus),
      message: `${cpusText(missing)} of ${cell.title} ${verb} not in ${system.title}`,
      also: [{ at: system.spot(root), text: `${cpusText(system.cpus)} here` }],
    };
  },
});
