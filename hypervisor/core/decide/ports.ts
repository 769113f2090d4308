import type { PortRange } from "../config/cell-config.js";
import type { PortAccess } from "./access.js";
import type { DecidingEntry, Decision } from "./decision.js";
import { decision } from "./describe.js";
import { type Effects, whereaboutsOf } from "./hand-overs.js";
import { type CellInPlay, type CellScene, entryOf, indicesOf, takersOf } from "./scene.js";

/** Of the keyboard controller: trapped in every cell, and let through but for what resets the machine. */
const i8042CommandPort = 0x64;
const i8042 = { writeOutputPort: 0xd1, pulseOutputPort: 0xf0 } as const;
/** Written only to pass time. */
const delayPort = 0x80;
const pci = { address: 0xcf8, data: 0xcfc } as const;
const timerPorts = 4;
/** Of the processor's own list of ports; bits beyond it are those of the next page. */
const portCount = 0x1_0000;

/**
 * Each byte of an access has to be open (hypervisor/arch/x86/vcpu.c:84-250). Accesses to configuration spaces are none of
 * ports: who knows the device asks for that.
 */
export function decidePorts(access: PortAccess, scene: CellScene): Decision {
  const { port, size } = access;
  const closed = Array.from({ length: size }, (_, index) => port + index).find(
    (each) => !isOpen(each, scene),
  );
  if (closed === undefined) return decision("granted", access, []);
  if (size === 1 && port === delayPort) return decision("granted", access, []);
  if (isWrongPciPort(access)) {
    return decision(
      "denied",
      access,
      [],
      [],
      "PCI is reached by whole accesses to the ports 0xcf8 and 0xcfc",
    );
  }
  if (port === pci.address) return decision("granted", access, []);
  if (
    size > 1 &&
    port <= i8042CommandPort &&
    i8042CommandPort < port + size &&
    !isOpen(i8042CommandPort, scene)
  ) {
    return decision("denied", access, [], [], "port 0x64 is reached by accesses of one byte only");
  }
  if (port === i8042CommandPort && rangesWith(scene.cell, port).length > 0) return decideKeyboard(access);
  const takers = takersOfPort(closed, scene);
  if (takers.length > 0) {
    const lost = rangesWith(scene.cell, closed).map((index) =>
      entryOf(scene.cell, "pio_regions", index, "lost"),
    );
    return decision("denied", access, [...lost, ...takers]);
  }
  const { cell } = scene;
  const crossed = rangesWith(cell, port).map((index) => entryOf(cell, "pio_regions", index, "crossed"));
  const absent = [entryOf(cell, "pio_regions", null, "absent")];
  return decision("denied", access, crossed.length > 0 ? crossed : absent, nearTo(closed, scene));
}

function decideKeyboard(access: PortAccess): Decision {
  const { direction, size, value } = access;
  const command = (value ?? 0) & 0xff;
  const isReset =
    command === i8042.writeOutputPort || (command & i8042.pulseOutputPort) === i8042.pulseOutputPort;
  if (size === 1 && (direction === "read" || !isReset)) return decision("granted", access, []);
  return decision(
    "denied",
    access,
    [],
    [],
    "commands that can reset the machine are let through for no cell",
  );
}

function isWrongPciPort({ port, size }: PortAccess): boolean {
  if (port === pci.address) return size !== 4;
  return port >= pci.data && port < pci.data + 4 && port + size > pci.data + 4;
}

/** The timer of the chipset is open to all; the root cell loses what any other cell lists. */
function isOpen(port: number, scene: CellScene): boolean {
  if (takersOfPort(port, scene).length > 0) return false;
  if (isOfTimer(port, scene)) return true;
  if (port === i8042CommandPort) return isOpenForRoot(scene);
  return port < portCount && rangesWith(scene.cell, port).length > 0;
}

/** What is given back to the root cell is open, the command port of the keyboard controller, too. */
function isOpenForRoot(scene: CellScene): boolean {
  if (!scene.cell.isRoot) return false;
  const { takers, cameBack } = whereaboutsOf(scene.history, effectsOn(i8042CommandPort, scene));
  return cameBack && takers.length === 0;
}

function isOfTimer(port: number, { system }: CellScene): boolean {
  const { pmTimerAddress } = system.x86;
  return pmTimerAddress !== 0 && port >= pmTimerAddress && port < pmTimerAddress + timerPorts;
}

function rangesWith({ config }: CellInPlay, port: number): readonly number[] {
  return config.portRanges.flatMap((range, index) => (has(range, port) ? [index] : []));
}

function has({ base, length }: PortRange, port: number): boolean {
  return base <= port && port < base + length;
}

/** What a cell lists is taken on its creation, and given back as far as the root cell lists it. */
function effectsOn(port: number, scene: CellScene): Effects {
  const isOwn = scene.cell.isRoot && rangesWith(scene.cell, port).length > 0;
  return {
    takes: ({ step, config }) =>
      step === "created" ? indicesOf(config.portRanges, (range) => has(range, port)) : [],
    returns: ({ step, config }) =>
      isOwn && step === "destroyed" && config.portRanges.some((range) => has(range, port)),
  };
}

function takersOfPort(port: number, scene: CellScene): readonly DecidingEntry[] {
  const isOwn = rangesWith(scene.cell, port).length > 0 || isOfTimer(port, scene);
  return isOwn ? takersOf(scene, "pio_regions", effectsOn(port, scene)) : [];
}

function nearTo(port: number, { cell, cells }: CellScene): readonly DecidingEntry[] {
  const ranges = cell.config.portRanges.map(({ base, length }, index) => ({
    base,
    end: base + length,
    index,
  }));
  const below = ranges.filter(({ end }) => end <= port).sort((one, other) => other.end - one.end)[0];
  const above = ranges.filter(({ base }) => base > port).sort((one, other) => one.base - other.base)[0];
  return [
    ...(below === undefined ? [] : [entryOf(cell, "pio_regions", below.index, "below")]),
    ...(above === undefined ? [] : [entryOf(cell, "pio_regions", above.index, "above")]),
    ...cells
      .filter((each) => each !== cell)
      .flatMap((other) =>
        rangesWith(other, port).map((index) => entryOf(other, "pio_regions", index, "has")),
      ),
  ];
}
