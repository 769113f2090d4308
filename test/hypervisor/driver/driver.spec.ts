import { expect } from "chai";
import { HypervisorFault, MachineHang, Refusal } from "../../../hypervisor/core/refusal.js";
import type { JailhouseDriver } from "../../../hypervisor/driver/driver.js";
import { type CellChanges, cellPlaces, newPc, type Pc, tinyDemo } from "./pc.js";

/** An errno, `ok`, or that nothing comes back, with the lines of the kernel's log. */
interface Outcome {
  readonly result: string;
  readonly log: readonly string[];
}

function outcome({ log }: JailhouseDriver, action: () => void): Outcome {
  const before = log.lines.length;
  const result = resultOf(action);
  return { result, log: log.lines.slice(before) };
}

function resultOf(action: () => void): string {
  try {
    action();
    return "ok";
  } catch (error) {
    if (error instanceof Refusal) return error.errno;
    if (error instanceof MachineHang || error instanceof HypervisorFault) return "hang";
    throw error;
  }
}

const firmware = " jailhouse: firmware: direct-loading firmware jailhouse-amd.bin";

describe("the driver enables", () => {
  const enable = (pc: Pc, changes: readonly (readonly [number, readonly number[]])[]): Outcome => {
    const bytes = Uint8Array.from(pc.system);
    for (const [offset, values] of changes) bytes.set(values, offset);
    return outcome(pc.driver, () => pc.driver.enable(bytes));
  };
  const refusals: readonly {
    readonly what: string;
    readonly changes: readonly (readonly [number, readonly number[]])[];
    readonly result: string;
    readonly log: readonly string[];
  }[] = [
    {
      what: "another signature, before the revision",
      changes: [
        [4, [0x43]],
        [6, [13]],
      ],
      result: "EINVAL",
      log: ["jailhouse: Not a system configuration"],
    },
    {
      what: "another revision, before the architecture",
      changes: [
        [6, [13]],
        [5, [2]],
      ],
      result: "EINVAL",
      log: ["jailhouse: Configuration revision mismatch"],
    },
    {
      what: "another architecture, before the CPUs",
      changes: [
        [5, [2]],
        [488, [0]],
      ],
      result: "EINVAL",
      log: ["jailhouse: Configuration architecture mismatch"],
    },
    { what: "no CPU", changes: [[488, [0]]], result: "EINVAL", log: [] },
    { what: "no set of CPUs", changes: [[404, [0, 0, 0, 0]]], result: "EINVAL", log: [] },
    {
      what: "a set of CPUs that leaves the memory of the tool",
      changes: [[404, [0, 0, 0, 1]]],
      result: "EFAULT",
      log: [],
    },
    {
      what: "less memory than the hypervisor needs",
      changes: [[28, [0, 0, 0x10, 0, 0, 0, 0, 0]]],
      result: "EINVAL",
      log: [firmware],
    },
    {
      what: "memory that is in use",
      changes: [[12, [0, 0, 0, 0x10]]],
      result: "EINVAL",
      log: [
        firmware,
        "jailhouse: request_mem_region failed for hypervisor memory.",
        'jailhouse: Did you reserve the memory with "memmap=" or "mem="?',
      ],
    },
    {
      what: "memory that wraps around",
      changes: [[12, [0, 0, 0xf0, 0xff, 0xff, 0xff, 0xff, 0xff]]],
      result: "EINVAL",
      log: [
        firmware,
        "jailhouse: request_mem_region failed for hypervisor memory.",
        'jailhouse: Did you reserve the memory with "memmap=" or "mem="?',
      ],
    },
    {
      what: "more memory than there are addresses for",
      changes: [[28, [0, 0xf0, 0xff, 0x0f]]],
      result: "EINVAL",
      log: [firmware, "jailhouse: Unable to map RAM reserved for hypervisor at 3a000000"],
    },
    {
      what: "a clock register in memory",
      changes: [[68, [0, 0, 0, 0x10, 0, 0, 0, 0]]],
      result: "EINVAL",
      log: [firmware, "jailhouse: Unable to map clock register at 10000000"],
    },
    {
      what: "a console in memory without a size",
      changes: [
        [44, [0, 0, 0, 0xfe, 0, 0, 0, 0, 0, 0, 0, 0]],
        [58, [1, 0]],
      ],
      result: "EINVAL",
      log: [firmware, "jailhouse: Unable to map hypervisor debug console at fe000000"],
    },
    { what: "no memory regions", changes: [[408, [0, 0, 0, 0]]], result: "ENOMEM", log: [firmware] },
  ];
  for (const { what, changes, result, log } of refusals) {
    it(`not with ${what}`, () => {
      const pc = newPc({ kernel: { busyMemory: [{ start: 0, size: 0x3a00_0000 }] } });
      expect(enable(pc, changes)).to.deep.equal({ result, log });
      expect(pc.driver.cells).to.have.length(0);
      expect(pc.driver.sysfs.list("/sys/devices/jailhouse")).to.not.include("core");
      pc.enable();
    });
  }

  it("not twice; the config is looked at first", () => {
    const pc = newPc();
    pc.enable();
    expect(enable(pc, [])).to.deep.equal({ result: "EBUSY", log: [] });
    expect(enable(pc, [[6, [13]]]).result).to.equal("EINVAL");
  });

  it("the clock of the console", () => {
    const pc = newPc();
    pc.machine.memory.write(0xfe00_0000, 4, 0b1000n);
    enable(pc, [
      [64, [2, 0, 0, 0]],
      [68, [0, 0, 0, 0xfe, 0, 0, 0, 0]],
    ]);
    expect(pc.machine.memory.read(0xfe00_0000, 4)).to.equal(0b1100n);
    pc.driver.disable();
    enable(pc, [
      [59, [0x10]],
      [64, [3, 0, 0, 0]],
      [68, [0, 0, 0, 0xfe, 0, 0, 0, 0]],
    ]);
    expect(pc.machine.memory.read(0xfe00_0000, 4)).to.equal(0b0100n);
  });

  it("with the frequencies of the kernel, where the config has none", () => {
    const pc = newPc({ kernel: { tscKhz: 5, apicKhz: 7 } });
    enable(pc, [[320, [9, 0, 0, 0, 0, 0, 0, 0]]]);
    expect(pc.driver.hypervisor!.config.x86).to.include({ tscKhz: 9, apicKhz: 7 });
  });

  it("not where the kernel lacks something", () => {
    const refused = (kernel: Parameters<typeof newPc>[0]): Outcome => enable(newPc(kernel), []);
    expect(refused({ kernel: { obstacle: "no virtualization" } })).to.deep.equal({
      result: "ENODEV",
      log: ["jailhouse: Missing or unsupported HVM technology"],
    });
    expect(refused({ vendor: "intel", kernel: { obstacle: "virtualization disabled" } })).to.deep.equal({
      result: "ENODEV",
      log: ["jailhouse: VT-x disabled by Firmware/BIOS"],
    });
    const { result, log } = refused({ kernel: { obstacle: "no firmware" } });
    expect([result, log.at(-1)]).to.deep.equal([
      "ENOENT",
      "jailhouse: Missing hypervisor image jailhouse-amd.bin",
    ]);
  });

  it("never without any memory for Linux", () => {
    const pc = newPc();
    const flags = Array.from({ length: pc.system[408]! }, (_, region) => 488 + 8 + 32 * region + 24);
    // All regions can be read, and not written.
    expect(
      enable(
        pc,
        flags.map((place) => [place, [1]] as const),
      ).result,
    ).to.equal("hang");
    expect(pc.driver.end!.message).to.match(/no memory that Linux could go on with/);
  });

  it("never where a CPU is online that the root cell's set ends before", () => {
    const pc = newPc({ online: [0, 1, 2, 3, 5] });
    expect(enable(pc, []).result).to.equal("hang");
    expect(resultOf(() => pc.driver.disable())).to.equal("hang");
  });
});

