import { encode } from "../../../schema/codec/encode.js";
import { planOfProfile } from "../../../schema/codec/profile-plan.js";
import type { IntegerField } from "../../../schema/layout/types.js";
import type { Random } from "../naive/random-scenario.js";
import { profile } from "./bases.js";
import { otherInteger } from "./edges.js";
import {
  descriptionOf,
  type MutableConfig,
  type MutableStruct,
  type Place,
  placesOf,
  wireConfig,
} from "./mutable-config.js";

/** A config of a set that is being changed, with those beside it. */
export interface Subject {
  readonly name: string;
  readonly config: MutableConfig;
  readonly others: readonly MutableConfig[];
}

/** Changes something. @returns what was done, in a few words; null where there is nothing of the kind */
type Mutation = (subject: Subject, random: Random) => string | null;

const listTables = [
  "mem_regions",
  "cache_regions",
  "irqchips",
  "pio_regions",
  "pci_devices",
  "pci_caps",
  "stream_ids",
];

function pick<Value>(values: readonly Value[], random: Random): Value | undefined {
  return values[random(values.length)];
}

/** A value of a header or of a table, by the fields' names, so that short tables and small fields have their turn. */
const changeValue: Mutation = ({ config, others }, random) => {
  const places = placesOf(config);
  const names = [...new Set(places.map(({ path }) => path.replaceAll(/\[\d+\]/g, "")))];
  const name = pick(names, random)!;
  const place = pick(
    places.filter(({ path }) => path.replaceAll(/\[\d+\]/g, "") === name),
    random,
  )!;
  return changePlace(place, random, integersOf([config, ...others], place));
};

/** A value of a table's entry: those decide most. */
const changeEntry: Mutation = ({ config, others }, random) => {
  const tables = listTables.filter((name) => (config.tables[name]?.length ?? 0) > 0);
  const table = random(2) === 0 ? "mem_regions" : pick(tables, random);
  const places = placesOf(config).filter(({ path }) => path.startsWith(`${table}[`));
  const place = pick(places, random);
  return place === undefined ? null : changePlace(place, random, integersOf([config, ...others], place));
};

function changePlace(
  { path, field, struct }: Place,
  random: Random,
  others: readonly bigint[],
): string | null {
  const before = struct[field.name];
  if (field.kind === "integer") {
    const value = fitting(otherInteger(field.name, BigInt(before as number), random, others), field);
    if (value === before) return null;
    struct[field.name] = value;
    return `${path}: ${shown(before)} -> ${shown(value)}`;
  }
  if (field.kind === "integers") {
    const list = before as (number | bigint)[];
    const index = random(list.length);
    const value = fitting(otherInteger(field.name, BigInt(list[index]!), random, others), {
      size: field.elementSize,
    });
    const was = list[index];
    list[index] = value;
    return `${path}[${index}]: ${shown(was)} -> ${shown(value)}`;
  }
  if (field.kind === "text") {
    const texts = [
      "",
      "7",
      "0x10",
      "JHSYS",
      "JHCLL",
      "QEMU-VM",
      "x".repeat(field.size),
      "x".repeat(field.size - 1),
      "a b",
    ];
    struct[field.name] = pick(texts, random)!.slice(0, field.size);
    return `${path}: ${JSON.stringify(before)} -> ${JSON.stringify(struct[field.name])}`;
  }
  return null;
}

function fitting(
  value: bigint,
  { size, bitWidth }: Pick<IntegerField, "size" | "bitWidth">,
): number | bigint {
  const kept = BigInt.asUintN(bitWidth ?? 8 * size, value);
  return size === 8 ? kept : Number(kept);
}

function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "bigint" ? `0x${value.toString(16)}` : String(value);
}

