import { at } from "../../diagnostics/diagnostic.js";
import type { Choice } from "../../ir/names.js";
import { plainNode } from "../../ir/node.js";
import type { PciCapability, PciDevice, ShmemProtocol } from "../../ir/pci.js";
import { nearestName } from "../../support/nearest-name.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import { headOf, openingBrace } from "../names/open-block.js";
import { Scope, type StatementDefinition } from "../names/scope.js";
import { homesOf, linesOf } from "../vocabulary/file-lines.js";
import { matchLine, placeIn } from "../vocabulary/match.js";
import type { BlockPlace } from "../vocabulary/shape.js";
import { usualBarMasks } from "./bar-masks.js";
import { lowerCapability, lowerCapabilityList } from "./capabilities.js";
import type { Lowering } from "./lowering.js";
import { singleKey, withoutOverridden } from "./overridden.js";
import { readProtocolLine } from "./protocol.js";
import { most8, most16, most32, most64, Reading } from "./reading.js";
import { saidAt, usedAt } from "./said-at.js";

/** A device whose capabilities have no place in the table yet. */
export interface DeviceDraft {
  readonly device: PciDevice;
  readonly capabilities: readonly PciCapability[];
  /** Where the list was asked to be. */
  readonly capabilitiesFrom: bigint | null;
  readonly reading: Reading;
  /** Behind `regions from`: a name or an index; for shared-memory devices only. */
  readonly regionsFrom: Reading | null;
  /** Raw fields of the block. */
  readonly raw: readonly Opened[];
}

const types: Readonly<Record<string, string>> = {
  device: "JAILHOUSE_PCI_TYPE_DEVICE",
  bridge: "JAILHOUSE_PCI_TYPE_BRIDGE",
  ivshmem: "JAILHOUSE_PCI_TYPE_IVSHMEM",
};

const kindNames: Readonly<Record<string, string>> = {
  device: "a PCI device",
  bridge: "a PCI bridge",
  ivshmem: "one end of a shared-memory device",
};

const noProtocol: ShmemProtocol = { kind: "undefined", detail: 0 };

/** A device with nothing but a type. */
export function plainDevice(type: Choice, lowering: Lowering, reading: Reading): PciDevice {
  const several = lowering.profile.structs
    .get("jailhouse_pci_device")
    ?.fields.some(({ name }) => name === "shmem_regions_start");
  return {
    type,
    iommu: 0,
    domain: 0,
    bdf: 0,
    barMask: [0, 0, 0, 0, 0, 0],
    capsStart: 0,
    numCaps: 0,
    numMsiVectors: 0,
    msi64bits: 0,
    msiMaskable: 0,
    numMsixVectors: 0,
    msixRegionSize: 0,
    msixAddress: 0n,
    shmemRegionsStart: 0,
    shmemGeneration: several === true ? "several-regions" : null,
    shmemDevId: 0,
    shmemPeers: 0,
    shmemProtocol: noProtocol,
    ...plainNode(reading.origins({ bdf: reading.line.lead[0], domain: reading.line.lead[0] })),
  };
}

/** `device`, `bridge` or `ivshmem` with an address, or a device by the name that others gave it. */
export function lowerDevice(
  reading: Reading,
  lowering: Lowering,
  opener: BlockOpener,
): DeviceDraft | undefined {
  const { line } = reading;
  const path = line.lead.length === 0 ? reading.labelPath() : undefined;
  if (path !== undefined) {
    const definition = reading.thingOf(path, ["device"], "a device");
    if (definition === undefined) return undefined;
    const { instance } = definition as StatementDefinition;
    const word = headOf(instance.statement);
    const shape = linesOf("cell").get(word)!;
    // `device NAME` grants whatever has that name; the other words say what it must be.
    if (line.shape.word !== "device" && line.shape.word !== word) {
      const args = { name: definition.name, is: kindNames[word]!, wanted: kindNames[line.shape.word]! };
      const secondary =
        definition.place === null ? [] : [{ place: at(definition.place), text: "declared here" }];
      reading.problem("jail-wrong-kind", args, path, { secondary });
      return undefined;
    }
    const declared = lowerDevice(
      new Reading(
        matchLine(instance, shape, () => {}),
        lowering.quiet,
      ),
      lowering,
      opener,
    );
    if (declared === undefined) return undefined;
    const raw = [...declared.raw];
    eachLine(
      linesIn(reading, opener, "raw"),
      () => {},
      (opened) => raw.push(opened),
    );
    // What is wrong with `regions from` in this cell is told to it: where the device is declared, it may be right.
    const { regionsFrom } = declared;
    const here = regionsFrom === null ? null : new Reading(regionsFrom.line, reading.evaluator);
    // A place in the table is one of the declaring cell's.
    const device = usedAt(declared.device, reading.origins({ bdf: path, domain: path }), ["bdf", "domain"]);
    return { ...declared, device, capabilitiesFrom: null, regionsFrom: here, reading, raw };
  }
  const address = reading.address(line.lead[0]);
  reading.noMore(line.lead.slice(1));
  const block = linesIn(reading, opener, line.shape.word === "ivshmem" ? "ivshmem" : "device");
  const draft = new DeviceReader(plainDevice(types[line.shape.word]!, lowering, reading), lowering);
  draft.read(block);
  if (line.shape.word === "ivshmem") draft.takeUsualBars();
  if (address === undefined) return undefined;
  const { capabilities, capabilitiesFrom, regionsFrom } = draft;
  const device = { ...draft.device, bdf: address.bdf, domain: address.domain ?? 0 };
  return { device, capabilities, capabilitiesFrom, reading, regionsFrom, raw: draft.raw };
}

