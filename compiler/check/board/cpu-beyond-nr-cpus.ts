import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { count, listed } from "../words.js";

export const cpuBeyondNrCpus = defineRule({
  id: "cpu-beyond-nr-cpus",
  family: "board",
  title: "CPU that Linux has no number for",
  severity: "error",
  scope: "board",
  statement: "CPUs of a cell are numbered below the kernel's `nr_cpu_ids`.",
  explanation:
    "The driver keeps the CPUs of a cell in a mask of the kernel, which has room for `nr_cpu_ids` numbers. What lies beyond is cut off there, but the hypervisor reads the config itself and finds it.",
  consequences: {
    root: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor starts on all CPUs that there are, counts fewer than the config lists, and gives up.",
    },
    cell: {
      step: "create",
      outcome: "refused",
      errno: "EBUSY",
      text: "The driver does not see the CPU; the hypervisor does, and the root cell does not have it.",
    },
  },
  help: "list only CPUs that the machine has",
  sources: ["driver/cell.c:75", "hypervisor/setup.c:173", "hypervisor/control.c:485"],
  after: ["fmt-arch-board", "cpu-not-in-root"],
  example: {
    board: "cpus: { nr-cpu-ids: 4 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cpus 0-4 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }) {
    const limit = board.cpus?.nrCpuIds ?? null;
    if (limit === null) return;
    for (const config of set.all) {
      const beyond = config.cpus.filter((cpu) => cpu >= limit);
      if (beyond.length === 0) continue;
      const which = `CPU${beyond.length > 1 ? "s" : ""} ${listed(beyond.map(String))}`;
      yield {
        at: config.spot(config.cell.cpus),
        message: `${config.title} lists ${which}, the board has numbers for ${count(limit, "CPU")}`,
        also: [{ at: onBoard(config, board.cpus!, "nrCpuIds"), text: `the last one is CPU ${limit - 1}` }],
        as: config.isRoot ? "root" : "cell",
      };
      // Other cells have their CPUs from the root cell, so that the same is wrong with them.
      if (config.isRoot) return;
    }
  },
});
