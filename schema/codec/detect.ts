import { profileSummaries, resolveProfile } from "../layout/resolve.js";
import type { Field, Profile, StructLayout } from "../layout/types.js";
import { decode, sizeByCounts, startsWith } from "./decode.js";
import { descriptionOf, planOfProfile } from "./profile-plan.js";
import { type ConfigKind, isStruct, residue, type WireStruct, type WireValue } from "./wire.js";

/** A profile by which a file can be read, and those that lay out every byte in the same way. */
export interface Candidate {
  readonly profile: Profile;
  readonly kind: ConfigKind;
  /** Header, counts and file size agree to the byte. */
  readonly exact: boolean;
  /** Profiles of the same binary layout, the newest first; they can differ in names and in constants. */
  readonly equivalent: readonly Profile[];
}

export type DetectionReason =
  /** All candidates that fit share one layout. */
  | { readonly kind: "fits" }
  /** Several layouts fit; the first candidate is the newest released one, else the newest of upstream. */
  | { readonly kind: "ambiguous"; readonly layouts: number }
  /** Signature and revision are known, the size agrees with none of their layouts. */
  | { readonly kind: "sizes-disagree" }
  /** The signature is known, the revision is not one that profiles with this signature have. */
  | { readonly kind: "unknown-revision"; readonly revision: number; readonly signature: string }
  /** A signature and nothing more: the file ends before its revision. */
  | { readonly kind: "cut-off" }
  | { readonly kind: "not-a-cell" };

export interface Detection {
  /** The best first; empty for a file that is no `.cell`. */
  readonly candidates: readonly Candidate[];
  readonly reason: DetectionReason;
}

/** Where detection finds profiles. Those of a revision are laid out only when a file asks for them. */
export interface ProfileSource {
  /** Ids of the profiles of a revision; null: of the time before revisions. */
  readonly ofRevision: (revision: number | null) => readonly string[];
  readonly revisions: () => readonly number[];
  readonly profile: (id: string) => Profile;
}

/** The built-in profiles. */
export const builtInProfiles: ProfileSource = {
  ofRevision: (revision) =>
    profileSummaries().flatMap((summary) => (summary.revision === revision ? [summary.id] : [])),
  revisions: () => [
    ...new Set(profileSummaries().flatMap(({ revision }) => (revision === null ? [] : [revision]))),
  ],
  profile(id) {
    const profile = resolveProfile(id);
    if (profile === undefined) throw new Error(`no profile ${id}`);
    return profile;
  },
};

/**
 * Finds the profiles a file can belong to, from its signature, its revision and the agreement of its counts with its
 * size. A file without signature is accepted only where everything agrees: sizes, a name of printable characters,
 * and zeros in all padding.
 */
export function detect(bytes: Uint8Array, source: ProfileSource = builtInProfiles): Detection {
  const revision = bytes.length >= 8 ? bytes[6]! + bytes[7]! * 256 : null;
  if (revision !== null) {
    const signed = matches(bytes, source, revision);
    if (signed.length > 0) return rank(bytes, signed);
  }
  const older = matches(bytes, source, null);
  if (older.length > 0) return rank(bytes, older);
  const unsigned = unsignedMatches(bytes, source);
  if (unsigned.length > 0) return rank(bytes, unsigned);
  return unknownRevision(bytes, source, revision);
}

interface Match {
  readonly profile: Profile;
  readonly kind: ConfigKind;
}

/** Profiles of the revision whose signature the file carries. */
function matches(bytes: Uint8Array, source: ProfileSource, revision: number | null): readonly Match[] {
  return source.ofRevision(revision).flatMap((id) => {
    const profile = source.profile(id);
    const kind = signedKind(bytes, profile);
    return kind === null ? [] : [{ profile, kind }];
  });
}

function signedKind(bytes: Uint8Array, { signatures }: Profile): ConfigKind | null {
  if (signatures === null) return null;
  if (startsWith(bytes, signatures.system)) return "system";
  return startsWith(bytes, signatures.cell) ? "cell" : null;
}

