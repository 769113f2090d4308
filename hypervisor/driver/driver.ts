import type { Profile } from "../../schema/layout/types.js";
import type { HypervisorBuild } from "../core/build.js";
import { linksLeftOut } from "../core/config/as-on-machine.js";
import type { CellConfig, SystemConfig } from "../core/config/cell-config.js";
import { readCellHeader, readSystemConfig, readSystemHeader } from "../core/config/read-config.js";
import { termsOf } from "../core/config/revision-terms.js";
import { enableHypervisor } from "../core/enable/enable.js";
import { errnoOf } from "../core/errno.js";
import { hypercall, hypercalls } from "../core/hypercall.js";
import type { Hypervisor, World } from "../core/hypervisor.js";
import { HypervisorFault, MachineHang, Refusal } from "../core/refusal.js";
import { BusError } from "../machine/bus-error.js";
import type { Machine } from "../machine/machine.js";
import { MemoryExhausted } from "../machine/physical-memory.js";
import { driverCellOf, isCellForMachine, placeConfig, takesMemoryOfLinux } from "./cell-setup.js";
import { ClaimedDevices } from "./claimed-devices.js";
import { ConfigFile } from "./config-file.js";
import { ConsoleReader } from "./console-reader.js";
import { type CellId, type DriverCell, unusedId } from "./driver-cell.js";
import type { DriverView } from "./driver-view.js";
import {
  checkConfigIsThere,
  checkHypervisorMemory,
  checkIdentity,
  checkKernel,
  checkMemoryIsThere,
  type Judge,
  prepareConsole,
} from "./enable-checks.js";
import { KeptConsoles } from "./kept-consoles.js";
import { hasMemory, type KernelSettings, usualKernel } from "./kernel.js";
import { KernelLog } from "./kernel-log.js";
import { loadImage, type PreloadImage } from "./load-image.js";
import { buildFor, maxCpusOf, newHypervisor, refuseTooLittleMemory } from "./new-hypervisor.js";
import { RootCpus } from "./root-cpus.js";
import { Sysfs } from "./sysfs.js";
import { addVirtualDevices } from "./virtual-root-devices.js";

export interface DriverOptions {
  readonly machine: Machine;
  /** The revision that the driver was built for: configs of others are refused. */
  readonly profile: Profile;
  readonly world: World;
  readonly build?: HypervisorBuild;
  readonly kernel?: Partial<KernelSettings>;
  /** The order in which CPUs call the hypervisor when it is enabled and disabled; without a word as they are online. */
  readonly entryOrder?: (online: readonly number[]) => readonly number[];
  readonly traceErrors?: boolean;
  /** What no real machine would say: what of a config is not simulated. */
  readonly note?: (line: string) => void;
  /** Told of each hypervisor before CPUs enter it. */
  readonly onLoad?: (hypervisor: Hypervisor) => void;
  /** Told of each operation that is refused. */
  readonly onRefusal?: (refusal: Refusal) => void;
}

/**
 * The kernel module, without a kernel: what `/dev/jailhouse` takes as ioctl, with its checks in their order (driver/main.c,
 * driver/cell.c). An operation throws
 *
 * - `Refusal` with the errno that the ioctl returns,
 * - `MachineHang` or `HypervisorFault` where it never returns; so does every later one.
 */
export class JailhouseDriver implements DriverView {
  readonly log = new KernelLog();
  readonly sysfs = new Sysfs(this);
  readonly kernel: KernelSettings;
  readonly cpus: RootCpus;
  readonly consoles = new KeptConsoles();
  private readonly devices: ClaimedDevices;
  private readonly judge: Judge;
  private loaded: Hypervisor | null = null;
  private isEnabled = false;
  private list: DriverCell[] = [];
  private ended: MachineHang | HypervisorFault | null = null;

  constructor(private readonly options: DriverOptions) {
    this.kernel = { ...usualKernel, ...options.kernel };
    this.cpus = new RootCpus(options.machine, this.kernel, this.log, () => this.hypervisor);
    this.devices = new ClaimedDevices(options.machine, this.log);
    this.judge = { machine: options.machine, kernel: this.kernel, log: this.log };
  }

  get machine(): Machine {
    return this.options.machine;
  }

  /** Null while nothing is enabled. */
  get hypervisor(): Hypervisor | null {
    return this.isEnabled ? this.loaded : null;
  }

  /** The hypervisor whose memory the kernel still has mapped, also after it was disabled. */
  get loadedHypervisor(): Hypervisor | null {
    return this.loaded;
  }

  /** The root cell first. */
  get cells(): readonly DriverCell[] {
    return this.list;
  }

  /** Why the machine does not go on; null while it does. */
  get end(): MachineHang | HypervisorFault | null {
    return this.ended ?? this.options.world.end ?? null;
  }

  /** Something that no operation has begun stops the machine: it does not go on. */
  endWith(end: MachineHang | HypervisorFault): void {
    this.ended ??= end;
  }

  /** What the hypervisor prints to its serial line, as it comes. @returns what ends it */
  listenToSerial(listener: (text: string) => void): () => void {
    return this.consoles.listen(listener);
  }

