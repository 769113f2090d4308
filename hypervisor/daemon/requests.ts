/** Raised with every change of the messages: a client and a daemon of different builds do not talk past each other. */
export const protocolVersion = 1;

/** How the time of the machine passes while cells are there. */
export type Clock =
  /** As fast as that of the world, or slower where the simulation cannot keep up. */
  | "follow"
  /** Only when it is told to. */
  | "stand";

/**
 * What a client asks for. Each is answered once; a client waits for the answer before it asks again.
 *
 * A `tool` command that wants a file is answered by the file's path: the client goes on with `file`. Where it goes on by
 * itself (`console -f`, `cell stats`), the client asks for more by `console` and `screen`.
 */
export type Request =
  | { readonly op: "tool"; readonly argv: readonly string[] }
  /** The bytes are beside it; otherwise why there are none. */
  | { readonly op: "file"; readonly failed: "opening" | "reading" | null; readonly reason: string }
  /** @property reason of `strerror`; null: it has been written */
  | { readonly op: "written"; readonly reason: string | null }
  /** Answered when there is something new. */
  | { readonly op: "console" }
  | { readonly op: "screen"; readonly keys: string; readonly height: number; readonly width: number }
  /** Lets time pass, in nanoseconds. */
  | { readonly op: "run"; readonly time: number }
  /** Output of a serial line from a place on. @property wait answered when there is something new */
  | { readonly op: "serial"; readonly line: string; readonly from: number; readonly wait: boolean }
  | { readonly op: "status" }
  | { readonly op: "stop" };

/** Longest time that passes in one request, in nanoseconds: longer ones are asked for in parts, so that others get a turn. */
export const longestRun = 1_000_000_000;

const mostArguments = 4096;
/** Of a terminal, in characters. */
const largestScreen = 1000;

type Fields = Readonly<Record<string, unknown>>;

/** Each reads the fields of a request; null for values that it cannot have. */
const readers: Readonly<Record<Request["op"], (fields: Fields) => Request | null>> = {
  tool: ({ argv }) =>
    Array.isArray(argv) &&
    argv.length > 0 &&
    argv.length <= mostArguments &&
    argv.every((each) => typeof each === "string" && !each.includes("\0"))
      ? { op: "tool", argv }
      : null,
  file: ({ failed, reason }) =>
    (failed === null || failed === "opening" || failed === "reading") && isLine(reason)
      ? { op: "file", failed, reason }
      : null,
  written: ({ reason }) => (reason === null || isLine(reason) ? { op: "written", reason } : null),
  console: () => ({ op: "console" }),
  screen: ({ keys, height, width }) =>
    isLine(keys) && isCount(height, largestScreen) && isCount(width, largestScreen)
      ? { op: "screen", keys, height, width }
      : null,
  run: ({ time }) => (isCount(time, longestRun) ? { op: "run", time } : null),
  serial: ({ line, from, wait }) =>
    isLine(line) && isCount(from, Number.MAX_SAFE_INTEGER) && typeof wait === "boolean"
      ? { op: "serial", line, from, wait }
      : null,
  status: () => ({ op: "status" }),
  stop: () => ({ op: "stop" }),
};

function isLine(value: unknown): value is string {
  return typeof value === "string" && value.length <= 4096;
}

function isCount(value: unknown, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
}

/** @returns the request, or a sentence that says what is wrong with it */
export function readRequest(json: unknown): Request | string {
  if (typeof json !== "object" || json === null) return "a request is an object";
  const fields = json as Fields;
  if (fields.version !== protocolVersion)
    return `the simulator speaks version ${protocolVersion} of the protocol, the client another one: stop it with \`cellc sim stop\` and start it again`;
  const { op } = fields;
  if (typeof op !== "string" || !Object.hasOwn(readers, op)) return "there is no such request";
  return readers[op as Request["op"]](fields) ?? `a request "${op}" does not look like that`;
}
