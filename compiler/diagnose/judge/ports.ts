import type { CheckedConfig } from "../../check/facts/checked-config.js";
import { type PortGrant, portGrants } from "../../check/facts/port-grants.js";
import type { Change } from "../../check/fix.js";
import { whoReaches } from "../../check/reach/reach.js";
import { listed, portsText } from "../../check/words.js";
import type { PortRange } from "../../ir/port-io.js";
import type { DeniedAccess } from "../log/statement.js";
import { isGranted } from "./granted.js";
import type { CellScene, Judgement, Offer } from "./judgement.js";
import { machinePort, otherCellsWithPorts } from "./taken.js";

type PortAccess = DeniedAccess & { readonly kind: "port" };

/** Entries that are this near to the port are likely to be of the same device. */
const nearPorts = 64;

export function judgePort(access: PortAccess, scene: CellScene): Judgement {
  const { cell, partition, set } = scene;
  const { port, size } = access;
  const end = port + size;
  const grants = portGrants(cell);
  const before = nearest(grants, (each) => (each.end <= end ? port - each.end : null));
  const after = nearest(grants, (each) => (each.start >= end ? each.start - end : null));
  const near = [before, after].flatMap((each) => each ?? []);
  const first = near[0];
  const place = {
    at: first?.spot ?? cell.cellSpot("name"),
    label: first === undefined ? "it has no ports near" : grantText(first),
  };
  if (isGranted(access, cell, partition))
    return {
      but: "but this config grants it",
      at: grants.find((each) => each.start < end && each.end > port)?.spot ?? cell.cellSpot("name"),
      help: "the hypervisor passes on single accesses only, not those with a `rep` prefix; else diagnose the log with the config that was running",
    };
  const roots =
    cell.isRoot || set.system === null
      ? []
      : portGrants(set.system).filter((each) => each.start < end && each.end > port);
  const also = [
    ...near.slice(1).map((each) => ({ at: each.spot, text: grantText(each) })),
    ...roots.slice(0, 2).map((each) => ({ at: each.spot, text: `the root cell has ${grantText(each)}` })),
  ];
  const loss = cell.isRoot
    ? whoReaches(partition, { kind: "ioports", from: port, to: end - 1 }).losses.find(
        (each) => each.cell === cell,
      )
    : undefined;
  if (loss !== undefined)
    return {
      but: `${loss.to.title} has taken it`,
      at: loss.chain.at(-1)?.at ?? cell.cellSpot("name"),
      label: loss.chain.at(-1)?.text ?? "",
      also: loss.chain.slice(0, -1),
      help: "keep Linux from using the port, by leaving out the driver of the device",
      withheld: [`the port is that of ${loss.to.title}`],
    };
  const what = `port${size === 1 ? "" : "s"} ${portsText({ start: port, end })}`;
  const judgement = {
    but: `${cell.title} is not let through to ${size === 1 ? "it" : what}`,
    ...place,
    also,
    help: `list ${what} if ${cell.title} is meant to use the device`,
  };
  const machine = machinePort(port, end);
  if (machine !== undefined)
    return { ...judgement, help: `${cell.title} has to do without`, withheld: [`it belongs to ${machine}`] };
  const others = otherCellsWithPorts(port, end, scene);
  if (others.length > 0)
    return {
      ...judgement,
      also: [
        ...also,
        ...others.flatMap((other) =>
          portGrants(other)
            .filter((each) => each.start < end && each.end > port)
            .slice(0, 1)
            .map((each) => ({ at: each.spot, text: `${other.title} has ${grantText(each)}` })),
        ),
      ],
      help: "let the cell use another device",
      withheld: [`${listed(others.map(({ title }) => title))} ${others.length === 1 ? "has" : "have"} it`],
    };
  if (port + size > 0x1_0000) return judgement;
  const notes = cell.isRoot
    ? []
    : [
        roots.length === 0
          ? "the root cell is not let through to it, either"
          : "the root cell loses the port while the cell exists: no driver of Linux must use it",
      ];
  return { ...judgement, notes, offers: [offerOf(access, before, cell)] };
}

function grantText({ start, end }: PortGrant): string {
  return `port${end - start === 1 ? "" : "s"} ${portsText({ start, end })}`;
}

function nearest(
  grants: readonly PortGrant[],
  gapOf: (grant: PortGrant) => number | null,
): PortGrant | undefined {
  let best: { readonly grant: PortGrant; readonly gap: number } | undefined;
  for (const grant of grants) {
    const gap = gapOf(grant);
    if (gap !== null && gap <= nearPorts && (best === undefined || gap < best.gap)) best = { grant, gap };
  }
  return best?.grant;
}

/** The entry that ends right before the port, or in the access, grows; else there is a new one. */
function offerOf(access: PortAccess, before: PortGrant | undefined, cell: CheckedConfig): Offer {
  const { port, size } = access;
  const closed = Array.from({ length: size }, (_, index) => port + index).filter(
    (each) => !cell.ports.some(({ start, end }) => start <= each && each < end),
  );
  const first = closed[0] ?? port;
  const end = (closed.at(-1) ?? port + size - 1) + 1;
  const { portIo } = cell.cell;
  const ranges: readonly PortRange[] = portIo.kind === "ranges" ? portIo.ranges : [];
  const range = ranges.find(
    (each) => before !== undefined && each.origins === before.spot.node.origins && each.base === before.start,
  );
  const grown: readonly Change[] | undefined =
    range === undefined || range.base > first || range.base + range.length < first
      ? undefined
      : [{ kind: "set", at: { ...cell.spot(range), field: "length" }, value: BigInt(end - range.base) }];
  const added: Change = {
    kind: "add",
    at: cell.cellSpot(),
    element: { table: "portRanges", node: { base: first, length: end - first } },
  };
  const title = `let ${cell.title} through to port${end - first === 1 ? "" : "s"} ${portsText({ start: first, end })}`;
  return { title, access, ways: [...(grown === undefined ? [] : [grown]), [added]] };
}
