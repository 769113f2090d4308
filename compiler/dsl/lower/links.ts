import { inOrder } from "../../ir/constants.js";
import type { MemoryRegion } from "../../ir/memory.js";
import { noFlags } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { Origin } from "../../ir/origin.js";
import { commonSections, type PciDevice } from "../../ir/pci.js";
import type { BlockOpener } from "../names/open-block.js";
import type { Definition, PciAddressValue, StatementDefinition } from "../names/scope.js";
import { linesOf } from "../vocabulary/file-lines.js";
import { matchLine, placeIn } from "../vocabulary/match.js";
import { barMaskMacro, usualBarMasks } from "./bar-masks.js";
import { eachLine, linesIn, plainDevice } from "./devices.js";
import { checkPeers, checkSides, readSeats, type Seat } from "./link-peers.js";
import type { Lowering } from "./lowering.js";
import { type Protocol, readProtocolLine } from "./protocol.js";
import { most8, most16, most64, Reading, WrittenOrigins } from "./reading.js";

/** A link whose place is known. */
export interface Link extends DeclaredLink {
  readonly start: bigint;
}

/** A link with everything that its declaration says. Sizes in bytes. */
export interface DeclaredLink {
  readonly name: string;
  readonly definition: StatementDefinition;
  readonly reading: Reading;
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
  readonly places: LinkPlaces;
}

/** Where the lines of a link stand. */
interface LinkPlaces {
  /** By their first word. */
  readonly lines: ReadonlyMap<string, Origin>;
  /** Of `device`, by the peer that it is for; null for that of all. */
  readonly devices: ReadonlyMap<Definition | null, Origin>;
}

/** What the surroundings of a link decide. */
export interface LinkDefaults {
  readonly largePages: boolean;
  /** There is no MSI: the default on ARM. */
  readonly intx: boolean;
}

/** Pages of hosts, in bytes. */
export const page = 0x1000n;
export const largePage = 0x1_0000n;
const netOutput = 0x7f000n;

/**
 * Sizes of sections for which none is said, in bytes. The driver of network links lays its sections out in pages of 4K,
 * whatever those of the host.
 */
export function usualSections(
  isNetwork: boolean,
  largePages: boolean,
): { readonly state: bigint; readonly output: bigint } {
  return isNetwork
    ? { state: page, output: netOutput }
    : { state: largePages ? largePage : page, output: 0n };
}

