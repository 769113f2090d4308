import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";

export const apicModeBoard = defineRule({
  id: "apic-mode-board",
  family: "board",
  title: "Other APIC mode than the board's",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement: "Where a system config asks for an APIC mode, Linux runs the local APICs in that mode.",
  explanation:
    "The hypervisor takes the local APICs over as Linux has left them and does not change their mode. The config can only insist on one; left to itself, the hypervisor takes the one that it finds.",
  consequences: {
    x2apic: {
      step: "enable",
      outcome: "refused",
      errno: "EIO",
      text: "The hypervisor finds the APICs in the older mode and gives up before it takes over any CPU.",
    },
    xapic: {
      step: "enable",
      outcome: "refused",
      errno: "ERANGE",
      prints: ["Using xAPIC", " CPU %d... (APIC ID 255) FAILED"],
      text: "The hypervisor reads the registers in memory, which an APIC in x2APIC mode does not answer: every id reads as 255, which it cannot use.",
    },
  },
  help: "leave the mode out, or boot Linux so that it uses the same (`nox2apic`)",
  sources: ["hypervisor/arch/x86/apic.c:189", "hypervisor/arch/x86/apic.c:215"],
  after: ["fmt-arch-board", "apic-mode-mismatch"],
  example: {
    board: "cpus: { apic-mode: xapic }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); x86 { pm-timer 0x608; vtd-interrupt-limit 256; apic-mode x2apic } }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); x86 { pm-timer 0x608; vtd-interrupt-limit 256; apic-mode xapic } }`,
  },
  *find({ board, set }) {
    const { system } = set;
    const mode = board.cpus?.apicMode ?? null;
    const x86 = system?.system?.platform?.x86;
    if (system === null || mode === null || x86 === null || x86 === undefined) return;
    const wanted = modes.get(x86.apicMode);
    if (wanted === undefined || wanted === mode) return;
    yield {
      at: system.spot(x86, "apicMode"),
      message: `${names[wanted]} is asked for, the board runs ${names[mode]}`,
      also: [{ at: onBoard(system, board.cpus!, "apicMode"), text: "as Linux has it" }],
      as: wanted,
    };
  },
});

const modes: ReadonlyMap<unknown, "xapic" | "x2apic"> = new Map([
  ["JAILHOUSE_APIC_MODE_XAPIC", "xapic"],
  ["JAILHOUSE_APIC_MODE_X2APIC", "x2apic"],
]);

const names = { xapic: "xAPIC", x2apic: "x2APIC" } as const;
