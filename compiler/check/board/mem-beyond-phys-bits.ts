import { defineRule } from "../define-rule.js";
import { onBoard } from "../facts/board.js";
import { physicalRange } from "../facts/board-memory.js";
import type { Interval } from "../facts/intervals.js";
import { rangeText, regionText } from "../words.js";

export const memBeyondPhysBits = defineRule({
  id: "mem-beyond-phys-bits",
  family: "board",
  title: "Address that the processor does not have",
  severity: "error",
  scope: "board",
  statement: "Physical addresses have no more bits than the processor's.",
  explanation:
    "Entries of page tables have room for more address bits than a processor may implement; the others have to be zero. The hypervisor writes what the config says without a look at the processor.",
  consequences: {
    fault: {
      step: "run",
      outcome: "parked",
      text: "The config is accepted. The first access through such an entry ends in a fault that nobody expects, and the CPU stops.",
    },
  },
  help: "correct the address: the board can have nothing there",
  sources: ["hypervisor/paging.c:289", "hypervisor/arch/arm-common/mmu_cell.c:19"],
  after: ["fmt-arch-board", "mem-addr-range"],
  example: {
    board: "cpus: { address-bits: 36 }",
    wrong: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0x10_0000_0000 size 4K rw }`,
    right: `import "machines/intel-pc.jail"
system pc { use intel-pc(); memory at 0xf_ffff_f000 size 4K rw }`,
  },
  *find({ board, set }) {
    const bits = board.cpus?.addressBits ?? null;
    if (bits === null) return;
    const end = 1n << BigInt(bits);
    const isBeyond = (range: Interval): boolean => range.end > end;
    for (const config of set.all) {
      const also = [{ at: onBoard(config, board.cpus!, "addressBits"), text: `${bits} bits here` }];
      const memory = config.system?.hypervisorMemory;
      const range = memory === undefined ? undefined : physicalRange(memory);
      if (range !== undefined && isBeyond(range))
        yield {
          at: config.spot(memory!),
          message: `the hypervisor's memory, ${rangeText(range)}, does not fit into ${bits} bits`,
          also,
        };
      for (const region of config.regions) {
        if (!region.hasPhysical || !isBeyond(region.phys)) continue;
        yield {
          at: region.spot("physStart"),
          message: `${rangeText(region.phys)} of ${regionText(region)} does not fit into ${bits} bits`,
          also,
        };
      }
    }
  },
});
