/**
 * Profiles by name. Nothing is worked out before it is asked for, and nothing twice: declarations are kept per
 * profile of the chain, layouts per struct declaration and the layouts it embeds.
 */

import type { ProfileDefinition } from "./changes.js";
import { computeLayout, integerType } from "./compute.js";
import { applyChanges, type Declarations, noDeclarations, ProfileMistake } from "./declarations.js";
import { flatten, lookUp } from "./layers.js";
import { profileDefinitions } from "./profiles/index.js";
import type { Profile, StructDeclaration, StructLayout, TableLayout } from "./types.js";

/** What is known of a profile without laying it out. */
export interface ProfileSummary {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly revision: number | null;
  readonly commit: string;
  readonly date: string;
  /** Repository and branch of a fork; null for upstream. */
  readonly fork: string | null;
  /** The profile it is a delta on; null for the first one. */
  readonly after: string | null;
  readonly summary: string;
}

/**
 * The profile of that id or alias (`r12.18`, `v0.12`, `r13`, `HEAD`, `fork-lfd-v17`), in upper or lower case;
 * undefined where there is none (see {@link suggestProfiles}).
 */
export function resolveProfile(name: string): Profile | undefined {
  const definition = catalogue().byName.get(name.toLowerCase());
  return definition === undefined ? undefined : profileOf(definition);
}

/** All profiles, upstream in the order of time, then forks by name. */
export function profileSummaries(): readonly ProfileSummary[] {
  knownSummaries ??= profileDefinitions.map(summarise);
  return knownSummaries;
}

/** Up to three names of profiles that a user who wrote `name` may have meant, the nearest first. */
export function suggestProfiles(name: string): readonly string[] {
  const wanted = name.toLowerCase().slice(0, 64);
  const scored: { readonly name: string; readonly distance: number }[] = [];
  for (const definition of profileDefinitions) {
    for (const known of [definition.id, ...aliasesOf(definition)]) {
      const distance = nameDistance(wanted, known.toLowerCase());
      if (distance <= Math.max(1, Math.floor(known.length / 3))) scored.push({ name: known, distance });
    }
  }
  return scored
    .sort((a, b) => a.distance - b.distance || commonStart(wanted, b.name) - commonStart(wanted, a.name))
    .slice(0, 3)
    .map((entry) => entry.name);
}

/**
 * A profile made from definitions other than the built-in ones, for tests and tools that try out a delta.
 *
 * @param chain the definitions from the first one to the wanted one
 */
export function resolveChain(chain: readonly ProfileDefinition[]): Profile {
  const last = chain.at(-1);
  if (last === undefined) throw new ProfileMistake("a profile needs at least one definition");
  return layOutProfile(last, [], chain.reduce(applyChanges, noDeclarations));
}

// ---- names ----------------------------------------------------------------------------------------------------

interface Catalogue {
  readonly byId: ReadonlyMap<string, ProfileDefinition>;
  /** Ids and aliases in lower case. */
  readonly byName: ReadonlyMap<string, ProfileDefinition>;
  readonly aliases: ReadonlyMap<ProfileDefinition, readonly string[]>;
}

let knownCatalogue: Catalogue | undefined;
let knownSummaries: readonly ProfileSummary[] | undefined;

function catalogue(): Catalogue {
  knownCatalogue ??= buildCatalogue();
  return knownCatalogue;
}

function buildCatalogue(): Catalogue {
  const byId = new Map<string, ProfileDefinition>();
  const aliases = new Map<ProfileDefinition, string[]>();
  const lastOfRevision = new Map<string, ProfileDefinition>();
  for (const definition of profileDefinitions) {
    byId.set(definition.id, definition);
    aliases.set(definition, [...(definition.aliases ?? [])]);
    if (definition.fork === undefined) {
      lastOfRevision.set(definition.id.slice(0, definition.id.indexOf(".")), definition);
    }
  }
  for (const [revision, definition] of lastOfRevision) aliases.get(definition)!.push(revision);
  aliases.get([...lastOfRevision.values()].at(-1)!)!.push("HEAD");

  const byName = new Map<string, ProfileDefinition>();
  for (const [definition, names] of aliases) {
    for (const name of [definition.id, ...names]) byName.set(name.toLowerCase(), definition);
  }
  return { byId, byName, aliases };
}

function summarise(definition: ProfileDefinition): ProfileSummary {
  return {
    id: definition.id,
    aliases: aliasesOf(definition),
    get revision() {
      return revisionOf(declarationsOf(definition));
    },
    commit: definition.commit,
    date: definition.date,
    fork: definition.fork ?? null,
    after: definition.after,
    summary: definition.summary,
  };
}

function aliasesOf(definition: ProfileDefinition): readonly string[] {
  return catalogue().aliases.get(definition) ?? [];
}

function commonStart(wanted: string, known: string): number {
  let length = 0;
  while (length < wanted.length && wanted[length] === known[length]?.toLowerCase()) length++;
  return length;
}

/** Edits (insert, delete, replace, swap neighbours) that lead from one name to the other. */
function nameDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let best = Math.min(
        previous[column]! + 1,
        current[column - 1]! + 1,
        previous[column - 1]! + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, before[column - 2]! + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length]!;
}

// ---- declarations and layouts ---------------------------------------------------------------------------------

const knownDeclarations = new Map<ProfileDefinition, Declarations>();
const knownProfiles = new Map<ProfileDefinition, Profile>();