/** The lines of a statement's block. */
export interface BlockLines {
  readonly opened: readonly Opened[];
  readonly place: BlockPlace;
  readonly reading: Reading;
}

export function linesIn(reading: Reading, opener: BlockOpener, place: BlockPlace): BlockLines {
  const { statement, scope } = reading.line.instance;
  if (statement.block === null) return { opened: [], place, reading };
  const inner = new Scope(scope, scope.file, scope.expansion);
  return { opened: opener.open(statement.block.statements, inner, place), place, reading };
}

/**
 * Calls `take` for each line of a block that the vocabulary knows; hands raw fields to `raw`; reports the others.
 *
 * @param takeOther true where it knows what to do with a statement that the vocabulary does not have
 */
export function eachLine(
  { opened, place, reading }: BlockLines,
  take: (line: Reading) => void,
  raw: (opened: Opened) => void,
  takeOther: (opened: Opened) => boolean = () => false,
): void {
  const shapes = linesOf(place);
  const seen = new Map<string, Opened>();
  const isSecond = (each: Opened, key: string, statement: string): boolean => {
    const known = seen.get(key);
    seen.set(key, each);
    if (known === undefined) return false;
    const isRepeated = known.statement === each.statement && known.scope.expansion === each.scope.expansion;
    const first = { place: placeIn(known.scope, known.statement.head), text: "first here" };
    reading.evaluator.problem("jail-only-once", { statement }, each.statement.head, each.scope, {
      ...(isRepeated ? { help: "every round of the loop says it: take it out of the loop" } : {}),
      secondary: isRepeated ? [] : [first],
    });
    return true;
  };
  const lines = withoutOverridden(opened, place);
  for (const [index, each] of lines.entries()) {
    const word = headOf(each.statement);
    const spelled = each.statement.head.names.map(({ text }) => text).join(".");
    if (each.statement.value !== null) {
      const { block } = each.statement;
      if (block !== null)
        reading.evaluator.problem("jail-no-block", { statement: spelled }, openingBrace(block), each.scope);
      const key = singleKey(each, shapes);
      if (key === undefined || !isSecond(each, key, spelled)) raw(each);
      continue;
    }
    const shape = shapes.get(word);
    if (shape === undefined) {
      if (!takeOther(each) && !each.statement.damaged) {
        const { head } = each.statement;
        const where = place === "file" ? "the top of a file" : `\`${reading.line.shape.word}\``;
        reading.evaluator.problem(
          "jail-unknown-word",
          { word: spelled, where },
          head,
          each.scope,
          helpForLostClause(word, lines[index - 1], place) ??
            helpForWord(spelled, place, reading.line.shape.word),
        );
      }
      continue;
    }
    const key = singleKey(each, shapes);
    if (key !== undefined && isSecond(each, key, word)) continue;
    take(new Reading(matchLine(each, shape, reading.evaluator.report), reading.evaluator));
  }
}

/** `size 4K` in a line of its own, below the `memory` that it belongs to. */
function helpForLostClause(
  word: string,
  before: Opened | undefined,
  place: BlockPlace,
): { help: string } | undefined {
  const shape = before === undefined ? undefined : linesOf(place).get(headOf(before.statement));
  if (shape?.clauses?.some((clause) => clause.word === word) !== true) return undefined;
  return {
    help: `\`${word}\` belongs into the line of its \`${shape.word}\`: statements end with their line, unless a comma or an operator stands there`,
  };
}

