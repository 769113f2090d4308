import { inOrder } from "../../ir/constants.js";
import type { MemoryRegion } from "../../ir/memory.js";
import { noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PciDevice } from "../../ir/pci.js";
import type { BlockOpener } from "../names/open-block.js";
import type { PciAddressValue, StatementDefinition } from "../names/scope.js";
import type { Item, NameUse } from "../syntax/ast.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine, wordOfItem } from "../vocabulary/match.js";
import { barMaskMacro, usualBarMasks } from "./bar-masks.js";
import { eachLine, linesIn, plainDevice } from "./devices.js";
import type { Lowering } from "./lowering.js";
import { type LinkSide, type Protocol, readProtocolLine } from "./protocol.js";
import { most8, most16, Reading } from "./reading.js";

/** A link with everything that its declaration says. Sizes in bytes. */
export interface Link {
  readonly name: string;
  readonly definition: StatementDefinition;
  readonly reading: Reading;
  readonly start: bigint;
  readonly state: bigint;
  readonly shared: bigint;
  readonly output: bigint;
  readonly seats: readonly Seat[];
  readonly protocol: Protocol | null;
  readonly vectors: number | "intx";
  readonly largePages: boolean;
  readonly iommu: number;
  readonly device: PciAddressValue | null;
  /** Addresses for single peers. */
  readonly devices: ReadonlyMap<StatementDefinition, PciAddressValue>;
}

/** A number among the peers. */
export interface Seat {
  /** Cells that share it; none for `nobody`. */
  readonly cells: readonly StatementDefinition[];
  readonly side: LinkSide;
  readonly place: NameUse;
}

/** What the surroundings of a link decide. */
export interface LinkDefaults {
  readonly largePages: boolean;
  /** There is no MSI: the default on ARM. */
  readonly intx: boolean;
}

const page = 0x1000n;
const largePage = 0x10000n;
const netOutput = 0x7f000n;

/** Reads the declaration of a link; undefined where something that it needs is missing or wrong. */
export function readLink(
  definition: StatementDefinition,
  lowering: Lowering,
  opener: BlockOpener,
  defaults: LinkDefaults,
): Link | undefined {
  const shape = linesOf("file").get("link")!;
  const reading = new Reading(
    matchLine(definition.instance, shape, lowering.evaluator.report),
    lowering.evaluator,
  );
  const lines = new Map<string, Reading>();
  const devices = new Map<StatementDefinition, PciAddressValue>();
  let device: PciAddressValue | null = null;
  const unknownRaw = (place: Parameters<typeof reading.problem>[2]): void =>
    reading.problem("jail-raw-not-here", { statement: "link" }, place);
  if (definition.instance.statement.block === null) reading.missing("a block");
  eachLine(
    linesIn(reading, opener, "link"),
    (line) => {
      if (line.line.shape.word !== "device") {
        lines.set(line.line.shape.word, line);
        return;
      }
      const address = line.address(line.line.lead[0]);
      if (address === undefined) return;
      if (!line.has("for")) device = address;
      else {
        const peer = line.named("for", ["cell", "system"], "a cell");
        if (peer !== undefined) devices.set(peer as StatementDefinition, address);
      }
    },
    (opened) => unknownRaw(opened.statement.head),
  );
  const number = (word: string, otherwise: bigint): bigint | undefined => {
    const line = lines.get(word);
    return line === undefined ? otherwise : line.leadNumber();
  };
  const protocolLine = lines.get("protocol");
  const protocol = protocolLine === undefined ? null : readProtocolLine(protocolLine);
  const pages = number("pages", defaults.largePages ? largePage : page);
  if (pages !== undefined && pages !== page && pages !== largePage)
    lines
      .get("pages")!
      .problem(
        "jail-wrong-type",
        { wanted: "4K or 64K", found: "another size" },
        lines.get("pages")!.line.lead[0]!,
      );
  const largePages = pages === largePage;
  // The driver of network links lays its sections out in pages of 4K, whatever those of the host.
  const state = number("state", largePages && protocol?.isNetwork !== true ? largePage : page);
  const shared = number("shared", 0n);
  const output = number("output", protocol?.isNetwork === true ? netOutput : 0n);
  const peersLine = lines.get("peers");
  const seats = peersLine === undefined ? undefined : readSeats(peersLine);
  if (peersLine === undefined) reading.missing("`peers`");
  const vectors = readVectors(lines.get("vectors"), defaults, reading);
  const iommu = Number(number("iommu", 0n) ?? 0n);
  const start = placeOfLink(reading, lowering, { state, shared, output, seats });
  if (
    protocol === undefined ||
    state === undefined ||
    shared === undefined ||
    output === undefined ||
    seats === undefined ||
    vectors === undefined ||
    start === undefined
  )
    return undefined;
  const { name } = definition;
  return {
    name,
    definition,
    reading,
    start,
    state,
    shared,
    output,
    seats,
    protocol,
    vectors,
    largePages,
    iommu,
    device,
    devices,
  };
}

function placeOfLink(
  reading: Reading,
  lowering: Lowering,
  {
    state,
    shared,
    output,
    seats,
  }: {
    readonly state: bigint | undefined;
    readonly shared: bigint | undefined;
    readonly output: bigint | undefined;
    readonly seats: readonly Seat[] | undefined;
  },
): bigint | undefined {
  if (reading.has("at")) return reading.number("at");
  if (!reading.has("from")) {
    reading.missing("`at` and an address, or `from` and a pool");
    return undefined;
  }
  if (state === undefined || shared === undefined || output === undefined || seats === undefined)
    return undefined;
  return lowering.placeFromPool(reading, state + shared + output * BigInt(seats.length))?.start;
}

