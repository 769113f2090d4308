import type { Target } from "../../check/reach/target.js";
import { portCount } from "../../ir/port-io.js";

const addressLimit = 1n << 64n;
/** A GIC has interrupts up to 1019; the format holds numbers of 16 bits and more. */
const interruptLimit = 0x10000n;

const number = "0[xX][0-9a-fA-F_]+|[0-9][0-9_]*";
const range = new RegExp(`^(${number})(?:(?:\\.\\.|-)(${number}))?$`);
/** As in the cell language: `1G`. */
const place = `0[xX][0-9a-fA-F_]+|[0-9][0-9_]*[KMGT]?`;
const memoryRange = new RegExp(`^(${place})(?:(?:\\.\\.|-)(${place}))?$`);
const address = /^(?:([0-9a-fA-F]{1,4}):)?([0-9a-fA-F]{1,2}):([0-9a-fA-F]{1,2})\.([0-7])$/;

export type TargetResult =
  | { readonly ok: true; readonly target: Target; readonly rest: readonly string[] }
  | { readonly ok: false; readonly message: string };

const kinds = ["memory", "device", "irq", "port"] as const;
type Kind = (typeof kinds)[number];

/**
 * The operands in front of the files: `0x3ef00000`, `0x3ef00000..0x3ef0ffff`, `device 00:02.0`, `irq 42`, `port 0x3f8-0x3ff`;
 * one word or two.
 */
export function readTarget(operands: readonly string[]): TargetResult {
  const words = (operands[0] ?? "").trim().split(/\s+/);
  const kind = kinds.find((each) => each === words[0]);
  if (kind === undefined) return resultOf("memory", words.join(" "), operands.slice(1));
  const [value, rest] =
    words.length > 1 ? [words.slice(1).join(" "), operands.slice(1)] : [operands[1] ?? "", operands.slice(2)];
  return resultOf(kind, value, rest);
}

function resultOf(kind: Kind, text: string, rest: readonly string[]): TargetResult {
  if (kind === "device") {
    const parts = address.exec(text);
    if (parts === null) return { ok: false, message: `\`${text}\` is no address of a device: 00:1f.2` };
    const [domain, bus, device, fn] = parts.slice(1).map((part) => Number.parseInt(part ?? "0", 16));
    if (device! > 0x1f) return { ok: false, message: `\`${text}\`: a bus has devices 00 to 1f` };
    return {
      ok: true,
      rest,
      target: { kind, domain: domain!, bdf: (bus! << 8) | (device! << 3) | fn! },
    };
  }
  const found = (kind === "memory" ? memoryRange : range).exec(text);
  if (found === null) {
    const what = kind === "memory" ? "an address, `device`, `irq` or `port`" : "a number or a range";
    return { ok: false, message: `\`${text}\` is not ${what}` };
  }
  const from = numberOf(found[1]!);
  const to = found[2] === undefined ? from : numberOf(found[2]);
  if (to < from) return { ok: false, message: `\`${text}\` ends before it begins` };
  const limit = kind === "memory" ? addressLimit : kind === "port" ? BigInt(portCount) : interruptLimit;
  if (to >= limit)
    return { ok: false, message: `\`${text}\`: the last one there is is 0x${(limit - 1n).toString(16)}` };
  if (kind === "memory") return { ok: true, rest, target: { kind, from, to } };
  const numbers = { from: Number(from), to: Number(to) };
  return { ok: true, rest, target: { kind: kind === "port" ? "ioports" : "interrupt", ...numbers } };
}

const factors: Readonly<Record<string, bigint>> = { K: 1n << 10n, M: 1n << 20n, G: 1n << 30n, T: 1n << 40n };

function numberOf(text: string): bigint {
  const plain = text.replaceAll("_", "");
  const factor = factors[plain.at(-1)!];
  return factor === undefined ? BigInt(plain) : BigInt(plain.slice(0, -1)) * factor;
}