function helpForWord(word: string, place: BlockPlace, statement: string): { help?: string } {
  if (place === "raw")
    return { help: `the block of \`${statement}\` sets fields by their names in C, as in \`flags = 0x1\`` };
  const homes = homesOf(word);
  if (homes.length > 0) return { help: `\`${word}\` stands ${homes.join(" or ")}` };
  const known = [...linesOf(place).keys()];
  const nearest = nearestName(word, known) ?? completionOf(word, known);
  return nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
}

/** The one word that begins like this: `arch`, `dev`. */
function completionOf(word: string, known: readonly string[]): string | undefined {
  const [found, other] = word.length < 3 ? [] : known.filter((each) => each.startsWith(word));
  return other === undefined ? found : undefined;
}

class DeviceReader {
  device: PciDevice;
  readonly capabilities: PciCapability[] = [];
  capabilitiesFrom: bigint | null = null;
  regionsFrom: Reading | null = null;
  readonly raw: Opened[] = [];
  private hasBars = false;

  constructor(
    start: PciDevice,
    private readonly lowering: Lowering,
  ) {
    this.device = start;
  }

  read(block: BlockLines): void {
    // The usual size of an MSI capability depends on a line that may follow.
    const capabilities: Reading[] = [];
    eachLine(
      block,
      (line) => {
        const { word } = line.line.shape;
        const isPlace = word === "capabilities" && line.has("from");
        if (!isPlace && (word === "capabilities" || word === "capability")) capabilities.push(line);
        else this.take(line);
      },
      (opened) => this.raw.push(opened),
    );
    for (const line of capabilities) this.takeCapabilities(line);
  }

  private takeCapabilities(line: Reading): void {
    const isList = line.line.shape.word === "capabilities";
    const found = isList
      ? lowerCapabilityList(line, this.device.msiMaskable === 1, this.lowering)
      : lowerCapability(line, this.lowering);
    this.capabilities.push(...found);
  }

  /** Registers that no line says are those that the header has for such devices, in profiles that have any. */
  takeUsualBars(): void {
    if (this.hasBars) return;
    const { profile, largePages } = this.lowering;
    const barMask = usualBarMasks(profile, { msix: this.device.numMsixVectors > 0, largePages });
    if (barMask !== undefined) this.device = { ...this.device, barMask };
  }

  private set(line: Reading, fields: Partial<PciDevice>): void {
    this.device = saidAt(this.device, line, fields);
  }

  private take(line: Reading): void {
    switch (line.line.shape.word) {
      case "bars": {
        this.hasBars = true;
        const { lead } = line.line;
        if (lead.length === 0) line.missing("masks");
        const masks = lead.slice(0, 6).map((item) => line.single(item, "a mask", most32));
        line.noMore(lead.slice(6), "a device has six base address registers");
        this.set(line, { barMask: Array.from({ length: 6 }, (_, index) => Number(masks[index] ?? 0n)) });
        break;
      }
      case "iommu":
        this.set(line, { iommu: Number(line.leadNumber(most8) ?? 0n) });
        break;
      case "msi":
        this.set(line, {
          numMsiVectors: Number(line.leadNumber(most8) ?? 0n),
          msi64bits: line.word("64bit") ? 1 : 0,
          msiMaskable: line.word("maskable") ? 1 : 0,
        });
        break;
      case "msix":
        this.set(line, {
          numMsixVectors: Number(line.leadNumber(most16) ?? 0n),
          msixAddress: line.number("at", most64) ?? 0n,
          msixRegionSize: Number(line.number("size", most16) ?? 0n),
        });
        break;
      case "capabilities":
        this.capabilitiesFrom = line.number("from", most16) ?? null;
        line.noMore(line.line.lead, "`capabilities from` is a line of its own");
        break;
      case "regions":
        if (!line.has("from")) line.missing("`from` and the name of a region");
        this.regionsFrom = line;
        break;
      case "id":
        this.set(line, { shmemDevId: Number(line.leadNumber(most8) ?? 0n) });
        break;
      case "peers":
        this.set(line, { shmemPeers: Number(line.leadNumber(most8) ?? 0n) });
        break;
      case "vectors":
        this.set(line, { numMsixVectors: Number(line.leadNumber(most16) ?? 0n) });
        break;
      case "protocol": {
        const protocol = readProtocolLine(line);
        if (protocol !== undefined) this.set(line, { shmemProtocol: protocol.ofSide("front") });
        break;
      }
    }
  }
}