  /** @throws what ended the machine */
  openConsole(): ConsoleReader {
    this.throwEnd();
    return new ConsoleReader(this.consoles);
  }

  /** `JAILHOUSE_ENABLE`. */
  enable(bytes: Uint8Array): void {
    this.run(() => {
      const { profile } = this.options;
      const file = new ConfigFile(bytes, profile, "system");
      checkIdentity(this.judge, file);
      if (this.isEnabled) throw new Refusal("EBUSY");
      checkKernel(this.judge);
      const whole = new Uint8Array(Math.max(bytes.length, file.headerSize));
      whole.set(bytes);
      const header = readSystemHeader(whole, profile, this.machine);
      refuseTooLittleMemory(this.build, header);
      this.loaded = null;
      checkHypervisorMemory(this.judge, header);
      // Kernels of ARM take an abort as they clear it; on x86 nobody notices before CPUs enter it.
      if (this.machine.architecture !== "x86") checkMemoryIsThere(this.judge, header);
      this.consoles.forget();
      checkConfigIsThere(file, header.totalSize);
      const config = this.withFrequencies(readSystemConfig(whole, profile, this.machine));
      this.noteLinks(readSystemHeader(whole, profile).rootCell);
      prepareConsole(this.judge, config.debugConsole);
      const root = driverCellOf(this.judge, file, config.rootCell, [], this.cpus.limit);
      this.enter(config);
      this.list = [root];
      this.isEnabled = true;
      this.consoles.open();
      addVirtualDevices(config, this.kernel, this.log);
      this.log.add("The Jailhouse is opening.");
    });
  }

  private get build(): HypervisorBuild {
    return this.options.build ?? buildFor(this.machine);
  }

  private withFrequencies(config: SystemConfig): SystemConfig {
    if (this.machine.architecture !== "x86") return config;
    const { tscKhz, apicKhz } = config.x86;
    const x86 = {
      ...config.x86,
      tscKhz: tscKhz || this.kernel.tscKhz,
      apicKhz: apicKhz || this.kernel.apicKhz,
    };
    return { ...config, x86 };
  }

  /** All online CPUs call the hypervisor; it waits for as many as are online (driver/main.c:590-612, hypervisor/setup.c:222). */
  private enter(config: SystemConfig): void {
    const { machine, profile, world, traceErrors = false } = this.options;
    const { build } = this;
    const console = this.consoles.begin(config);
    const beyond = this.cpus.online.find((cpu) => cpu >= maxCpusOf(config));
    if (beyond !== undefined) {
      throw new MachineHang(
        `CPU ${beyond} is online and has no place in the root cell: the others wait in the hypervisor for it`,
      );
    }
    checkMemoryIsThere(this.judge, config);
    this.loaded = newHypervisor(machine, config, profile, console, world, { traceErrors, build });
    this.options.onLoad?.(this.loaded);
    try {
      enableHypervisor(this.loaded, this.entryOrder);
    } catch (error) {
      if (error instanceof Refusal) {
        this.consoles.end();
        this.loaded = null;
      }
      throw error;
    }
    if (!hasMemory(this.loaded, this.kernel)) {
      throw new MachineHang("the root cell has no memory that Linux could go on with: its CPUs are parked");
    }
  }

  private get entryOrder(): readonly number[] {
    const { online } = this.cpus;
    return this.options.entryOrder?.(online) ?? online;
  }

  /** `JAILHOUSE_DISABLE`: ends all cells first, in the order of their creation (driver/main.c:682-745). */
  disable(): void {
    this.run(() => {
      this.refuseUnlessEnabled();
      for (const cell of this.list.slice(1)) {
        try {
          this.endCell(cell);
        } catch (error) {
          if (error instanceof Refusal) this.log.add(`Jailhouse: failed to destroy cell "${cell.name}"`);
          throw error;
        }
      }
      if (this.cpus.online.length !== this.rootCell.cpus.size) throw new Refusal("EBUSY");
      for (const cpu of this.entryOrder) this.callFrom(cpu, hypercalls.disable, 0);
      this.consoles.end();
      this.list = [];
      this.isEnabled = false;
      this.log.add("The Jailhouse was closed.");
    });
  }

  /** `JAILHOUSE_CELL_CREATE`. A config for another architecture is not refused: nothing happens (driver/cell.c:189-192). */
  createCell(bytes: Uint8Array): void {
    this.run(() => {
      const { profile } = this.options;
      const file = new ConfigFile(bytes, profile, "cell");
      if (!isCellForMachine(this.judge, file)) return;
      this.refuseUnlessEnabled();
      if (this.list.some(({ name }) => name === file.cellName)) throw new Refusal("EEXIST");
      const config = readCellHeader(bytes, profile, this.machine);
      this.noteLinks(readCellHeader(bytes, profile));
      const cell = driverCellOf(this.judge, file, config, this.list, this.cpus.limit);
      if ([...cell.cpus].some((cpu) => !this.rootCell.cpus.has(cpu))) throw new Refusal("EBUSY");
      this.handOver(cell, file);
      this.list.push(cell);
      this.log.add(`Created Jailhouse cell "${cell.name}"`);
      if (takesMemoryOfLinux(cell, this.kernel)) {
        throw new MachineHang(`cell "${cell.name}" has memory that Linux uses: its CPUs are parked`);
      }
    });
  }

