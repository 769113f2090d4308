/** An interrupt that is sent to a processor, or what happens to the processor instead. */
export interface NaiveSent {
  readonly cpu: number;
  readonly vector: number;
  /** 0 is fixed, 1 lowest priority. */
  readonly mode: number;
}

/** What a command comes to: interrupts, lines that are printed, and whether the CPU is parked for it. */
export interface NaiveCommandOutcome {
  readonly sent: readonly NaiveSent[];
  readonly lines: readonly string[];
  readonly isFatal: boolean;
}

const modes = ["fixed", "lowest", "smi", "reserved", "nmi", "init", "sipi", "extint"] as const;
const shorthands = ["none", "self", "all", "others"] as const;

/**
 * Commands of local APICs (hypervisor/arch/x86/apic.c:380-490, control.c:134-228): a list of targets, one after the other. APIC
 * ids are the numbers of CPUs.
 */
export class NaiveCommands {
  /** CPUs that wait for a start. */
  readonly waiting = new Set<number>();
  /** CPUs that have been parked: they wait for more than a start. */
  private readonly failed = new Set<number>();

  /** @param cells the CPUs of each cell */
  constructor(
    private readonly cells: readonly (readonly number[])[],
    private readonly usesX2apic: boolean,
  ) {}

  /** @param low, high words of the command; the destination as x2APIC has it */
  send(sender: number, low: number, high: number): NaiveCommandOutcome {
    const mode = modes[(low >> 8) & 7]!;
    const shorthand = shorthands[(low >> 18) & 3]!;
    const isAllowed =
      mode === "fixed" ||
      (["lowest", "nmi", "init", "sipi"].includes(mode) && (shorthand === "none" || shorthand === "others"));
    if (!isAllowed) {
      const line = `FATAL: Unsupported/invalid APIC delivery mode, ICR.lo=${low.toString(16)}`;
      return { sent: [], lines: [line], isFatal: true };
    }
    const cell = this.cells.find((cpus) => cpus.includes(sender))!;
    const sent: NaiveSent[] = [];
    const lines: string[] = [];
    for (const target of this.targetsOf(sender, cell, shorthand, low, high)) {
      if (!cell.includes(target)) {
        const hi = (shorthand === "none" ? high : 0).toString(16);
        lines.push(`WARNING: CPU ${sender} specified IPI destination outside cell boundaries, ICR.hi=${hi}`);
      } else if (mode === "nmi") {
        lines.push(`Ignoring NMI IPI to CPU ${target}`);
      } else if (mode === "init") {
        this.waiting.add(target);
      } else if (mode === "sipi") {
        if (!this.failed.has(target) && this.waiting.delete(target)) {
          lines.push(`CPU ${target} received SIPI, vector ${(low & 0xff).toString(16)}`);
        }
      } else {
        sent.push({ cpu: target, vector: low & 0xff, mode: modes.indexOf(mode) });
      }
    }
    return { sent, lines, isFatal: false };
  }

  park(cpu: number): void {
    this.failed.add(cpu);
    this.waiting.add(cpu);
  }

  /** The cell of the CPU is started anew. */
  restart(cpu: number): void {
    this.failed.delete(cpu);
    this.waiting.delete(cpu);
  }

  private targetsOf(
    sender: number,
    cell: readonly number[],
    shorthand: (typeof shorthands)[number],
    low: number,
    high: number,
  ): readonly number[] {
    if (shorthand === "self") return [sender];
    if (shorthand === "all") return cell;
    if (shorthand === "others") return cell.filter((cpu) => cpu !== sender);
    if ((low & 0x800) === 0) return [high];
    const bits = Array.from({ length: this.usesX2apic ? 16 : 32 }, (_, bit) => bit);
    const named = bits.filter((bit) => ((high >>> bit) & 1) === 1);
    return this.usesX2apic ? named.map((bit) => bit + (high >>> 16) * 16) : named;
  }
}

/** Bits of the registers of a local APIC in its page that may not be set; all of those that are not named. */
function reservedBits(register: number): number {
  if (register === 0x02 || register === 0x0b || register === 0x0d || register === 0x0e || register === 0x38)
    return 0;
  if (register === 0x08) return 0xffff_ff00;
  if (register === 0x0f) return 0xffff_fc00;
  if (register === 0x2f || register === 0x33 || register === 0x34) return 0xfffe_e800;
  if (register === 0x30) return 0xfff3_3000;
  if (register === 0x31) return 0x00ff_ffff;
  if (register === 0x32) return 0xfff8_ef00;
  if (register === 0x35 || register === 0x36) return 0xfff0_e800;
  if (register === 0x37) return 0xfffe_ef00;
  if (register === 0x3e) return 0xffff_fff4;
  if (register >= 0x50 && register <= 0x53) return 0xffff_f800 & ~0x1_0000;
  return 0xffff_ffff;
}

/**
 * Why a CPU may not write this to its APIC's page (apic.c:28-59, 505-560), besides commands.
 *
 * @returns a line, the empty text where the register is none, null where it may
 */
export function wrongApicWrite(cpu: number, register: number, value: number): string | null {
  const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");
  const told = `(reg ${hex(register, 2)}, value ${hex(value, 8)})`;
  if (register >= 0x54) return "";
  if ((reservedBits(register) & value) !== 0) return `FATAL: Trying to set reserved APIC bits ${told}`;
  if (register === 0x0d && value !== 2 ** (24 + cpu))
    return `FATAL: Unsupported change to LDR: ${hex(value, 1)}`;
  if (register === 0x0e && value !== 0xffff_ffff) return `FATAL: Unsupported change to DFR: ${hex(value, 1)}`;
  const isLocalVector = (register >= 0x2f && register <= 0x37 && register !== 0x30) || register >= 0x50;
  const mode = (value >> 8) & 7;
  const isMasked = (value & 0x1_0000) !== 0;
  if (isLocalVector && !isMasked && mode !== 0 && mode !== 4) {
    return `FATAL: Setting invalid LVT delivery mode ${told}`;
  }
  return null;
}
