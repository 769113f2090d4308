/** Any input that holds configs (a C source, a .cell file, a decoded document) as typed values. */

import path from "node:path";
import { decode } from "../../schema/codec/decode.js";
import { type Candidate, type Detection, detect } from "../../schema/codec/detect.js";
import { placeOf } from "../../schema/codec/locate.js";
import { describeProblem, type WireProblem } from "../../schema/codec/problems.js";
import type { PathStep, WireConfig } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { decodeText } from "../../schema/text.js";
import { type CommentOfElement, elementComments } from "../c/element-comments.js";
import { originsOf } from "../c/origins.js";
import { atFile, type BinaryPlace } from "../diagnostics/diagnostic.js";
import type { Architecture } from "../ir/config.js";
import { binaryOrigins } from "../ir/node.js";
import type { OriginOfBytes } from "../ir/origin.js";
import { SourceFile } from "../support/source.js";
import { isPlainlyC, isPlainlyJail } from "../support/text-kind.js";
import { cellMessages } from "./cell-messages.js";
import { isMisshapen } from "./check-output.js";
import type { CompiledJail } from "./compile-jail.js";
import { SourceCompiler } from "./compile-source.js";
import type { Context } from "./context.js";
import { findProfile } from "./find-profile.js";
import { SourceStore } from "./include-resolver.js";
import { type InputKind, inputKind } from "./input-kind.js";
import { loadJson, loadYaml, type PlacesInDocument } from "./load-document.js";
import { newestMatch } from "./match-headers.js";
import type { ParsedArguments } from "./parse-arguments.js";
import { Projects, settingsFor } from "./settings.js";
import { statedRevision } from "./stated-revision.js";

export interface LoadedConfig {
  /** For people: the path, with the object's name where the input holds several. */
  readonly name: string;
  /** The file that it stands in. */
  readonly file: string;
  /** What the input calls it; null for a file of nothing else, which is called by its name. */
  readonly part: string | null;
  readonly config: WireConfig;
  readonly bytes: Uint8Array;
  /** The C source that it was compiled from. */
  readonly source?: SourceFile;
  /** Comments of a C source at the elements of tables. */
  readonly commentOf?: CommentOfElement;
  /** Where each byte was written. */
  readonly originOf: OriginOfBytes;
  /** Where the values of a document stand. */
  readonly placesOf?: PlacesInDocument;
  /** Where the cell language says it: the name of the cell there, and what it is for. */
  readonly cell?: string;
  readonly architecture?: Architecture;
}

export interface LoadOptions {
  /** What the rules of `cellc check` say of a file that its profile does not fit is not said here. */
  readonly leavesToRules?: true;
  /** A C config whose tables do not fit its counts is told by the source, and not returned. */
  readonly refusesMisshapen?: true;
}

const toldByRules: ReadonlySet<WireProblem["kind"]> = new Set([
  "truncated-header",
  "count-exceeds-file",
  "trailing-bytes",
  "wrong-signature",
  "wrong-revision",
]);

const mebibyte = 1024 * 1024;

/**
 * What is taken apart value by value needs up to 1 KiB of memory for a byte: these limits keep every command below
 * 2 GiB, the heap of Node on a machine of 8 GiB. The Linux driver copies a cell's config into one `kmalloc`, which
 * gives 4 MiB on x86; the JSON of a config has five times its size. Sources have limits of their own.
 */
export const sizeLimits: Readonly<Record<Exclude<InputKind, "c" | "jail">, number>> = {
  cell: 4 * mebibyte,
  json: 32 * mebibyte,
  yaml: 2 * mebibyte,
};

export class ConfigLoader {
  private readonly store: SourceStore;
  private readonly locks: string[] = [];
  private readonly projects: Projects;
  private readonly compiler: SourceCompiler;
  /** The machines of the cell language that were loaded, in their order. */
  readonly machines: CompiledJail[] = [];
  /** True where a C source was read, in which a `-D` may mean anything. */
  hasC = false;

  constructor(
    private readonly args: ParsedArguments,
    private readonly context: Context,
    private readonly options: LoadOptions = {},
  ) {
    this.store = new SourceStore(context.host);
    this.projects = new Projects(context, this.store);
    this.compiler = new SourceCompiler(context, this.store, args.operands.length);
  }

  /** Paths of the headers, project and lock files that were read. */
  filesRead(): readonly string[] {
    return [...this.store.filesRead(), ...this.locks];
  }

