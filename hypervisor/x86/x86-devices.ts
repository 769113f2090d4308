import { consoleFlags, type SystemConfig } from "../core/config/cell-config.js";
import { AcpiEvents } from "../machine/acpi-events.js";
import { type CardMemory, E1000 } from "../machine/e1000.js";
import { EthernetSegment } from "../machine/ethernet-segment.js";
import { HdAudio } from "../machine/hd-audio.js";
import type { IoApic } from "../machine/io-apic.js";
import { addLegacyDevices } from "../machine/legacy-devices.js";
import { LocalApic, type ProcessorClocks } from "../machine/local-apic.js";
import { LocalApicBus } from "../machine/local-apic-bus.js";
import type { Machine } from "../machine/machine.js";
import { PmTimer } from "../machine/pm-timer.js";
import { Uart8250 } from "../machine/uart-8250.js";
import type { Scheduler } from "../run/scheduler.js";
import type { DmaAccess } from "./dma-access.js";
import { HardwareInterrupts } from "./hardware-interrupts.js";
import { IoApicPins } from "./io-apic-pins.js";

/** The serial lines that PCs have. */
const commonLines = [0x3f8, 0x2f8, 0x3e8, 0x2e8];
const linePorts = 8;
/** Fixed events of ACPI are so many ports before the timer in the chipsets that upstream's configs are for. */
const acpiDistance = 8;
const acpiPorts = 4;
const acpiPin = 9;
const pciHeader = { vendor: 0x00, device: 0x02, firstBar: 0x10 } as const;
/** `JAILHOUSE_CON_TYPE_8250`. */
const uart8250 = 2;

/** The devices of an x86 machine that act by themselves or keep time: they are there with any hypervisor, and without. */
export class X86Devices {
  readonly bus = new LocalApicBus();
  readonly interrupts: HardwareInterrupts;
  /** How a hypervisor lets devices reach memory; null before the first one. */
  dma: DmaAccess | null = null;
  private readonly segment: EthernetSegment;
  private readonly pins: readonly IoApicPins[];
  private readonly lines = new Map<number, Uart8250>();

  constructor(
    readonly machine: Machine,
    private readonly config: SystemConfig,
    readonly scheduler: Scheduler,
    readonly clocks: ProcessorClocks,
  ) {
    this.segment = new EthernetSegment(scheduler);
    addLegacyDevices(machine.ports);
    for (const base of commonLines) this.addLine(base);
    const { pmTimerAddress } = config.x86;
    if (pmTimerAddress !== 0)
      machine.ports.add(pmTimerAddress, 4, new PmTimer(pmTimerAddress, scheduler, 24));
    this.interrupts = new HardwareInterrupts(machine);
    this.pins = machine.ioApics.map((chip) => new IoApicPins(chip, this.sourceOf(chip), this.interrupts));
    if (pmTimerAddress >= acpiDistance) this.addAcpiEvents(pmTimerAddress - acpiDistance);
    for (const { id, hardwareId } of machine.cpus) {
      const wake = (): void => scheduler.wake(id);
      const apic = new LocalApic(hardwareId, id, scheduler, clocks, machine.usesX2apic, wake);
      apic.onEnd = (vector) => {
        for (const pins of this.pins) pins.endInterrupt(vector);
      };
      this.bus.add(id, apic);
    }
    machine.interrupts.attach(this.bus);
  }

  /** What requests of a chip are known by: the id of the root cell's config. */
  private sourceOf({ address }: IoApic): number {
    const known = this.config.rootCell.irqchips.find((each) => Number(each.address) === address);
    return (known?.id ?? 0) & 0xffff;
  }

  /** Their interrupt is pin 9 of the first I/O APIC, as on all PCs. */
  private addAcpiEvents(base: number): void {
    const setLine = (isHigh: boolean): void => this.pins[0]?.set(acpiPin, isHigh);
    this.machine.ports.add(base, acpiPorts, new AcpiEvents(base, this.scheduler, setLine));
  }

  /** Puts a controller of HD audio in the place of a function of the machine, before any hypervisor is enabled. */
  addHdAudio(bdf: number, address: number): void {
    const { pci, memory } = this.machine;
    memory.addDevice(address, HdAudio.size, new HdAudio(() => this.interrupts.sendMsi(bdf)));
    const header = new DataView(pci.at(bdf)!.bytes.buffer);
    header.setUint16(pciHeader.vendor, HdAudio.vendor, true);
    header.setUint16(pciHeader.device, HdAudio.device, true);
    header.setUint32(pciHeader.firstBar, address, true);
  }

  private addLine(base: number): Uart8250 {
    const line = new Uart8250(base);
    this.machine.ports.add(base, linePorts, line);
    this.lines.set(base, line);
    return line;
  }

  /** Puts a network card in the place of a function, likewise. @param mac six bytes */
  addNetworkCard(bdf: number, address: number, mac: Uint8Array): void {
    const card = new E1000(this.memoryOf(bdf), mac, this.segment);
    this.machine.memory.addDevice(address, E1000.size, card);
    const header = new DataView(this.machine.pci.at(bdf)!.bytes.buffer);
    header.setUint16(pciHeader.vendor, E1000.vendor, true);
    header.setUint16(pciHeader.device, E1000.device, true);
    header.setUint32(pciHeader.firstBar, address, true);
  }

  /** Without a hypervisor, and without an IOMMU, physical memory. */
  private memoryOf(bdf: number): CardMemory {
    const { memory } = this.machine;
    return {
      read: (address, length) =>
        this.dma === null ? memory.readBytes(address, length) : this.dma.read(bdf, address, length),
      write: (address, bytes) => {
        if (this.dma !== null) return this.dma.write(bdf, address, bytes);
        memory.writeBytes(address, bytes);
        return true;
      },
    };
  }

  /** The serial line at a port; null where none is. */
  line(base: number): Uart8250 | null {
    return this.lines.get(base) ?? null;
  }

  get serialLines(): readonly Uart8250[] {
    return [...this.lines.values()];
  }

  /** The serial line of the hypervisor; null if it has none at ports. */
  get console(): Uart8250 | null {
    const { type, flags, address } = this.config.debugConsole;
    if (type !== uart8250 || (flags & consoleFlags.mmio) !== 0) return null;
    return this.line(Number(address)) ?? this.addLine(Number(address));
  }

  /** What the hypervisor prints goes out on its serial line. */
  sendConsole(text: string): void {
    this.console?.send(text.replaceAll("\n", "\r\n"), "hypervisor");
  }
}
