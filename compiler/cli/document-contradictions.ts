/** Where a document contradicts itself, so that `cellc decode` would complain of the file that it makes. */

import { describeProblem } from "../../schema/codec/problems.js";
import { descriptionOf, lengthOf, planOfProfile } from "../../schema/codec/profile-plan.js";
import type { WireConfig } from "../../schema/codec/wire.js";

export interface Contradiction {
  /** JSON pointer to the value. */
  readonly pointer: string;
  readonly problem: string;
}

/** Complete but for a wrong revision: without any of these and with the right revision, the file decodes without a problem. */
export function contradictionsOf(config: WireConfig): readonly Contradiction[] {
  const { kind, profile, header, trailing } = config;
  const plan = planOfProfile(profile);
  const { signature: expected, description, size } = plan.headers[kind];
  const found: Contradiction[] = [];
  const { signature } = header;
  if (expected !== null && typeof signature === "string" && signature !== expected) {
    const problem = describeProblem({ kind: "wrong-signature", expected, found: signature, readAs: kind });
    found.push({ pointer: "/header/signature", problem: `${problem}, that of a ${kind}` });
  }
  const counts = descriptionOf(config);
  const place = description.field === null ? "/header" : `/header/${description.field}`;
  let end = size;
  for (const { table, element, unitSize } of plan.tables) {
    const count = counts[table.count];
    const length = lengthOf(config, table.name);
    end += length * unitSize;
    if (count === undefined || Number(count) === length) continue;
    const unit = `${element === null ? "byte" : "element"}${length === 1 ? "" : "s"}`;
    const problem = `${table.count} is ${count}, but ${table.name} has ${length} ${unit}`;
    found.push({ pointer: `${place}/${table.count}`, problem });
  }
  if (trailing.length > 0) {
    const problem = describeProblem({ kind: "trailing-bytes", offset: end, length: trailing.length });
    found.push({ pointer: "/trailing", problem });
  }
  return found;
}
