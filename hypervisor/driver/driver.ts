import type { Profile } from "../../schema/layout/types.js";
import type { HypervisorBuild } from "../core/build.js";
import { type SystemConfig, systemFlags } from "../core/config/cell-config.js";
import { readCellHeader, readSystemConfig, readSystemHeader } from "../core/config/read-config.js";
import { HypervisorConsole } from "../core/console.js";
import { enableHypervisor } from "../core/enable/enable.js";
import { errnoOf } from "../core/errno.js";
import { hypercall, hypercalls } from "../core/hypercall.js";
import type { Hypervisor, World } from "../core/hypervisor.js";
import { HypervisorFault, MachineHang, Refusal } from "../core/refusal.js";
import type { Machine } from "../machine/machine.js";
import { ClaimedDevices } from "./claimed-devices.js";
import { ConfigFile } from "./config-file.js";
import { ConsoleReader, type ConsoleSource } from "./console-reader.js";
import { type CellId, type DriverCell, unusedId } from "./driver-cell.js";
import {
  checkConfigIsThere,
  checkHypervisorMemory,
  checkIdentity,
  checkKernel,
  type Judge,
  prepareConsole,
} from "./enable-checks.js";
import { type KernelSettings, usualKernel } from "./kernel.js";
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
}

/** Bytes that the kernel hands out at once at most (`KMALLOC_MAX_SIZE` of pages of 4096 bytes). */
const largestConfig = 2 ** 22;
/** Bytes of an entry of the driver's copies of tables. */
const entrySizes = { memory: 32, pciDevice: 56 } as const;

/**
 * The kernel module, without a kernel: what `/dev/jailhouse` takes as ioctl, with its checks in their order (driver/main.c,
 * driver/cell.c). An operation throws
 *
 * - `Refusal` with the errno that the ioctl returns,
 * - `MachineHang` or `HypervisorFault` where it never returns; so does every later one.
 */