describe("the driver creates", () => {
  const enabled = (options: Parameters<typeof newPc>[0] = {}): Pc => {
    const pc = newPc(options);
    pc.enable();
    return pc;
  };
  const create = ({ driver }: Pc, changes: CellChanges = {}): Outcome =>
    outcome(driver, () => driver.createCell(tinyDemo(changes)));
  const created = 'Created Jailhouse cell "tiny-demo"';

  it("what is a cell of its revision", () => {
    const pc = enabled();
    const short = outcome(pc.driver, () => pc.driver.createCell(tinyDemo().subarray(0, 131)));
    const noCell = { result: "EINVAL", log: ["jailhouse: Not a cell configuration"] };
    expect(short).to.deep.equal(noCell);
    expect(outcome(pc.driver, () => pc.driver.createCell(new Uint8Array()))).to.deep.equal(noCell);
    expect(create(pc, { bytes: [[4, [0x4d]]] })).to.deep.equal(noCell);
    expect(create(pc, { bytes: [[cellPlaces.revision, [13]]] })).to.deep.equal({
      result: "EINVAL",
      log: ["jailhouse: Configuration revision mismatch"],
    });
    expect(create(pc).result).to.equal("ok");
  });

  it("nothing of another architecture, and says that all is well", () => {
    const pc = enabled();
    expect(create(pc, { bytes: [[cellPlaces.architecture, [2]]] })).to.deep.equal({
      result: "ok",
      log: ["jailhouse: Configuration architecture mismatch"],
    });
    expect(pc.driver.cells).to.have.length(1);
  });

  it("nothing before it is enabled, and nothing of 4 MiB", () => {
    expect(create(newPc()).result).to.equal("EINVAL");
    const { driver } = enabled();
    expect(resultOf(() => driver.createCell(new Uint8Array(2 ** 22 + 1)))).to.equal("ENOMEM");
  });

  it("no name twice, up to its end", () => {
    const pc = enabled();
    create(pc);
    expect(create(pc, { cpus: 2 }).result).to.equal("EEXIST");
    expect(create(pc, { cpus: 2, name: "QEMU-VM" }).result).to.equal("EEXIST");
    const name = "n".repeat(31);
    expect(create(pc, { cpus: 2, name: `${name}1` }).log.at(-1)).to.equal(`Created Jailhouse cell "${name}"`);
    expect(create(pc, { cpus: 8, name: `${name}2` }).result).to.equal("EEXIST");
  });

  it("nothing that takes more memory than there is, or no region", () => {
    const pc = enabled();
    for (const field of [cellPlaces.memoryRegions, cellPlaces.pciDevices]) {
      const outcome = create(pc, { bytes: [[field, [0xff, 0xff, 0xff, 0xff]]] });
      expect(outcome).to.deep.equal({ result: "ENOMEM", log: [] });
    }
    expect(create(pc, { bytes: [[cellPlaces.memoryRegions, [0, 0, 0, 0]]] }).result).to.equal("ENOMEM");
  });

  it("with the first number that is free", () => {
    const pc = enabled();
    for (const [name, cpus] of [
      ["a", 2],
      ["b", 4],
      ["c", 8],
    ] as const) {
      create(pc, { name, cpus });
    }
    pc.driver.destroyCell({ id: -1, name: "b" });
    create(pc, { name: "d", cpus: 4 });
    expect(pc.driver.cells.map(({ id, name }) => `${id} ${name}`)).to.deep.equal([
      "0 QEMU-VM",
      "1 a",
      "3 c",
      "2 d",
    ]);
  });

  describe("on CPUs", () => {
    it("that it takes from Linux, and gives back", () => {
      const pc = enabled();
      expect(create(pc, { cpus: 6 }).log).to.deep.equal([
        "smpboot: CPU 1 is now offline",
        "smpboot: CPU 2 is now offline",
        created,
      ]);
      expect(pc.driver.cpus.online).to.deep.equal([0, 3]);
      expect(outcome(pc.driver, () => pc.driver.destroyCell({ id: 1, name: "" })).log).to.deep.equal([
        "x86: Booting SMP configuration:",
        "smpboot: Booting Node 0 Processor 1 APIC 0x1",
        "smpboot: Booting Node 0 Processor 2 APIC 0x2",
        'Destroyed Jailhouse cell "tiny-demo"',
      ]);
    });

    it("but not on CPU 0, nor on what other cells have", () => {
      const pc = enabled();
      expect(create(pc, { cpus: 3 })).to.deep.equal({
        result: "EINVAL",
        log: ["Cannot assign CPU 0 to other cells"],
      });
      create(pc, { cpus: 4 });
      expect(create(pc, { name: "other", cpus: 12 })).to.deep.equal({ result: "EBUSY", log: [] });
      expect([...pc.driver.cells[0]!.cpus]).to.have.members([0, 1, 3]);
    });

    it("that stay offline, if they were before", () => {
      const pc = enabled();
      pc.driver.setCpuOnline(2, false);
      expect(create(pc).log).to.deep.equal([created]);
      pc.driver.destroyCell({ id: 1, name: "" });
      expect(pc.driver.cpus.online).to.deep.equal([0, 1, 3]);
      expect(resultOf(() => pc.driver.disable())).to.equal("EBUSY");
    });

    it("that Linux gets back after a refusal, also those that were offline before", () => {
      const pc = enabled();
      pc.driver.setCpuOnline(2, false);
      // More than the hypervisor takes of a set of CPUs.
      const refused = create(pc, { bytes: [[cellPlaces.cpuSetSize, [1, 0x10, 0, 0]]] });
      expect(refused.result).to.equal("EINVAL");
      expect(refused.log).to.deep.equal(["smpboot: Booting Node 0 Processor 2 APIC 0x2"]);
      expect([...pc.driver.cells[0]!.cpus]).to.have.members([0, 1, 2, 3]);
    });
  });

  it("with devices that Linux gives up, and that stay so after a refusal", () => {
    const device = new Uint8Array(56);
    device.set([1, 0, 0, 0, 0x1b << 3, 0]);
    const withDevice = (changes: CellChanges): Uint8Array => {
      const cell = tinyDemo(changes);
      const whole = new Uint8Array(cell.length + 56);
      whole.set(cell);
      whole.set(device, cell.length);
      whole[cellPlaces.pciDevices] = 1;
      return whole;
    };
    const pc = enabled();
    // So many ids of streams make the config too large for the hypervisor.
    const claimed = "jailhouse-pci-stub 0000:00:1b.0: claimed for use in non-root cell";
    const refused = outcome(pc.driver, () =>
      pc.driver.createCell(withDevice({ bytes: [[cellPlaces.streamIds, [0, 0x80, 0, 0]]] })),
    );
    expect(refused.result).to.equal("E2BIG");
    expect(refused.log).to.include(claimed);
    const again = outcome(pc.driver, () => pc.driver.createCell(withDevice({})));
    expect(again.result).to.equal("ok");
    expect(again.log).to.not.include(claimed);
    pc.driver.destroyCell({ id: 1, name: "" });
    expect(outcome(pc.driver, () => pc.driver.createCell(withDevice({}))).log).to.include(claimed);
  });

  it("no cell with memory that Linux goes on with, unless it is shared", () => {
    const ofLinux = [0, 0, 0x20, 0, 0, 0, 0, 0];
    const regions = cellPlaces.cpuSet + 8;
    const kernel = { busyMemory: [{ start: 0, size: 0x3a00_0000 }] };
    const pc = enabled({ kernel });
    expect(create(pc, { bytes: [[regions, ofLinux]] }).result).to.equal("hang");
    expect(pc.driver.end!.message).to.match(/^cell "tiny-demo" has memory that Linux uses/);
    const other = enabled({ kernel });
    const shared = [0x87, 0, 0, 0, 0, 0, 0, 0];
    const changes: CellChanges["bytes"] = [
      [regions, ofLinux],
      [regions + 24, shared],
    ];
    expect(create(other, { bytes: changes }).result).to.equal("ok");
  });

  it("where the kernel has memory for the config", () => {
    const pc = enabled({ kernel: { heapAddress: (_, size) => (size > 1 ? null : 0) } });
    expect(create(pc).result).to.equal("ENOMEM");
    const other = enabled({ kernel: { heapAddress: () => 0x20_0000 } });
    create(other);
    expect(other.machine.memory.readBytes(0x20_0000, 5)).to.deep.equal(new TextEncoder().encode("JHCLL"));
    expect(other.machine.memory.read(0x20_0000 + 40, 4), "id").to.equal(1n);
  });
});

