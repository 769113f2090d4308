import { type CpuExits, x86Counters } from "./cpu-exits.js";

/** Bits of CR0 and CR4 that matter here. */
export const controlBits = {
  protection: 0x1n,
  monitor: 0x2n,
  taskSwitched: 0x8n,
  extensionType: 0x10n,
  numericError: 0x20n,
  writeProtect: 0x1_0000n,
  notWriteThrough: 0x2000_0000n,
  cacheDisable: 0x4000_0000n,
  paging: 0x8000_0000n,
  physicalExtension: 0x20n,
  osFxsr: 0x200n,
  vmx: 0x2000n,
  osXsave: 0x4_0000n,
} as const;

/** State components that XSAVE knows: x87 and SSE. */
export const xstate = { x87: 0x1n, all: 0x3n } as const;

const afterReset = controlBits.extensionType | controlBits.notWriteThrough | controlBits.cacheDisable;

/** Control registers of a cell's CPU (hypervisor/arch/x86/vmx.c:178-215, 955-990, svm.c:735-775). */
export class ControlRegisters {
  private zero: bigint = afterReset;
  private four: bigint;
  private xcr0: bigint = xstate.x87;

  /** @param fault raised where the processor itself refuses a value */
  constructor(
    private readonly exits: CpuExits,
    private readonly fault: () => never,
  ) {
    this.four = this.isIntel ? controlBits.vmx : 0n;
  }

  private get isIntel(): boolean {
    return this.exits.hypervisor.machine.vendor === "intel";
  }

  get cr0(): bigint {
    return this.zero;
  }

  get cr4(): bigint {
    return this.four;
  }

  /** Intel comes here only for what VMX demands of the register, AMD for all but two bits. */
  set cr0(value: bigint) {
    const changed = this.zero ^ value;
    const { numericError, monitor, taskSwitched } = controlBits;
    const isTrapped = this.isIntel
      ? (changed & numericError) !== 0n
      : (changed & ~(monitor | taskSwitched)) !== 0n;
    if (isTrapped) this.exits.enter(x86Counters.cr);
    this.zero = value;
  }

  /** The bit that shows a hypervisor on Intel stays. */
  set cr4(value: bigint) {
    if (this.isIntel && ((this.four ^ value) & controlBits.vmx) !== 0n) this.exits.enter(x86Counters.cr);
    this.four = this.isIntel ? value | controlBits.vmx : value;
  }

  /** Only with the bit of CR4 that says that the system knows of it. */
  readXcr0(): bigint {
    return (this.four & controlBits.osXsave) === 0n ? this.fault() : this.xcr0;
  }

  /** @param index, value as the registers have them: 32 bits, and two halves of 32 bits */
  writeXcr(index: number, high: number, low: number): void {
    const isAllowed =
      (this.four & controlBits.osXsave) !== 0n &&
      (BigInt(low) & xstate.x87) !== 0n &&
      (BigInt(low) & ~xstate.all) === 0n &&
      index === 0 &&
      high === 0;
    if (this.isIntel) this.exits.enter(x86Counters.xsetbv);
    if (isAllowed) this.xcr0 = BigInt(low);
    else if (this.isIntel) this.refuse(index, high, low);
    else this.fault();
  }

  private refuse(index: number, high: number, low: number): never {
    const words = [high, low].map((word) => word.toString(16).padStart(8, "0"));
    this.exits.hypervisor.print(`FATAL: Invalid xsetbv parameters: xcr[${index}] = ${words.join(":")}\n`);
    return this.exits.park({ kind: "control-register", direction: "write", number: index });
  }
}
