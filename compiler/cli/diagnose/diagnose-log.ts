/** The events of a log, one after the other, in the state that the edits made so far have left. */

import { encodeText } from "../../../schema/text.js";
import { comparedName } from "../../check/facts/cell-name.js";
import type { CheckedConfig } from "../../check/facts/checked-config.js";
import type { CheckedSet } from "../../check/facts/checked-set.js";
import type { Partition } from "../../check/reach/partition.js";
import { partitionsOf } from "../../check/reach/reach.js";
import { type Diagnosis, diagnose, isolationText } from "../../diagnose/diagnose.js";
import type { LogEvent } from "../../diagnose/log/event.js";
import type { Diagnostic, Fix } from "../../diagnostics/diagnostic.js";
import type { SourceFile } from "../../support/source.js";
import type { MadeFix } from "../check/fixing/make-fixes.js";
import type { FinalEdit } from "../check/fixing/planned-edit.js";
import { type LoadAndCheck, type State, Trials } from "../check/fixing/trial.js";
import type { Context } from "../context.js";
import { diagnosticOf, type Tried } from "./report-diagnosis.js";
import { type TriedOffer, tryOffer } from "./try-offer.js";

/** Each offer compiles the whole set again: after so many, events are told without edits. */
const mostTrials = 40;
/** Fewer for large configs, so that a report takes seconds. */
const mostBytes = 512 * 1024;

const nothingTried: Tried = { fixes: [], notes: [] };

export class LogDiagnoser {
  readonly made: MadeFix[] = [];
  /** Files as they were before the first edit. */
  readonly originals = new Map<string, SourceFile>();
  private readonly trials: Trials;
  private trialsLeft: number;
  private readonly partitions = new Map<CheckedSet, Partition>();

  /** @param cellName the cell that the user says it was, where the log does not */
  constructor(
    private state: State,
    private readonly log: string,
    private readonly cellName: string | undefined,
    context: Context,
    loadAndCheck: LoadAndCheck,
  ) {
    this.trials = new Trials(context, loadAndCheck);
    const bytes = [...state.loadedSet.loaded.values()].reduce((sum, config) => sum + config.bytes.length, 0);
    this.trialsLeft = Math.min(mostTrials, Math.floor(mostBytes / Math.max(bytes, 1)));
  }

  /** Findings with the edits that can be made. */
  async offers(events: readonly LogEvent[]): Promise<readonly Diagnostic[]> {
    const diagnostics: Diagnostic[] = [];
    for (const event of events) {
      const diagnosis = this.diagnose(event);
      const tried = await this.tryAll(diagnosis);
      const shown = tried.flatMap(({ offer, result }): readonly Tried[] => [triedOf(offer.title, result)]);
      diagnostics.push(this.diagnostic(diagnosis, joined(shown)));
    }
    return diagnostics;
  }

  /** Makes the edits; findings are those that are left. */
  async apply(events: readonly LogEvent[]): Promise<readonly Diagnostic[]> {
    const left: { readonly event: LogEvent; readonly tried: Tried }[] = [];
    for (const event of events) {
      const diagnosis = this.diagnose(event);
      const tried = await this.tryAll(diagnosis);
      const done = tried.find(({ result }) => result.kind === "made");
      if (done?.result.kind !== "made") {
        left.push({ event, tried: joined(tried.map(({ offer, result }) => triedOf(offer.title, result))) });
        continue;
      }
      const { edits, state } = done.result;
      const [first] = edits;
      const { line } = first!.file.position(first!.edit.start);
      const rule = this.diagnostic(diagnosis, nothingTried).id;
      this.made.push({ file: first!.file.path, line, rule, title: done.offer.title });
      for (const { file } of edits)
        if (!this.originals.has(file.identity!)) this.originals.set(file.identity!, file);
      this.state = state;
    }
    return left.map(({ event, tried }) => this.diagnostic(this.diagnose(event), tried));
  }

  /** Files with the text that they have got. */
  outputs(): readonly { readonly path: string; readonly bytes: Uint8Array; readonly isSource: true }[] {
    return [...this.originals].map(([identity, { path }]) => ({
      path,
      bytes: encodeText(this.state.texts.get(identity)!),
      isSource: true as const,
    }));
  }

  private diagnose(event: LogEvent): Diagnosis {
    const { sets } = this.state.loadedSet;
    const named = this.named();
    const isOf = ({ all }: CheckedSet): boolean =>
      event.cell === null
        ? named !== null && all.includes(named)
        : all.some((config) => comparedName(config) === event.cell);
    const set = sets.find(isOf) ?? sets[0]!;
    const findings = this.state.result.findings.filter(({ hit }) => set.all.includes(hit.at.config));
    return diagnose(event, { set, partition: this.partitionOf(set), findings }, named);
  }

  private named(): CheckedConfig | null {
    const all = this.state.loadedSet.sets.flatMap((set) => set.all);
    return all.find((config) => isCalled(config, this.cellName)) ?? null;
  }

  private partitionOf(set: CheckedSet): Partition {
    let partition = this.partitions.get(set);
    if (partition === undefined) {
      partition = partitionsOf(set, set.cells)[0]!;
      this.partitions.set(set, partition);
    }
    return partition;
  }

  private async tryAll({
    offers,
  }: Diagnosis): Promise<
    readonly { readonly offer: Diagnosis["offers"][number]; readonly result: TriedOffer }[]
  > {
    const tried: { offer: Diagnosis["offers"][number]; result: TriedOffer }[] = [];
    for (const offer of offers) {
      if (this.trialsLeft === 0) {
        tried.push({ offer, result: { kind: "untried" } });
        continue;
      }
      this.trialsLeft -= 1;
      const cell = offer.ways[0]![0]!.at.config;
      tried.push({ offer, result: await tryOffer(this.state, offer, cell, this.trials) });
    }
    return tried;
  }

  private diagnostic(diagnosis: Diagnosis, tried: Tried): Diagnostic {
    return diagnosticOf(diagnosis, tried, this.state.loadedSet.loaded, this.log);
  }
}

/** By the name in the config, or the one that the cell language knows it by. */
export function isCalled(config: CheckedConfig, name: string | undefined): boolean {
  return name !== undefined && (comparedName(config) === name || config.facts.called === name);
}

function triedOf(title: string, result: TriedOffer): Tried {
  switch (result.kind) {
    case "made": {
      const notes = result.warnings.map(
        ({ hit, rule }) => `with the edit, \`cellc check\` warns: ${hit.message} (${rule.id})`,
      );
      return { fixes: [{ title, edits: spanned(result.edits) }], notes };
    }
    case "harmful":
      return {
        fixes: [],
        help: "let the cell do without it, or give it another memory, port or device",
        notes: result.findings.map(({ hit, rule }) => isolationText(`${hit.message} (${rule.id})`)),
      };
    case "untried":
      return { fixes: [], notes: [`by hand: ${title}; too many edits have been tried already`] };
    case "impossible":
      return {
        fixes: [],
        notes: [`by hand: ${title}; no edit of these sources is known to come to this and nothing else`],
      };
  }
}

function joined(all: readonly Tried[]): Tried {
  const help = all.find((each) => each.help !== undefined)?.help;
  return {
    fixes: all.flatMap(({ fixes }) => fixes),
    notes: all.flatMap(({ notes }) => notes),
    ...(help === undefined ? {} : { help }),
  };
}

function spanned(edits: readonly FinalEdit[]): Fix["edits"] {
  return edits
    .toSorted((one, other) => one.edit.start - other.edit.start)
    .map(({ file, edit: { start, end, newText } }) => ({ span: { file, start, end }, newText }));
}
