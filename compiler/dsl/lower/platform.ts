import type { Profile } from "../../../schema/layout/types.js";
import type { VocabularyName } from "../../ir/constants.js";
import type { Choice } from "../../ir/names.js";
import { type Origins, plainNode } from "../../ir/node.js";
import type {
  AmdIommu,
  ArmPlatform,
  IommuUnit,
  Platform,
  TiPvuIommu,
  X86Platform,
} from "../../ir/platform.js";
import type { BlockOpener, Opened } from "../names/open-block.js";
import type { Place } from "../syntax/ast.js";
import { wordsOf } from "../vocabulary/flag-words.js";
import { placeIn, wordOfItem } from "../vocabulary/match.js";
import { eachLine, linesIn } from "./devices.js";
import type { Lowering } from "./lowering.js";
import { most8, most16, most32, type Reading } from "./reading.js";
import { saidAt } from "./said-at.js";

/** Raw fields within a block, for the struct that the block makes. */
export type RawSink = (node: object, opened: Opened) => void;

/** The word that a choice of the profile goes by, or a number. */
export function readChoiceWord(
  reading: Reading,
  vocabulary: VocabularyName,
  lowering: Lowering,
): Choice | undefined {
  const [item, ...rest] = reading.line.lead;
  reading.noMore(rest);
  if (item === undefined) {
    const known = [...wordsOf(lowering.profile, vocabulary).keys()].map((each) => `\`${each}\``);
    reading.missing(known.length === 0 ? "a number" : `one of ${known.join(", ")}`);
    return undefined;
  }
  const word = wordOfItem(item);
  const words = choicesOf(lowering, vocabulary);
  const known = word === undefined ? undefined : words.get(word.text);
  if (known !== undefined) return known;
  if (word !== undefined && reading.scope.find(word.text) === undefined) {
    reading.evaluator.unknownChoice(word.text, words.keys(), word, reading.scope);
    return undefined;
  }
  const value = reading.single(item, "the value", most32);
  return value === undefined ? undefined : Number(value);
}

/** Which of the first two an IOMMU is, old profiles take from what is said of it: the words are the same. */
const firstIommus: ReadonlyMap<string, string> = new Map([
  ["amd", "JAILHOUSE_IOMMU_AMD"],
  ["intel", "JAILHOUSE_IOMMU_INTEL"],
]);

function choicesOf({ profile }: Lowering, vocabulary: VocabularyName): ReadonlyMap<string, string> {
  const words = wordsOf(profile, vocabulary);
  return vocabulary === "iommuTypes" && words.size === 0 ? firstIommus : words;
}

type PciPlatform = Pick<Platform, "pciMmconfigBase" | "pciMmconfigEndBus" | "pciIsVirtual" | "pciDomain">;

/** `pci mmconfig at A buses 0-255`, `pci virtual mmconfig at A domain 1`. */
export function lowerPci(reading: Reading): PciPlatform {
  const virtual = reading.word("virtual");
  const [buses, ...more] = reading.line.clauses.get("buses")?.values ?? [];
  const absent = [
    ...(reading.word("mmconfig") ? [] : ["`mmconfig`"]),
    ...(reading.has("at") ? [] : ["`at`"]),
    ...(virtual || reading.has("buses") ? [] : ["`buses`"]),
  ];
  if (absent.length > 0) reading.missing(absent.join(" and "));
  reading.noMore(more);
  const range = buses === undefined ? undefined : reading.range(buses, "a bus", most8);
  if (range !== undefined && range.from !== 0n && range.from !== range.to)
    reading.within(range.from, "the first bus", 0n, 0n, buses!.from, {
      help: `the window of the registers begins with bus 0: \`buses 0-${range.to}\``,
    });
  const last = range?.to ?? 0n;
  return {
    pciMmconfigBase: reading.number("at") ?? 0n,
    pciMmconfigEndBus: Number(last),
    pciIsVirtual: virtual ? 1 : 0,
    pciDomain: domainOf(reading),
  };
}

