import type { Profile, StructLayout } from "../../schema/layout/types.js";
import type { CompileCOptions } from "./unit.js";

/**
 * Members and constants that other states of the format have. The message on a name that the config's headers lack then
 * says where it is from: usually the config is newer or older than the headers.
 */

export interface KnownElsewhere extends Required<Pick<CompileCOptions, "explainMember" | "explainConstant">> {
  /** Those of the profiles that have every name that was asked for so far and that any of them has; none without such. */
  readonly havingAll: () => readonly Profile[];
}

/**
 * Explains by the profiles, which are gone through only when a name is asked for.
 *
 * @param profiles in the order of time; those of forks may stand anywhere
 * @param builtin the headers are those of a profile: it was not chosen to go with them, but them with it
 */
export function explainByProfiles(profiles: Iterable<Profile>, builtin = false): KnownElsewhere {
  let all: readonly Profile[] | undefined;
  const asked: ((profile: Profile) => boolean)[] = [];
  const explain = (what: string, has: (profile: Profile) => boolean): string | undefined => {
    all ??= [...profiles];
    const where = whereIs(all, has, builtin);
    if (where === undefined) return undefined;
    asked.push(has);
    return `${what} ${where}`;
  };
  return {
    explainMember: (struct, member) =>
      explain(`${struct === null ? "such a struct" : `\`struct ${struct}\``} has \`${member}\``, (profile) =>
        hasMember(profile, struct, member),
      ),
    explainConstant: (name) =>
      explain(`\`${name}\` is defined`, ({ constants, macros }) => constants.has(name) || macros.has(name)),
    havingAll: () =>
      asked.length === 0 ? [] : (all ?? []).filter((profile) => asked.every((has) => has(profile))),
  };
}

/** Whether the struct, or any that is inline in another where it has no tag, has a member of that name. */
function hasMember({ structs }: Profile, struct: string | null, member: string): boolean {
  if (struct !== null) return hasField(structs.get(struct), member);
  return [...structs.values()].some((layout) =>
    inlineStructs(layout).some((inner) => hasField(inner, member)),
  );
}

function hasField(layout: StructLayout | undefined, member: string): boolean {
  return layout?.fields.some(({ name }) => name === member) ?? false;
}

/** Inline structs are named by their path: they have no tag. */
function inlineStructs({ fields }: StructLayout): readonly StructLayout[] {
  return fields.flatMap((field) => {
    if ((field.kind !== "struct" && field.kind !== "structs") || !field.layout.name.includes(".")) return [];
    return [field.layout, ...inlineStructs(field.layout)];
  });
}

const shownForks = 3;

/** `since r13.1 ...`, `until r8.1 ...`, `only in ...`; undefined where no profile has it, or where all have. */
function whereIs(
  profiles: readonly Profile[],
  has: (profile: Profile) => boolean,
  builtin: boolean,
): string | undefined {
  const question = (text: string): string => (builtin ? "" : `: ${text}`);
  const elsewhere = question("does the config belong to other headers?");
  const upstream = profiles.filter(({ fork }) => fork === null);
  const having = upstream.filter(has);
  const first = having[0];
  const last = having.at(-1);
  if (first === undefined || last === undefined) {
    const where = inForks(profiles.filter((profile) => profile.fork !== null && has(profile)));
    return where === undefined ? undefined : `${where}${elsewhere}`;
  }
  const isOld = first === upstream[0];
  const isOpen = last === upstream.at(-1);
  if (isOld && isOpen) return undefined;
  const releases = having.flatMap(releasesOf);
  const firstRelease = releases.length === 0 ? "" : `, first released in ${releases[0]}`;
  const lastRelease = releases.length === 0 ? "" : `, last released in ${releases.at(-1)}`;
  if (isOld) return `until ${show(last)}${lastRelease}${question("is the config older than the headers?")}`;
  if (isOpen)
    return `since ${show(first)}${firstRelease}${question("is the config newer than the headers?")}`;
  const span = first === last ? `only in ${show(first)}` : `from ${show(first)} until ${show(last)}`;
  return `${span}${lastRelease}${elsewhere}`;
}

function inForks(forks: readonly Profile[]): string | undefined {
  if (forks.length === 0) return undefined;
  const shown = forks.slice(0, shownForks).map(({ id }) => id);
  const rest = forks.length - shown.length;
  return `only in ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function show({ id, date }: Profile): string {
  return `${id} of ${date}`;
}

function releasesOf({ aliases }: Profile): readonly string[] {
  return aliases.filter((alias) => alias.startsWith("v"));
}