/** What else stands in the set in such fields, and where regions begin and end: what collides collides there. */
function integersOf(configs: readonly MutableConfig[], { field }: Place): readonly bigint[] {
  const size = field.kind === "integer" ? field.size : 4;
  if (size < 8) {
    return configs.flatMap((config) =>
      placesOf(config)
        .filter((each) => each.field.name === field.name && each.field.kind === "integer")
        .map(({ struct }) => BigInt(struct[field.name] as number)),
    );
  }
  return configs.flatMap((config) => {
    const structs = [config.header.hypervisor_memory, ...(config.tables.mem_regions as MutableStruct[])];
    return structs.flatMap((each) => {
      if (each === undefined) return [];
      const { phys_start, virt_start, size: length } = each as Record<string, bigint>;
      return [phys_start!, phys_start! + length!, virt_start!, virt_start! + length!, length!];
    });
  });
}

const flipFlags: Mutation = ({ config }, random) => {
  const place = pick(
    placesOf(config).filter(({ field }) => field.name === "flags" && field.kind === "integer"),
    random,
  )!;
  const before = BigInt(place.struct.flags as number);
  const mask = 1n << BigInt(random(random(2) === 0 ? 10 : 32));
  const value = fitting(before ^ mask, place.field as IntegerField);
  place.struct.flags = value;
  return `${place.path}: ${shown(before)} -> ${shown(value)}`;
};

const removeEntry: Mutation = ({ config }, random) => {
  const table = pick(listTables, random)!;
  const entries = config.tables[table] as MutableStruct[];
  if (entries.length === 0) return null;
  if (random(6) === 0) {
    const [from, count] = random(2) === 0 ? [0, entries.length] : [random(entries.length), entries.length];
    entries.splice(from, count);
    return `${table}: from ${from} on nothing`;
  }
  const index = random(entries.length);
  entries.splice(index, 1);
  return `${table}[${index}] removed`;
};

const repeatEntry: Mutation = ({ config }, random) => {
  const table = pick(listTables, random)!;
  const entries = config.tables[table] as MutableStruct[];
  if (entries.length === 0) return null;
  const [from, to] = [random(entries.length), random(entries.length + 1)];
  const times = random(12) === 0 ? pick([84, 85, 86, 120, 200, 2000], random)! : 1;
  const copies = Array.from({ length: times }, () => structuredClone(entries[from]!));
  // One that is repeated often does not lie in one place.
  if (times > 1 && table === "mem_regions" && random(2) === 0)
    for (const [index, copy] of copies.entries())
      copy.virt_start = (copy.virt_start as bigint) + (BigInt(index) << 30n);
  entries.splice(to, 0, ...copies);
  return `${table}[${from}] repeated ${times} times at ${to}`;
};

const copyEntry: Mutation = ({ config, others }, random) => {
  const table = pick(listTables, random)!;
  const source = pick(others, random)?.tables[table] as MutableStruct[] | undefined;
  if (source === undefined || source.length === 0) return null;
  const entries = config.tables[table] as MutableStruct[];
  const [from, to] = [random(source.length), random(entries.length + 1)];
  entries.splice(to, 0, structuredClone(source[from]!));
  return `${table}[${from}] of another at ${to}`;
};

const swapEntries: Mutation = ({ config }, random) => {
  const table = pick(listTables, random)!;
  const entries = config.tables[table] as MutableStruct[];
  if (entries.length < 2) return null;
  const [one, other] = [random(entries.length), random(entries.length)];
  [entries[one], entries[other]] = [entries[other]!, entries[one]!];
  return `${table}[${one}] and [${other}] swapped`;
};

