import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { iommuUnitsOf } from "../facts/checked-set.js";
import { formatHas } from "../facts/format-has.js";
import { type FailedRequest, RemappingTable } from "../facts/interrupt-remapping.js";
import { statedPlatform } from "../facts/platform.js";
import { count } from "../words.js";

/** The index of an interrupt has 15 bits (hypervisor/arch/x86/vtd.c:996-1000). */
const mostInterrupts = 1 << 15;

type Key = "tooMany" | "enable" | "create";

export const vtdIrqLimit = defineRule<"set", Key>({
  id: "vtd-irq-limit",
  family: "irq",
  title: "Too few interrupts for VT-d",
  severity: "error",
  scope: "set",
  machines: ["x86"],
  statement: `\`vtd_interrupt_limit\` is large enough for all I/O APICs and devices, and at most ${mostInterrupts}.`,
  explanation:
    "VT-d directs interrupts by a table, whose size is fixed when Jailhouse is enabled. Each I/O APIC takes as many entries as it has pins, each PCI device as many as it has MSI or MSI-X vectors, whichever are more. A device that a cell takes from the root cell gives its entries back first; I/O APICs that a cell has added keep theirs even when it is gone. Processors of AMD have no such limit.",
  consequences: {
    tooMany: {
      step: "enable",
      outcome: "refused",
      errno: "EINVAL",
      text: "The unit `VT-d` refuses the limit before it looks at anything else.",
    },
    enable: {
      step: "enable",
      outcome: "refused",
      errno: "E2BIG",
      text: "There is no room in the table of interrupts for all that the root cell has.",
    },
    create: {
      step: "create",
      outcome: "refused",
      errno: "E2BIG",
      text: "There is no room left in the table of interrupts. A device that had already been taken from the root cell does not go back to it.",
    },
  },
  help: "raise `vtd-interrupt-limit`; a power of two uses all the memory that is spent on the table anyway",
  sources: [
    "hypervisor/arch/x86/vtd.c:609-636",
    "hypervisor/arch/x86/vtd.c:651-662",
    "hypervisor/arch/x86/vtd.c:735-745",
    "hypervisor/arch/x86/vtd.c:996-1000",
  ],
  after: ["msix-table-too-small"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  device 00:1f.2 { msix 250 at 0xfea9_0000 size 4K; capabilities pm 0x50, msix 0x80 }
}`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }
cell demo {
  use inmate()
  device 00:1f.2 { msix 16 at 0xfea9_0000 size 4K; capabilities pm 0x50, msix 0x80 }
}`,
  },
  *find({ set }) {
    const stated = statedPlatform(set);
    if (stated === undefined || set.vendor !== "intel" || !hasLimit(stated.system)) return;
    const { system, platform } = stated;
    const at = system.spot(platform, "vtdInterruptLimit");
    const limit = platform.vtdInterruptLimit;
    if (limit > mostInterrupts) {
      yield { at, message: `the limit of ${limit} interrupts is above ${mostInterrupts}`, as: "tooMany" };
      return;
    }
    if (!isVtd(system)) return;
    const rootOnly = RemappingTable.empty(limit, system);
    const failed = rootOnly.add(system);
    if (failed !== undefined) {
      yield hitOf(failed, limit, at, "enable");
      return;
    }
    let group = new Group(rootOnly, []);
    for (const cell of set.cells) {
      const alone = rootOnly.copy().add(cell);
      if (alone !== undefined) yield hitOf(alone, limit, at, "create");
      const earlier = set.cells
        .slice(0, set.cells.indexOf(cell))
        .filter((other) => set.together(cell, other));
      if (!group.is(earlier)) group = new Group(rootOnly, earlier);
      const last = group.add(cell);
      if (last !== undefined && alone === undefined)
        yield { ...hitOf(last, limit, at, "create"), between: [...earlier, cell] };
    }
  },
});

/** Cells that run together, up to the first for which there is no room. */
class Group {
  private readonly cells: CheckedConfig[] = [];
  private readonly table: RemappingTable;
  private isFull = false;

  constructor(rootOnly: RemappingTable, cells: readonly CheckedConfig[]) {
    this.table = rootOnly.copy();
    for (const cell of cells) this.add(cell);
  }

  is(cells: readonly CheckedConfig[]): boolean {
    return cells.length === this.cells.length && cells.every((cell, index) => cell === this.cells[index]);
  }

  /** What there is no room for, unless there was none for a cell before. */
  add(cell: CheckedConfig): FailedRequest | undefined {
    this.cells.push(cell);
    if (this.isFull) return undefined;
    const failed = this.table.add(cell);
    this.isFull = failed !== undefined;
    return failed;
  }
}

/** Units that are none of Intel, or none at all, are refused before anything is reserved (vtd.c:1009-1024). */
function isVtd(system: CheckedConfig): boolean {
  const units = iommuUnitsOf(system);
  return units.length > 0 && units.every(({ type }) => type === "JAILHOUSE_IOMMU_INTEL");
}

function hasLimit(system: CheckedConfig): boolean {
  return (
    formatHas(system, "jailhouse_system", "interrupt_limit") ||
    formatHas(system, "jailhouse_system.platform_info.x86", "vtd_interrupt_limit")
  );
}

function hitOf(failed: FailedRequest, limit: number, limitAt: Hit["at"], as: Key): Hit<Key> {
  const { at, text, wanted, free } = failed;
  return {
    at,
    message: `${text} takes ${count(wanted, "interrupt")}, and ${free} of ${limit} are left for VT-d`,
    also: [{ at: limitAt, text: `the limit is ${limit}` }],
    as,
  };
}
