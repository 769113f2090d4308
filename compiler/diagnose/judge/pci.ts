import { capabilityRange } from "../../check/facts/capabilities.js";
import { type CheckedConfig, isIvshmem } from "../../check/facts/checked-config.js";
import type { Change, NewDevice } from "../../check/fix.js";
import type { Link } from "../../check/reach/answer.js";
import { bdfText, deviceText, hex } from "../../check/words.js";
import type { PciCapability, PciDevice } from "../../ir/pci.js";
import type { DeniedAccess } from "../log/statement.js";
import { configAccess, headerSize, isHeaderWrite, writable } from "./config-space.js";
import type { CellScene, Judgement } from "./judgement.js";
import { cellsBeside } from "./taken.js";

type ConfigAccess = DeniedAccess & { readonly kind: "pci-config" };

export function judgePci(access: ConfigAccess, scene: CellScene): Judgement {
  const { cell } = scene;
  const { register, direction, size } = access;
  const { device, capability, isGranted } = configAccess(access, cell);
  if (device === undefined) return notListed(access, scene);
  const at = cell.spot(device);
  const label = `${deviceText(device)} of ${cell.title}`;
  if (isGranted)
    return {
      but: "but this config grants it",
      at: capability === undefined ? at : cell.spot(capability),
      label,
      help: "a value that the hypervisor could not pass on has the same line, as an interrupt for a CPU of another cell; else diagnose the log with the config that was running",
    };
  if (direction === "read" || size > 4)
    return {
      but: "accesses of more than 4 bytes are not passed on",
      at,
      label,
      help: "access the register by 4 bytes at most",
    };
  if (isIvshmem(device))
    return {
      but: "the shared-memory device has no such register to write to",
      at,
      label,
      help: "the driver is for another version of the device, or has taken it for another one",
    };
  if (register < headerSize)
    return {
      but: "no cell writes this part of the header",
      at,
      label,
      help: "the hypervisor passes on command, status, cache line, latency, base addresses and the interrupt line: mend the driver",
    };
  if (capability === undefined) return noCapability(device, access, scene);
  const flag: Change = {
    kind: "flag",
    at: { ...cell.spot(capability), field: "flags" },
    name: writable,
    on: true,
  };
  return {
    but: "the capability is not writable for the cell",
    at: cell.spot(capability, "flags"),
    label: `${capabilityText(capability)} of ${deviceText(device)}`,
    also: [{ at, text: label }],
    help: `let ${cell.title} write the capability, if its registers act on this device alone`,
    offers: [{ title: "make the capability writable", access, ways: [[flag]] }],
  };
}

function noCapability(device: PciDevice, { register }: ConfigAccess, { cell, set }: CellScene): Judgement {
  const { first, end } = capabilityRange(device, cell);
  const own = cell.cell.pciCapabilities.slice(first, end);
  const near =
    own.filter(({ start }) => start <= register).toSorted((one, other) => other.start - one.start)[0] ??
    own[0];
  const system = cell.isRoot ? null : set.system;
  const roots: readonly Link[] =
    system === null
      ? []
      : system.cell.pciDevices
          .filter(({ bdf }) => bdf === device.bdf)
          .flatMap((each) => {
            const range = capabilityRange(each, system);
            return system.cell.pciCapabilities.slice(range.first, range.end);
          })
          .filter(({ start, len }) => start <= register && register < start + len)
          .map((each) => ({
            at: system.spot(each),
            text: `the root cell has ${capabilityText(each)} there`,
          }));
  return {
    but: `the entry of ${deviceText(device)} has no capability at ${hex(register)}`,
    at: near === undefined ? cell.spot(device) : cell.spot(near),
    label: near === undefined ? "it has no capabilities" : `${capabilityText(near)} is the nearest`,
    also: [
      ...(near === undefined ? [] : [{ at: cell.spot(device), text: deviceText(device) }]),
      ...roots.slice(0, 2),
    ],
    help: "list the capability with its length, as `lspci -vvv` shows it, and as writable if its registers act on this device alone",
  };
}

function notListed(access: ConfigAccess, { cell, set, partition }: CellScene): Judgement {
  const { bdf } = access;
  const name = bdfText({ domain: 0, bdf });
  const owners = set.all.flatMap((config) =>
    config.cell.pciDevices
      .filter((each) => each.bdf === bdf)
      .slice(0, 1)
      .map((each) => ({ config, device: each })),
  );
  const beside = cellsBeside({ set, cell });
  const others = owners.filter(({ config, device }) => beside.includes(config) && !isIvshmem(device));
  const [owner] = [...others, ...owners];
  const also = owners
    .filter((each) => each !== owner)
    .map(({ config, device }) => ({ at: config.spot(device), text: `${config.title} lists it` }));
  return {
    but: `${cell.title} does not list device ${name}`,
    at: owner === undefined ? cell.tableSpot("pciDevices") : owner.config.spot(owner.device),
    label: owner === undefined ? "no config lists it" : `${owner.config.title} lists it`,
    also,
    help:
      others.length > 0
        ? "keep the driver from the device: it may be found by its address, and belongs to another cell"
        : `add \`device ${name}\` to ${cell.title} with its memory, interrupts and capabilities, or keep the driver from writing to it`,
    ...(others.length > 0
      ? { withheld: [`the device is that of ${others[0]!.config.title}`] }
      : deviceOffer(access, owner, { cell, partition })),
  };
}

/** The entry of the root cell without what only makes sense with the memory and interrupts of the device. */
function deviceOffer(
  access: ConfigAccess,
  owner: { readonly config: CheckedConfig; readonly device: PciDevice } | undefined,
  { cell, partition }: Pick<CellScene, "cell" | "partition">,
): Pick<Judgement, "offers" | "withheld" | "notes"> {
  if (owner?.config.isRoot !== true || owner.device.type !== "JAILHOUSE_PCI_TYPE_DEVICE") return {};
  if (access.direction === "read" || !isHeaderWrite(access.register, access.size)) return {};
  if (partition.iommu === "none")
    return { withheld: ["no IOMMU keeps the device within the memory of the cell"] };
  const { extra: _extra, residue: _residue, origins: _origins, ...entry } = owner.device;
  const node: NewDevice = {
    ...entry,
    capsStart: 0,
    numCaps: 0,
    numMsiVectors: 0,
    msi64bits: 0,
    msiMaskable: 0,
    numMsixVectors: 0,
    msixRegionSize: 0,
    msixAddress: 0n,
  };
  const change: Change = { kind: "add", at: cell.cellSpot(), element: { table: "pciDevices", node } };
  return {
    notes: ["the root cell loses the device while the cell exists"],
    offers: [{ title: `give ${cell.title} the device, as yet without interrupts`, access, ways: [[change]] }],
  };
}

function capabilityText({ start, len, extended, id }: PciCapability): string {
  return `${extended ? "extended " : ""}capability ${hex(id)} at ${hex(start)}..${hex(start + len - 1)}`;
}
