import { allowedPorts, bitmapOf, type PortRange, portCount } from "../../ir/port-io.js";
import { type Line, listed } from "./lines.js";
import { commentLines, elementLayout, elementOf, type Part, shortComment } from "./machine.js";
import { withoutEcho } from "./memory-lines.js";
import { rawElement } from "./raw.js";
import { hex, hexBytes, quoted } from "./text.js";

/** Ports that the system has under a name. */
export interface NamedPorts {
  readonly name: string;
  readonly range: PortRange;
}

export interface PortNames {
  /** Names of the part's own ranges, by index. */
  readonly own: ReadonlyMap<number, string>;
  readonly granted: readonly NamedPorts[];
}

export function portLines(part: Part, names: PortNames): readonly Line[] {
  const { portIo } = part.cell;
  return portIo.kind === "bitmap" ? bitmapLines(portIo.bytes) : rangeLines(part, portIo.ranges, names);
}

function bitmapLines(bytes: Uint8Array): readonly Line[] {
  if (bytes.length === 0) return [];
  const allowed = allowedPorts({
    bytes,
    kind: "bitmap",
    origins: { of: () => ({ kind: "implied", reason: "" }) },
  });
  if (!sameBytes(bitmapOf(allowed), bytes)) return [{ text: `pio_bitmap = ${hexBytes(bytes)}` }];
  return listed(
    "ioports",
    allowed.map(({ start, end }) => portsText(start, end - start)),
  );
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Ranges in one statement. */
const longestRun = 1000;

/** Ranges that nobody commented on share a line. */
function rangeLines(part: Part, portRanges: readonly PortRange[], names: PortNames): readonly Line[] {
  const lines: Line[] = [];
  let open: string[] | undefined;
  for (const [index, range] of portRanges.entries()) {
    const comment = part.commentOf("pio_regions", index);
    if (!isSayable(range)) {
      const element = elementOf(part, "pio_regions", index);
      const raw = rawElement("pio_regions", element, elementLayout(part.profile, "pio_regions"));
      lines.push({ ...raw, above: commentLines(comment) });
      open = undefined;
      continue;
    }
    const own = names.own.get(index);
    const granted = own === undefined ? nameOf(range, names.granted) : undefined;
    const text = granted ?? portsText(range.base, range.length);
    const said = withoutEcho(comment, own ?? granted ?? "");
    const isAlone = own !== undefined || said !== undefined;
    if (!isAlone && open !== undefined && open.length < longestRun) {
      open.push(text);
      continue;
    }
    const list = [text];
    open = isAlone ? undefined : list;
    const short = own !== undefined || granted !== undefined ? undefined : shortComment(said);
    const label = own ?? (short === undefined ? undefined : quoted(short));
    lines.push({
      text: label === undefined ? "ioports" : `ioports ${label}`,
      list,
      above: short === undefined ? commentLines(said) : [],
    });
  }
  return lines;
}

function isSayable({ base, length, extra, residue }: PortRange): boolean {
  return length > 0 && base + length <= portCount && Object.keys(extra).length === 0 && residue.length === 0;
}

function nameOf(range: PortRange, granted: readonly NamedPorts[]): string | undefined {
  return granted.find(({ range: whole }) => samePorts(whole, range))?.name;
}

export function samePorts(one: PortRange, other: PortRange): boolean {
  return isSayable(one) && isSayable(other) && one.base === other.base && one.length === other.length;
}

function portsText(base: number, length: number): string {
  return length === 1 ? hex(base) : `${hex(base)}-${hex(base + length - 1)}`;
}