  private noteLinks(cell: CellConfig): void {
    const { profile, note = () => {} } = this.options;
    const count = linksLeftOut(cell, termsOf(profile));
    if (count === 0) return;
    const links = count === 1 ? "a link" : `${count} links`;
    note(`${links} of cell "${cell.name}" left out: shared memory of ${profile.id} was another device`);
  }

  /** Linux gives up CPUs and devices, and gets the CPUs back if the hypervisor refuses; the devices stay claimed. */
  private handOver(cell: DriverCell, file: ConfigFile): void {
    try {
      for (const cpu of cell.cpus) this.giveUp(cpu);
      this.devices.claim(cell.pciDevices);
      const bytes = file.forHypervisor(cell.id);
      this.call(hypercalls.cellCreate, placeConfig(this.loaded!, this.kernel, bytes));
    } catch (error) {
      if (error instanceof Refusal || error instanceof MemoryExhausted) this.takeBack(cell);
      throw error;
    }
  }

  private giveUp(cpu: number): void {
    if (cpu === 0 && this.machine.architecture === "x86") {
      this.log.add("Cannot assign CPU 0 to other cells");
      throw new Refusal("EINVAL");
    }
    this.cpus.giveUp(cpu);
    this.rootCell.cpus.delete(cpu);
  }

  /** Also those that were offline before. */
  private takeBack({ cpus }: DriverCell): void {
    for (const cpu of cpus) {
      this.tryOnline(() => this.cpus.bringOnline(cpu));
      this.rootCell.cpus.add(cpu);
    }
  }

  /** Linux goes on without a CPU that does not come. */
  private tryOnline(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  /** `JAILHOUSE_CELL_LOAD`: the cell is shut down first, whatever is wrong with the images. */
  loadCell(id: CellId, images: readonly PreloadImage[]): void {
    this.run(() => {
      const cell = this.find(id);
      this.call(hypercalls.cellSetLoadable, cell.id);
      for (const image of images) loadImage(this.loaded!, cell.memoryRegions, image);
    });
  }

  /** `JAILHOUSE_CELL_START`. */
  startCell(id: CellId): void {
    this.run(() => this.call(hypercalls.cellStart, this.find(id).id));
  }

  /** `JAILHOUSE_CELL_DESTROY`. */
  destroyCell(id: CellId): void {
    this.run(() => this.endCell(this.find(id)));
  }

  private endCell(cell: DriverCell): void {
    this.call(hypercalls.cellDestroy, cell.id);
    for (const cpu of cell.cpus) {
      if (!this.tryOnline(() => this.cpus.takeBack(cpu))) {
        this.log.add(`Jailhouse: failed to bring CPU ${cpu} back online`);
      }
      this.rootCell.cpus.add(cpu);
    }
    this.devices.release(cell.pciDevices);
    this.log.add(`Destroyed Jailhouse cell "${cell.name}"`);
    this.list.splice(this.list.indexOf(cell), 1);
  }

  /** Switches a CPU of the root cell, as `/sys/devices/system/cpu/cpuN/online` does. */
  setCpuOnline(cpu: number, isOnline: boolean): void {
    this.run(() => (isOnline ? this.cpus.bringOnline(cpu) : this.cpus.takeOffline(cpu)));
  }

  private get rootCell(): DriverCell {
    return this.list[0]!;
  }

  private refuseUnlessEnabled(): void {
    if (!this.isEnabled) throw new Refusal("EINVAL");
  }

  private find({ id, name }: CellId): DriverCell {
    this.refuseUnlessEnabled();
    const found = this.list.find((cell) => cell.id === id || (id === unusedId && cell.name === name));
    if (found === undefined) throw new Refusal("ENOENT");
    return found;
  }

  /** A question to the hypervisor, or something for it to do. @throws Refusal what it refuses */
  call(code: number, first: number, second = 0): number {
    this.throwEnd();
    return this.callFrom(this.cpus.caller, code, first, second);
  }

  private callFrom(cpu: number, code: number, first: number, second = 0): number {
    const result = hypercall(this.loaded!, cpu, code, first, second);
    if (result < 0) throw new Refusal(errnoOf(result));
    return result;
  }

  /** Of a machine that does not go on, nobody learns anything else. */
  throwEnd(): void {
    const { end } = this;
    if (end !== null) throw end;
  }

  private run(action: () => unknown): void {
    this.throwEnd();
    try {
      action();
    } catch (error) {
      const end = error instanceof BusError ? abortOf(error) : error;
      if (end instanceof MachineHang || end instanceof HypervisorFault) this.ended = end;
      if (end instanceof Refusal) this.options.onRefusal?.(end);
      throw end;
    }
  }
}

/** What neither the kernel nor the hypervisor is prepared for. */
function abortOf({ message }: BusError): MachineHang {
  return new MachineHang(`${message}: the processor takes an external abort for it outside of any cell`);
}
