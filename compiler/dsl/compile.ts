import { decode } from "../../schema/codec/decode.js";
import { encode } from "../../schema/codec/encode.js";
import { fromJson } from "../../schema/codec/json.js";
import type { ConfigKind, WireConfig } from "../../schema/codec/wire.js";
import type { Profile } from "../../schema/layout/types.js";
import { wireToIr } from "../decompile/wire-to-ir.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { at } from "../diagnostics/diagnostic.js";
import { irToWire } from "../emit/ir-to-wire.js";
import {
  type Architecture,
  type CellConfig,
  type Config,
  cellOf,
  familyOfName,
  type SystemConfig,
} from "../ir/config.js";
import type { SourceFile } from "../support/source.js";
import { CellLowerer } from "./lower/cell.js";
import { eachLine } from "./lower/devices.js";
import { type Link, readLink } from "./lower/links.js";
import type { Lowering } from "./lower/lowering.js";
import { placeNamedRegion } from "./lower/memory.js";
import { RawStore } from "./lower/raw-store.js";
import { Reading } from "./lower/reading.js";
import { lowerSystem } from "./lower/system.js";
import { languageMessages } from "./messages.js";
import { Evaluator } from "./names/evaluate.js";
import { BlockOpener, headOf, type Opened } from "./names/open-block.js";
import { Scope, type StatementDefinition, type Value } from "./names/scope.js";
import { parse } from "./syntax/parse.js";
import { linesOf } from "./vocabulary/file-lines.js";
import { matchLine } from "./vocabulary/match.js";

export interface CompileOptions {
  readonly profile: Profile;
  readonly defines: ReadonlyMap<string, string>;
}

export interface CompiledCell {
  readonly name: string;
  readonly config: Config;
  readonly wire: WireConfig;
}

export function compile(
  source: SourceFile,
  options: CompileOptions,
  report: Report,
): readonly CompiledCell[] {
  return new MachineCompiler(source, options, report).compile();
}

class MachineCompiler {
  private readonly scopes = new Map<StatementDefinition, Scope>();
  private readonly blocks = new Map<StatementDefinition, readonly Opened[]>();
  private readonly top: Scope;
  private readonly evaluator: Evaluator;
  private readonly quiet: Evaluator;
  private readonly opener: BlockOpener;
  private readonly raw = new RawStore();

  constructor(
    private readonly source: SourceFile,
    private readonly options: CompileOptions,
    private readonly report: Report,
  ) {
    const builtin = new Scope(null, source, null);
    const values: Record<string, Value> = {
      true: true,
      false: false,
      x86: "x86",
      arm: "arm",
      arm64: "arm64",
      riscv64: "riscv64",
      revision: BigInt(options.profile.revision ?? 0),
      profile: options.profile.id,
    };
    for (const [name, value] of Object.entries(values))
      builtin.define({ kind: "value", name, place: null, value: value as string });
    this.top = new Scope(builtin, source, null);
    const help = {
      member: (memory: StatementDefinition, member: string) => this.member(memory, member),
      scopeOf: (cell: StatementDefinition) => this.scopeOf(cell),
    };
    this.evaluator = new Evaluator(report, help);
    this.quiet = new Evaluator(() => {}, help);
    this.opener = new BlockOpener(this.evaluator, options.defines);
  }

  private member(memory: StatementDefinition, member: string): bigint | undefined | null {
    const region = placeNamedRegion(memory, this.lowering("x86", 0n));
    if (region === undefined) return undefined;
    const { start, size } = region;
    return { start, size, end: start + size, last: start + size - 1n }[member] ?? null;
  }

  private scopeOf(cell: StatementDefinition): Scope {
    let scope = this.scopes.get(cell);
    if (scope === undefined) {
      const parent = this.top;
      scope = new Scope(parent, cell.instance.scope.file, cell.instance.scope.expansion);
      this.scopes.set(cell, scope);
      const { block } = cell.instance.statement;
      const opened =
        block === null ? [] : this.opener.open(block.statements, scope, cell.kind as "cell" | "system");
      this.blocks.set(cell, opened);
    }
    return scope;
  }

  private *definitions(kind: string): Generator<StatementDefinition> {
    for (const name of this.top.names()) {
      const definition = this.top.own(name);
      if (definition?.kind === kind) yield definition as StatementDefinition;
    }
  }

  private systems(): Generator<StatementDefinition> {
    return this.definitions("system");
  }

  private lowering(architecture: Architecture, gicdBase: bigint): Lowering {
    return {
      profile: this.options.profile,
      family: familyOfName(architecture),
      evaluator: this.evaluator,
      quiet: this.quiet,
      raw: this.raw,
      gicdBase,
      regionOf: (definition) => placeNamedRegion(definition, this.lowering(architecture, gicdBase)),
      placeFromPool: () => undefined,
    };
  }

