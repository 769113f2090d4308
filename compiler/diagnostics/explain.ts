/** What can be said about a diagnostic before it happens: its table entry, with names in place of values. */

import type { Create } from "./define.js";
import type { Severity } from "./diagnostic.js";

export interface Explanation {
  readonly id: string;
  readonly severity: Severity;
  /** The message with its arguments by name: `cannot read <path>: <problem>`. */
  readonly message: string;
  readonly why?: string;
  readonly help?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: every entry of a table has arguments of its own
export type DiagnosticTable = Readonly<Record<string, Create<any>>>;

/** All entries of the tables by id, sorted. */
export function explanations(tables: readonly DiagnosticTable[]): ReadonlyMap<string, Explanation> {
  const found = tables.flatMap((table) => Object.entries(table).map(([id, create]) => explain(id, create)));
  found.sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(found.map((explanation) => [explanation.id, explanation]));
}

function explain(id: string, create: DiagnosticTable[string]): Explanation {
  const { severity, message, why, help } = create(namedArguments());
  return {
    id,
    severity,
    // A message that is nothing but an argument gives the placeholder itself.
    message: String(message),
    ...(why === undefined ? {} : { why }),
    ...(help === undefined ? {} : { help: String(help) }),
  };
}

/** Arguments whose every member reads as its own name, whatever the message does with it. */
function namedArguments(): object {
  return new Proxy({}, { get: (_, name) => placeholder(String(name)) });
}

function placeholder(name: string): unknown {
  const text = `<${name}>`;
  const self: unknown = new Proxy(() => self, {
    get: (_, property) => {
      if (property === Symbol.toPrimitive || property === "toString" || property === "valueOf")
        return () => text;
      if (property === Symbol.iterator) return [][Symbol.iterator].bind([self]);
      return self;
    },
    apply: () => self,
  });
  return self;
}
