import { consoleFlags } from "../config/cell-config.js";
import type { Hypervisor } from "../hypervisor.js";
import { HypervisorFault } from "../refusal.js";

/** `JAILHOUSE_CON_TYPE_EFIFB`, and the first and last one of those that ARM has drivers for (include/jailhouse/console.h:43-53). */
const frameBuffer = 1;
const [firstUart, lastUart] = [2, 10];

/**
 * A console that is printed to where nothing is mapped: a frame buffer of x86 that is not accessed as memory
 * (arch/x86/efifb.c:53), from the first line on; on ARM64 one of no size, when the hypervisor's own tables are in use.
 *
 * @throws HypervisorFault
 */
export function checkConsole({ setup }: Hypervisor, when: "first line" | "own tables"): void {
  const { type, flags, size } = setup.config.debugConsole;
  const isMapped = (flags & consoleFlags.mmio) !== 0;
  const { architecture } = setup.machine;
  const isLost =
    when === "first line"
      ? architecture === "x86" && type === frameBuffer && !isMapped
      : architecture === "arm64" && isMapped && size === 0 && type >= firstUart && type <= lastUart;
  if (isLost) throw new HypervisorFault(null, "access to the console, where nothing is mapped");
}
