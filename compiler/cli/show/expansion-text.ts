import { printable } from "../../diagnostics/render-text.js";
import { spelledSize } from "../../dsl/pools/keys.js";
import { textTable } from "../text-table.js";
import type { ExpandedCell, ExpandedChoice, ExpandedLink, Expansion } from "./expansion.js";

/**
 * What a machine expands to, in columns for people.
 *
 * @param lock what the lock file is called
 */
export function expansionText({ profile, choices, cells, links }: Expansion, lock: string): string {
  const parts = [
    `${cells.length} ${cells.length === 1 ? "cell" : "cells"}, ${profile}\n`,
    choices.length === 0 ? "nothing is left to choose\n" : choicesText(choices, lock),
    cellsText(cells),
    ...links.map(linkText),
    capabilitiesText(cells),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

function choicesText(choices: readonly ExpandedChoice[], lock: string): string {
  const heads = ["chosen for", "what", "place", "size", "why"];
  const rows = choices.map(({ kind, key, place, size, from, pinned }) => {
    const why = pinned ? `pinned in ${lock}` : `first free place in ${from}`;
    return [printable(key), whatWords[kind], placeText(kind, place, size), sizeText(size), printable(why)];
  });
  return textTable(heads, rows, new Set([3]));
}

const whatWords: Readonly<Record<ExpandedChoice["kind"], string>> = {
  memory: "memory",
  slot: "device",
  interrupts: "interrupts",
};

function placeText(kind: ExpandedChoice["kind"], place: string, size: string | null): string {
  if (kind === "interrupts") return `${place}-${Number(place) + 3}`;
  return size === null ? place : rangeText(place, size);
}

function rangeText(start: string, size: string): string {
  return `${start}-0x${(BigInt(start) + BigInt(size) - 1n).toString(16)}`;
}

function sizeText(size: string | null): string {
  return size === null ? "" : spelledSize(BigInt(size));
}

/** A column for each table that any cell has something in. */
function cellsText(cells: readonly ExpandedCell[]): string {
  const tables = [...new Set(cells.flatMap((cell) => Object.keys(cell.tables)))];
  const rows = cells.map((cell) => [
    printable(cell.name),
    printable(cell.file),
    String(cell.bytes),
    ...tables.map((table) => String(cell.tables[table] ?? "")),
  ]);
  const numbers = new Set([2, ...tables.map((_, index) => index + 3)]);
  return textTable(["cell", "file", "bytes", ...tables], rows, numbers);
}

function linkText({ name, vectors, sections, peers }: ExpandedLink): string {
  const kind = vectors === "intx" ? "INTx" : `MSI-X with ${vectors} ${vectors === 1 ? "vector" : "vectors"}`;
  const sectionRows = sections
    .filter(({ size }) => BigInt(size) > 0n)
    .map(({ name: section, start, size, writer }) => [
      writer === null ? section : `${section} ${writer}`,
      rangeText(start, size),
      sizeText(size),
    ]);
  const peerRows = peers.map(({ number, cell, device, deviceIndex, firstRegion, interrupt }) => [
    String(number),
    printable(cell),
    device,
    `pci_devices[${deviceIndex}]`,
    `from mem_regions[${firstRegion}]`,
    interrupt === null ? "" : String(interrupt),
  ]);
  return [
    `link ${printable(name)}, ${kind}\n`,
    textTable(["section", "place", "size"], sectionRows, new Set([2]), "  "),
    textTable(["peer", "cell", "device", "entry", "regions", "interrupt"], peerRows, new Set([0, 5]), "  "),
  ].join("");
}

function capabilitiesText(cells: readonly ExpandedCell[]): string {
  const rows = cells.flatMap(({ name, capabilities }) =>
    capabilities.map(({ device, first, count }) => [
      printable(name),
      device,
      count === 1 ? `pci_caps[${first}]` : `pci_caps[${first}] to [${first + count - 1}]`,
    ]),
  );
  return rows.length === 0 ? "" : textTable(["cell", "device", "capabilities"], rows);
}
