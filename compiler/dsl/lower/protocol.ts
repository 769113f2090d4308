import type { ShmemProtocol } from "../../ir/pci.js";
import { nearestName } from "../../support/nearest-name.js";
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

const protocols = ["none", "net", "virtio", "custom", "unknown"];

const virtioDevices: ReadonlyMap<string, number> = new Map([
  ["net", 1],
  ["block", 2],
  ["console", 3],
]);

/** The word of a virtio device, or its number where it has none. */
export function virtioWord(device: number): string {
  const known = [...virtioDevices].find(([, number]) => number === device);
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
  const used = word === "virtio" ? 3 : word === "net" || word === "custom" || word === "unknown" ? 2 : 1;
  reading.noMore([second, third, ...rest].flatMap((item) => item ?? []).slice(used - 1));
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
      if (second === undefined) {
        reading.missing("a device: `net`, `block`, `console` or its number");
        return undefined;
      }
      // Links and memory are often called `net` as well: here the word means the device.
      const known = device === undefined ? undefined : virtioDevices.get(device);
      if (device !== undefined && known === undefined && reading.scope.find(device) === undefined) {
        const nearest = nearestName(device, [...virtioDevices.keys()]);
        const args = { wanted: "`net`, `block`, `console` or a number", found: `\`${device}\`` };
        const help = nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
        reading.problem("jail-wrong-type", args, second, help);
        return undefined;
      }
      const detail = known ?? number();
      const fixed = third === undefined ? undefined : wordOfItem(third)?.text;
      if (third !== undefined && fixed !== "front" && fixed !== "back") {
        reading.noMore([third], "behind the device stands `front` or `back`, if anything");
        return undefined;
      }
      return {
        isNetwork: false,
        hasSides: fixed === undefined,
        ofSide: (side) => ({ kind: (fixed ?? side) === "back" ? "virtio-back" : "virtio-front", detail }),
      };
    }
    default: {
      const wanted = "`net`, `virtio`, `custom` or `none`";
      if (first === undefined) reading.missing(wanted);
      else {
        const nearest = word === undefined ? undefined : nearestName(word, protocols);
        const help = nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
        const found = reading.scope.file.text.slice(first.start, Math.min(first.end, first.start + 40));
        reading.problem("jail-wrong-type", { wanted, found: `\`${found}\`` }, first, help);
      }
      return undefined;
    }
  }
}