  /**
   * The configs of one input, none where it cannot be understood. Problems are reported; a file whose sizes do not
   * agree is still returned, as far as it can be read.
   *
   * @param profile to read a `.cell` file by; otherwise found from the bytes
   */
  async load(input: string, profile: Profile | undefined): Promise<readonly LoadedConfig[]> {
    const { context } = this;
    const bytes = context.read(input === "-" ? context.stdin() : context.host.readBytes(input));
    if (bytes === undefined) return [];
    const name = input === "-" ? (this.args.value("stdin-name") ?? "<stdin>") : input;
    const kind = inputKind(name, bytes);
    if (kind !== "c" && kind !== "jail" && !this.fits(name, kind, bytes.length)) return [];
    switch (kind) {
      case "c":
        this.hasC = true;
        return this.compile(input, this.sourceOf(input, name, bytes), profile);
      case "jail":
        return this.compileMachine(input, this.sourceOf(input, name, bytes));
      case "json":
        return loadJson(new SourceFile(name, decodeText(bytes)), context);
      case "yaml":
        return loadYaml(new SourceFile(name, decodeText(bytes)), context);
      case "cell":
        return this.binary(name, bytes, profile);
    }
  }

  private sourceOf(input: string, name: string, bytes: Uint8Array): SourceFile {
    const identity = input === "-" ? undefined : this.context.host.identity(input);
    return new SourceFile(name, decodeText(bytes), false, identity);
  }

  private fits(name: string, kind: keyof typeof sizeLimits, size: number): boolean {
    const limit = sizeLimits[kind];
    if (size <= limit) return true;
    this.context.reporter.report(cellMessages["config-too-large"]({ kind, size, limit }, atFile(name)));
    return false;
  }

  /** As {@link load}, for commands that need exactly one config. */
  async loadOne(input: string, profile: Profile | undefined): Promise<LoadedConfig | undefined> {
    const configs = await this.load(input, profile);
    if (configs.length > 1) {
      const names = configs.map(({ name }) => name);
      this.context.trouble(cellMessages["several-configs"]({ file: input, names }, atFile(input)));
      return undefined;
    }
    return configs[0];
  }

  private async compileMachine(input: string, source: SourceFile): Promise<readonly LoadedConfig[]> {
    const { context, store } = this;
    const directory = input === "-" ? "." : path.dirname(input);
    const project = this.args.has("no-project") ? undefined : await this.projects.of(directory);
    const settings = context.failed ? undefined : await settingsFor(this.args, project, context, store);
    if (settings === undefined) return [];
    const { compileJail } = await import("./compile-jail.js");
    const machine = await compileJail(source, settings, project, context, store);
    this.machines.push(machine);
    const { cells, profile, lock, architecture } = machine;
    if (lock !== null) this.locks.push(lock.path);
    const by = resolveProfile(profile.id)!;
    const file = source.path;
    const stated = architecture === undefined ? {} : { architecture };
    return cells.flatMap(({ name, fileName, bytes, originOf }) => {
      const label = labelOf(source, cells.length === 1 ? null : fileName);
      return this.fits(label, "cell", bytes.length)
        ? [{ ...this.decoded(label, bytes, by, originOf), file, part: fileName, cell: name, ...stated }]
        : [];
    });
  }

  private async compile(
    input: string,
    source: SourceFile,
    profile: Profile | undefined,
  ): Promise<readonly LoadedConfig[]> {
    const { context, store } = this;
    const directory = input === "-" ? "." : path.dirname(input);
    const project = this.args.has("no-project") ? undefined : await this.projects.of(directory);
    const settings = context.failed ? undefined : await settingsFor(this.args, project, context, store);
    if (settings === undefined) return [];
    const { unit, configs, headerProfile } = await this.compiler.compile(source, settings);
    return configs.flatMap((object) => {
      const { name, bytes } = object;
      const part = configs.length === 1 ? null : name;
      const label = labelOf(source, part);
      const by =
        (headerProfile === null ? newestMatch(unit, statedRevision(bytes)) : resolveProfile(headerProfile)) ??
        profile;
      if (by === undefined) {
        context.reporter.report(cellMessages["layout-unknown"]({ file: source.path }, atFile(source.path)));
        return [];
      }
      if (!this.fits(label, "cell", bytes.length)) return [];
      if (this.options.refusesMisshapen && isMisshapen(unit, object, context.reporter.report)) return [];
      const originOf = originsOf(object);
      const decoded = this.decoded(label, bytes, by, originOf);
      return [
        { ...decoded, file: source.path, source, part, commentOf: elementComments(decoded.config, originOf) },
      ];
    });
  }

  private async binary(
    name: string,
    bytes: Uint8Array,
    profile: Profile | undefined,
  ): Promise<readonly LoadedConfig[]> {
    this.context.binaries.set(name, bytes);
    const originOf = binaryOrigins(name);
    if (profile !== undefined && !this.options.leavesToRules)
      return [this.decoded(name, bytes, profile, originOf)];
    const detection = detect(bytes);
    const best = detection.candidates[0];
    if (profile !== undefined) {
      const wrong = decode(bytes, profile).problems.some(({ kind }) => kind === "wrong-signature");
      if (best === undefined || !wrong) return [this.decoded(name, bytes, profile, originOf)];
      // The rules would tell that the file is no config, which it is.
      const args = { found: best.profile.id, asked: profile.id };
      this.context.trouble(cellMessages["cell-other-profile"](args, atFile(name)));
      return [];
    }
    if (best === undefined) {
      this.reportDetection(name, bytes, detection);
      return [];
    }
    this.reportDetection(name, bytes, await this.withoutAlike(bytes, detection));
    const known = detection.reason.kind === "unknown-revision";
    return [this.decoded(name, bytes, best.profile, originOf, known)];
  }

