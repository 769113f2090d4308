import type { ShmemProtocol } from "../../ir/pci.js";
import { wordOfItem } from "../vocabulary/match.js";
import { most16, type Reading } from "./reading.js";

export type LinkSide = "front" | "back" | null;

/** What the two sides of a link speak. */
export interface Protocol {
  readonly isNetwork: boolean;
  /** The sides speak differently. */
  readonly hasSides: boolean;
  ofSide(side: LinkSide): ShmemProtocol;
}

const virtioDevices: Readonly<Record<string, number>> = { net: 1, block: 2, console: 3 };

/** The word of a virtio device, or its number where it has none. */
export function virtioWord(device: number): string {
  const known = Object.entries(virtioDevices).find(([, number]) => number === device);
  return known?.[0] ?? String(device);
}

/** `protocol net`, `virtio block`, `virtio block back`, `custom 1`, `none`, `unknown 0x1234`. */
export function readProtocolLine(reading: Reading): Protocol | undefined {
  const [first, second, third, ...rest] = reading.line.lead;
  const word = first === undefined ? undefined : wordOfItem(first)?.text;
  const same = (kind: ShmemProtocol["kind"], detail: number, isNetwork = false): Protocol => ({
    isNetwork,
    hasSides: false,
    ofSide: () => ({ kind, detail }),
  });
  reading.noMore(rest);
  const number = (): number =>
    second === undefined ? 0 : Number(reading.single(second, "the protocol", most16) ?? 0n);
  switch (word) {
    case "none":
      return same("undefined", 0);
    case "net":
      return same("veth", number(), true);
    case "custom":
      return same("custom", number());
    case "unknown":
      return same("unknown", number());
    case "virtio": {
      const device = second === undefined ? undefined : wordOfItem(second)?.text;
      const detail = device !== undefined && device in virtioDevices ? virtioDevices[device]! : number();
      if (second === undefined) reading.missing("a device: `net`, `block`, `console` or its number");
      const fixed = third === undefined ? undefined : wordOfItem(third)?.text;
      return {
        isNetwork: false,
        hasSides: fixed === undefined,
        ofSide: (side) => ({ kind: (fixed ?? side) === "back" ? "virtio-back" : "virtio-front", detail }),
      };
    }
    default:
      reading.missing("`net`, `virtio`, `custom` or `none`");
      return undefined;
  }
}
