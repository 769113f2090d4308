import fc from "fast-check";
import { rangeOf, rangeOfField } from "../../schema/codec/integer-access.js";
import { planOfProfile, type TablePlan } from "../../schema/codec/profile-plan.js";
import { alternativesOf } from "../../schema/codec/struct-plan.js";
import type { ConfigKind, WireConfig, WireStruct, WireTable, WireValue } from "../../schema/codec/wire.js";
import { constantGroup, sumsOf, symbolsOf } from "../../schema/constants/groups.js";
import { fieldDoc } from "../../schema/docs/fields.js";
import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";
import { decodeText } from "../../schema/text.js";

/**
 * Random configs whose values are those that people write more often than not: flags and choices with names, BAR masks
 * with macros, the four regions of a network link; and some of everything else: unknown bits, wrong counts, any text.
 */
export function likelyConfig(profile: Profile): fc.Arbitrary<WireConfig> {
  const plan = planOfProfile(profile);
  const tables = fc.record(
    Object.fromEntries(plan.tables.map((table) => [table.table.name, tableFor(profile, table)])),
  );
  const kinds = fc.constantFrom<ConfigKind>("system", "cell");
  return kinds.chain((kind) => {
    const { struct, description, signature } = plan.headers[kind];
    const counts = wrongCounts(plan.tables);
    const identity: Record<string, WireValue> = {};
    for (const { name } of struct.layout.fields) {
      if (name === "signature" && signature !== null) identity.signature = signature;
      if (name === "revision" && profile.revision !== null) identity.revision = profile.revision;
    }
    const signed = fc.constantFrom(identity, identity, identity, {});
    const trailing = fc.oneof(fc.constant(new Uint8Array()), fc.uint8Array({ maxLength: 20 }));
    return fc
      .tuple(structFor(profile, struct.layout), tables, counts, signed, trailing)
      .map(([value, filled, wrong, own, rest]) => {
        const { field } = description;
        const cell = (field === null ? value : (value[field] ?? {})) as WireStruct;
        const names = new Set(plan.tables.map(({ table }) => table.count));
        const uncounted = Object.fromEntries(Object.entries(cell).filter(([name]) => !names.has(name)));
        const counted = { ...uncounted, ...wrong };
        const header = field === null ? { ...counted, ...own } : { ...value, ...own, [field]: counted };
        return { kind, profile, header: header as WireStruct, tables: filled, trailing: rest };
      });
  });
}

/** Most often none. */
function wrongCounts(tables: readonly TablePlan[]): fc.Arbitrary<Record<string, number>> {
  const one = fc
    .tuple(fc.constantFrom(...tables), fc.nat(9))
    .map(([{ table }, count]) => ({ [table.count]: count }));
  return fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: one });
}

function tableFor(profile: Profile, { table, element }: TablePlan): fc.Arbitrary<WireTable> {
  if (element === null) {
    const bytes = fc.constantFrom(0, 0, 0, 0xff, 0xff, 0x0f);
    const whole = fc.integer({ min: 0, max: 3 }).chain((words) => {
      const length = words * 8;
      return fc.array(bytes, { minLength: length, maxLength: length });
    });
    return fc.oneof(whole, whole, fc.array(bytes, { maxLength: 20 })).map((list) => Uint8Array.from(list));
  }
  if (!("layout" in element)) {
    const { least, most } = rangeOf(table.elementSize * 8, false);
    const any = fc.bigInt({ min: least, max: most });
    return fc.array<number | bigint>(table.elementSize === 8 ? any : any.map(Number), {
      maxLength: 4,
    }) as fc.Arbitrary<WireTable>;
  }
  const elements = fc.array(structFor(profile, element.layout), { maxLength: 3 });
  if (table.name !== "mem_regions" || !profile.constants.has("JAILHOUSE_MEM_ROOTSHARED")) return elements;
  return fc
    .tuple(elements, fc.oneof(fc.constant([]), netRegions(profile)), elements)
    .map((parts) => parts.flat());
}

/** What JAILHOUSE_SHMEM_NET_REGIONS makes since r12.12, and sometimes nearly that. */
function netRegions({ constants }: Profile): fc.Arbitrary<readonly WireStruct[]> {
  const flag = (name: string): bigint => constants.get(`JAILHOUSE_MEM_${name}`) ?? 0n;
  const shared = flag("READ") | flag("ROOTSHARED");
  const region = (start: bigint, size: bigint, flags: bigint): WireStruct => ({
    phys_start: BigInt.asUintN(64, start),
    virt_start: BigInt.asUintN(64, start),
    size,
    flags,
  });
  const starts = fc.oneof(
    fc.bigInt({ min: 0n, max: 0xfffffn }).map((page) => page << 12n),
    fc.constantFrom(0n, 0x7ff80000n, 0x7ff7f000n, 0x7ffff000n, 0xfff80000n, 0xffffe000n, 0x7ffffffffff90000n),
    fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  );
  const peers = fc.constantFrom(0, 1, 2);
  return fc
    .tuple(starts, peers, fc.integer({ min: 0, max: 12 }))
    .map(([start, peer, spoilt]) =>
      [
        region(start, 0x1000n, shared),
        region(0n, 0n, 0n),
        region(start + 0x1000n, 0x7f000n, shared | (peer === 0 ? flag("WRITE") : 0n)),
        region(start + 0x80000n, 0x7f000n, shared | (peer === 1 ? flag("WRITE") : 0n)),
      ].map((each, index) => (index === spoilt ? { ...each, size: 0x2000n } : each)),
    );
}