/** `auto` is the number by which Linux is told to choose. */
function domainOf(reading: Reading): number {
  const item = reading.line.clauses.get("domain")?.values[0];
  if (item === undefined) return 0;
  if (wordOfItem(item)?.text === "auto" && reading.scope.find("auto") === undefined) return 0xffff;
  return Number(reading.single(item, "`domain`", most16) ?? 0n);
}

export function blankX86(profile: Profile, origins: Origins): X86Platform {
  const apicMode = wordsOf(profile, "apicModes").get("auto") ?? 0;
  return { pmTimerAddress: 0, apicMode, tscKhz: 0, apicKhz: 0, ...plainNode(origins) };
}

export function blankArm(origins: Origins): ArmPlatform {
  const bases = { gicdBase: 0n, giccBase: 0n, gichBase: 0n, gicvBase: 0n, gicrBase: 0n };
  return { maintenanceIrq: 0, gicVersion: 0, ...bases, ...plainNode(origins) };
}

export function lowerX86(
  reading: Reading,
  lowering: Lowering,
  opener: BlockOpener,
  raw: RawSink,
): { x86: X86Platform; limit: Reading | null } {
  let x86 = blankX86(lowering.profile, reading.origins());
  let limit: Reading | null = null;
  const settings: Opened[] = [];
  eachLine(
    linesIn(reading, opener, "x86"),
    (line) => {
      switch (line.line.shape.word) {
        case "pm-timer":
          x86 = saidAt(x86, line, { pmTimerAddress: Number(line.leadNumber(most16) ?? 0n) });
          break;
        case "vtd-interrupt-limit":
          limit = line;
          break;
        case "apic-mode":
          x86 = saidAt(x86, line, { apicMode: readChoiceWord(line, "apicModes", lowering) ?? 0 });
          break;
        case "tsc-khz":
          x86 = saidAt(x86, line, { tscKhz: Number(line.leadNumber(most32) ?? 0n) });
          break;
        case "apic-khz":
          x86 = saidAt(x86, line, { apicKhz: Number(line.leadNumber(most32) ?? 0n) });
          break;
      }
    },
    (opened) => settings.push(opened),
  );
  for (const opened of settings) raw(x86, opened);
  return { x86, limit };
}

const gicFields: Readonly<Record<string, "gicdBase" | "giccBase" | "gichBase" | "gicvBase" | "gicrBase">> = {
  gicd: "gicdBase",
  gicc: "giccBase",
  gich: "gichBase",
  gicv: "gicvBase",
  gicr: "gicrBase",
};

export function lowerGic(reading: Reading, opener: BlockOpener, raw: RawSink): ArmPlatform {
  const [version] = reading.line.lead;
  const spelled = version === undefined ? "" : reading.scope.file.text.slice(version.start, version.end);
  const digits = /^v(\d{1,3})$/.exec(spelled)?.[1];
  let arm: ArmPlatform = {
    ...blankArm(reading.origins({ gicVersion: version })),
    gicVersion: digits === undefined ? 0 : Number(digits),
  };
  reading.noMore(reading.line.lead.slice(1));
  const isKnown = digits === undefined || Number(digits) <= Number(most8);
  if (version !== undefined && (digits === undefined || !isKnown))
    reading.problem("jail-wrong-type", { wanted: "`v2` or `v3`", found: `\`${spelled}\`` }, version);
  const settings: Opened[] = [];
  eachLine(
    linesIn(reading, opener, "gic"),
    (line) => {
      const { word } = line.line.shape;
      const field = gicFields[word];
      if (field !== undefined) arm = saidAt(arm, line, { [field]: line.leadNumber() ?? 0n });
      else if (word === "maintenance-irq")
        arm = saidAt(arm, line, { maintenanceIrq: Number(line.leadNumber(most8) ?? 0n) });
    },
    (opened) => settings.push(opened),
  );
  for (const opened of settings) raw(arm, opened);
  return arm;
}

const pvu = "JAILHOUSE_IOMMU_PVU";

/** What is said of one type of IOMMU lies where another type has something else. */
function sharesUnion({ profile }: Lowering): boolean {
  return profile.structs.get("jailhouse_iommu")?.overlapping === true;
}

