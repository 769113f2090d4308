/** A range of ports, or the ports of a bitmap. */
export interface NaiveRange {
  readonly base: number;
  readonly length: number;
}

export interface NaivePortAccess {
  readonly port: number;
  readonly size: 1 | 2 | 4;
  /** Null for a read. */
  readonly written: number | null;
}

/** What an access comes to: it reaches the hardware, it is answered with a value, or it is told and the CPU parked. */
export type NaivePortOutcome =
  | { readonly kind: "hardware" }
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "fatal"; readonly text: string };

const commandPort = 0x64;

/**
 * Ports of cells that have no devices, as hypervisor/arch/x86/vcpu.c:84-250, pci.c:163-215 and i8042.c say it: sets of ports that
 * are open, changed when cells come and go.
 */
export class NaivePorts {
  private readonly cells = new Map<number, NaivePortsOfCell>();

  constructor(
    private readonly rootRanges: readonly NaiveRange[],
    private readonly pmTimer: number,
  ) {
    this.cells.set(0, new NaivePortsOfCell(rootRanges, pmTimer));
  }

  create(id: number, ranges: readonly NaiveRange[]): void {
    this.cells.set(id, new NaivePortsOfCell(ranges, this.pmTimer));
    for (const port of portsOf(ranges)) this.of(0).open.delete(port);
  }

  destroy(id: number): void {
    const roots = new Set(portsOf(this.rootRanges));
    for (const port of portsOf(this.of(id).ranges)) if (roots.has(port)) this.of(0).open.add(port);
    this.cells.delete(id);
  }

  private of(id: number): NaivePortsOfCell {
    return this.cells.get(id)!;
  }

  access(id: number, access: NaivePortAccess): NaivePortOutcome {
    const cell = this.of(id);
    const { port, size } = access;
    let isOpen = true;
    for (let each = port; each < port + size; each++) isOpen &&= cell.open.has(each);
    if (isOpen) return { kind: "hardware" };
    if (port === 0xcf8) return cell.accessAddress(access);
    if (port >= 0xcfc && port <= 0xcff) return cell.accessData(access);
    if (port === commandPort && cell.mayCommand) return accessKeyboard(access);
    if (port === 0x80 && size === 1) return { kind: "nothing" };
    const direction = access.written === null ? "read" : "write";
    return fatal(`Invalid PIO ${direction}, port: ${port.toString(16)} size: ${size}`);
  }
}

class NaivePortsOfCell {
  readonly open: Set<number>;
  readonly mayCommand: boolean;
  private address = 0;

  constructor(
    readonly ranges: readonly NaiveRange[],
    pmTimer: number,
  ) {
    this.open = new Set(portsOf(ranges));
    this.mayCommand = this.open.delete(commandPort);
    if (pmTimer !== 0) for (let index = 0; index < 4; index++) this.open.add(pmTimer + index);
  }

  accessAddress(access: NaivePortAccess): NaivePortOutcome {
    if (access.size !== 4) return wrongConfigAccess(access);
    if (access.written === null) return { kind: "value", value: this.address };
    this.address = access.written;
    return { kind: "nothing" };
  }

  /** Of devices that the cell does not have: all ones, or a write that is refused. */
  accessData(access: NaivePortAccess): NaivePortOutcome {
    const { port, size, written } = access;
    if (port + size > 0xd00) return wrongConfigAccess(access);
    if (written === null) return { kind: "value", value: 2 ** (8 * size) - 1 };
    const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
    const [bus, devfn] = [(this.address >>> 16) & 0xff, (this.address >>> 8) & 0xff];
    const bdf = `${hex(bus, 2)}:${hex(devfn >> 3, 2)}.${devfn & 7}`;
    const register = hex((this.address & 0xfc) + port - 0xcfc, 1);
    return fatal(`Invalid PCI config write, device ${bdf}, reg: 0x${register}, size: ${size}`);
  }
}

function accessKeyboard({ size, written }: NaivePortAccess): NaivePortOutcome {
  const isReset = written !== null && (written === 0xd1 || written >= 0xf0);
  if (size !== 1 || isReset) return fatal("Invalid write to i8042 controller port");
  return { kind: "hardware" };
}

function wrongConfigAccess({ port, size, written }: NaivePortAccess): NaivePortOutcome {
  const direction = written === null ? "read" : "write";
  return fatal(`Invalid PCI config ${direction}, port: 0x${port.toString(16)}, size: ${size}`);
}

function fatal(text: string): NaivePortOutcome {
  return { kind: "fatal", text: `FATAL: ${text}` };
}

function portsOf(ranges: readonly NaiveRange[]): readonly number[] {
  return ranges.flatMap(({ base, length }) => Array.from({ length }, (_, index) => base + index));
}
