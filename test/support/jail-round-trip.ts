/** Configs as text of the cell language and back. */

import { type JailInput, toJail } from "../../compiler/decompile/to-dsl/to-jail.js";
import { wireToIr } from "../../compiler/decompile/wire-to-ir.js";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.js";
import { type CompiledCell, compileMachine } from "../../compiler/dsl/compile.js";
import { format } from "../../compiler/dsl/format/format.js";
import { withoutOrigins } from "../../compiler/ir/node.js";
import { SourceFile } from "../../compiler/support/source.js";
import { decode } from "../../schema/codec/decode.js";
import { encode } from "../../schema/codec/encode.js";
import type { WireConfig } from "../../schema/codec/wire.js";
import { profileNamed } from "./random-config.js";

/** The cells that a text makes, in the profile that it names; what it says against the text otherwise. */
export function compiledJail(text: string): readonly CompiledCell[] | string {
  const findings: Diagnostic[] = [];
  const options = {
    chosenProfile: null,
    newestProfile: profileNamed("HEAD"),
    defines: new Map<string, string>(),
    resolveImport: () => ({ kind: "outside" }) as const,
  };
  const source = new SourceFile("machine.jail", text);
  const { cells } = compileMachine(source, options, (finding) => findings.push(finding));
  if (findings.length === 0) return cells;
  return findings
    .slice(0, 5)
    .map(({ message, primary }) =>
      primary?.place.kind === "source"
        ? `line ${source.position(primary.place.span.start).line}: ${message}`
        : message,
    )
    .join("\n");
}

/** The text of configs that are not too long for one. */
export function jailOf(inputs: readonly JailInput[]): string {
  const text = toJail(inputs);
  if (typeof text !== "string") throw new Error("too long");
  return text;
}

/**
 * Why the text of some configs does not give their bytes again, or is not laid out as the formatter does it; null where
 * all is well.
 */
export function lossThroughJail(
  inputs: readonly JailInput[],
  write: (inputs: readonly JailInput[]) => string = jailOf,
): string | null {
  const text = write(inputs);
  const wrong = (why: string): string => `${why}\n${text}`;
  if (format(new SourceFile("machine.jail", text), () => {}) !== text)
    return wrong("not in the formatter's layout");
  const cells = compiledJail(text);
  if (typeof cells === "string") return wrong(cells);
  if (cells.length !== inputs.length) return wrong(`${cells.length} cells of ${inputs.length}`);
  // The system comes first, wherever it was among the inputs.
  const ordered = [
    ...inputs.filter(({ config }) => config.kind === "system"),
    ...inputs.filter(({ config }) => config.kind === "cell"),
  ];
  for (const [index, { config }] of ordered.entries()) {
    const why = differenceOf(config, cells[index]!.bytes);
    if (why !== null) return wrong(why);
  }
  return null;
}

function differenceOf(config: WireConfig, again: Uint8Array): string | null {
  const { profile, kind } = config;
  const wanted = encode(config);
  const meaning = (bytes: Uint8Array): string =>
    JSON.stringify(withoutOrigins(wireToIr(decode(bytes, profile, { kind }).config)), (_, value: unknown) =>
      typeof value === "bigint" ? `${value}n` : value,
    );
  if (Buffer.compare(again, wanted) === 0)
    return meaning(again) === meaning(wanted) ? null : "the same bytes with another meaning";
  const at = wanted.findIndex((byte, index) => byte !== again[index]);
  return `${again.length} bytes instead of ${wanted.length}; byte ${at} is ${again[at]}, not ${wanted[at]}`;
}
