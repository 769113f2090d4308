import { noFlags } from "../../ir/names.js";
import type { Lowering } from "../lower/lowering.js";
import { placeOf, waysOf } from "../lower/memory.js";
import { Reading } from "../lower/reading.js";
import { type EvaluationHelp, Evaluator, isRegionMember, regionMember } from "../names/evaluate.js";
import { longestChain } from "../names/limits.js";
import type { Instance, StatementDefinition } from "../names/scope.js";
import { memoryLine } from "../vocabulary/cell-lines.js";
import { matchLine } from "../vocabulary/match.js";

interface Place {
  readonly start: bigint;
  readonly size: bigint;
}

/** Something that cannot be known before a choice is made. */
export class Waiting {
  /** @param regions those that have to be chosen first, as far as that is known */
  constructor(readonly regions: ReadonlySet<StatementDefinition>) {}
}

/**
 * Where regions lie as far as that can be told before anything is chosen: conditions, loops and the sizes of what is
 * asked for are worked out by it. What a region says wrongly is reported where it is lowered, not here.
 */
export class EarlyRegions {
  private readonly places = new Map<StatementDefinition, Place | Waiting | undefined>();
  private readonly sizes = new Map<StatementDefinition, bigint | Waiting | undefined>();
  /** Choices that what is being worked out has to wait for. */
  private asked: Set<StatementDefinition> | null = null;
  private readonly pending = new Set<StatementDefinition>();
  /** Regions that depend on themselves, which was reported. */
  readonly endless = new Set<StatementDefinition>();

  constructor(
    private readonly lowering: () => Lowering,
    private readonly scopeOf: EvaluationHelp["scopeOf"],
    private readonly levels: { depth: number },
  ) {}

  /** As {@link EvaluationHelp.member}. */
  member(memory: StatementDefinition, member: string): bigint | "chosen" | undefined | null {
    if (!isRegionMember(member)) return null;
    const place = member === "size" ? this.sizeOf(memory) : this.of(memory);
    if (place instanceof Waiting) return "chosen";
    return typeof place === "object" ? regionMember(place, member) : place;
  }

  /** Undefined where it is wrong. */
  of(definition: StatementDefinition): Place | Waiting | undefined {
    return this.once(definition, this.places, () => {
      const { instance } = definition;
      const line = matchLine(instance, memoryLine, () => {});
      const isRequest = waysOf(new Reading(line, this.lowering().quiet))[0] === "from";
      return isRequest ? new Waiting(new Set([definition])) : this.placeOf(instance);
    });
  }

  /** As {@link of}, for a `memory` line that says where it lies, whether it has a name or not. */
  placeOf(instance: Instance): Place | Waiting | undefined {
    return this.quietly((lowering) => {
      const line = matchLine(instance, memoryLine, () => {});
      return placeOf(new Reading(line, lowering.quiet), lowering);
    });
  }

  /** Works something out without a word about what is wrong with it. */
  quietly<Result>(work: (lowering: Lowering) => Result | undefined): Result | Waiting | undefined {
    let waits = false;
    const regions = new Set<StatementDefinition>();
    const outer = this.asked;
    this.asked = regions;
    // One of its own each time: an evaluator remembers what a constant was not.
    const evaluator = new Evaluator(
      ({ id }) => {
        waits ||= id === "jail-depends-on-choice";
      },
      { member: (memory, member) => this.member(memory, member), scopeOf: this.scopeOf },
      this.levels,
    );
    const result = work({
      ...this.lowering(),
      evaluator,
      quiet: evaluator,
      regionOf: (definition, from) => {
        const place = this.of(definition);
        if (place instanceof Waiting)
          from.problem("jail-depends-on-choice", { name: definition.name }, from.line.instance.statement);
        else if (place !== undefined) return { ...place, virtual: place.start, flags: noFlags };
        return undefined;
      },
    });
    this.asked = outer;
    return waits ? new Waiting(regions) : result;
  }

  private sizeOf(definition: StatementDefinition): bigint | Waiting | undefined {
    return this.once(definition, this.sizes, () =>
      this.quietly((lowering) => {
        const reading = new Reading(
          matchLine(definition.instance, memoryLine, () => {}),
          lowering.quiet,
        );
        const clause = ["first", "last", "size"].find((word) => reading.has(word));
        return clause === undefined ? placeOf(reading, lowering)?.size : reading.number(clause);
      }),
    );
  }

  private once<Result>(
    definition: StatementDefinition,
    known: Map<StatementDefinition, Result | undefined>,
    workOut: () => Result | undefined,
  ): Result | undefined {
    if (known.has(definition)) return this.noted(known.get(definition));
    const pending = [...this.pending];
    if (this.pending.has(definition) || pending.length >= longestChain) {
      const { evaluator } = this.lowering();
      const { statement, scope } = definition.instance;
      const args = { what: "regions that are parts of each other", limit: longestChain };
      if (!this.pending.has(definition))
        evaluator.problem("jail-chain-too-long", args, statement.head, scope);
      else evaluator.circle(pending.slice(pending.indexOf(definition)));
      this.endless.add(definition);
      known.set(definition, undefined);
      return undefined;
    }
    this.pending.add(definition);
    const result = workOut();
    this.pending.delete(definition);
    // What depends on itself was settled further within.
    if (!known.has(definition)) known.set(definition, result);
    return this.noted(known.get(definition));
  }

  /** Who asks for what has to wait, waits for the same. */
  private noted<Result>(result: Result): Result {
    if (result instanceof Waiting) for (const region of result.regions) this.asked?.add(region);
    return result;
  }
}