export class JailhouseDriver {
  readonly log = new KernelLog();
  readonly sysfs = new Sysfs(this);
  readonly kernel: KernelSettings;
  readonly cpus: RootCpus;
  private readonly devices: ClaimedDevices;
  private readonly judge: Judge;
  private readonly serialListeners = new Set<(text: string) => void>();
  private loaded: Hypervisor | null = null;
  private isEnabled = false;
  private console: HypervisorConsole | null = null;
  private lastConsole: ConsoleSource["last"] = null;
  private consoles = 0;
  private list: DriverCell[] = [];
  /** CPUs that the driver has taken from Linux; those that were offline before are not brought back. */
  private readonly givenUp = new Set<number>();
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
    return this.ended;
  }

  /** What the hypervisor prints to its serial line, as it comes. @returns what ends it */
  listenToSerial(listener: (text: string) => void): () => void {
    this.serialListeners.add(listener);
    return () => this.serialListeners.delete(listener);
  }

  /** `JAILHOUSE_ENABLE`. */
  enable(bytes: Uint8Array): void {
    this.run(() => {
      const file = new ConfigFile(bytes, this.options.profile, "system");
      checkIdentity(this.judge, file);
      if (this.isEnabled) throw new Refusal("EBUSY");
      checkKernel(this.judge);
      const whole = new Uint8Array(Math.max(bytes.length, file.headerSize));
      whole.set(bytes);
      const header = readSystemHeader(whole, this.options.profile);
      refuseTooLittleMemory(this.build, header);
      this.loaded = null;
      checkHypervisorMemory(this.judge, header);
      this.lastConsole = null;
      checkConfigIsThere(file, header.totalSize);
      const config = this.withFrequencies(readSystemConfig(whole, this.options.profile));
      prepareConsole(this.judge, config.debugConsole);
      const root = this.newCell(file, config.rootCell);
      this.enter(config, root);
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
  private enter(config: SystemConfig, root: DriverCell): void {
    const { machine, profile, world, traceErrors } = this.options;
    const console = new HypervisorConsole();
    console.listen((text) => {
      for (const listener of this.serialListeners) listener(text);
    });
    this.console = console;
    const beyond = this.cpus.online.find((cpu) => cpu >= maxCpusOf(config));
    if (beyond !== undefined) {
      throw new MachineHang(
        `CPU ${beyond} is online and has no place in the root cell: the others wait in the hypervisor for it`,
      );
    }
    this.loaded = newHypervisor(machine, config, profile, console, world, {
      traceErrors: traceErrors ?? false,
      build: this.build,
    });
    try {
      enableHypervisor(this.loaded, this.entryOrder);
    } catch (error) {
      if (error instanceof Refusal) {
        this.keepConsole();
        this.loaded = null;
      }
      throw error;
    }
    this.list = [root];
    this.isEnabled = true;
    addVirtualDevices(config, this.kernel, this.log);
    this.log.add("The Jailhouse is opening.");
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
      this.keepConsole();
      this.list = [];
      this.isEnabled = false;
      this.log.add("The Jailhouse was closed.");
    });
  }

  private keepConsole(): void {
    const isReadable = (this.loaded!.config.flags & systemFlags.virtualDebugConsole) !== 0;
    if (isReadable) this.lastConsole = { id: ++this.consoles, console: this.console! };
  }

  /** `JAILHOUSE_CELL_CREATE`. A config for another architecture is not refused: nothing happens (driver/cell.c:189-192). */
  createCell(bytes: Uint8Array): void {
    this.run(() => {
      if (bytes.length > largestConfig) throw new Refusal("ENOMEM");
      const file = new ConfigFile(bytes, this.options.profile, "cell");
      if (bytes.length < file.headerSize || !file.isSigned) {
        this.log.add("jailhouse: Not a cell configuration");
        throw new Refusal("EINVAL");
      }
      if (!file.hasRevision) {
        this.log.add("jailhouse: Configuration revision mismatch");
        throw new Refusal("EINVAL");
      }
      if (!file.isFor(this.machine.architecture)) {
        this.log.add("jailhouse: Configuration architecture mismatch");
        return;
      }
      this.refuseUnlessEnabled();
      if (this.list.some(({ name }) => name === file.cellName)) throw new Refusal("EEXIST");
      const cell = this.newCell(file, readCellHeader(bytes, this.options.profile));
      if ([...cell.cpus].some((cpu) => !this.rootCell.cpus.has(cpu))) throw new Refusal("EBUSY");
      this.handOver(cell, file);
      this.list.push(cell);
      this.log.add(`Created Jailhouse cell "${cell.name}"`);
    });
  }

  /** Linux gives up CPUs and devices, and gets the CPUs back if the hypervisor refuses; the devices stay claimed. */
  private handOver(cell: DriverCell, file: ConfigFile): void {
    try {
      for (const cpu of cell.cpus) this.giveUp(cpu);
      this.devices.claim(cell.pciDevices);
      this.call(hypercalls.cellCreate, this.placeConfig(file.forHypervisor(cell.id)));
    } catch (error) {
      if (error instanceof Refusal) this.takeBack(cell);
      throw error;
    }
  }

  private giveUp(cpu: number): void {
    if (cpu === 0 && this.machine.architecture === "x86") {
      this.log.add("Cannot assign CPU 0 to other cells");
      throw new Refusal("EINVAL");
    }
    if (this.cpus.isOnline(cpu)) {
      this.cpus.takeOffline(cpu);
      this.givenUp.add(cpu);
    }
    this.rootCell.cpus.delete(cpu);
  }

  private takeBack({ cpus }: DriverCell): void {
    for (const cpu of cpus) {
      this.cpus.bringOnline(cpu);
      this.givenUp.delete(cpu);
      this.rootCell.cpus.add(cpu);
    }
  }

  /** @returns where the root cell has it */
  private placeConfig(bytes: Uint8Array): number {
    const hypervisor = this.loaded!;
    const address = this.kernel.heapAddress(hypervisor, bytes.length);
    if (address === null) throw new Refusal("ENOMEM");
    const tables = hypervisor.architecture.tablesOf(hypervisor.rootCell);
    for (let done = 0; done < bytes.length; ) {
      const at = address + done;
      const room = Math.min(4096 - (at % 4096), bytes.length - done);
      this.machine.memory.writeBytes(tables.translate(at)!.physical, bytes.subarray(done, done + room));
      done += room;
    }
    return address;
  }

  /** Copies of what the driver needs. ENOMEM without any memory region, and where the kernel has not as much memory. */
  private newCell(
    file: ConfigFile,
    { memoryRegions, pciDevices }: Pick<DriverCell, "memoryRegions" | "pciDevices">,
  ): DriverCell {
    const regions = file.count("num_memory_regions");
    const devices = file.count("num_pci_devices");
    const { ramSize } = this.kernel;
    if (regions === 0 || regions * entrySizes.memory > ramSize) throw new Refusal("ENOMEM");
    if (devices * entrySizes.pciDevice > ramSize) throw new Refusal("ENOMEM");
    let id = 0;
    while (this.list.some((cell) => cell.id === id)) id++;
    const wordBits = this.machine.architecture === "arm" ? 32 : 64;
    const cpus = new Set(file.cpus(this.cpus.limit, wordBits));
    return { id, name: file.cellName, cpus, memoryRegions, pciDevices };
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
      if (this.givenUp.delete(cpu)) this.cpus.bringOnline(cpu);
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

  openConsole(): ConsoleReader {
    const driver = this;
    return new ConsoleReader({
      get current() {
        return driver.isEnabled ? driver.console : null;
      },
      get isReadable() {
        return driver.isConsoleReadable;
      },
      get last() {
        return driver.lastConsole;
      },
    });
  }

  get isConsoleReadable(): boolean {
    return ((this.loaded?.config.flags ?? 0) & systemFlags.virtualDebugConsole) !== 0;
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
    return this.callFrom(this.caller, code, first, second);
  }

  private callFrom(cpu: number, code: number, first: number, second = 0): number {
    const result = hypercall(this.loaded!, cpu, code, first, second);
    if (result < 0) throw new Refusal(errnoOf(result));
    return result;
  }

  /** The CPU that the tool runs on: the first one that Linux still has. */
  private get caller(): number {
    const hypervisor = this.loaded!;
    const cpu = this.cpus.online.find((each) => !hypervisor.cpu(each).failed);
    if (cpu === undefined) throw new MachineHang("the hypervisor has taken all CPUs from the root cell");
    return cpu;
  }

  private run(action: () => unknown): void {
    if (this.ended !== null) throw this.ended;
    try {
      action();
    } catch (error) {
      if (error instanceof MachineHang || error instanceof HypervisorFault) this.ended = error;
      throw error;
    }
  }
}