function structFor(profile: Profile, layout: StructLayout): fc.Arbitrary<WireStruct> {
  const alternatives = alternativesOf(layout);
  const overlapping = alternatives.flat();
  const fields = fc.record(
    Object.fromEntries(layout.fields.map((field) => [field.name, memberFor(profile, layout, field)])),
    { requiredKeys: [] },
  );
  return fc
    .tuple(fields, fc.constantFrom<readonly string[]>([], ...alternatives))
    .map(([value, shown]) =>
      Object.fromEntries(
        Object.entries(value).filter(([name]) => !overlapping.includes(name) || shown.includes(name)),
      ),
    ) as fc.Arbitrary<WireStruct>;
}

function memberFor(profile: Profile, layout: StructLayout, field: Field): fc.Arbitrary<WireValue> {
  switch (field.kind) {
    case "integer": {
      const { least, most } = rangeOfField(field);
      const named = namedValues(profile, layout.name, field.name).filter((value) => value <= most);
      const any = fc.bigInt({ min: least, max: most });
      const value = fc.oneof(
        { weight: 3, arbitrary: named.length > 0 ? someOf(named) : fc.constant(0n) },
        { weight: 1, arbitrary: fc.constant(0n) },
        { weight: 1, arbitrary: any },
      );
      const fits = value.map((each) => (each > most ? most : each));
      return field.size === 8 ? fits : fits.map(Number);
    }
    case "text":
      return anyText(field.size);
    case "integers": {
      const { least, most } = rangeOf(field.elementSize * 8, field.signed);
      const bodies = [...profile.macros.values()].filter(({ name }) => name.includes("BAR_MASK"));
      const masks = bodies.map(({ body }) => body.match(/0x[0-9a-f]+/g)!.map(Number));
      const element = fc.oneof(
        fc.constant(0n),
        fc.nat(31).map((bit) => (1n << BigInt(bit)) & most),
        fc.bigInt({ min: least, max: most }),
      );
      const any = fc.array<number | bigint>(field.elementSize === 8 ? element : element.map(Number), {
        minLength: field.length,
        maxLength: field.length,
      });
      if (field.name !== "bar_mask" || masks.length === 0) return any as fc.Arbitrary<WireValue>;
      return fc.oneof(fc.constantFrom(...masks), any as fc.Arbitrary<number[]>);
    }
    case "struct":
      return structFor(profile, field.layout);
    case "structs":
      return fc.array(structFor(profile, field.layout), { maxLength: field.length });
  }
}

/** The values with a name, one or several of them for flags. */
function namedValues(profile: Profile, layout: string, field: string): readonly bigint[] {
  const group = constantGroup(fieldDoc(layout, field)?.values ?? "");
  if (group === undefined) return [];
  const values = [group.id, ...(group.parts ?? []).map((part) => part.group)].flatMap((id) =>
    symbolsOf(profile, id).map(({ value }) => value),
  );
  return [...values, ...sumsOf(profile, group.id).map(({ value }) => value)].filter((value) => value >= 0n);
}

function someOf(values: readonly bigint[]): fc.Arbitrary<bigint> {
  const one = fc.constantFrom(...values);
  return fc.oneof(
    one,
    fc.array(one, { maxLength: 4 }).map((list) => list.reduce((sum, each) => sum | each, 0n)),
  );
}

/** Text of any bytes, and of characters that mean something to C. */
function anyText(size: number): fc.Arbitrary<string> {
  const special = fc.constantFrom(
    "a",
    "f",
    "0",
    "\\",
    '"',
    "?",
    "/",
    "*",
    "\n",
    "\0",
    "é",
    "\u202e",
    "\ufeff",
    "%",
  );
  const bytes = fc.uint8Array({ maxLength: size });
  const written = fc
    .array(special, { maxLength: size })
    .map((list) => new TextEncoder().encode(list.join("")));
  return fc.oneof(bytes, written).map((text) => {
    const whole = text.subarray(0, size);
    return decodeText(whole).replace(/\0+$/, "");
  });
}
