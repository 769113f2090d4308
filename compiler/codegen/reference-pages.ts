import type { ConstantGroup } from "../../schema/constants/group.js";
import { constantGroups } from "../../schema/constants/groups.js";
import { fieldDoc, structDoc } from "../../schema/docs/fields.js";
import type { Field, Profile, StructLayout } from "../../schema/layout/types.js";
import { type Artifact, generatedBanner } from "./artifact.js";
import { describeChanges } from "./profile-changes.js";

const comment = `<!-- ${generatedBanner} -->`;

/** docs/format: the reference of the configuration format. Upstream profiles in the order of time come first. */
export function generateReferencePages(profiles: readonly Profile[]): readonly Artifact[] {
  return [
    overview(profiles),
    profilesPage(profiles),
    structsPage(profiles),
    constantsPage(profiles),
    historyPage(profiles),
  ];
}

function page(name: string, lines: readonly string[]): Artifact {
  return { path: `docs/format/${name}.md`, text: `${comment}\n${lines.join("\n")}\n` };
}

const upstreamOf = (profiles: readonly Profile[]): readonly Profile[] =>
  profiles.filter((profile) => profile.fork === null);

const latestOf = (profiles: readonly Profile[]): Profile => upstreamOf(profiles).at(-1)!;

// ---- README ----------------------------------------------------------------------------------------------------

function overview(profiles: readonly Profile[]): Artifact {
  const latest = latestOf(profiles);
  const [system, cell] = [
    latest.structs.get("jailhouse_system")!,
    latest.structs.get("jailhouse_cell_desc")!,
  ];
  return page("README", [
    "# The configuration format",
    "",
    "A `.cell` file is a header and, right behind it, its tables; no padding between them, no footer. All integers are",
    "little-endian on every architecture, all structs are packed (but for the states of 2013/14).",
    "",
    "- A **cell config** starts with `jailhouse_cell_desc`.",
    "- A **system config** starts with `jailhouse_system`, whose last member is the `jailhouse_cell_desc` of the root cell.",
    "",
    "The counts in `jailhouse_cell_desc` say how long each table is. A file may hold more bytes than its counts cover:",
    "Jailhouse does not look at them, and cellc keeps them.",
    "",
    `## A file of revision ${latest.revision}`,
    "",
    "| at | what | size in bytes | count |",
    "|---|---|---|---|",
    `| 0 | header: \`jailhouse_system\` | ${system.size} | |`,
    `| or 0 | header: \`jailhouse_cell_desc\` | ${cell.size} | |`,
    ...latest.tables.map(
      (table) =>
        `| then | \`${table.name}\`: ${table.unit === "bytes" ? "bytes" : `\`${table.element}\``} | ` +
        `${table.unit === "bytes" ? 1 : table.elementSize} each | \`${table.count}\` |`,
    ),
    "",
    "## Pages",
    "",
    "- [structs](structs.md): every struct with offsets, units and meanings",
    "- [constants](constants.md): flags, types and ids, with their values in each state",
    "- [profiles](profiles.md): every state of the format by revision, release and commit",
    "- [history](history.md): what each state changed",
    "",
    "## Releases",
    "",
    "| release | profile | revision | `jailhouse_system` | `jailhouse_cell_desc` |",
    "|---|---|---|---|---|",
    ...upstreamOf(profiles).flatMap((profile) =>
      profile.aliases
        .filter((alias) => /^v|HEAD/.test(alias))
        .map(
          (alias) =>
            `| ${alias} | \`${profile.id}\` | ${profile.revision ?? "none"} | ${sizeOf(profile, "jailhouse_system")} | ` +
            `${sizeOf(profile, "jailhouse_cell_desc")} |`,
        ),
    ),
  ]);
}

const sizeOf = (profile: Profile, tag: string): number => profile.structs.get(tag)!.size;

// ---- profiles --------------------------------------------------------------------------------------------------

function profilesPage(profiles: readonly Profile[]): Artifact {
  const row = (profile: Profile): string =>
    `| \`${profile.id}\` | ${profile.aliases.join(", ")} | ${profile.revision ?? "none"} | ${profile.date} | ` +
    `${profile.commit.slice(0, 12)} | ${sizeOf(profile, "jailhouse_system")}/${sizeOf(profile, "jailhouse_cell_desc")} | ` +
    `${profile.summary} |`;
  const head = [
    "| profile | also | revision | date | commit | system/cell header | |",
    "|---|---|---|---|---|---|---|",
  ];
  return page("profiles", [
    "# Profiles",
    "",
    "A profile is one state of the format: its layout, constants and macros. `rN.K` is the K-th state of revision N in",
    "upstream's history, `r0.K` one of the time before revisions were numbered (2016-11). Dates are those of the commits,",
    "which upstream's history does not always order.",
    "",
    "## Upstream",
    "",
    ...head,
    ...upstreamOf(profiles).map(row),
    "",
    "## Forks",
    "",
    ...head,
    ...profiles.filter((profile) => profile.fork !== null).map(row),
  ]);
}

// ---- structs ---------------------------------------------------------------------------------------------------

