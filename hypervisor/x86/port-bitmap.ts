import type { CellConfig, PortRange } from "../core/config/cell-config.js";

/** The command port of the keyboard controller is always trapped (hypervisor/arch/x86/i8042.c). */
export const i8042CommandPort = 0x64;

/** Ports are 65536; the bitmap of AMD has a third page, that of Intel ends there. */
const bitsPerPage = 8 * 4096;

/**
 * Which ports of a cell are trapped: all but those of its config (hypervisor/arch/x86/vcpu.c:84-180). A range that leaves
 * the bitmap writes beyond it in the real hypervisor; here it says so by {@link overflows}.
 */
export class PortBitmap {
  private readonly trapped: Uint8Array;
  /** The config has the command port of the keyboard controller: what is written to it is looked at, not refused. */
  readonly allowsI8042: boolean;
  overflows = false;

  /** @param pages of the bitmap: 2 on Intel, 3 on AMD */
  constructor(pages: number, config: CellConfig, pmTimer: number) {
    this.trapped = new Uint8Array(pages * bitsPerPage).fill(1);
    for (const range of config.portRanges) this.set(range, 0);
    this.allowsI8042 = config.portRanges.some(({ base, length }) => holds(base, length, i8042CommandPort));
    this.trapped[i8042CommandPort] = 1;
    if (pmTimer !== 0) this.trapped.fill(0, pmTimer, pmTimer + 4);
  }

  /** Takes the ports of a new cell from the root cell, whatever other cells have. */
  take(ranges: readonly PortRange[]): void {
    for (const range of ranges) this.set(range, 1);
  }

  /** Gives ports back to the root cell, as far as its config has them: the command port of the keyboard controller, too. */
  giveBack(ranges: readonly PortRange[], own: readonly PortRange[]): void {
    for (const range of ranges) {
      for (const known of own) {
        const base = Math.max(range.base, known.base);
        const end = Math.min(range.base + range.length, known.base + known.length);
        if (base < end) this.set({ base, length: end - base }, 0);
      }
    }
  }

  private set({ base, length }: PortRange, value: 0 | 1): void {
    if (base + length > this.trapped.length) this.overflows = true;
    this.trapped.fill(value, base, base + length);
  }

  isTrapped(port: number): boolean {
    return this.trapped[port] !== 0;
  }

  /** Runs of ports that are not trapped: first port, and how many. */
  openRuns(): readonly (readonly [number, number])[] {
    const runs: [number, number][] = [];
    for (let port = 0; port < 0x1_0000; port++) {
      if (this.isTrapped(port)) continue;
      const last = runs.at(-1);
      if (last !== undefined && last[0] + last[1] === port) last[1]++;
      else runs.push([port, 1]);
    }
    return runs;
  }
}

function holds(base: number, length: number, port: number): boolean {
  return base <= port && base + length > port;
}
