import { type Residue, type ResidueRun, residue, type WireStruct, type WireValue } from "./wire.js";
import { WireValueError } from "./wire-value-error.js";

/** `length` bytes from `offset` of a struct on that its fields leave out in the same way: `mask` has a one for each bit. */
export type GapRun = readonly [offset: number, length: number, mask: number];

/** Adds what lies in the gaps to the fields of a struct at `at`, where there is anything. */
export function withResidue(
  fields: Record<string, WireValue>,
  gaps: readonly GapRun[],
  view: DataView,
  at: number,
): WireStruct {
  const value: Record<string, WireValue> & { [residue]?: Residue } = fields;
  const runs = readGaps(gaps, view, at);
  if (runs.length > 0) value[residue] = runs;
  return value;
}

function readGaps(gaps: readonly GapRun[], view: DataView, at: number): Residue {
  const runs: ResidueRun[] = [];
  let bytes: number[] = [];
  let end = -1;
  const finish = (): void => {
    if (bytes.length > 0) runs.push({ offset: end - bytes.length, bytes: Uint8Array.from(bytes) });
    bytes = [];
  };
  for (const [start, length, mask] of gaps) {
    for (let offset = start; offset < start + length; offset++) {
      const byte = view.getUint8(at + offset) & mask;
      if (byte === 0) continue;
      if (offset !== end) finish();
      bytes.push(byte);
      end = offset + 1;
    }
  }
  finish();
  return runs;
}

/**
 * Writes the residue of `value` between its fields.
 *
 * @throws WireValueError where it has bits that belong to a field
 */
export function writeResidue(value: WireStruct, gaps: readonly GapRun[], view: DataView, at: number): void {
  for (const run of value[residue] ?? []) {
    run.bytes.forEach((byte, index) => {
      const offset = run.offset + index;
      if ((byte & ~maskAt(gaps, offset)) !== 0) {
        throw new WireValueError(`the residue at byte ${offset} has bits that belong to a field`);
      }
      view.setUint8(at + offset, view.getUint8(at + offset) | byte);
    });
  }
}

/** The bits of the byte at `offset` that belong to no field. */
export function maskAt(gaps: readonly GapRun[], offset: number): number {
  for (const [start, length, mask] of gaps) if (offset >= start && offset < start + length) return mask;
  return 0;
}