function structsPage(profiles: readonly Profile[]): Artifact {
  const newest = new Map<string, { layout: StructLayout; profile: Profile }>();
  for (const profile of profiles) {
    const visit = (layout: StructLayout): void => {
      const known = newest.get(layout.name);
      // A fork shows a struct only if upstream never had it.
      if (known === undefined || known.profile.fork !== null || profile.fork === null) {
        newest.set(layout.name, { layout, profile });
      }
      for (const field of layout.fields) if ("layout" in field) visit(field.layout);
    };
    for (const layout of profile.structs.values()) visit(layout);
  }
  const lines = [
    "# Structs",
    "",
    "Each struct as the newest profile that has it lays it out. Offsets and sizes are in bytes; `:n` is a bit-field of n",
    "bits. Members with the same offset are views of a union. [history](history.md) says when members came and went.",
  ];
  for (const [name, { layout, profile }] of newest) {
    lines.push("", `## \`${name}\``, "");
    const documentation = structDoc(name);
    if (documentation !== undefined) lines.push(documentation.text, "");
    lines.push(
      `${layout.size} bytes in \`${profile.id}\`${profile.fork === null ? "" : ` (${profile.fork})`}.`,
      "",
      "| offset | size | member | type | unit | meaning |",
      "|---|---|---|---|---|---|",
      ...layout.fields.map((field) => memberRow(layout, field)),
    );
  }
  return page("structs", lines);
}

function memberRow(layout: StructLayout, field: Field): string {
  const documentation = fieldDoc(layout.name, field.name);
  const bits =
    field.kind === "integer" && field.bitWidth !== undefined
      ? `:${field.bitWidth} at bit ${field.bitOffset}`
      : "";
  const meaning = [
    documentation?.text ?? "",
    documentation?.range === undefined ? "" : `Range: ${documentation.range}.`,
    documentation?.values === undefined
      ? ""
      : `Values: [${documentation.values}](constants.md#${documentation.values}).`,
  ];
  return (
    `| ${field.offset} | ${field.size} | \`${field.name}\`${bits} | ${typeText(field)} | ${documentation?.unit ?? ""} | ` +
    `${meaning.filter((part) => part !== "").join(" ")} |`
  );
}

function typeText(field: Field): string {
  switch (field.kind) {
    case "integer":
      return `${field.signed ? "s" : "u"}${field.size * 8}`;
    case "text":
      return `char[${field.size}]`;
    case "integers":
      return `${field.signed ? "s" : "u"}${field.elementSize * 8}[${field.length}]`;
    case "struct":
      return `[${field.layout.name}](#${anchor(field.layout.name)})`;
    case "structs":
      return `[${field.layout.name}](#${anchor(field.layout.name)})[${field.length}]`;
  }
}

/** As GitHub makes it from a heading. */
const anchor = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_ -]/g, "");

// ---- constants -------------------------------------------------------------------------------------------------

function constantsPage(profiles: readonly Profile[]): Artifact {
  const lines = [
    "# Constants",
    "",
    "The value of each constant, and the profiles in which it has that value (upstream; forks where they differ).",
  ];
  for (const group of constantGroups) lines.push(...groupSection(group, profiles));
  return page("constants", lines);
}

function groupSection(group: ConstantGroup, profiles: readonly Profile[]): readonly string[] {
  const rows = group.names.flatMap(({ name, text }) =>
    valueSpans(name, profiles).map(
      ({ value, where }) => `| \`${name}\` | ${hex(value)} | ${where} | ${text} |`,
    ),
  );
  return [
    "",
    `## ${group.id}`,
    "",
    `${group.title} (${group.kind}).`,
    "",
    "| name | value | in | meaning |",
    "|---|---|---|---|",
    ...rows,
  ];
}

function valueSpans(name: string, profiles: readonly Profile[]): readonly { value: bigint; where: string }[] {
  const spans: { value: bigint; first: string; last: string }[] = [];
  const upstream = upstreamOf(profiles);
  let previous: bigint | undefined;
  for (const profile of upstream) {
    const value = profile.constants.get(name);
    const current = spans.at(-1);
    if (value !== undefined && value === previous && current !== undefined) current.last = profile.id;
    else if (value !== undefined) spans.push({ value, first: profile.id, last: profile.id });
    previous = value;
  }
  const latest = upstream.at(-1)!.id;
  const found = spans.map(({ value, first, last }) => ({
    value,
    where: first === last ? first : last === latest ? `since ${first}` : `${first} to ${last}`,
  }));
  const forks = new Map<bigint, string[]>();
  for (const profile of profiles) {
    const value = profile.constants.get(name);
    if (profile.fork === null || value === undefined || spans.some((span) => span.value === value)) continue;
    forks.set(value, [...(forks.get(value) ?? []), profile.id]);
  }
  return [...found, ...[...forks].map(([value, ids]) => ({ value, where: ids.join(", ") }))];
}

const hex = (value: bigint): string => (value < 0n ? `${value}` : `0x${value.toString(16)}`);

// ---- history ---------------------------------------------------------------------------------------------------

function historyPage(profiles: readonly Profile[]): Artifact {
  const lines = [
    "# History",
    "",
    "What each upstream state changed. Offsets of members that follow a change move with it; only the change itself is",
    "listed.",
  ];
  upstreamOf(profiles).forEach((profile, index, all) => {
    const names = profile.aliases.length > 0 ? ` (${profile.aliases.join(", ")})` : "";
    lines.push(
      "",
      `## ${profile.id}${names}`,
      "",
      `${profile.date}, ${profile.commit.slice(0, 12)}: ${profile.summary}`,
    );
    const previous = all[index - 1];
    if (previous !== undefined) lines.push("", ...describeChanges(previous, profile));
  });
  return page("history", lines);
}