function unsignedMatches(bytes: Uint8Array, source: ProfileSource): readonly Match[] {
  return source.ofRevision(null).flatMap((id) => {
    const profile = source.profile(id);
    if (profile.signatures !== null) return [];
    return (["system", "cell"] as const).flatMap((kind) =>
      sizeDifference(bytes, { profile, kind }) === 0 && isPlausible(bytes, { profile, kind })
        ? [{ profile, kind }]
        : [],
    );
  });
}

function unknownRevision(bytes: Uint8Array, source: ProfileSource, revision: number | null): Detection {
  const known = source.revisions().flatMap((number) => matches(bytes, source, number));
  if (known.length === 0) return { candidates: [], reason: { kind: "not-a-cell" } };
  if (revision === null) return { candidates: [], reason: { kind: "cut-off" } };
  const { candidates } = rank(bytes, known);
  const inexact = candidates.map((candidate) => ({ ...candidate, exact: false }));
  const [{ profile, kind }] = candidates as [Candidate, ...Candidate[]];
  const signature = profile.signatures![kind];
  return { candidates: inexact, reason: { kind: "unknown-revision", revision, signature } };
}

/** Bytes the file has beyond what its counts ask for; negative where it is too short, null inside the header. */
function sizeDifference(bytes: Uint8Array, { profile, kind }: Match): number | null {
  const size = sizeByCounts(bytes, planOfProfile(profile), kind);
  return size === null ? null : bytes.length - size;
}

function rank(bytes: Uint8Array, found: readonly Match[]): Detection {
  const classes = new Map<string, Match[]>();
  for (const match of [...found].sort(newestUpstreamFirst)) {
    const key = `${match.kind} ${layoutKey(match.profile)}`;
    classes.set(key, [...(classes.get(key) ?? []), match]);
  }
  const ranked = [...classes.values()].map((members) => {
    const [first, ...rest] = members as [Match, ...Match[]];
    const difference = sizeDifference(bytes, first);
    const exact = difference === 0;
    const candidate: Candidate = { ...first, exact, equivalent: rest.map(({ profile }) => profile) };
    return { candidate, rank: rankOf(first, difference, exact && isPlausible(bytes, first)) };
  });
  // A stable sort: among equals, the order of newestUpstreamFirst stands.
  ranked.sort((one, other) => one.rank - other.rank);
  const best = ranked.filter(({ rank }) => rank === ranked[0]!.rank);
  if (!best[0]!.candidate.exact) {
    return { candidates: ranked.map(({ candidate }) => candidate), reason: { kind: "sizes-disagree" } };
  }
  return {
    candidates: best.map(({ candidate }) => candidate),
    reason: best.length > 1 ? { kind: "ambiguous", layouts: best.length } : { kind: "fits" },
  };
}

/**
 * Lower is better: what fits exactly and reads like a config, upstream before forks; then upstream's layouts, with
 * bytes to spare before too few; then what is left of the forks. A fork's layout that fits by accident, as it can for
 * a file with trailing bytes, gives itself away by what it reads.
 */
function rankOf({ profile }: Match, difference: number | null, plausible: boolean): number {
  const fork = profile.fork === null ? 0 : 1;
  if (plausible) return fork;
  const misfit = difference === null ? 3 : difference === 0 ? 0 : difference > 0 ? 1 : 2;
  return 2 + fork * 4 + misfit;
}

/** Upstream before forks, then what was released (or is its newest state) before what was not, then by age. */
function newestUpstreamFirst(one: Match, other: Match): number {
  const fork = Number(one.profile.fork !== null) - Number(other.profile.fork !== null);
  if (fork !== 0) return fork;
  const released = Number(isReleased(other.profile)) - Number(isReleased(one.profile));
  if (released !== 0) return released;
  return ageOf(other.profile) - ageOf(one.profile) || (one.profile.date < other.profile.date ? 1 : -1);
}

