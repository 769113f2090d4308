import path from "node:path";
import { Document, Scalar, YAMLMap } from "yaml";
import { pciAddressText } from "../support/pci-address.js";
import { interruptsInRow, type Lock, lockVersion } from "./lock-file.js";

/**
 * The text of a lock file: one line a choice, sorted by its key, so that a choice more or less is one line in a diff.
 *
 * @param source path of the machine, for the comment at the top
 */
export function lockText({ memory, slots, interrupts }: Lock, source: string): string {
  const document = new Document();
  const root = new YAMLMap();
  root.set("version", lockVersion);
  const section = <Entry>(
    name: string,
    entries: ReadonlyMap<string, Entry>,
    node: (entry: Entry) => unknown,
  ) => {
    if (entries.size === 0) return;
    const map = new YAMLMap();
    for (const [key, entry] of [...entries].sort(([one], [other]) => (one < other ? -1 : 1)))
      map.set(key, node(entry));
    root.set(name, map);
  };
  section("memory", memory, ({ start, size }) => {
    const map = new YAMLMap();
    map.flow = true;
    map.set("at", hexadecimal(start));
    map.set("size", hexadecimal(size));
    return map;
  });
  section("slots", slots, (slot) => quoted(pciAddressText(slot)));
  section("interrupts", interrupts, ({ first }) => `${first}-${first + interruptsInRow - 1}`);
  document.contents = root as never;
  document.commentBefore =
    ` What cellc chose for ${path.basename(source)}, so that it stays where it is.\n` +
    " `cellc build` keeps this file; it belongs into version control.";
  return document.toString({ lineWidth: 0 });
}

function hexadecimal(value: bigint): Scalar<bigint> {
  const scalar = new Scalar(value);
  scalar.format = "HEX";
  return scalar;
}

/** Other readers of YAML take some addresses for numbers to the base of 60. */
function quoted(text: string): Scalar<string> {
  const scalar = new Scalar(text);
  scalar.type = "QUOTE_DOUBLE";
  return scalar;
}