function readVectors(
  line: Reading | undefined,
  defaults: LinkDefaults,
  reading: Reading,
): number | "intx" | undefined {
  if (line === undefined) {
    if (defaults.intx) return "intx";
    reading.missing("`vectors` and their number, or `vectors intx`");
    return undefined;
  }
  if (line.word("intx")) return "intx";
  const vectors = line.leadNumber(most16);
  return vectors === undefined ? undefined : Number(vectors);
}

/** `root as back, a or b, nobody` */
function readSeats(reading: Reading): readonly Seat[] | undefined {
  const groups: Item[][] = [];
  for (const item of reading.line.lead) {
    if (item.afterComma || groups.length === 0) groups.push([item]);
    else groups.at(-1)!.push(item);
  }
  const seats: Seat[] = [];
  for (const group of groups) {
    const seat = readSeat(reading, group);
    if (seat === undefined) return undefined;
    seats.push(seat);
  }
  if (seats.length === 0 || seats.length > Number(most8)) reading.missing("the names of cells");
  return seats;
}

function readSeat(reading: Reading, items: readonly Item[]): Seat | undefined {
  const [first] = items;
  const place = wordOfItem(first!) ?? { text: "", start: first!.start, end: first!.end };
  if (place.text === "nobody" && reading.scope.find("nobody") === undefined) {
    reading.noMore(items.slice(1));
    return { cells: [], side: null, place };
  }
  const cells: StatementDefinition[] = [];
  let side: LinkSide = null;
  for (let index = 0; index < items.length; ) {
    const cell = reading.thing(items[index]!, ["cell", "system"], "a cell");
    if (cell === undefined) return undefined;
    cells.push(cell as StatementDefinition);
    index += 1;
    const word = items[index] === undefined ? undefined : wordOfItem(items[index]!)?.text;
    if (word === undefined && items[index] === undefined) break;
    if (word === "or" && items[index + 1] !== undefined) {
      index += 1;
      continue;
    }
    const sideWord = items[index + 1] === undefined ? undefined : wordOfItem(items[index + 1]!)?.text;
    if (word !== "as" || (sideWord !== "front" && sideWord !== "back") || items.length > index + 2) {
      reading.problem("jail-not-expected", { what: "this", statement: "peers" }, items[index]!, {
        help: "peers are written `a`, `a or b`, `a as front` or `a as back`, with commas between",
      });
      return undefined;
    }
    side = sideWord;
    break;
  }
  return { cells, side, place };
}

/** What one cell gets of a link. */
export interface LinkEnd {
  readonly regions: readonly MemoryRegion[];
  readonly device: PciDevice;
}

/** @param isRoot the root cell, whose regions are shared with it anyway */
export function linkEnd(
  link: Link,
  number: number,
  cell: StatementDefinition,
  isRoot: boolean,
  lowering: Lowering,
): LinkEnd | undefined {
  const { start, state, shared, output, seats, protocol, reading } = link;
  const sharedFlag = isRoot && protocol?.isNetwork !== true ? [] : ["JAILHOUSE_MEM_ROOTSHARED"];
  const region = (at: bigint, size: bigint, writable: boolean): MemoryRegion => {
    const origins = reading.origins();
    if (size === 0n) return { physStart: 0n, virtStart: 0n, size: 0n, flags: noFlags, ...plainNode(origins) };
    const rights = ["JAILHOUSE_MEM_READ", ...(writable ? ["JAILHOUSE_MEM_WRITE"] : [])];
    return {
      physStart: at,
      virtStart: at,
      size,
      flags: { names: inOrder([...rights, ...sharedFlag]), unknown: 0n },
      ...plainNode(origins),
    };
  };
  const outputs = start + state + shared;
  const regions = [
    region(start, state, false),
    region(start + state, shared, true),
    ...seats.map((_, index) => region(outputs + output * BigInt(index), output, index === number)),
  ];
  const address = link.devices.get(cell) ?? link.device;
  if (address === null) {
    reading.problem(
      "jail-link",
      { name: link.name, what: "has no address for its device" },
      reading.line.instance.statement.head,
      {
        help: "write `device 00:00.0` in its block, or declare a pool of slots",
      },
    );
    return undefined;
  }
  const { side } = seats[number]!;
  if (protocol?.hasSides === true && side === null) {
    reading.problem(
      "jail-link",
      { name: link.name, what: "does not say which side a peer is" },
      seats[number]!.place,
      {
        help: "write `as front` or `as back` behind each peer",
      },
    );
  }
  const device: PciDevice = {
    ...plainDevice("JAILHOUSE_PCI_TYPE_IVSHMEM", lowering, reading),
    iommu: link.iommu,
    domain: address.domain ?? 0,
    bdf: address.bdf,
    barMask: barMaskOf(link, lowering) ?? [0, 0, 0, 0, 0, 0],
    numMsixVectors: link.vectors === "intx" ? 0 : link.vectors,
    shmemDevId: number,
    shmemPeers: seats.length,
    shmemProtocol: protocol?.ofSide(side) ?? { kind: "undefined", detail: 0 },
  };
  return { regions, device };
}

function barMaskOf(link: Link, lowering: Lowering): readonly number[] | undefined {
  const kind = { msix: link.vectors !== "intx", largePages: link.largePages };
  const masks = usualBarMasks(lowering.profile, kind);
  if (masks !== undefined) return masks;
  link.reading.problem(
    "jail-not-in-profile",
    { what: "this link", why: `${lowering.profile.id} has no ${barMaskMacro(kind)}` },
    link.reading.line.instance.statement.head,
  );
  return undefined;
}