  compile(): readonly CompiledCell[] {
    const { tree } = parse(this.source, this.report);
    const opened = this.opener.open(tree.declarations, this.top, "file");
    const [system] = this.systems();
    if (system !== undefined) {
      const name = { text: system.name, start: 0, end: 0 };
      const expression = { kind: "path" as const, names: [name], start: 0, end: 0 };
      this.top.define({ kind: "expression", name: "root", place: null, expression, scope: this.top });
      this.top.fallback = this.scopeOf(system);
    }
    const architecture = this.architectureOf(opened, system);
    if (architecture === undefined) {
      this.report(languageMessages["jail-no-architecture"]({}, at({ file: this.source, start: 0, end: 0 })));
      return [];
    }
    const gicdBase = system === undefined ? 0n : this.gicdOf(system);
    const lowering = this.lowering(architecture, gicdBase);
    const links: Link[] = [];
    for (const definition of this.definitions("link")) {
      const link = readLink(definition, lowering, this.opener, {
        largePages: this.largePages(system),
        intx: architecture !== "x86",
      });
      if (link !== undefined) links.push(link);
    }
    const cells = [...(system === undefined ? [] : [system]), ...this.definitions("cell")];
    return cells.map((definition) => this.compileCell(definition, architecture, links, lowering));
  }

  private compileCell(
    definition: StatementDefinition,
    architecture: Architecture,
    links: readonly Link[],
    lowering: Lowering,
  ): CompiledCell {
    this.scopeOf(definition);
    const kind: ConfigKind = definition.kind === "system" ? "system" : "cell";
    const base = this.empty(kind, architecture);
    const own = links.filter(({ seats }) => seats.some(({ cells }) => cells.includes(definition)));
    const lowerer = new CellLowerer(definition, kind, cellOf(base), own, lowering, this.opener);
    const text = definition.instance.statement.items[1]?.from;
    const wireName = text?.kind === "text" ? text.value : definition.name;
    const cell = lowerer.lower(this.blocks.get(definition)!, wireName);
    const config: Config =
      base.kind === "system"
        ? lowerSystem(lowerer.others, { ...base, rootCell: cell }, lowering, this.opener)
        : { ...(base as CellConfig), ...cell };
    const { wire, losses } = irToWire(config, this.options.profile);
    for (const { value, why } of losses)
      this.evaluator.problem(
        "jail-not-in-profile",
        { what: value, why },
        definition.instance.statement.head,
        definition.instance.scope,
      );
    return { name: definition.name, config, wire };
  }

  private empty(kind: ConfigKind, architecture: Architecture): SystemConfig | CellConfig {
    const { profile } = this.options;
    const family = familyOfName(architecture);
    const blank = fromJson(
      { profile: profile.id, kind, header: {} },
      () => profile,
      () => {},
    )!;
    const wire = decode(encode(blank), profile, { kind }).config!;
    const config = wireToIr(wire, family === null ? {} : { family });
    return { ...config, ...(config.architecture === null ? {} : { architecture }), family } as
      | SystemConfig
      | CellConfig;
  }

  private settingOf(opened: readonly Opened[], word: string): Reading | undefined {
    const found = opened.find(({ statement }) => headOf(statement) === word && statement.value === null);
    if (found === undefined) return undefined;
    return new Reading(
      matchLine(found, linesOf("system").get(word)!, () => {}),
      this.evaluator,
    );
  }

  private architectureOf(
    opened: readonly Opened[],
    system: StatementDefinition | undefined,
  ): Architecture | undefined {
    const inSystem = system === undefined ? [] : this.blocks.get(system)!;
    const reading = this.settingOf([...opened, ...inSystem], "architecture");
    const item = reading?.line.lead[0];
    if (reading === undefined || item === undefined) return undefined;
    const value = this.evaluator.value(item.from, reading.scope);
    return typeof value === "bigint" ? Number(value) : (value as Architecture | undefined);
  }

  private gicdOf(system: StatementDefinition): bigint {
    const gic = this.settingOf(this.blocks.get(system)!, "gic");
    const block = gic?.line.instance.statement.block;
    if (gic === undefined || block === null || block === undefined) return 0n;
    let base = 0n;
    const inner = new Scope(gic.scope, gic.scope.file, gic.scope.expansion);
    const opened = this.opener.open(block.statements, inner, "gic");
    eachLine(
      { opened, place: "gic", reading: new Reading(gic.line, this.quiet) },
      (line) => {
        if (line.line.shape.word === "gicd") base = line.leadNumber() ?? 0n;
      },
      () => {},
    );
    return base;
  }

  private largePages(system: StatementDefinition | undefined): boolean {
    if (system === undefined) return false;
    return this.settingOf(this.blocks.get(system)!, "pages")?.leadNumber() === 0x10000n;
  }
}