function isReleased({ aliases }: Profile): boolean {
  return aliases.some((name) => name === "HEAD" || name.startsWith("v"));
}

/** The place of an upstream profile in the order of states, `r12.18` as 12018; dates repeat and jump, this does not. */
function ageOf(profile: Profile): number {
  const match = /^r(\d+)\.(\d+)$/.exec(profile.id);
  return match === null ? 0 : Number(match[1]) * 1000 + Number(match[2]);
}

const layoutKeys = new WeakMap<Profile, string>();

/** Equal for profiles that lay out every byte in the same way, whatever their fields are called. */
export function layoutKey(profile: Profile): string {
  let key = layoutKeys.get(profile);
  if (key === undefined) {
    const header = (["jailhouse_system", "jailhouse_cell_desc"] as const).map((name) => {
      const layout = profile.structs.get(name);
      return layout === undefined ? "" : structKey(layout);
    });
    const tables = planOfProfile(profile).tables.map(({ table, count, unitSize }) => {
      const element = table.layout === null ? table.element : structKey(table.layout);
      return `${count.offset}:${table.unit}:${unitSize}:${element}`;
    });
    key = [profile.signatures?.system, profile.signatures?.cell, ...header, ...tables].join("|");
    layoutKeys.set(profile, key);
  }
  return key;
}

function structKey(layout: StructLayout): string {
  return `${layout.size}{${layout.fields.map(fieldKey).join(",")}}`;
}

function fieldKey(field: Field): string {
  switch (field.kind) {
    case "integer":
      return `${field.offset}i${field.signed ? "s" : ""}${field.size}.${field.bitOffset ?? ""}.${field.bitWidth ?? ""}`;
    case "text":
      return `${field.offset}t${field.size}`;
    case "integers":
      return `${field.offset}a${field.signed ? "s" : ""}${field.elementSize}x${field.length}`;
    case "struct":
      return `${field.offset}${structKey(field.layout)}`;
    case "structs":
      return `${field.offset}${structKey(field.layout)}x${field.length}`;
  }
}

// ---- does it read like a config? ------------------------------------------------------------------------------

/** A printable name, zeros in all padding, and no memory flags that the profile does not know. */
function isPlausible(bytes: Uint8Array, { profile, kind }: Match): boolean {
  const { config } = decode(bytes, profile, { kind });
  const name = descriptionOf(config).name;
  if (typeof name !== "string" || !/^[\x20-\x7e]+$/.test(name)) return false;
  const memory = config.tables.mem_regions ?? [];
  const flags = knownFlags(profile);
  if (!structsOf(memory).every((region) => hasOnly(flags, region))) return false;
  return [config.header, ...Object.values(config.tables).flatMap(structsOf)].every(isPadded);
}

function knownFlags({ constants }: Profile): bigint {
  let known = 0n;
  for (const [name, value] of constants) if (name.startsWith("JAILHOUSE_MEM_")) known |= value;
  return known;
}

function hasOnly(known: bigint, region: WireStruct): boolean {
  const flags = region.flags ?? region.access_flags;
  return typeof flags !== "bigint" || (flags & ~known) === 0n;
}

function structsOf(value: unknown): readonly WireStruct[] {
  if (Array.isArray(value)) return value.filter(isStruct);
  return isStruct(value) ? [value] : [];
}

/** No residue, and zeros in every field that is there for padding only. */
function isPadded(value: WireStruct): boolean {
  if (value[residue] !== undefined) return false;
  return Object.entries(value).every(
    ([name, member]) => (!isPaddingName(name) || isZero(member)) && structsOf(member).every(isPadded),
  );
}

/** `padding`, `__reserved`, `_res1`: what the profiles call fields that carry nothing. */
export function isPaddingName(name: string): boolean {
  return /^(padding|_+res(erved)?\d*)$/.test(name);
}

function isZero(value: WireValue): boolean {
  return Array.isArray(value)
    ? value.every((element) => element === 0 || element === 0n)
    : value === 0 || value === 0n;
}
