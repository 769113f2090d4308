import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { hex } from "../words.js";

/** CPUs of a cluster that one software-generated interrupt of a GICv3 can name. */
const cpusInCluster = 16n;

export const cpuMpidrLimits = defineRule({
  id: "cpu-mpidr-limits",
  family: "board",
  title: "CPU that the GIC cannot address",
  severity: "error",
  scope: "board",
  machines: ["arm", "arm64"],
  statement: "With a GICv3, the lowest affinity level of each CPU is below 16.",
  explanation:
    "The hypervisor sends interrupts to other CPUs by a list of 16 bits for each cluster. A CPU beyond that could not be reached.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EIO",
      prints: [" CPU %d... FAILED"],
      text: "The CPU cannot be taken over, and the hypervisor gives up.",
    },
  },
  help: "take the CPU offline before, and leave it out of the root cell",
  sources: ["hypervisor/arch/arm-common/gic-v3.c:245"],
  after: ["fmt-arch-board", "cpu-beyond-nr-cpus", "gic-version", "gic-version-board"],
  example: {
    board: "cpus: { mpidrs: [0x0, 0x1, 0x2, 0x3, 0x10] }",
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); cpus 0-4 }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const { mpidrs = null, online = null } = board.cpus ?? {};
    const version = system?.system?.platform?.arm?.gicVersion;
    if (system === null || mpidrs === null || version !== 3) return;
    const isOnline = online === null ? null : new Set(online);
    for (const cpu of system.cpus) {
      const mpidr = mpidrs[cpu];
      if (mpidr === undefined || isOnline?.has(cpu) === false || (mpidr & 0xffn) < cpusInCluster) continue;
      yield {
        at: system.spot(system.cell.cpus),
        message: `CPU ${cpu} is number ${mpidr & 0xffn} of its cluster (MPIDR ${hex(mpidr)}), the GIC driver reaches 16`,
        also: [{ at: onBoard(system, board.cpus!, "mpidrs"), text: "as the board has it" }],
      };
    }
  },
});
