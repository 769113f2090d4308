import { excerpt } from "./excerpt.js";

const typed = /^(0[xX][0-9a-fA-F_]+|0[bB][01_]+|[0-9][0-9_]*)[uUlL]{1,3}$/;
const decimal = /^([0-9][0-9_]*)([kmgtKMGT])(?:i?[bB])?$/;
const hexadecimal = /^(0[xX][0-9a-fA-F_]{1,15})([kmgtKMGT])(?:i?[bB])?$/;

/**
 * What a word that is no number was most likely meant to be: those who know C put types behind numbers, others write
 * units as elsewhere.
 */
export function helpForNumber(text: string): { readonly help?: string } {
  const [, withoutType] = typed.exec(text) ?? [];
  if (withoutType !== undefined)
    return { help: `numbers have no type behind them: \`${excerpt(withoutType)}\`` };
  const [, digits, unit] = decimal.exec(text) ?? [];
  if (digits !== undefined)
    return { help: `units are K, M, G and T: \`${excerpt(digits)}${unit!.toUpperCase()}\`` };
  const [, factor, behind] = hexadecimal.exec(text) ?? [];
  if (factor === undefined || !/[0-9a-fA-F]/.test(factor.slice(2))) return {};
  const amount = BigInt(factor.replaceAll("_", ""));
  return { help: `units stand behind decimal digits: \`${amount}${behind!.toUpperCase()}\`` };
}
