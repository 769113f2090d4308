import type { ConfigKind } from "../../../schema/codec/wire.js";
import type { Report } from "../../diagnostics/diagnostic.js";
import { type Architecture, type CellConfig, type Config, cellOf, familyOfName } from "../../ir/config.js";
import type { PciDevice } from "../../ir/pci.js";
import type { PortRange } from "../../ir/port-io.js";
import type { SourceFile } from "../../support/source.js";
import { type Assembled, assemble } from "../assemble/assemble.js";
import { CellLowerer } from "../lower/cell.js";
import type { PlacedEnd } from "../lower/cell-links.js";
import { type DeclaredLink, type Link, placeLink, readLink } from "../lower/links.js";
import type { Lowering, PlacedRegion } from "../lower/lowering.js";
import { placeNamedRegion } from "../lower/memory.js";
import { portsNamed } from "../lower/ports.js";
import { RawStore } from "../lower/raw-store.js";
import { lowerSystem } from "../lower/system.js";
import { Evaluator, isRegionMember, regionMember } from "../names/evaluate.js";
import { longestChain } from "../names/limits.js";
import { BlockOpener, type Opened } from "../names/open-block.js";
import { type Definition, Scope, type StatementDefinition, type Value } from "../names/scope.js";
import type { Choice, Choices, Pins } from "../pools/choices.js";
import { ChoicesMade } from "../pools/choose.js";
import { collectRequests } from "../pools/collect-requests.js";
import { EarlyRegions, Waiting } from "../pools/early-regions.js";
import { emptyConfig } from "./empty-config.js";
import { type Allowance, type Assertion, readAllowance, readAssertion } from "./intents.js";
import { hasDamage } from "./mentions.js";
import { optionValue } from "./option-values.js";
import type { MachineFile } from "./read-files.js";
import { readScenario, type Scenario } from "./scenario.js";
import { architectures, type Settings } from "./settings.js";
import { checkSettingPlaces, type PlatformFacts, readPlatformFacts } from "./system-facts.js";
import { openTop, type TopLevel } from "./top-level.js";

/** A cell, as its statements say it, laid out. */
export interface MachineCell extends Assembled {
  readonly definition: StatementDefinition;
  readonly kind: ConfigKind;
  /** What its file is called, without `.cell`. */
  readonly fileName: string;
  readonly linkEnds: readonly PlacedEnd[];
  /** As the statements say them: raw fields may say otherwise. */
  readonly devices: readonly PciDevice[];
}

export interface Machine {
  /** The system first, then the others in the order of the text. */
  readonly cells: readonly MachineCell[];
  readonly scenarios: readonly Scenario[];
  readonly assertions: readonly Assertion[];
  readonly allowances: readonly Allowance[];
  /** Memory, then slots, then interrupts, each in the order of the text. */
  readonly choices: readonly Choice[];
  readonly links: readonly Link[];
}

/** Where a region lies depends on none of them. */
const noFacts = { gicdBase: 0n, largePages: false };

const nothing: Machine = {
  cells: [],
  scenarios: [],
  assertions: [],
  allowances: [],
  choices: [],
  links: [],
};

const nothingChosen: Choices = {
  memoryOf: () => undefined,
  interruptsOf: () => undefined,
  slotOf: () => undefined,
};

/** Works out what the files of a machine say. */
export class MachineCompiler {
  private readonly scopes = new Map<StatementDefinition, Scope>();
  private readonly blocks = new Map<StatementDefinition, readonly Opened[]>();
  private readonly regions = new Map<StatementDefinition, PlacedRegion | undefined>();
  private readonly pendingRegions = new Set<StatementDefinition>();
  private readonly ports = new Map<StatementDefinition, readonly PortRange[]>();
  private readonly pendingPorts = new Set<StatementDefinition>();
  private readonly builtin: Scope;
  private readonly evaluator: Evaluator;
  private readonly quiet: Evaluator;
  /** Quiet but for what it cannot know before anything is chosen: nobody else would say that. */
  private readonly waiting: Evaluator;
  private readonly opener: BlockOpener;
  private readonly top: TopLevel;
  private readonly brokenLinks = new Set<Definition>();
  private readonly early: EarlyRegions;
  /** Null until everything that is asked for is known. */
  private choices: Choices | null = null;
  /** How many were reported. */
  private problems = 0;

