import { defineRule, type Hit } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { hex } from "../words.js";

/** APIC_MAX_PHYS_ID: the table that leads from an APIC to its CPU has no more entries. */
const lastApicId = 254;
/** CPU_ID_INVALID */
const invalidCpu = 255;

export const cpuApicLimits = defineRule({
  id: "cpu-apic-limits",
  family: "board",
  title: "APIC that the hypervisor cannot address",
  severity: "error",
  scope: "board",
  machines: ["x86"],
  statement:
    "Each CPU has an APIC id of its own, 254 at most, a number other than 255, and its xAPIC works in flat mode.",
  explanation:
    "The hypervisor finds the CPU behind an interrupt by a table of 255 APIC ids. Without x2APIC it delivers logical interrupts by the flat model, in which each CPU is one bit.",
  consequences: {
    range: {
      step: "enable",
      outcome: "refused",
      errno: "ERANGE",
      prints: [" CPU %d... (APIC ID %d) FAILED"],
      text: "The CPU cannot be taken over, and the hypervisor gives up.",
    },
    duplicate: {
      step: "enable",
      outcome: "refused",
      errno: "EBUSY",
      prints: [" CPU %d... (APIC ID %d) FAILED"],
      text: "The second CPU with the id cannot be taken over, and the hypervisor gives up.",
    },
    routing: {
      step: "enable",
      outcome: "refused",
      errno: "EIO",
      prints: [" CPU %d... (APIC ID %d) FAILED"],
      text: "The first CPU finds its destination format register in another mode, and the hypervisor gives up.",
    },
  },
  help: "boot with fewer CPUs (`maxcpus=`), with x2APIC, or with another mode set up by the firmware",
  sources: [
    "hypervisor/arch/x86/apic.c:154",
    "hypervisor/arch/x86/apic.c:156",
    "hypervisor/arch/x86/apic.c:159",
  ],
  after: ["fmt-arch-board", "cpu-beyond-nr-cpus"],
  example: {
    board: "cpus: { apic-ids: [0, 2, 4, 6, 255] }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); cpus 0-4 }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc() }`,
  },
  *find({ board, set }): Iterable<Hit<"range" | "duplicate" | "routing">> {
    const { system } = set;
    const { cpus } = board;
    if (system === null || cpus === null) return;
    const at = system.spot(system.cell.cpus);
    const also = (field: string) => [{ at: onBoard(system, cpus, field), text: "as the board has it" }];
    if (cpus.apicRouting === "cluster" && cpus.apicMode !== "x2apic")
      yield {
        at,
        message: "the xAPICs of the board are in cluster mode",
        also: also("apicRouting"),
        as: "routing",
      };
    const online = cpus.online === null ? null : new Set(cpus.online);
    /** The first CPU with an id. */
    const owners = new Map<number, number>();
    for (const cpu of system.cpus) {
      if (online?.has(cpu) === false) continue;
      if (cpu === invalidCpu)
        yield { at, message: `CPU ${cpu} has the number that stands for no CPU`, as: "range" };
      const id = cpus.apicIds?.[cpu];
      if (id === undefined) continue;
      if (id > lastApicId)
        yield {
          at,
          message: `CPU ${cpu} has the APIC id ${hex(id)}, the last one is ${hex(lastApicId)}`,
          also: also("apicIds"),
          as: "range",
        };
      const owner = owners.get(id);
      if (owner !== undefined)
        yield {
          at,
          message: `CPUs ${owner} and ${cpu} have the same APIC id, ${id}`,
          also: also("apicIds"),
          as: "duplicate",
        };
      else owners.set(id, cpu);
    }
  },
});
