import type { Diagnostic, Fix, Label, Note, Place, Severity } from "./diagnostic.js";

/**
 * The entry of one diagnostic in a module's table: severity, message and help are written once, and the arguments
 * of the message are checked by the type checker at every use.
 */
export interface Definition<Arguments> {
  readonly severity: Severity;
  readonly message: (args: Arguments) => string;
  /** What the mistake does to the machine or the build. */
  readonly why?: string;
  /** What to do about it. */
  readonly help?: string | ((args: Arguments) => string | undefined);
}

export interface Details {
  /** A few words under the primary mark. */
  readonly label?: string;
  readonly secondary?: readonly Label[];
  readonly notes?: readonly Note[];
  readonly fixes?: readonly Fix[];
  /** Overrides the table's help for this one finding. */
  readonly help?: string;
}

export type Create<Arguments> = (args: Arguments, place?: Place, details?: Details) => Diagnostic;

// biome-ignore lint/suspicious/noExplicitAny: the argument type of each entry is inferred entry by entry
type Table = Record<string, Definition<any>>;

type Creators<T extends Table> = {
  readonly [Id in keyof T]: T[Id] extends Definition<infer Arguments> ? Create<Arguments> : never;
};

/**
 * Turns a table `id -> definition` into functions `id -> (args, place, details) => Diagnostic`.
 *
 * Every id is a slug that is unique over the whole compiler (a test holds that).
 */
export function defineDiagnostics<T extends Table>(table: T): Creators<T> {
  const creators: Record<string, Create<unknown>> = {};
  for (const [id, definition] of Object.entries(table)) {
    creators[id] = (args, place, details = {}) => create(id, definition, args, place, details);
  }
  return creators as Creators<T>;
}

function create(
  id: string,
  definition: Definition<unknown>,
  args: unknown,
  place: Place | undefined,
  details: Details,
): Diagnostic {
  const help =
    details.help ?? (typeof definition.help === "function" ? definition.help(args) : definition.help);
  return {
    id,
    severity: definition.severity,
    message: definition.message(args),
    ...(place === undefined ? {} : { primary: { place, text: details.label ?? "" } }),
    secondary: details.secondary ?? [],
    notes: details.notes ?? [],
    ...(definition.why === undefined ? {} : { why: definition.why }),
    ...(help === undefined ? {} : { help }),
    fixes: details.fixes ?? [],
  };
}
