/** What can be said about a diagnostic before it happens: its table entry, with an example. */

import type { Create } from "./define.js";
import type { Severity } from "./diagnostic.js";

/** What stands beside a table's entry for those who ask; a finding itself does not carry it. */
export interface Explained<Arguments> {
  /** Values as a user may meet them. */
  readonly example: Arguments;
  /** A C source that gives the example, where a few lines can. */
  readonly code?: string;
  /** A file of the cell language that gives the example and nothing else, and one that says it right. */
  readonly jail?: { readonly wrong: string; readonly right: string };
  /** Where every finding of the id would say the same, and those who know C know it. */
  readonly why?: string;
  /** In general, where the table's help depends on the values or is missing. */
  readonly help?: string;
}

/** An entry for each of a table. */
export type Explanations<Table> = {
  readonly [Id in keyof Table]: Explained<Table[Id] extends Create<infer Arguments> ? Arguments : never>;
};

export interface Explanation {
  readonly id: string;
  readonly severity: Severity;
  /** With the values of the example. */
  readonly message: string;
  readonly code?: string;
  readonly language?: "c" | "jail";
  /** The same without the mistake. */
  readonly right?: string;
  readonly why: string | undefined;
  readonly help: string | undefined;
}

/** A table with what explains it. */
export interface ExplainedTable {
  // biome-ignore lint/suspicious/noExplicitAny: every entry of a table has arguments of its own
  readonly table: Readonly<Record<string, Create<any>>>;
  readonly explanations: Readonly<Record<string, Explained<unknown>>>;
}

/** Puts a table and its explanations together: that they belong together is checked here. */
export function explainedTable<Table extends ExplainedTable["table"]>(
  table: Table,
  explanations: Explanations<Table>,
): ExplainedTable {
  return { table, explanations: explanations as ExplainedTable["explanations"] };
}

/** All entries of the tables by id, sorted. */
export function allExplanations(tables: readonly ExplainedTable[]): ReadonlyMap<string, Explanation> {
  const found = tables.flatMap(({ table, explanations }) =>
    Object.entries(table).map(([id, create]) => explain(id, create, explanations[id]!)),
  );
  found.sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(found.map((explanation) => [explanation.id, explanation]));
}

function sourcesOf({ code, jail }: Explained<unknown>): Pick<Explanation, "code" | "language" | "right"> {
  if (jail !== undefined) return { code: jail.wrong, language: "jail", right: jail.right };
  return code === undefined ? {} : { code, language: "c" };
}

// biome-ignore lint/suspicious/noExplicitAny: as above
function explain(id: string, create: Create<any>, explained: Explained<unknown>): Explanation {
  const { severity, message, why, help } = create(explained.example);
  return {
    id,
    severity,
    message,
    ...sourcesOf(explained),
    why: explained.why ?? why,
    help: explained.help ?? help,
  };
}