  /** Candidates by which the file reads word for word as by the first one are nothing to choose from. */
  private async withoutAlike(bytes: Uint8Array, detection: Detection): Promise<Detection> {
    const { candidates, reason } = detection;
    if (reason.kind !== "ambiguous") return detection;
    const { sameReading } = await import("./show/same-reading.js");
    const [best, ...others] = candidates as [Candidate, ...Candidate[]];
    const unlike = others.filter(({ profile }) => !sameReading(bytes, best.profile, profile));
    return { candidates: [best, ...unlike], reason: unlike.length === 0 ? { kind: "fits" } : reason };
  }

  private reportDetection(name: string, bytes: Uint8Array, { candidates, reason }: Detection): void {
    const { reporter } = this.context;
    const [best, ...others] = candidates;
    if (reason.kind === "not-a-cell") {
      const args = { file: name, size: bytes.length };
      reporter.report(cellMessages["cell-not-recognised"](args, atFile(name), helpForText(bytes)));
    } else if (reason.kind === "cut-off") {
      reporter.report(cellMessages["cell-cut-off"]({ file: name, size: bytes.length }, atFile(name)));
    } else if (reason.kind === "unknown-revision") {
      if (this.options.leavesToRules) return;
      const args = { ...reason, profile: best!.profile.id };
      const place: BinaryPlace = { kind: "binary", file: name, offset: 6, length: 2, field: "revision" };
      reporter.report(cellMessages["cell-unknown-revision"](args, place));
    } else if (reason.kind === "ambiguous") {
      const args = { profile: best!.profile.id, others: others.map((other) => other.profile.id) };
      reporter.report(cellMessages["cell-ambiguous-profile"](args, atFile(name)));
    }
  }

  /** @param revisionReported that the revision is not the profile's was said already */
  private decoded(
    name: string,
    bytes: Uint8Array,
    profile: Profile,
    originOf: OriginOfBytes,
    revisionReported = false,
  ): LoadedConfig {
    const { config, problems } = decode(bytes, profile);
    this.context.binaries.set(name, bytes);
    const overruns = problems.filter(({ kind }) => kind === "count-exceeds-file");
    for (const problem of problems) {
      if (problem.kind === "wrong-revision" && revisionReported) continue;
      if (this.options.leavesToRules && toldByRules.has(problem.kind)) continue;
      // Once the file has ended, every further table lacks all of its bytes: one finding says it.
      if (problem.kind === "count-exceeds-file" && problem !== overruns[0]) continue;
      const more = problem.kind === "count-exceeds-file" ? overruns.length - 1 : 0;
      const tables = more === 1 ? "1 more table" : `${more} more tables`;
      const notes = more === 0 ? [] : [{ message: `nothing is left for ${tables} behind it` }];
      const place = placeOfProblem(name, config, bytes, problem);
      const args = { problem: describeProblem(problem) };
      this.context.reporter.report(cellMessages[`cell-${problem.kind}`](args, place, { notes }));
    }
    return { name, file: name, part: null, config, bytes, originOf };
  }
}

/** A source under the name of a binary file. */
function helpForText(bytes: Uint8Array): { readonly help?: string } {
  const text = decodeText(bytes.subarray(0, 0x10000));
  if (isPlainlyJail(text)) return { help: "it is a source of the cell language: give it the ending `.jail`" };
  return isPlainlyC(text) ? { help: "it is a C source: give it the ending `.c`" } : {};
}

function labelOf({ path: file }: SourceFile, part: string | null): string {
  return part === null ? file : `${file}:${part}`;
}

/** The profile of `--profile`, for commands in which it says how to read. Reports an unknown one. */
export function readingProfile(args: ParsedArguments, context: Context): Profile | undefined {
  const name = args.value("profile");
  return name === undefined ? undefined : findProfile(name, context);
}

function placeOfProblem(
  name: string,
  config: WireConfig,
  bytes: Uint8Array,
  problem: WireProblem,
): BinaryPlace {
  const at = (steps: readonly PathStep[], field: string): BinaryPlace => {
    const place = placeOf(config, steps);
    return { kind: "binary", file: name, offset: place?.offset ?? 0, length: place?.length ?? 1, field };
  };
  switch (problem.kind) {
    case "truncated-header":
      return { kind: "binary", file: name, offset: Math.max(0, bytes.length - 1), length: 1 };
    case "count-exceeds-file": {
      const holder = ["root_cell", "system"].find(
        (field) => placeOf(config, [field, problem.field]) !== undefined,
      );
      return at(holder === undefined ? [problem.field] : [holder, problem.field], problem.field);
    }
    case "trailing-bytes":
      return { kind: "binary", file: name, offset: problem.offset, length: problem.length };
    case "wrong-signature":
      return at(["signature"], "signature");
    case "wrong-revision":
      return at(["revision"], "revision");
  }
}
