import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { listed } from "../words.js";

export const cpuOnlineBeyondSet = defineRule({
  id: "cpu-online-beyond-set",
  family: "board",
  title: "Online CPU beyond the root cell's last one",
  severity: "error",
  scope: "board",
  statement: "No CPU is online whose number is higher than that of the root cell's last CPU.",
  explanation:
    "All online CPUs enter the hypervisor together and wait for each other there. The driver turns back a CPU whose number is beyond the highest one of the config, and does not tell the others.",
  consequences: {
    hang: {
      step: "enable",
      outcome: "hang",
      text: "The CPUs that have entered wait for one that never comes, with interrupts off. The machine is dead, and nothing is printed.",
    },
  },
  help: "add the CPU to the root cell, or take it offline before (`maxcpus=`, /sys/devices/system/cpu)",
  sources: ["driver/main.c:249", "hypervisor/setup.c:222"],
  after: ["fmt-arch-board", "cpu-root-empty"],
  example: {
    board: "cpus: { online: 0-4 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cpus 0-4 }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const online = board.cpus?.online ?? null;
    const last = system?.cpus.at(-1);
    if (system === null || online === null || last === undefined) return;
    const beyond = online.filter((cpu) => cpu > last);
    if (beyond.length === 0) return;
    const several = beyond.length > 1;
    yield {
      at: system.spot(system.cell.cpus),
      message: `CPU${several ? "s" : ""} ${listed(beyond.map(String))} ${several ? "are" : "is"} online, the last one of ${system.title} is CPU ${last}`,
      also: [{ at: onBoard(system, board.cpus!, "online"), text: "online here" }],
    };
  },
});
