import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { CheckedConfig } from "../../../compiler/check/facts/checked-config.js";
import { checkedSet } from "../../../compiler/check/facts/checked-set.js";
import { allRules } from "../../../compiler/check/registry.js";
import { type Finding, runRules } from "../../../compiler/check/run.js";
import type { Spot } from "../../../compiler/check/spot.js";
import { wireToIr } from "../../../compiler/decompile/wire-to-ir.js";
import { nodeHost } from "../../../compiler/support/host.js";
import { decode, sizeByCounts } from "../../../schema/codec/decode.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import { resolveProfile } from "../../../schema/layout/resolve.js";
import { cellc } from "../../support/cli-runner.js";
import { type ExpectedRow, readExpectedRows } from "../expected.js";
import { configsHit, countedUnexplained, figures, silentRules } from "./figures.js";
import { nameOfConfig, systemOfCell } from "./pairing.js";

/** One finding on one of upstream's configs. */
export interface UpstreamHit {
  readonly rule: string;
  readonly severity: string;
  /** Name of the config it is about. */
  readonly config: string;
  /** `memoryRegions 9`, or empty for the config as a whole. */
  readonly element: string;
  readonly others: readonly string[];
  readonly message: string;
}

/**
 * Every rule over upstream's newest configs: each system by itself, and each cell with its system. What is found in the
 * system alone counts once.
 *
 * @param tree an unpacked tree of that commit
 */
export async function upstreamHits(tree: string): Promise<readonly UpstreamHit[]> {
  const rules = allRules.map((rule) =>
    countedUnexplained.includes(rule.id) ? { ...rule, after: [] } : rule,
  );
  const rows = readExpectedRows().filter(({ tag }) => tag === "HEAD");
  const systems = rows.filter(({ kind }) => kind === "system").map(({ path }) => nameOfConfig(path));
  const loaded = new Map<string, CheckedConfig>();
  for (const row of rows) loaded.set(nameOfConfig(row.path), await load(row, tree));
  const nameOf = new Map([...loaded].map(([name, config]) => [config, name]));
  const hits: UpstreamHit[] = [];
  const add = (findings: readonly Finding[], about: CheckedConfig): void => {
    for (const { rule, severity, hit } of findings) {
      const places = [hit.at, ...(hit.also ?? []).map(({ at }) => at)];
      if (!places.some(({ config }) => config === about)) continue;
      const [first, ...others] = places.map(elementOf);
      hits.push({
        rule: rule.id,
        severity,
        config: nameOf.get(about)!,
        element: first!,
        others,
        message: hit.message,
      });
    }
  };
  for (const row of rows) {
    const config = loaded.get(nameOfConfig(row.path))!;
    if (row.kind === "system") add(runRules(rules, checkedSet([config])), config);
    else {
      const system = loaded.get(systemOfCell(row.path, systems))!;
      add(runRules(rules, checkedSet([system, config])), config);
    }
  }
  return hits;
}

async function load(row: ExpectedRow, tree: string): Promise<CheckedConfig> {
  const directories = row.includeDirectories.flatMap((directory) => ["-I", join(tree, directory)]);
  const source = join(tree, row.path);
  const argv = [
    "build",
    source,
    "--no-check",
    "-o",
    "-",
    ...directories,
    ...row.defines.flatMap((each) => ["-D", each]),
  ];
  const { bytes, error } = await cellc(argv, nodeHost);
  if (bytes.length !== row.size) throw new Error(`${row.path}: ${error}`);
  const profile = resolveProfile("HEAD")!;
  const { config } = decode(bytes, profile);
  const needed = sizeByCounts(bytes, planOfProfile(profile), config.kind) ?? bytes.length;
  return new CheckedConfig(wireToIr(config), { file: row.path, size: bytes.length, needed });
}

const tables = [
  "memoryRegions",
  "cacheRegions",
  "irqchips",
  "pciDevices",
  "pciCapabilities",
  "streamIds",
] as const;

function elementOf({ config, node }: Spot): string {
  for (const table of tables) {
    const index = (config.cell[table] as readonly unknown[]).indexOf(node);
    if (index >= 0) return `${table} ${index}`;
  }
  return "";
}

