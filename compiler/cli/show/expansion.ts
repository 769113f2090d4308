/** What a machine says once everything is said: choices, tables, links. Plain data, for tools. */

import type { CompiledMachine } from "../../dsl/compile.js";
import type { Choice } from "../../dsl/pools/choices.js";
import { pciAddressText } from "../../support/pci-address.js";

export interface Expansion {
  readonly profile: string;
  readonly choices: readonly ExpandedChoice[];
  readonly cells: readonly ExpandedCell[];
  readonly links: readonly ExpandedLink[];
}

export interface ExpandedChoice {
  readonly kind: Choice["kind"];
  /** As in the lock file. */
  readonly key: string;
  /** First address, PCI address, or first interrupt. */
  readonly place: string;
  /** In bytes; null for what is no memory. */
  readonly size: string | null;
  readonly from: string;
  readonly pinned: boolean;
}

export interface ExpandedCell {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  /** Elements of each table that has any, by its name in the format. */
  readonly tables: Readonly<Record<string, number>>;
  /** The devices that have capabilities, and the places of those in their table. */
  readonly capabilities: readonly {
    readonly device: string;
    readonly first: number;
    readonly count: number;
  }[];
}

export interface ExpandedLink {
  readonly name: string;
  readonly vectors: number | "intx";
  readonly sections: readonly {
    readonly name: string;
    readonly start: string;
    readonly size: string;
    /** Number of the one peer that writes to it; null for the table, which nobody does, and what is shared by all. */
    readonly writer: number | null;
  }[];
  readonly peers: readonly {
    readonly number: number;
    readonly cell: string;
    readonly device: string;
    /** Index in the table of devices. */
    readonly deviceIndex: number;
    /** Index of the first region in the table of memory. */
    readonly firstRegion: number;
    /** Interrupt of the GIC that the cell was granted for it. */
    readonly interrupt: number | null;
  }[];
}

export function expand({ profile, choices, cells, links }: CompiledMachine): Expansion {
  return {
    profile: profile.id,
    choices: choices.map(expandChoice),
    cells: cells.map(({ name, fileName, bytes, tableLengths, devices }) => ({
      name,
      file: `${fileName}.cell`,
      bytes: bytes.length,
      tables: Object.fromEntries(Object.entries(tableLengths).filter(([, length]) => length > 0)),
      capabilities: devices
        .filter(({ numCaps }) => numCaps > 0)
        .map((device) => ({
          device: pciAddressText(device),
          first: device.capsStart,
          count: device.numCaps,
        })),
    })),
    links: links.map((link) => {
      const { name, vectors, start, state, shared, output, seats } = link;
      const section = (of: string, at: bigint, size: bigint, writer: number | null) => ({
        name: of,
        start: hexadecimal(at),
        size: hexadecimal(size),
        writer,
      });
      const outputs = start + state + shared;
      return {
        name,
        vectors,
        sections: [
          section("state", start, state, null),
          section("shared", start + state, shared, null),
          ...seats.map((_, index) => section("output", outputs + output * BigInt(index), output, index)),
        ],
        peers: cells
          .flatMap((cell) =>
            cell.linkEnds
              .filter((end) => end.link === link)
              .map(({ device, interrupt }) => {
                const placed = cell.devices[device]!;
                return {
                  number: placed.shmemDevId,
                  cell: cell.name,
                  device: pciAddressText(placed),
                  deviceIndex: device,
                  firstRegion: placed.shmemRegionsStart,
                  interrupt,
                };
              }),
          )
          .sort((one, other) => one.number - other.number),
      };
    }),
  };
}

function expandChoice(choice: Choice): ExpandedChoice {
  const { kind, key, from, pinned } = choice;
  const place =
    choice.kind === "memory"
      ? hexadecimal(choice.start)
      : choice.kind === "slot"
        ? pciAddressText(choice)
        : String(choice.first);
  return { kind, key, place, size: choice.kind === "memory" ? hexadecimal(choice.size) : null, from, pinned };
}

function hexadecimal(value: bigint): string {
  return `0x${value.toString(16)}`;
}
