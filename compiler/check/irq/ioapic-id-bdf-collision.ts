import type { PciDevice } from "../../ir/pci.js";
import { defineRule, type Hit } from "../define-rule.js";
import type { CheckedConfig } from "../facts/checked-config.js";
import { interruptsOf } from "../facts/devices.js";
import { sourceIdOf } from "../facts/interrupt-remapping.js";
import { bdfText, deviceText, hex } from "../words.js";

export const ioapicIdBdfCollision = defineRule({
  id: "ioapic-id-bdf-collision",
  family: "irq",
  title: "I/O APIC with the id of a PCI device",
  severity: "warning",
  scope: "set",
  machines: ["x86"],
  statement: "No I/O APIC has an id that is the address of a PCI device with MSI or MSI-X.",
  explanation:
    "For VT-d an I/O APIC is a sender of interrupts like a PCI device: its id is a bus, device and function of its own, as the machine's DMAR table has them. Entries of the table of interrupts are reserved by id, and an id that has a block gets no second one. Processors of AMD do not use the id.",
  consequences: {
    shared: {
      step: "run",
      outcome: "ineffective",
      text: "I/O APIC and device share one block of interrupts, as long as the I/O APIC has pins: both overwrite each other's entries, and a vector of the device beyond that block is refused when it is enabled, which parks the CPU.",
    },
  },
  help: "give the I/O APIC the id that the DMAR table of the machine has for it",
  sources: ["hypervisor/arch/x86/vtd.c:609-615", "hypervisor/arch/x86/vtd.c:739"],
  after: ["ioapic-id-mismatch"],
  example: {
    wrong: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  irqchip at 0xfec8_0000 id 0x0010 pins 0-23
  device  00:02.0 { msi 1 64bit; capabilities msi 0x80 }
}`,
    right: `import "machines/intel-pc.jail"
system pc {
  use intel-pc()
  irqchip at 0xfec8_0000 id 0xff08 pins 0-23
  device  00:02.0 { msi 1 64bit; capabilities msi 0x80 }
}`,
  },
  *find({ set }) {
    if (set.vendor !== "intel") return;
    const ofRoot = set.system === null ? undefined : signallingDevices(set.system);
    const idsOfRoot = new Set(set.system?.cell.irqchips.map(sourceIdOf));
    for (const config of set.all) {
      const own = config.isRoot ? ofRoot! : signallingDevices(config);
      yield* collisions(config, config, own);
      if (config.isRoot || set.system === null) continue;
      const { system } = set;
      yield* collisions(config, system, ofRoot!, (id) => idsOfRoot.has(id));
      yield* collisions(system, config, own, (id) => ofRoot!.has(id));
    }
  },
});

type Devices = ReadonlyMap<number, PciDevice>;

/** Those that have interrupts in the table. */
function signallingDevices(config: CheckedConfig): Devices {
  const signalling = config.physicalDevices.filter((device) => interruptsOf(device) > 0);
  return new Map(signalling.map((device) => [device.bdf, device]));
}

/** @param known ids whose collision is told elsewhere */
function* collisions(
  chips: CheckedConfig,
  config: CheckedConfig,
  devices: Devices,
  known: (id: number) => boolean = () => false,
): Generator<Hit<"shared">> {
  for (const chip of chips.cell.irqchips) {
    const id = sourceIdOf(chip);
    const device = devices.get(id);
    if (device === undefined || known(id)) continue;
    yield {
      at: chips.spot(chip, "id"),
      message: `the I/O APIC at ${hex(chip.address)} has the id ${hex(id)}, which is ${deviceText(device)} of ${config.title}`,
      also: [{ at: config.spot(device), text: `${bdfText(device)} is ${hex(id)}` }],
    };
  }
}
