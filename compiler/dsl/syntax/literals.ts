import { decodeText, encodeText } from "../../../schema/text.js";
import { excerpt } from "./excerpt.js";
import { jailMessages } from "./messages.js";
import { helpForNumber } from "./number-help.js";
import type { SyntaxProblem } from "./problems.js";

/** The values of single words. A mistake is reported at the word; it then has a value all the same. */

type Report = (problem: SyntaxProblem) => void;

const factors: Readonly<Record<string, bigint>> = { K: 1n << 10n, M: 1n << 20n, G: 1n << 30n, T: 1n << 40n };

const mostUnsigned = (1n << 64n) - 1n;

/** Longer ones are refused before `BigInt` takes them: it needs quadratic time. */
const longestNumber = 100;

export function readNumber(image: string, start: number, report: Report): bigint {
  const problem = (create: SyntaxProblem["create"]): void =>
    report({ start, end: start + image.length, create });
  const plain = image.replaceAll("_", "");
  const factor = /^0[xX]/.test(plain) ? undefined : factors[plain.at(-1)!];
  const digits = factor === undefined ? plain : plain.slice(0, -1);
  if (/^0[xXbB]$/.test(digits)) {
    problem((place) => jailMessages["jail-number-without-digits"]({ text: excerpt(image) }, place));
    return 0n;
  }
  const [prefix = ""] = /^0[xXbB]/.exec(digits) ?? [];
  const significant = digits.slice(prefix.length).replace(/^0+(?=.)/, "");
  const isLong = significant.length > longestNumber;
  const value = isLong ? mostUnsigned + 1n : BigInt(prefix + significant) * (factor ?? 1n);
  if (value > mostUnsigned) {
    problem((place) => jailMessages["jail-number-too-large"]({ text: excerpt(image) }, place));
    return 0n;
  }
  return value;
}

const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", t: "\t" };

/** @param image with its quotes; the closing one may be missing */
export function readText(image: string, start: number, report: Report): string {
  const body = image.length > 1 && image.endsWith('"') ? image.slice(1, -1) : image.slice(1);
  if (!body.includes("\\")) return body;
  const bytes: number[] = [];
  const pattern = /\\x[0-9a-fA-F]{2}|\\.|[^\\]+/gsu;
  for (const { 0: piece, index } of body.matchAll(pattern)) {
    if (!piece.startsWith("\\")) for (const byte of encodeText(piece)) bytes.push(byte);
    else if (/^\\x../s.test(piece)) bytes.push(Number.parseInt(piece.slice(2), 16));
    else {
      const plain = escapes[piece.slice(1)];
      if (plain === undefined) {
        const at = start + 1 + index;
        report({
          start: at,
          end: at + piece.length,
          create: (place) => jailMessages["jail-bad-escape"]({ text: piece }, place),
        });
      }
      for (const byte of encodeText(plain ?? piece.slice(1))) bytes.push(byte);
    }
  }
  return decodeText(Uint8Array.from(bytes));
}

/** A word that looks like a number without being one: `0x12g`, `2m`, `4KB`. Words like `64bit` are names. */
const almostNumber = /^0[xX]|^0[bB][0-9_]|^[0-9][0-9_]*(?:[kmgt]|[kKmMgGtT]i?[bB])?$/;

export function checkName(image: string, start: number, report: Report): void {
  if (!almostNumber.test(image)) return;
  report({
    start,
    end: start + image.length,
    create: (place) => jailMessages["jail-bad-number"]({ text: excerpt(image) }, place, helpForNumber(image)),
  });
}

export interface PciAddress {
  /** 0..0xffff, null where none is named. */
  readonly domain: number | null;
  /** Bus in bits 15..8, device in 7..3, function in 2..0. */
  readonly bdf: number;
}

export function readAddress(image: string, start: number, report: Report): PciAddress {
  const parts = image.split(/[:.]/).map((part) => Number.parseInt(part, 16));
  const [bus, device, fn] = parts.slice(-3) as [number, number, number];
  const what =
    device > 0x1f
      ? `device 0x${device.toString(16)}, but a bus has only the devices 00 to 1f`
      : fn > 7
        ? `function ${fn}, but a device has only the functions 0 to 7`
        : null;
  if (what !== null) {
    report({
      start,
      end: start + image.length,
      create: (place) => jailMessages["jail-address-out-of-range"]({ text: image, what }, place),
    });
  }
  const domain = parts.length === 4 ? parts[0]! : null;
  return { domain, bdf: (bus << 8) | ((device & 0x1f) << 3) | (fn & 7) };
}
