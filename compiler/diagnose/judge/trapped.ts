import type { Region } from "../../check/facts/region.js";
import type { Change } from "../../check/fix.js";
import { flagsText, hex, listed, ownRegionText, rangeText, regionText } from "../../check/words.js";
import { hasFlag } from "../../ir/names.js";
import type { DeniedAccess } from "../log/statement.js";
import { isGranted, missingFlags } from "./granted.js";
import type { CellScene, Judgement } from "./judgement.js";
import { guardedBy, linksTo, offered, otherCellsAt } from "./taken.js";

type TrappedAccess = DeniedAccess & { readonly kind: "trapped" };

const words: Readonly<Record<string, string>> = {
  JAILHOUSE_MEM_READ: "no right to read",
  JAILHOUSE_MEM_WRITE: "no right to write",
  JAILHOUSE_MEM_IO_UNALIGNED: "no right to unaligned accesses",
};

/** An access to a region of less than a page, which the hypervisor checks itself. */
export function judgeTrapped(access: TrappedAccess, scene: CellScene): Judgement {
  const { cell, partition } = scene;
  const { address, size, direction } = access;
  const range = { start: address, end: address + BigInt(Math.max(size, 1)) };
  const found = [...cell.byPhysical.overlapping(range)].map(({ region }) => region);
  const region = found.find(({ isSubPage }) => isSubPage) ?? found[0];
  if (region === undefined)
    return {
      but: `${cell.title} has no region there`,
      at: cell.cellSpot("name"),
      help: "diagnose the log with the config that was running: this one has no region of less than a page there",
    };
  const label = `${ownRegionText(region)}, ${rangeText(region.phys)}: ${rightsAndWidths(region)}`;
  if (isGranted(access, cell, partition))
    return {
      but: "but this config grants it",
      at: region.spot(),
      label,
      help: "build the config and load it again, or diagnose the log with the config that was running",
    };
  const missing = missingFlags(region, address - region.phys.start, direction, size);
  if (missing.length === 0)
    return {
      but: `the access does not fit into ${ownRegionText(region)}`,
      at: region.spot(),
      label,
      help: "give the region the same offset within the page for the cell and on the machine",
    };
  const at = { ...region.spot(), field: "flags" };
  const owners = [...otherCellsAt(range, scene), ...guardedBy(range, scene)];
  return {
    but: `${ownRegionText(region)} has ${listed(missing.map((flag) => words[flag] ?? `no accesses of ${size * 8} bits`))}`,
    at: region.spot("flags"),
    label,
    also: linksTo(owners),
    help: `let ${regionText(region)} have ${flagsText(region, missing)}, or access its registers as it says`,
    ...offered(owners, {
      title: `add ${flagsText(region, missing)}`,
      access,
      ways: [missing.map((name): Change => ({ kind: "flag", at, name, on: true }))],
    }),
  };
}

function rightsAndWidths({ node, read, write }: Region): string {
  const rights = `${read ? "r" : ""}${write ? "w" : ""}`;
  const widths = [8, 16, 32, 64].filter((bits) => hasFlag(node.flags, `JAILHOUSE_MEM_IO_${bits}`));
  const text = widths.length === 0 ? "no width" : `${widths.join(", ")} bits`;
  return `${rights === "" ? "no rights" : rights}, ${text}, from ${hex(node.virtStart)} on`;
}