/** Reads the declaration of a link; undefined where something that it needs is missing or wrong. */
export function readLink(
  definition: StatementDefinition,
  lowering: Lowering,
  opener: BlockOpener,
  defaults: LinkDefaults,
): DeclaredLink | undefined {
  const shape = linesOf("file").get("link")!;
  const reading = new Reading(
    matchLine(definition.instance, shape, lowering.evaluator.report),
    lowering.evaluator,
  );
  const lines = new Map<string, Reading>();
  const deviceLines = new Map<Definition | null, Reading>();
  let hasMistake = false;
  const devices = new Map<StatementDefinition, PciAddressValue>();
  let device: PciAddressValue | null = null;
  const unknownRaw = (place: Parameters<typeof reading.problem>[2]): void =>
    reading.problem("jail-raw-not-here", { statement: "link" }, place, {
      help: "a link makes regions and devices of several cells; fields of one end are set in `link NAME { ... }` in its cell",
    });
  const { statement } = definition.instance;
  if (statement.block === null || statement.damaged) return undefined;
  const absent: string[] = [];
  eachLine(
    linesIn(reading, opener, "link"),
    (line) => {
      if (line.line.shape.word !== "device") {
        lines.set(line.line.shape.word, line);
        return;
      }
      const address = line.address(line.line.lead[0]);
      line.noMore(line.line.lead.slice(1));
      if (address === undefined) hasMistake = true;
      const peer = line.has("for") ? line.named("for", ["cell", "system"], "a cell") : null;
      if (peer === undefined) hasMistake = true;
      if (address === undefined || peer === undefined) return;
      const earlier = deviceLines.get(peer);
      if (earlier !== undefined) {
        const said = peer === null ? "device" : `device for ${peer.name}`;
        line.problem("jail-only-once", { statement: said }, line.line.instance.statement.head, {
          secondary: [
            { place: placeIn(earlier.scope, earlier.line.instance.statement.head), text: "first here" },
          ],
        });
        return;
      }
      deviceLines.set(peer, line);
      if (peer === null) device = address;
      else devices.set(peer as StatementDefinition, address);
    },
    (opened) => unknownRaw(opened.statement.head),
  );
  const number = (word: string, otherwise: bigint, most?: bigint): bigint | undefined => {
    const line = lines.get(word);
    return line === undefined ? otherwise : line.leadNumber(most);
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
  const usual = usualSections(protocol?.isNetwork === true, largePages);
  const state = number("state", usual.state);
  const shared = number("shared", 0n);
  const output = number("output", usual.output);
  const peersLine = lines.get("peers");
  const seats = peersLine === undefined ? undefined : readSeats(peersLine);
  if (peersLine === undefined) absent.push("`peers` and the cells that take part");
  const vectorsLine = lines.get("vectors");
  const vectors = vectorsLine === undefined ? (defaults.intx ? "intx" : undefined) : readVectors(vectorsLine);
  if (vectorsLine === undefined && vectors === undefined)
    absent.push("`vectors` and their number, or `vectors intx`");
  if (!reading.has("at") && !reading.has("from")) absent.push("`at` and an address, or `from` and a pool");
  if (absent.length > 0) reading.missing(absent.join("; "));
  const iommu = Number(number("iommu", 0n, most8) ?? 0n);
  checkPeers(seats ?? [], deviceLines, reading);
  if (protocol !== undefined) checkSides(definition.name, seats ?? [], protocol, reading);
  const isPlaced = reading.has("at") !== reading.has("from");
  if (reading.has("at") && reading.has("from")) reading.notBoth("at", "from");
  if (
    protocol === undefined ||
    state === undefined ||
    shared === undefined ||
    output === undefined ||
    seats === undefined ||
    vectors === undefined ||
    !isPlaced ||
    hasMistake
  )
    return undefined;
  const { name } = definition;
  return {
    name,
    definition,
    reading,
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
    places: { lines: originsOf(lines), devices: originsOf(deviceLines) },
  };
}

function originsOf<Key>(lines: ReadonlyMap<Key, Reading>): ReadonlyMap<Key, Origin> {
  return new Map([...lines].map(([key, line]) => [key, line.origin()]));
}

/** All sections of a link together, in bytes. */
export function sizeOfLink({ state, shared, output, seats }: DeclaredLink): bigint {
  return state + shared + output * BigInt(seats.length);
}

/** Where the sections of a link begin; undefined where that is wrong, which was reported. */
export function placeLink(link: DeclaredLink, { choices }: Lowering): Link | undefined {
  const { reading, definition } = link;
  const start = reading.has("at") ? reading.number("at") : choices.memoryOf(definition.instance)?.start;
  if (start === undefined) return undefined;
  const end = start + sizeOfLink(link);
  const most = most64 + 1n;
  const place = reading.clauseNamed("at") ?? reading.line.instance.statement.head;
  return reading.within(end, "the end of the sections", 0n, most, place) === undefined
    ? undefined
    : { ...link, start };
}

function readVectors(line: Reading): number | "intx" | undefined {
  if (line.word("intx")) {
    if (line.line.lead.length > 0) line.notBoth(line.line.lead[0]!, "intx");
    return "intx";
  }
  const vectors = line.leadNumber(most16);
  if (vectors === undefined) return undefined;
  // Without vectors a device has other registers, which `intx` says.
  return line.within(vectors, "`vectors`", 1n, most16, line.line.lead[0]!) === undefined
    ? undefined
    : Number(vectors);
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
  const { start, state, shared, output, seats, protocol, reading, places } = link;
  const sharedFlag = isRoot && protocol?.isNetwork !== true ? [] : ["JAILHOUSE_MEM_ROOTSHARED"];
  const region = (section: number, at: bigint, size: bigint, writable: boolean): MemoryRegion => {
    const word = section === 0 ? "state" : section === 1 ? "shared" : "output";
    const origins = withFields(reading.origins({}, section), { size: places.lines.get(word) });
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
    region(0, start, state, false),
    region(1, start + state, shared, true),
    ...seats.map((_, index) =>
      region(commonSections + index, outputs + output * BigInt(index), output, index === number),
    ),
  ];
  const address = link.devices.get(cell) ?? link.device ?? lowering.choices.slotOf(link.definition);
  if (address === undefined) return undefined;
  const { side } = seats[number]!;
  const addressed = places.devices.get(cell) ?? places.devices.get(null);
  const device: PciDevice = {
    ...plainDevice("JAILHOUSE_PCI_TYPE_IVSHMEM", lowering, reading),
    origins: withFields(reading.origins(), {
      bdf: addressed,
      domain: addressed,
      numMsixVectors: places.lines.get("vectors"),
    }),
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

function withFields(
  origins: WrittenOrigins,
  fields: Readonly<Record<string, Origin | undefined>>,
): WrittenOrigins {
  const known = Object.entries(fields).filter((field): field is [string, Origin] => field[1] !== undefined);
  return new WrittenOrigins(origins.of(), new Map(known));
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