const changeCpus: Mutation = ({ config, others }, random) => {
  const before = config.tables.cpus as Uint8Array;
  const text = (bytes: Uint8Array): string =>
    `${bytes.length} bytes ${Buffer.from(bytes.subarray(0, 8)).toString("hex")}`;
  let cpus = Uint8Array.from(before);
  switch (random(4)) {
    case 0: {
      const length = pick(
        [0, 1, 4, 7, 8, 9, 12, 16, 24, 64, 512, 4080, 4088, 4089, 4092, 4096, 4097, 5000],
        random,
      )!;
      cpus = new Uint8Array(length);
      cpus.set(before.subarray(0, length));
      break;
    }
    case 1: {
      const other = pick(others, random)?.tables.cpus as Uint8Array | undefined;
      if (other !== undefined) cpus = Uint8Array.from(other);
      break;
    }
    default: {
      const bit = random(random(3) === 0 ? 8 * cpus.length : 9);
      if (bit >= 8 * cpus.length) return null;
      cpus[bit >> 3]! ^= 1 << (bit & 7);
    }
  }
  config.tables.cpus = cpus;
  return `cpus: ${text(before)} -> ${text(cpus)}`;
};

/** Sizes of the hypervisor's memory about those that are just enough. */
const changeHypervisorMemory: Mutation = ({ config }, random) => {
  const memory = config.header.hypervisor_memory as Record<string, bigint> | undefined;
  if (memory === undefined) return null;
  const before = memory.size!;
  const kinds = [
    () => BigInt(0x1000 * (560 + random(600))),
    () => BigInt(0x1000 * random(600)),
    () => before - BigInt(0x1000 * random(1000)),
    () => BigInt(0x10_0000 * (1 + random(256))) - BigInt(0x1000 * random(3)),
  ];
  memory.size = BigInt.asUintN(64, pick(kinds, random)!());
  return `hypervisor_memory.size: ${shown(before)} -> ${shown(memory.size)}`;
};

/** Regions that need many tables: 4K at ends of large blocks. */
const scatterRegions: Mutation = ({ config }, random) => {
  const entries = config.tables.mem_regions as MutableStruct[];
  const template = pick(entries, random);
  if (template === undefined) return null;
  const count = 1 << random(9);
  const shift = pick([12n, 21n, 30n, 39n], random)!;
  for (let index = 0; index < count; index++) {
    const offset = BigInt(index) << shift;
    const copy = structuredClone(template);
    copy.virt_start = BigInt.asUintN(64, (template.virt_start as bigint) + offset);
    if (random(2) === 0) copy.size = 0x1000n;
    if (random(2) === 0) copy.phys_start = BigInt.asUintN(64, (template.phys_start as bigint) + offset);
    entries.push(copy);
  }
  return `${count} regions like [${entries.indexOf(template)}] every 2^${shift}`;
};

/** Counts that are not those of the tables, and bytes as they come: what is read then is not what was meant. */
const falseCount: Mutation = ({ config }, random) => {
  const table = pick(planOfProfile(profile).tables, random)!;
  const description = descriptionOf(config);
  const length = config.tables[table.table.name]?.length ?? 0;
  const value = pick([0, length - 1, length + 1, 0x1_0000, 0xffff_ffff], random)!;
  description[table.table.count] = Math.max(0, value);
  return `${table.table.count}: ${length} -> ${description[table.table.count]}`;
};

const trailing: Mutation = ({ config }, random) => {
  config.trailing = new Uint8Array(pick([1, 4, 8, 4096, 70_000], random)!);
  return `${config.trailing.length} bytes behind`;
};

const weighted: readonly (readonly [number, Mutation])[] = [
  [8, changeValue],
  [12, changeEntry],
  [4, flipFlags],
  [3, removeEntry],
  [3, repeatEntry],
  [3, copyEntry],
  [1, swapEntries],
  [3, changeCpus],
  [2, changeHypervisorMemory],
  [1, scatterRegions],
  [1, falseCount],
  [1, trailing],
];
const total = weighted.reduce((sum, [weight]) => sum + weight, 0);

/** Changes a config in one place. @returns what was done */
export function mutate(subject: Subject, random: Random): string {
  for (;;) {
    let left = random(total);
    const [, mutation] = weighted.find(([weight]) => {
      left -= weight;
      return left < 0;
    })!;
    const done = mutation(subject, random);
    if (done !== null) return `${subject.name}: ${done}`;
  }
}

export function bytesOf(config: MutableConfig): Uint8Array {
  return encode(wireConfig(config));
}
