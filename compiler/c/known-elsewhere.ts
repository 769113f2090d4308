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
 */
export function explainByProfiles(profiles: Iterable<Profile>): Explanations {
  let all: readonly Profile[] | undefined;
  const explain = (what: string, has: (profile: Profile) => boolean): string | undefined => {
    all ??= [...profiles];
    const where = whereIs(all, has);
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

/** `from r13.1 on`, `up to r8.1 (v0.8)`, `only in ...`; undefined where no profile has it, or where all have. */
function whereIs(profiles: readonly Profile[], has: (profile: Profile) => boolean): string | undefined {
  const upstream = profiles.filter(({ fork }) => fork === null);
  const first = upstream.findIndex(has);
  if (first < 0) return inForks(profiles.filter((profile) => profile.fork !== null && has(profile)));
  const last = upstream.findLastIndex(has);
  const isOpen = last === upstream.length - 1;
  const from = showProfile(upstream[first]!);
  const to = showProfile(upstream[last]!);
  if (first === 0) return isOpen ? undefined : `up to ${to}: is the config older than the headers?`;
  if (isOpen) return `from ${from} on: is the config newer than the headers?`;
  return first === last
    ? `only in ${from}: choose it with --profile`
    : `from ${from} to ${to}: choose one of these with --profile`;
}

function inForks(forks: readonly Profile[]): string | undefined {
  if (forks.length === 0) return undefined;
  const shown = forks.slice(0, shownForks).map(({ id }) => id);
  const rest = forks.length - shown.length;
  return `only in ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}: choose one with --profile`;
}

function showProfile({ id, aliases, date }: Profile): string {
  return `${[id, ...aliases.slice(0, 1).map((alias) => `(${alias})`)].join(" ")} of ${date}`;
}