function refuseForType(what: string, help: string, place: Place, reading: Reading): void {
  reading.problem("jail-not-expected", { what, statement: "iommu" }, place, { help });
}

/** The format has no room for a domain. */
function ownAddressOf(line: Reading): number {
  const [item, ...rest] = line.line.lead;
  line.noMore(rest);
  const address = line.address(item);
  if (address === undefined) return 0;
  if (address.domain !== null && address.domain !== 0)
    line.problem(
      "jail-wrong-type",
      { wanted: "a PCI address of domain 0", found: "one of another domain" },
      item!,
    );
  return address.bdf;
}

/** `iommu amd at A size S { bdf 00:00.2 }`, `iommu pvu at A size S tlb at B size T`. */
export function lowerIommu(
  reading: Reading,
  lowering: Lowering,
  opener: BlockOpener,
  raw: RawSink,
): IommuUnit | undefined {
  const type = readChoiceWord(reading, "iommuTypes", lowering);
  // The sizes of early IOMMUs are not told.
  const absent = reading.has("at") ? [] : ["`at` and an address"];
  if (reading.has("tlb") && !reading.has("tlb-size")) absent.push("`size` behind `tlb at`");
  if (type !== undefined && absent.length > 0) reading.missing(absent.join(" and "));
  const base = reading.number("at") ?? 0n;
  const size = reading.number("size") ?? 0n;
  const origins = reading.origins({ base: "at", size: "size", type: reading.line.lead[0] });
  let amd: AmdIommu | null = null;
  const settings: Opened[] = [];
  const hasOneUnion = sharesUnion(lowering);
  const hasTlb = reading.has("tlb") && reading.has("tlb-size") && !reading.line.isFaulty;
  if (hasOneUnion && hasTlb && typeof type === "string" && type !== pvu)
    refuseForType("`tlb at`", "`iommu pvu` has a TLB", reading.clauseNamed("tlb")!, reading);
  eachLine(
    linesIn(reading, opener, "iommu"),
    (line) => {
      const { head } = line.line.instance.statement;
      if (hasOneUnion && typeof type === "string" && type !== "JAILHOUSE_IOMMU_AMD") {
        refuseForType(`\`${line.line.shape.word}\``, "it is for `iommu amd`", head, line);
        return;
      }
      if (hasOneUnion && hasTlb) {
        const secondary = [{ place: placeIn(reading.scope, reading.clauseNamed("tlb")!), text: "the other" }];
        line.problem("jail-not-both", { one: "tlb at", other: line.line.shape.word }, head, { secondary });
        return;
      }
      const own: AmdIommu = amd ?? { bdf: 0, baseCap: 0, msiCap: 0, features: 0, ...plainNode(origins) };
      switch (line.line.shape.word) {
        case "bdf":
          amd = { ...own, bdf: ownAddressOf(line) };
          break;
        case "base-cap":
          amd = { ...own, baseCap: Number(line.leadNumber(most8) ?? 0n) };
          break;
        case "msi-cap":
          amd = { ...own, msiCap: Number(line.leadNumber(most8) ?? 0n) };
          break;
        case "features":
          amd = { ...own, features: Number(line.leadNumber(most32) ?? 0n) };
          break;
      }
    },
    (opened) => settings.push(opened),
  );
  const tipvu: TiPvuIommu | null = reading.has("tlb")
    ? {
        tlbBase: reading.number("tlb") ?? 0n,
        tlbSize: Number(reading.number("tlb-size", most32, "the `size` behind `tlb at`") ?? 0n),
        ...plainNode(origins),
      }
    : null;
  if (type === undefined) return undefined;
  // Old profiles tell a unit from none by its address.
  const isNone = base === 0n && amd === null && wordsOf(lowering.profile, "iommuTypes").size === 0;
  const unit: IommuUnit = { type: isNone ? 0 : type, base, size, amd, tipvu, ...plainNode(origins) };
  for (const opened of settings) raw(unit, opened);
  return unit;
}
