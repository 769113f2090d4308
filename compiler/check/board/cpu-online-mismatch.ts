import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { count, listed } from "../words.js";

export const cpuOnlineMismatch = defineRule({
  id: "cpu-online-mismatch",
  family: "board",
  title: "Root cell with other CPUs than are online",
  severity: "error",
  scope: "board",
  statement: "The root cell has as many CPUs as are online when Jailhouse is enabled.",
  explanation:
    "The hypervisor takes over every CPU that Linux runs on, all at once. It counts the CPUs of the root cell and compares their number with that of the CPUs that have entered.",
  consequences: {
    refused: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The hypervisor gives up after it has initialized all CPUs, without a reason on its console.",
    },
  },
  help: "list exactly the CPUs that are online, or bring the others online before",
  sources: ["hypervisor/setup.c:173"],
  after: ["fmt-arch-board", "cpu-root-empty", "cpu-beyond-nr-cpus", "cpu-online-beyond-set"],
  example: {
    board: "cpus: { online: 0-3 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cpus 0-4 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const online = board.cpus?.online ?? null;
    if (system === null || online === null || system.cpus.length === 0) return;
    if (system.cpus.length === online.length) return;
    const isOnline = new Set(online);
    const isListed = new Set(system.cpus);
    const offline = system.cpus.filter((cpu) => !isOnline.has(cpu));
    const missing = online.filter((cpu) => !isListed.has(cpu));
    yield {
      at: system.spot(system.cell.cpus),
      message: `${system.title} has ${count(system.cpus.length, "CPU")}, ${online.length} ${online.length === 1 ? "is" : "are"} online`,
      also: [{ at: onBoard(system, board.cpus!, "online"), text: "online here" }],
      notes: [
        ...(offline.length === 0 ? [] : [`not online: ${listed(offline.map(String))}`]),
        ...(missing.length === 0 ? [] : [`not in the root cell: ${listed(missing.map(String))}`]),
      ],
    };
  },
});
