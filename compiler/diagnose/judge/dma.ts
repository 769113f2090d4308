import type { Change } from "../../check/fix.js";
import { deviceText, hex, ownRegionText, rangeText, regionText } from "../../check/words.js";
import type { DeniedAccess } from "../log/statement.js";
import { isGranted } from "./granted.js";
import type { CellScene, Judgement } from "./judgement.js";
import { guardedBy, linksTo, offered, otherCellsAt } from "./taken.js";

type DmaAccess = DeniedAccess & { readonly kind: "dma" };

/** An access of a device that its IOMMU has stopped. */
export function judgeDma(access: DmaAccess, scene: CellScene): Judgement {
  const { cell, partition } = scene;
  const { bdf, address } = access;
  const device = cell.cell.pciDevices.find((each) => each.bdf === bdf);
  const place = {
    at: device === undefined ? cell.cellSpot("name") : cell.spot(device),
    label: device === undefined ? "" : deviceText(device),
  };
  if (address === null)
    return {
      but: "the log does not say where",
      ...place,
      help: "paste all lines of the report: the address stands in one of them",
    };
  const range = { start: address, end: address + 1n };
  const [found] = cell.byVirtual.overlapping(range);
  if (found === undefined)
    return {
      but: `${cell.title} has no memory at ${hex(address)}`,
      ...place,
      help: "devices use the addresses that their cell sees: mend the address that the driver gives to the device",
    };
  const { region } = found;
  const label = `${ownRegionText(region)}, ${rangeText(region.virt)}`;
  if (isGranted(access, cell, partition))
    return {
      but: "but this config opens the memory to the device",
      at: region.spot(),
      label,
      help: "the device wrote where it may only read, or another config was running",
    };
  if (region.dma)
    return {
      but: "the device does not get the memory of its cell",
      at: region.spot("flags"),
      label,
      help: "see that the device is listed with the IOMMU in front of it",
    };
  const phys = { start: region.phys.start, end: region.phys.end };
  const owners = [...otherCellsAt(phys, scene), ...guardedBy(phys, scene)];
  const change: Change = {
    kind: "flag",
    at: { ...region.spot(), field: "flags" },
    name: "JAILHOUSE_MEM_DMA",
    on: true,
  };
  return {
    but: `${ownRegionText(region)} is not open to devices`,
    at: region.spot("flags"),
    label,
    also: linksTo(owners),
    help: `open ${regionText(region)} to devices, if this one is meant to reach it`,
    ...offered(owners, { title: "open it to devices of the cell", access, ways: [[change]] }),
  };
}
