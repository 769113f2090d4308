import { type CellConfig, cellFlags, memory } from "../core/config/cell-config.js";
import { messages, replies } from "../core/control/messages.js";
import type { GuestCpu } from "../run/guest-cpu.js";
import { type Program, relax, type Steps } from "../run/program.js";

/** Places of the communication region (include/jailhouse/hypercall.h:92-140). */
const places = { messageToCell: 12, replyFromCell: 16 } as const;
const noMessage = 0;

/** What a cell does in a trial while nothing is asked of it: it agrees to whatever the hypervisor asks. */
export function idleProgram(config: CellConfig | null): Program<GuestCpu> {
  const region = config === null ? undefined : commRegionOf(config);
  return function* (cpu): Steps {
    if (region === undefined) return;
    for (;;) {
      yield relax;
      answer(cpu, region);
    }
  };
}

/** Null where the cell is not asked, or could not answer. */
function commRegionOf({ flags, memoryRegions }: CellConfig): number | undefined {
  if ((flags & cellFlags.passiveCommRegion) !== 0) return undefined;
  const needed = memory.commRegion | memory.read | memory.write;
  const region = memoryRegions.find((each) => (each.flags & needed) === needed);
  return region === undefined || region.virtStart >= 2n ** 48n ? undefined : Number(region.virtStart);
}

/** The message counts as taken first. */
function answer(cpu: GuestCpu, region: number): void {
  const message = cpu.read32(region + places.messageToCell);
  if (message === noMessage) return;
  cpu.write32(region + places.messageToCell, noMessage);
  const reply = message === messages.shutdownRequest ? replies.requestApproved : replies.received;
  cpu.write32(region + places.replyFromCell, reply);
}
