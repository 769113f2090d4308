import { cellFlags } from "../config/cell-config.js";
import type { CellAccess, DoorbellAccess, HypercallAccess, ProcessorAccess } from "./access.js";
import type { Decision } from "./decision.js";
import { decision } from "./describe.js";
import { decideDma } from "./dma.js";
import { decideInterrupts, decideIoApic, decideIpi } from "./interrupts.js";
import { decideMemory } from "./memory.js";
import { decideMessage, decideMsix } from "./messages.js";
import { decideConfigSpace } from "./pci-config.js";
import { decidePorts } from "./ports.js";
import { type CellScene, deviceIndex, entryOf, holdersOfDevice } from "./scene.js";
import { decideStream } from "./streams.js";

/** Calls by their numbers (include/jailhouse/hypercall.h:42-51): this one is for all, and others for all but of their own. */
const calls = { hypervisorInfo: 5, cpuInfo: 7, putCharacter: 8 } as const;

/**
 * Says which entries of the configs decide what an access comes to: plain loops over them, without what the hypervisor keeps to
 * enforce it. That is dear, and meant for what is rare.
 */
export function decide(access: CellAccess, scene: CellScene): Decision {
  switch (access.kind) {
    case "memory":
      return decideMemory(access, scene);
    case "port":
      return decidePorts(access, scene);
    case "pci-config":
      return decideConfigSpace(access, scene);
    case "msix": {
      const index = deviceIndex(scene.cell, access.bdf);
      if (index !== null) return decideMsix(access, index, scene);
      const absent = entryOf(scene.cell, "pci_devices", null, "absent");
      return decision("denied", access, [absent], holdersOfDevice(scene, access.bdf));
    }
    case "message":
      return decideMessage(access, scene);
    case "ioapic":
      return decideIoApic(access, scene);
    case "interrupt":
      return decideInterrupts(access, scene);
    case "ipi":
      return decideIpi(access, scene);
    case "doorbell":
      return decideDoorbell(access, scene);
    case "dma":
      return decideDma(access, scene);
    case "stream":
      return decideStream(access, scene);
    case "hypercall":
      return decideHypercall(access, scene);
    default:
      return decideProcessor(access);
  }
}

/** Rung is an end that is there, by a vector that both have. */
function decideDoorbell(access: DoorbellAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const index = deviceIndex(cell, access.bdf);
  const near = holdersOfDevice(scene, access.bdf);
  if (index === null)
    return decision("dropped", access, [entryOf(cell, "pci_devices", null, "absent")], near);
  const { numMsixVectors } = cell.config.pciDevices[index]!;
  if (access.vector >= Math.max(numMsixVectors, 1)) {
    return decision(
      "dropped",
      access,
      [entryOf(cell, "pci_devices", index, "lacks", ["num_msix_vectors"])],
      near,
    );
  }
  const has = entryOf(cell, "pci_devices", index, "has");
  return decision("dropped", access, [], [has, ...near], "no cell that is there has this end");
}

function decideHypercall(access: HypercallAccess, scene: CellScene): Decision {
  const { cell } = scene;
  const { code, argument } = access;
  if (code > calls.putCharacter) return decision("dropped", access, [], [], "there is no such call");
  if (code !== calls.putCharacter) {
    if (cell.isRoot || code === calls.hypervisorInfo) return decision("granted", access, []);
    if (code === calls.cpuInfo) {
      const ipi = decideIpi({ kind: "ipi", cpu: argument, destination: argument }, scene);
      return { ...ipi, access };
    }
    return decision("dropped", access, [], [], "the root cell alone manages cells");
  }
  if ((cell.config.flags & cellFlags.virtualConsolePermitted) !== 0) return decision("granted", access, []);
  const lacks = ["JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED"];
  return decision("dropped", access, [entryOf(cell, "flags", null, "lacks", lacks)]);
}

const reasons: Readonly<Record<ProcessorAccess["kind"], string>> = {
  msr: "the hypervisor lets no cell reach this register",
  "control-register": "the hypervisor lets no cell write this value",
  "local-apic": "the hypervisor lets no cell do this to its local APIC",
  "system-register": "the hypervisor lets no cell reach this register",
  "firmware-call": "the hypervisor passes on no such call",
  fault: "the program has failed by itself",
};

function decideProcessor(access: ProcessorAccess): Decision {
  return decision("denied", access, [], [], reasons[access.kind]);
}