  /** @param pins what was chosen when the machine was built before */
  constructor(
    private readonly files: readonly MachineFile[],
    private readonly settings: Settings,
    defines: ReadonlyMap<string, string>,
    private readonly pins: Pins,
    report: Report,
  ) {
    this.builtin = builtinScope(this.main, settings);
    const help = {
      member: (memory: StatementDefinition, member: string) => this.member(memory, member),
      scopeOf: (cell: StatementDefinition) => this.scopeOf(cell),
    };
    const counting: Report = (finding) => {
      this.problems += 1;
      report(finding);
    };
    const levels = { depth: 0 };
    const anyLowering = (): Lowering => this.lowering(settings.architecture ?? "x86", noFacts);
    this.early = new EarlyRegions(anyLowering, help.scopeOf, levels);
    this.evaluator = new Evaluator(counting, help, levels);
    this.quiet = new Evaluator(() => {}, help, levels);
    this.waiting = new Evaluator((diagnostic) => {
      if (diagnostic.id === "jail-depends-on-choice") report(diagnostic);
    }, help);
    const overrides = new Map(
      [...defines].map(([name, text]) => [name, optionValue(text, this.builtin)] as const),
    );
    this.opener = new BlockOpener(this.evaluator, overrides);
    this.top = openTop(files, this.builtin, this.opener, this.evaluator);
  }

  /** The options that the files declare. */
  get options(): ReadonlySet<string> {
    return this.opener.options;
  }

  private get main(): SourceFile {
    return this.files.at(-1)!.source;
  }

  compile(): Machine {
    const { system, cells } = this.top;
    if (system !== null) {
      const name = { text: system.name, start: 0, end: 0 };
      const expression = { kind: "path" as const, names: [name], start: 0, end: 0 };
      const { scope } = system.instance;
      this.builtin.define({ kind: "expression", name: "root", place: null, expression, scope });
      this.builtin.fallback = this.scopeOf(system);
    }
    const all = [...(system === null ? [] : [system]), ...cells];
    for (const definition of all) this.scopeOf(definition);
    checkSettingPlaces(this.top.opened, this.blocks, this.settings.statements, this.evaluator);
    const { architecture } = this.settings;
    if (architecture === undefined || this.opener.isExhausted) return nothing;
    const facts = readPlatformFacts(
      this.top.opened,
      system === null ? [] : this.blocks.get(system)!,
      this.evaluator,
      this.waiting,
      this.opener,
    );
    const declared = this.declaredLinks({ largePages: facts.largePages, intx: architecture !== "x86" });
    const choices = this.choose(declared, facts.gicdBase);
    const lowering = this.lowering(architecture, facts);
    this.top.checkThings(lowering, this.opener);
    const links = declared.flatMap((link) => {
      const placed = placeLink(link, lowering);
      if (placed === undefined) this.brokenLinks.add(link.definition);
      return placed ?? [];
    });
    const made = all.map((definition) =>
      this.compileCell(definition, architecture, links, lowering, facts.fileNames),
    );
    const intents = this.intents(lowering);
    this.opener.leftovers.check(this.evaluator);
    return { cells: made, ...intents, choices, links };
  }

  /** From here on every place is known. */
  private choose(links: readonly DeclaredLink[], gicdBase: bigint): readonly Choice[] {
    const { top, blocks, early } = this;
    const lowering = this.lowering(this.settings.architecture!, noFacts);
    const requests = collectRequests({ top, blocks, links, lowering, early, gicdBase });
    const known = (definition: StatementDefinition) => {
      const place = early.of(definition);
      return place instanceof Waiting ? undefined : place;
    };
    const made = new ChoicesMade(requests, this.pins, known, (definition) => this.region(definition));
    this.choices = made;
    made.chooseMemory(this.lowering(this.settings.architecture!, noFacts));
    return made.all;
  }

  private declaredLinks(defaults: Parameters<typeof readLink>[3]): readonly DeclaredLink[] {
    const lowering = this.lowering(this.settings.architecture!, noFacts);
    return this.top.links.flatMap((definition) => {
      const before = this.problems;
      const link = readLink(definition, lowering, this.opener, defaults);
      if (this.problems > before || hasDamage(definition.instance.statement))
        this.brokenLinks.add(definition);
      return link === undefined ? [] : [link];
    });
  }

  private intents(lowering: Lowering): Pick<Machine, "scenarios" | "assertions" | "allowances"> {
    return {
      scenarios: this.top.scenarios.map((definition) =>
        readScenario(definition, this.top.system, this.opener, lowering),
      ),
      assertions: this.top.assertions.flatMap((opened) => readAssertion(opened, lowering) ?? []),
      allowances: this.top.allowances.flatMap((opened) => readAllowance(opened, lowering) ?? []),
    };
  }

  private compileCell(
    definition: StatementDefinition,
    architecture: Architecture,
    links: readonly Link[],
    shared: Lowering,
    fileNames: string,
  ): MachineCell {
    const kind: ConfigKind = definition.kind === "system" ? "system" : "cell";
    const base = emptyConfig(kind, architecture, shared.profile);
    const own = links.filter(({ seats }) => seats.some(({ cells }) => cells.includes(definition)));
    const lowering = { ...shared, raw: new RawStore() };
    const lowerer = new CellLowerer(definition, kind, cellOf(base), own, lowering, this.opener);
    const cell = lowerer.lower(this.blocks.get(definition)!, wireName(definition));
    const identity = { trailing: lowerer.bytesBehind };
    const config: Config =
      base.kind === "system"
        ? {
            ...lowerSystem(
              lowerer.others,
              { ...base, rootCell: cell, origins: cell.origins },
              lowering,
              this.opener,
            ),
            ...identity,
          }
        : { ...(base as CellConfig), ...cell, ...identity };
    const fileName = kind === "system" ? definition.name : fileNames.replace("*", definition.name);
    const { linkEnds } = lowerer;
    const devices = cell.pciDevices;
    const assembled = assemble(definition, config, lowerer.raw, lowering);
    return { definition, kind, fileName, linkEnds, devices, ...assembled };
  }

