import type { PlatformFamily } from "../../../schema/codec/union-views.js";
import type { Profile } from "../../../schema/layout/types.js";
import type { FlagSet } from "../../ir/names.js";
import type { PortRange } from "../../ir/port-io.js";
import type { Evaluator } from "../names/evaluate.js";
import type { Definition, StatementDefinition } from "../names/scope.js";
import type { Choices } from "../pools/choices.js";
import type { RawStore } from "./raw-store.js";
import type { Reading } from "./reading.js";

/** Where a region lies and what may be done with it. */
export interface PlacedRegion {
  readonly start: bigint;
  readonly size: bigint;
  /** Where the cell sees it. */
  readonly virtual: bigint;
  readonly flags: FlagSet;
}

/** What the lines of a cell need to know besides themselves. */
export interface Lowering {
  readonly profile: Profile;
  /** Null for an architecture without a name. */
  readonly family: PlatformFamily | null;
  readonly evaluator: Evaluator;
  /** Reads a line anew whose mistakes are reported where it stands. */
  readonly quiet: Evaluator;
  /** Raw fields of the nodes that were made. */
  readonly raw: RawStore;
  /** Distributor of the GIC, in bytes; 0 where the system says none. */
  readonly gicdBase: bigint;
  /** The ports that a name stands for. */
  portsOf(definition: StatementDefinition): readonly PortRange[];
  /** Hosts have pages of 64K, as the system says. */
  readonly largePages: boolean;
  regionOf(
    definition: StatementDefinition,
    from: Reading,
  ):
    | { readonly start: bigint; readonly size: bigint; readonly virtual: bigint; readonly flags: FlagSet }
    | undefined;
  /** Links whose declaration has mistakes. */
  readonly brokenLinks: ReadonlySet<Definition>;
  /** What was chosen for the lines that leave it to the compiler. */
  readonly choices: Choices;
}
