import { defineRule, type Hit } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { physicalRange } from "../facts/board-memory.js";
import { type Interval, IntervalIndex } from "../facts/intervals.js";
import { rangeText, regionText } from "../words.js";

export const memFirmwareCarveout = defineRule({
  id: "mem-firmware-carveout",
  family: "board",
  title: "Memory of the firmware given away",
  severity: "warning",
  otherwise: "error for the memory of the hypervisor, and info in the root cell",
  scope: "board",
  statement: "No cell gets memory in which firmware goes on running or keeps its records.",
  explanation:
    "Trusted firmware, a secure operating system or ACPI keep memory for themselves while Linux runs. Often it is secured by the hardware; where it is not, whoever writes to it changes what runs beneath the hypervisor.",
  consequences: {
    cell: {
      step: "run",
      outcome: "isolation",
      text: "The cell can change what the firmware relies on. Where the memory is secured, each access ends in an abort instead.",
    },
    hypervisor: {
      step: "enable",
      outcome: "crash",
      text: "The hypervisor and the firmware overwrite each other; where the memory is secured, the machine stops at the first write.",
    },
    root: {
      step: "run",
      outcome: "harmless",
      text: "Linux leaves the memory alone, but nothing keeps it from it.",
    },
  },
  help: "leave the range out",
  sources: ["hypervisor/control.c:521"],
  after: ["fmt-arch-board", "mem-addr-range"],
  example: {
    board: `memory:
  reserved:
    - { name: OP-TEE, kind: firmware, range: { at: 0x7f000000, size: 4M } }`,
    wrong: `import "machines/arm64-board.jail"
system board { use arm64-board(); memory at 0x7f00_0000 size 4M rwx dma }
cell demo { use inmate(0x7f00_0000) }`,
    right: `import "machines/arm64-board.jail"
system board { use arm64-board() }
cell demo { use inmate() }`,
  },
  *find({ board, set }): Iterable<Hit<"cell" | "hypervisor" | "root">> {
    const kept = (board.memory?.reserved ?? []).filter(({ kind }) => kind === "firmware" || kind === "acpi");
    const index = new IntervalIndex(kept.map((entry) => ({ ...plain(entry.range), entry })));
    for (const config of set.all) {
      const memory = config.system?.hypervisorMemory;
      const taken = memory === undefined ? undefined : index.first(physicalRange(memory));
      if (taken !== undefined)
        yield {
          at: config.spot(memory!),
          message: `the hypervisor's memory takes ${what(taken.entry)}, ${rangeText(taken)}`,
          also: [{ at: onBoard(config, taken.entry), text: "reserved here" }],
          as: "hypervisor",
          severity: "error",
        };
      for (const region of config.regions) {
        const found = region.hasPhysical ? index.first(region.phys) : undefined;
        // Linux has to read the tables of ACPI.
        if (found === undefined || (config.isRoot && found.entry.kind === "acpi")) continue;
        yield {
          at: region.spot(),
          message: `${regionText(region)} holds ${what(found.entry)}, ${rangeText(found)}`,
          also: [{ at: onBoard(config, found.entry), text: "reserved here" }],
          ...(config.isRoot ? { as: "root", severity: "info" } : { as: "cell" }),
        };
      }
    }
  },
});

function what({ name, kind }: { readonly name: string | null; readonly kind: string }): string {
  const owner = kind === "acpi" ? "ACPI" : "the firmware";
  return name === null ? `memory of ${owner}` : `memory of ${owner}, ${JSON.stringify(name)}`;
}

function plain({ start, end }: Interval): Interval {
  return { start, end };
}
