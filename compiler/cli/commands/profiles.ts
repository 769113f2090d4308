/**
 * $ cellc profiles v0.12
 * id      names       revision  date        system  cell  what changed
 * r13.3   v0.12           13    2020-04-07     376   124  ...
 */

import {
  type ProfileSummary,
  profileSummaries,
  resolveProfile,
  suggestProfiles,
} from "../../../schema/layout/resolve.js";
import { type Command, formatOption } from "../command.js";
import type { Context } from "../context.js";
import { cliMessages } from "../messages.js";
import type { ParsedArguments } from "../parse-arguments.js";
import { textTable } from "../text-table.js";

export const profilesCommand: Command = {
  name: "profiles",
  operands: "[NAME]...",
  minimumOperands: 0,
  maximumOperands: Number.POSITIVE_INFINITY,
  description:
    "Lists the states of the format that cellc knows, oldest first, then the forks: id, other names, the size in bytes of a system's and a cell's header. NAME is an id, another name, or a revision (all its states).",
  options: [formatOption(["text", "json"], "json: for tools")],
  examples: [
    { command: "cellc profiles", explanation: "all of them" },
    { command: "cellc profiles r12", explanation: "every state of revision 12" },
    { command: "cellc profiles v0.12", explanation: "the one of that release" },
  ],
  run: profiles,
};

function profiles(args: ParsedArguments, context: Context): number {
  const all = profileSummaries();
  const chosen =
    args.operands.length === 0 ? all : args.operands.flatMap((name) => select(name, all, context));
  if (context.failed) return 0;
  const rows = [...new Set(chosen)].map(describe);
  if (args.value("format") === "json") {
    context.print(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  const heads = ["id", "names", "revision", "date", "system", "cell", "what changed"];
  const cells = rows.map((row) => [
    row.id,
    row.aliases.join(" "),
    row.revision === null ? "-" : String(row.revision),
    row.date,
    String(row.systemHeaderBytes),
    String(row.cellHeaderBytes),
    row.fork === null ? row.summary : `${row.fork}: ${row.summary}`,
  ]);
  context.print(textTable(heads, cells, new Set([2, 4, 5])));
  return 0;
}

function select(name: string, all: readonly ProfileSummary[], context: Context): readonly ProfileSummary[] {
  const revision = /^r?(\d+)$/i.exec(name);
  if (revision !== null) {
    const members = all.filter((summary) => summary.id.startsWith(`r${Number(revision[1])}.`));
    if (members.length > 0) return members;
  }
  const id = resolveProfile(name)?.id;
  const found = all.filter((summary) => summary.id === id);
  if (found.length === 0)
    context.trouble(cliMessages["profile-unknown"]({ name, suggestions: suggestProfiles(name) }));
  return found;
}

function describe(summary: ProfileSummary) {
  const { structs } = resolveProfile(summary.id)!;
  return {
    id: summary.id,
    aliases: summary.aliases,
    revision: summary.revision,
    date: summary.date,
    commit: summary.commit,
    fork: summary.fork,
    systemHeaderBytes: structs.get("jailhouse_system")!.size,
    cellHeaderBytes: structs.get("jailhouse_cell_desc")!.size,
    summary: summary.summary,
  };
}
