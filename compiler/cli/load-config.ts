/** Any input that holds configs (a C source, a .cell file, a decoded document) as typed values. */

import path from "node:path";
import { decode } from "../../schema/codec/decode.js";
import { type Detection, detect } from "../../schema/codec/detect.js";
import { encode } from "../../schema/codec/encode.js";
import { fromJson } from "../../schema/codec/json.js";
import { placeOf } from "../../schema/codec/locate.js";
import { describeProblem, type WireProblem } from "../../schema/codec/problems.js";
import type { PathStep, WireConfig } from "../../schema/codec/wire.js";
import { resolveProfile } from "../../schema/layout/resolve.js";
import type { Profile } from "../../schema/layout/types.js";
import { decodeText } from "../../schema/text.js";
import { atFile, type BinaryPlace } from "../diagnostics/diagnostic.js";
import { jsonErrorOffset } from "../support/json-syntax.js";
import { SourceFile } from "../support/source.js";
import { cellMessages } from "./cell-messages.js";
import { SourceCompiler } from "./compile-source.js";
import type { Context } from "./context.js";
import { findProfile } from "./find-profile.js";
import { SourceStore } from "./include-resolver.js";
import { newestMatch } from "./match-headers.js";
import type { ParsedArguments } from "./parse-arguments.js";
import { Projects, settingsFor } from "./settings.js";

export interface LoadedConfig {
  /** For people: the path, with the object's name where the input holds several. */
  readonly name: string;
  readonly config: WireConfig;
  readonly bytes: Uint8Array;
}

export type InputKind = "c" | "json" | "yaml" | "cell";

/** By extension where it says something, else by content: standard input has no name. */
export function inputKind(name: string, bytes: Uint8Array): InputKind {
  switch (path.extname(name).toLowerCase()) {
    case ".c":
    case ".h":
      return "c";
    case ".json":
      return "json";
    case ".yaml":
    case ".yml":
      return "yaml";
    case ".cell":
      return "cell";
  }
  const head = bytes.subarray(0, 4096);
  if (head.length === 0 || head.includes(0)) return "cell";
  const text = decodeText(head).trimStart();
  if (text.startsWith("{")) return "json";
  return /^(profile|kind|header|tables):/m.test(text) ? "yaml" : "c";
}

export class ConfigLoader {
  private readonly store: SourceStore;
  private readonly projects: Projects;
  private readonly compiler: SourceCompiler;

  constructor(
    private readonly args: ParsedArguments,
    private readonly context: Context,
  ) {
    this.store = new SourceStore(context.host);
    this.projects = new Projects(context, this.store);
    this.compiler = new SourceCompiler(context, this.store);
  }

  /**
   * The configs of one input, none where it cannot be understood. Problems are reported; a file whose sizes do not
   * agree is still returned, as far as it can be read.
   *
   * @param profile to read a `.cell` file by; otherwise found from the bytes
   */
  async load(input: string, profile: Profile | undefined): Promise<readonly LoadedConfig[]> {
    const { context } = this;
    const bytes = context.read(input === "-" ? context.io.readStdin() : context.host.readBytes(input));
    if (bytes === undefined) return [];
    const name = input === "-" ? "<stdin>" : input;
    switch (inputKind(name, bytes)) {
      case "c":
        return this.compile(input, new SourceFile(name, decodeText(bytes)), profile);
      case "json":
        return this.document(name, parseJson(decodeText(bytes), name, context));
      case "yaml":
        return this.document(name, await parseYaml(decodeText(bytes), name, context));
      case "cell":
        return this.binary(name, bytes, profile);
    }
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
    const before = context.reporter.errors;
    const { unit, headerProfile } = this.compiler.compile(source, settings);
    if (context.reporter.errors > before) return [];
    return unit.objects.flatMap(({ name, bytes }) => {
      const label = unit.objects.length === 1 ? source.path : `${source.path}:${name}`;
      const by =
        (headerProfile === null ? newestMatch(unit.structs) : resolveProfile(headerProfile)) ?? profile;
      if (by === undefined) {
        context.reporter.report(cellMessages["layout-unknown"]({ file: source.path }, atFile(source.path)));
        return [];
      }
      return [this.decoded(label, bytes, by)];
    });
  }

  private binary(name: string, bytes: Uint8Array, profile: Profile | undefined): readonly LoadedConfig[] {
    this.context.binaries.set(name, bytes);
    if (profile !== undefined) return [this.decoded(name, bytes, profile)];
    const detection = detect(bytes);
    const best = detection.candidates[0];
    this.reportDetection(name, bytes, detection);
    return best === undefined ? [] : [this.decoded(name, bytes, best.profile)];
  }

  private reportDetection(name: string, bytes: Uint8Array, { candidates, reason }: Detection): void {
    const { reporter } = this.context;
    const [best, ...others] = candidates;
    if (reason.kind === "not-a-cell") {
      reporter.report(cellMessages["cell-not-recognised"]({ file: name, size: bytes.length }, atFile(name)));
    } else if (reason.kind === "unknown-revision") {
      const args = { revision: reason.revision, profile: best!.profile.id };
      const place: BinaryPlace = { kind: "binary", file: name, offset: 6, length: 2, field: "revision" };
      reporter.report(cellMessages["cell-unknown-revision"](args, place));
    } else if (reason.kind === "ambiguous") {
      const args = { profile: best!.profile.id, others: others.map((other) => other.profile.id) };
      reporter.report(cellMessages["cell-ambiguous-profile"](args, atFile(name)));
    }
  }

  private decoded(name: string, bytes: Uint8Array, profile: Profile): LoadedConfig {
    const { config, problems } = decode(bytes, profile);
    this.context.binaries.set(name, bytes);
    for (const problem of problems) {
      const place = placeOfProblem(name, config, bytes, problem);
      this.context.reporter.report(
        cellMessages[`cell-${problem.kind}`]({ problem: describeProblem(problem) }, place),
      );
    }
    return { name, config, bytes };
  }

  private document(name: string, parsed: { readonly value: unknown } | undefined): readonly LoadedConfig[] {
    if (parsed === undefined) return [];
    const { context } = this;
    const config = fromJson(parsed.value, resolveProfile, ({ pointer, message }) => {
      context.reporter.report(cellMessages["document-value"]({ pointer, problem: message }, atFile(name)));
    });
    return config === undefined ? [] : [{ name, config, bytes: encode(config) }];
  }
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

function parseJson(text: string, name: string, context: Context): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
    const offset = jsonErrorOffset(text) ?? 0;
    const problem = offset >= text.length ? "it ends too early" : "this does not belong here";
    syntaxError(context, "JSON", problem, new SourceFile(name, text), offset);
    return undefined;
  }
}

async function parseYaml(
  text: string,
  name: string,
  context: Context,
): Promise<{ readonly value: unknown } | undefined> {
  const { parseYamlDocument } = await import("../project/yaml-document.js");
  const result = parseYamlDocument(text);
  if ("value" in result) return result;
  syntaxError(context, "YAML", result.problem, new SourceFile(name, text), result.offset);
  return undefined;
}

function syntaxError(
  context: Context,
  format: string,
  problem: string,
  file: SourceFile,
  offset: number,
): void {
  const start = Math.min(offset, file.text.length);
  const place = { kind: "source", span: { file, start, end: start + 1 }, expansion: null } as const;
  context.reporter.report(cellMessages["document-syntax"]({ format, problem }, place));
}
