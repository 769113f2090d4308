import type { Profile, StructLayout } from "../../schema/layout/types.js";
import type { CompileCOptions } from "./unit.js";

/**
 * Members and constants that other states of the format have. The message on a name that the config's headers lack then
 * says where it is from: usually the config is newer or older than the headers.
 */

type Explanations = Required<Pick<CompileCOptions, "explainMember" | "explainConstant">>;

/**
 * Explains by the profiles, which are gone through only when a name is asked for.
 *
 * @param profiles in the order of time; those of forks may stand anywhere
 * @param builtin the headers are those of a profile, so that another one can be chosen
 */
export function explainByProfiles(profiles: Iterable<Profile>, builtin = false): Explanations {
  let all: readonly Profile[] | undefined;
  const explain = (what: string, has: (profile: Profile) => boolean): string | undefined => {
    all ??= [...profiles];
    const where = whereIs(all, has, builtin);
    return where === undefined ? undefined : `${what} ${where}`;
  };
  return {
    explainMember: (struct, member) =>
      explain(`${struct === null ? "such a struct" : `\`struct ${struct}\``} has \`${member}\``, (profile) =>
        hasMember(profile, struct, member),
      ),
    explainConstant: (name) =>
      explain(`\`${name}\` is defined`, ({ constants, macros }) => constants.has(name) || macros.has(name)),
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
  const upstream = profiles.filter(({ fork }) => fork === null);
  const having = upstream.filter(has);
  const first = having[0];
  const last = having.at(-1);
  if (first === undefined || last === undefined)
    return inForks(
      profiles.filter((profile) => profile.fork !== null && has(profile)),
      builtin,
    );
  const isOld = first === upstream[0];
  const isOpen = last === upstream.at(-1);
  if (isOld && isOpen) return undefined;
  // Names that people know are tried before ids: those nearest to where it came or went.
  const named = isOpen ? having.find(isNamed) : having.findLast(isNamed);
  const remedy = (own: string): string => (builtin ? chooseProfile([named ?? last]) : own);
  const released = having.find((profile) => releaseOf(profile) !== undefined);
  const withRelease = released === undefined ? "" : `, first released in ${releaseOf(released)}`;
  const lastRelease = having.findLast((profile) => releaseOf(profile) !== undefined);
  const upToRelease = lastRelease === undefined ? "" : `, last released in ${releaseOf(lastRelease)}`;
  if (isOld) return `until ${show(last)}${upToRelease}: ${remedy("is the config older than the headers?")}`;
  if (isOpen) return `since ${show(first)}${withRelease}: ${remedy("is the config newer than the headers?")}`;
  const span = first === last ? `only in ${show(first)}` : `from ${show(first)} until ${show(last)}`;
  return `${span}${upToRelease}: ${remedy("does the config belong to other headers?")}`;
}

function inForks(forks: readonly Profile[], builtin: boolean): string | undefined {
  if (forks.length === 0) return undefined;
  const shown = forks.slice(0, shownForks).map(({ id }) => id);
  const rest = forks.length - shown.length;
  const remedy = builtin ? chooseProfile(forks.slice(0, 1)) : "does the config belong to other headers?";
  return `only in ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}: ${remedy}`;
}

function chooseProfile([profile]: readonly Profile[]): string {
  return `use \`--profile ${profile!.aliases[0] ?? profile!.id}\` if the hypervisor is that one`;
}

function show({ id, date }: Profile): string {
  return `${id} of ${date}`;
}

function isNamed({ aliases }: Profile): boolean {
  return aliases.length > 0;
}

function releaseOf({ aliases }: Profile): string | undefined {
  return aliases.find((alias) => alias.startsWith("v"));
}