  private lowering(
    architecture: Architecture,
    { gicdBase, largePages }: Pick<PlatformFacts, "gicdBase" | "largePages">,
  ): Lowering {
    return {
      profile: this.settings.profile,
      family: familyOfName(architecture),
      evaluator: this.evaluator,
      quiet: this.quiet,
      raw: new RawStore(),
      gicdBase,
      largePages,
      brokenLinks: this.brokenLinks,
      regionOf: (definition) => this.region(definition),
      portsOf: (definition) => this.portsOf(definition),
      choices: this.choices ?? nothingChosen,
    };
  }

  private member(memory: StatementDefinition, member: string): bigint | "chosen" | undefined | null {
    if (this.choices === null) return this.early.member(memory, member);
    if (!isRegionMember(member)) return null;
    const region = this.region(memory);
    return region === undefined ? undefined : regionMember(region, member);
  }

  /** What is wrong with a region is reported where it is declared. */
  private region(definition: StatementDefinition): PlacedRegion | undefined {
    if (this.regions.has(definition)) return this.regions.get(definition);
    if (this.early.endless.has(definition)) return undefined;
    const pending = [...this.pendingRegions];
    if (this.pendingRegions.has(definition)) {
      this.evaluator.circle(pending.slice(pending.indexOf(definition)));
      this.regions.set(definition, undefined);
      return undefined;
    }
    if (pending.length >= longestChain) {
      const { statement, scope } = definition.instance;
      const args = { what: "regions that are parts of each other", limit: longestChain };
      this.evaluator.problem("jail-chain-too-long", args, statement.head, scope);
      return undefined;
    }
    this.pendingRegions.add(definition);
    const region = placeNamedRegion(definition, this.lowering(this.settings.architecture ?? "x86", noFacts));
    this.pendingRegions.delete(definition);
    // A region of a circle was settled further within.
    if (!this.regions.has(definition)) this.regions.set(definition, region);
    return this.regions.get(definition);
  }

  private portsOf(definition: StatementDefinition): readonly PortRange[] {
    let ports = this.ports.get(definition);
    if (ports !== undefined) return ports;
    const { statement, scope } = definition.instance;
    const pending = [...this.pendingPorts];
    if (this.pendingPorts.has(definition)) {
      this.evaluator.circle(pending.slice(pending.indexOf(definition)));
      ports = [];
    } else if (pending.length >= longestChain) {
      const args = { what: "ports that are named by each other", limit: longestChain };
      this.evaluator.problem("jail-chain-too-long", args, statement.head, scope);
      ports = [];
    } else {
      this.pendingPorts.add(definition);
      ports = portsNamed(definition, this.lowering(this.settings.architecture ?? "x86", noFacts));
      this.pendingPorts.delete(definition);
    }
    this.ports.set(definition, ports);
    return ports;
  }

  private scopeOf(cell: StatementDefinition): Scope {
    let scope = this.scopes.get(cell);
    if (scope === undefined) {
      const { scope: outer, statement } = cell.instance;
      scope = new Scope(outer, outer.file, outer.expansion);
      this.scopes.set(cell, scope);
      const { block } = statement;
      if (block === null && !statement.damaged)
        this.evaluator.problem("jail-needs-block", { statement: cell.kind }, statement.head, outer);
      const kind = cell.kind === "system" ? "system" : "cell";
      this.blocks.set(cell, block === null ? [] : this.opener.open(block.statements, scope, kind));
    }
    return scope;
  }
}

/** `cell NAME "wire name"` */
function wireName({ instance: { statement }, name }: StatementDefinition): string {
  const text = statement.items[1]?.from;
  return text?.kind === "text" ? text.value : name;
}

/** What is known without a declaration. */
function builtinScope(file: SourceFile, { architecture, profile }: Settings): Scope {
  const scope = new Scope(null, file, null);
  const values: Record<string, Exclude<Value, Definition>> = { true: true, false: false };
  for (const name of architectures) values[name] = name;
  if (architecture !== undefined)
    values.architecture = typeof architecture === "number" ? BigInt(architecture) : architecture;
  values.revision = BigInt(profile.revision ?? 0);
  values.profile = profile.id;
  for (const [name, value] of Object.entries(values))
    scope.define({ kind: "value", name, place: null, value });
  return scope;
}