describe("the driver loads", () => {
  it("not into memory that the root cell does not have: its CPU is lost", () => {
    const pc = newPc();
    pc.enable();
    const regions = cellPlaces.cpuSet + 8;
    pc.driver.createCell(tinyDemo({ bytes: [[regions, [0, 0, 0, 0, 1]]] }));
    let printed = "";
    pc.driver.listenToSerial((text) => {
      printed += text;
    });
    const image = { bytes: new Uint8Array(16), address: 0n };
    expect(resultOf(() => pc.driver.loadCell({ id: 1, name: "" }, [image]))).to.equal("hang");
    expect(printed).to.equal(
      'Cell "tiny-demo" can be loaded\n' +
        "FATAL: Invalid MMIO/RAM write, addr: 0x0000000100000000 size: 8\n" +
        'Parking CPU 0 (Cell: "QEMU-VM")\n',
    );
  });

  it("not beyond a region, and shuts the cell down all the same", () => {
    const pc = newPc();
    pc.enable();
    pc.driver.createCell(tinyDemo());
    pc.driver.startCell({ id: 1, name: "" });
    const image = { bytes: new Uint8Array(17), address: 0xf_fff0n };
    expect(resultOf(() => pc.driver.loadCell({ id: 1, name: "" }, [image]))).to.equal("EINVAL");
    expect(pc.driver.sysfs.readText("/sys/devices/jailhouse/cells/1/state")).to.equal("shut down\n");
    const fitting = { bytes: new Uint8Array(16), address: 0xf_fff0n };
    expect(resultOf(() => pc.driver.loadCell({ id: 1, name: "" }, [fitting]))).to.equal("ok");
    const none = { bytes: new Uint8Array(), address: 1n << 63n };
    expect(resultOf(() => pc.driver.loadCell({ id: 1, name: "" }, [none]))).to.equal("ok");
  });
});