/** What is not as it should be, in words; empty where all agrees. */
export function disagreements(hits: readonly UpstreamHit[]): readonly string[] {
  const known = new Set(allRules.map(({ id }) => id));
  const problems: string[] = [];
  for (const rule of [...figures, ...configsHit].map(({ rule }) => rule).concat(silentRules))
    if (!known.has(rule)) problems.push(`there is no rule ${rule}`);
  for (const { rule, hits: expected, counts = () => true, ofPairs } of figures) {
    const ofRule = hits.filter((hit) => hit.rule === rule && counts(hit.message));
    const own = ofPairs === true ? ofRule.flatMap((hit) => hit.others.map(() => hit)) : ofRule;
    const found = countsByConfig(own);
    const total = own.length;
    if (typeof expected === "number" ? total !== expected : !sameCounts(found, expected))
      problems.push(
        `${rule}: ${JSON.stringify(expected)} expected, found ${total}: ${JSON.stringify(found)}`,
      );
  }
  for (const { rule, configs } of configsHit) {
    const found = Object.keys(countsByConfig(hits.filter((hit) => hit.rule === rule))).sort();
    if (found.join() !== configs.join())
      problems.push(`${rule}: in ${found.join(", ")} instead of ${configs.join(", ")}`);
  }
  for (const { rule, config, element, message } of hits)
    if (silentRules.includes(rule)) problems.push(`${rule} is not silent: ${config} ${element}: ${message}`);
  return [...problems, ...missedOfUpstreamsOwn(hits)];
}

function countsByConfig(hits: readonly UpstreamHit[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { config } of hits) counts[config] = (counts[config] ?? 0) + 1;
  return counts;
}

function sameCounts(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => one[name] === other[name]);
}

const folder = resolve(import.meta.dirname, "../../../../test/upstream/calibration");

/** Findings of upstream's own `jailhouse config check` that no finding of ours stands for. */
function missedOfUpstreamsOwn(hits: readonly UpstreamHit[]): readonly string[] {
  const [, ...lines] = readFileSync(join(folder, "upstream-check.tsv"), "utf8").trimEnd().split("\n");
  return lines.flatMap((line) => {
    const [system, rule, region, other] = line.split("\t") as [string, string, string, string];
    // Where two regions overlap in both address spaces, one finding says it.
    const rules = rule === "mem-overlap-virt-in-cell" ? [rule, "mem-overlap-phys-in-cell"] : [rule];
    const found = hits.some((hit) => {
      const elements = [hit.element, ...hit.others];
      const names = [`memoryRegions ${region}`, ...(/^\d+$/.test(other) ? [`memoryRegions ${other}`] : [])];
      return (
        hit.config === system && rules.includes(hit.rule) && names.every((name) => elements.includes(name))
      );
    });
    return found
      ? []
      : [`upstream's check finds ${rule} in ${system}, region ${region} (${other}), ours does not`];
  });
}

const hitsFile = join(folder, "hits.tsv");

/** All findings but notes of style by rule and config, as reviewed and committed. */
export function hitsTable(hits: readonly UpstreamHit[]): string {
  const groups = new Map<
    string,
    { readonly first: UpstreamHit; count: number; readonly elements: string[] }
  >();
  for (const hit of hits) {
    const key = `${hit.rule}\t${hit.severity}\t${hit.config}`;
    const group = groups.get(key) ?? { first: hit, count: 0, elements: [] };
    groups.set(key, group);
    group.count += 1;
    if (hit.element !== "") group.elements.push(hit.element);
  }
  const lines = [...groups]
    .sort()
    .map(([key, { count, elements }]) => `${key}\t${count}\t${shortened(elements)}`);
  return `rule\tseverity\tconfig\thits\telements\n${lines.join("\n")}\n`;
}

/** `memoryRegions 3, 5, 7-9` */
function shortened(elements: readonly string[]): string {
  const byTable = new Map<string, number[]>();
  for (const element of elements) {
    const [table, index] = element.split(" ") as [string, string];
    byTable.set(table, [...(byTable.get(table) ?? []), Number(index)]);
  }
  return [...byTable]
    .map(([table, indices]) => `${table} ${ranges([...new Set(indices)].sort((a, b) => a - b))}`)
    .join("; ");
}

function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last !== undefined && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

export function readHitsTable(): string {
  return readFileSync(hitsFile, "utf8");
}

export function writeHitsTable(text: string): void {
  writeFileSync(hitsFile, text);
}
