import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { nodeHost } from "../../compiler/support/host.js";
import { decode } from "../../schema/codec/decode.js";
import { detect } from "../../schema/codec/detect.js";
import { encode } from "../../schema/codec/encode.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { compileText } from "../compiler/dsl/compiling.js";
import { type CliRun, cellc } from "../support/cli-runner.js";
import { lossThroughJail } from "../support/jail-round-trip.js";
import { throughC, throughGcc } from "./c-output.js";
import type { ExpectedRow } from "./expected.js";

/** What is checked of each row, in the order of the columns of the report. */
export const checks = [
  "own headers",
  "built-in headers",
  "round trip",
  "detection",
  "C output",
  "C by gcc",
  "language",
  "C to language",
] as const;
export type Check = (typeof checks)[number];

export type Verdict =
  | { readonly check: Check; readonly passed: true }
  | { readonly check: Check; readonly passed: false; readonly why: string };

/** Checks that take longer, and so are made only where they are asked for. */
export interface MoreChecks {
  /** The config as C, compiled again. */
  readonly throughC?: boolean;
  /** The same by gcc. */
  readonly throughGcc?: boolean;
  /** The config in the cell language, compiled again. */
  readonly throughJail?: boolean;
}

/** Runs every check that applies to the row. */
export async function checkRow(row: ExpectedRow, tree: string, more: MoreChecks = {}): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const note = (check: Check, why: string | null): void => {
    verdicts.push(why === null ? { check, passed: true } : { check, passed: false, why });
  };
  const source = join(tree, row.path);
  const defines = row.defines.flatMap((define) => ["-D", define]);
  const directories = row.includeDirectories.flatMap((directory) => ["-I", join(tree, directory)]);

  const own = await build(source, ...directories, ...defines);
  note("own headers", differenceFrom(row, own));
  if (resolveProfile(row.tag) !== undefined) {
    const builtIn = await build(source, "--profile", row.tag, ...defines);
    note("built-in headers", differenceFrom(row, builtIn));
  }
  const found = detect(own.bytes).candidates[0];
  const profile = resolveProfile(row.tag) ?? found?.profile;
  const unknown = "no profile is known for it";
  note("round trip", profile === undefined ? unknown : roundTrip(own.bytes, profile));
  if (found === undefined) note("detection", "not recognised");
  else {
    const name = `${found.kind} of revision ${found.profile.revision ?? "none"}`;
    const right = found.kind === row.kind && found.profile.revision === row.revision;
    note("detection", right ? null : `taken for a ${name}, it is a ${row.kind} of ${row.revision ?? "none"}`);
  }
  if (more.throughC === true)
    note("C output", profile === undefined ? unknown : await throughC(own.bytes, profile));
  if (more.throughGcc === true)
    note("C by gcc", profile === undefined ? unknown : await throughGcc(own.bytes, profile));
  if (more.throughJail === true)
    note("language", profile === undefined ? unknown : throughJail(own.bytes, profile, row));
  if (more.throughJail === true) {
    const from = resolveProfile(row.tag) === undefined ? [] : ["--from", row.tag];
    note("C to language", await sourceThroughJail(own.bytes, [source, ...directories, ...defines, ...from]));
  }
  return verdicts;
}

function throughJail(bytes: Uint8Array, profile: Profile, { path }: ExpectedRow): string | null {
  const { config } = decode(bytes, profile);
  const loss = lossThroughJail([{ config, stem: basename(path, ".c") }]);
  return loss === null ? null : loss.split("\n").slice(0, 12).join("\n  ");
}

/** With what only a source has: comments, which become names and texts of lines. */
async function sourceThroughJail(bytes: Uint8Array, reading: readonly string[]): Promise<string | null> {
  const converted = await cellc(["convert", ...reading, "--to", "jail", "-o", "-"], nodeHost);
  if (converted.status !== 0) return converted.error.split("\n").slice(0, 12).join("\n  ");
  const { machine, findings } = compileText(converted.out);
  if (findings.length > 0)
    return findings
      .map(({ message }) => message)
      .slice(0, 6)
      .join("\n  ");
  const [cell] = machine.cells;
  if (machine.cells.length !== 1 || cell === undefined) return `${machine.cells.length} cells instead of one`;
  return Buffer.compare(cell.bytes, bytes) === 0 ? null : "other bytes";
}

function build(...args: readonly string[]): Promise<CliRun> {
  return cellc(["build", "--no-check", ...args, "-o", "-"], nodeHost);
}

function differenceFrom(row: ExpectedRow, built: CliRun): string | null {
  if (built.status !== 0)
    return `exit status ${built.status}: ${built.error.split("\n").slice(0, 12).join("\n  ")}`;
  if (built.bytes.length !== row.size) return `${built.bytes.length} bytes instead of ${row.size}`;
  const sha256 = createHash("sha256").update(built.bytes).digest("hex");
  return sha256 === row.sha256 ? null : `SHA-256 is ${sha256}, not ${row.sha256}`;
}

function roundTrip(bytes: Uint8Array, profile: Profile): string | null {
  const again = encode(decode(bytes, profile).config);
  return Buffer.compare(again, bytes) === 0
    ? null
    : `encode(decode(x)) has ${again.length} bytes that differ from the ${bytes.length} of x as ${profile.id}`;
}