function profileOf(definition: ProfileDefinition): Profile {
  let profile = knownProfiles.get(definition);
  if (profile === undefined) {
    profile = layOutProfile(definition, aliasesOf(definition), declarationsOf(definition));
    knownProfiles.set(definition, profile);
  }
  return profile;
}

/** The declarations of a profile; works along the chain without recursion, and keeps every step. */
function declarationsOf(definition: ProfileDefinition): Declarations {
  const missing: ProfileDefinition[] = [];
  let declarations: Declarations | undefined;
  let step = definition;
  for (;;) {
    declarations = knownDeclarations.get(step);
    if (declarations !== undefined) break;
    missing.push(step);
    if (step.after === null) {
      declarations = noDeclarations;
      break;
    }
    const predecessor = catalogue().byId.get(step.after);
    if (predecessor === undefined || missing.length > profileDefinitions.length) {
      throw new ProfileMistake(`profile ${step.id}: its predecessor ${step.after} is missing or follows it`);
    }
    step = predecessor;
  }
  for (const next of missing.reverse()) {
    declarations = applyChanges(declarations, next);
    knownDeclarations.set(next, declarations);
  }
  return declarations;
}

function layOutProfile(
  definition: ProfileDefinition,
  aliases: readonly string[],
  declarations: Declarations,
): Profile {
  const structs = layOutStructs(declarations.structs);
  let constants: Profile["constants"] | undefined;
  let constantTypes: Profile["constantTypes"] | undefined;
  let macros: Profile["macros"] | undefined;
  return {
    id: definition.id,
    aliases,
    revision: revisionOf(declarations),
    commit: definition.commit,
    date: definition.date,
    fork: definition.fork ?? null,
    summary: definition.summary,
    signatures: signaturesOf(declarations),
    structs,
    tables: layOutTables(declarations, structs),
    get constants() {
      constants ??= new Map(
        [...flatten(declarations.constants)].map(([name, { value }]) => [name, BigInt(value)] as const),
      );
      return constants;
    },
    get constantTypes() {
      constantTypes ??= unusualTypes(declarations);
      return constantTypes;
    },
    get macros() {
      macros ??= flatten(declarations.macros);
      return macros;
    },
  };
}

/** Layouts by declaration. A struct that embeds others has one layout for each set of layouts embedded. */
const knownLayouts = new WeakMap<
  StructDeclaration,
  { readonly embedded: ReadonlyMap<string, StructLayout>; readonly layout: StructLayout }[]
>();

function layOutStructs(
  declarations: ReadonlyMap<string, StructDeclaration>,
): ReadonlyMap<string, StructLayout> {
  const layouts = new Map<string, StructLayout>();
  const inWork = new Set<string>();

  const layoutOf = (tag: string): StructLayout | undefined => {
    const done = layouts.get(tag);
    if (done !== undefined) return done;
    const declaration = declarations.get(tag);
    if (declaration === undefined) return undefined;
    if (inWork.has(tag)) throw new ProfileMistake(`struct ${tag} contains itself`);
    inWork.add(tag);
    const layout = knownLayout(declaration, layoutOf) ?? newLayout(declaration, layoutOf);
    layouts.set(tag, layout);
    return layout;
  };
  for (const tag of declarations.keys()) layoutOf(tag);

  return new Map([...declarations.keys()].map((tag) => [tag, layouts.get(tag)!]));
}

function knownLayout(
  declaration: StructDeclaration,
  layoutOf: (tag: string) => StructLayout | undefined,
): StructLayout | undefined {
  return knownLayouts
    .get(declaration)
    ?.find(({ embedded }) => [...embedded].every(([tag, layout]) => layoutOf(tag) === layout))?.layout;
}

function newLayout(
  declaration: StructDeclaration,
  layoutOf: (tag: string) => StructLayout | undefined,
): StructLayout {
  const embedded = new Map<string, StructLayout>();
  const layout = computeLayout(declaration, (tag) => {
    const found = layoutOf(tag);
    if (found !== undefined) embedded.set(tag, found);
    return found;
  });
  const known = knownLayouts.get(declaration);
  if (known === undefined) knownLayouts.set(declaration, [{ embedded, layout }]);
  else known.push({ embedded, layout });
  return layout;
}

function layOutTables(
  declarations: Declarations,
  structs: ReadonlyMap<string, StructLayout>,
): readonly TableLayout[] {
  return declarations.tables.map((table) => {
    const layout = structs.get(table.element) ?? null;
    const elementSize = layout?.size ?? integerType(table.element)?.size;
    if (elementSize === undefined) throw new ProfileMistake(`table ${table.name}: no type ${table.element}`);
    return { ...table, elementSize, layout };
  });
}

function unusualTypes(declarations: Declarations): Profile["constantTypes"] {
  const types = new Map<string, "u32" | "u64">();
  for (const [name, { type }] of flatten(declarations.constants)) if (type !== "int") types.set(name, type);
  return types;
}

function revisionOf(declarations: Declarations): number | null {
  return lookUp(declarations.constants, "JAILHOUSE_CONFIG_REVISION")?.value ?? null;
}

function signaturesOf(declarations: Declarations): Profile["signatures"] {
  const text = (name: string) => lookUp(declarations.macros, name)?.body.slice(1, -1);
  const system = text("JAILHOUSE_SYSTEM_SIGNATURE");
  const cell = text("JAILHOUSE_CELL_DESC_SIGNATURE");
  return system === undefined || cell === undefined ? null : { system, cell };
}
