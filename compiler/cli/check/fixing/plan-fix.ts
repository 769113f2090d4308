import { InitialiserEditor } from "../../../c/edit-initialiser.js";
import type { RuleFix } from "../../../check/define-rule.js";
import type { CheckedConfig } from "../../../check/facts/checked-config.js";
import type { Change } from "../../../check/fix.js";
import type { Finding } from "../../../check/run.js";
import type { SourceFile } from "../../../support/source.js";
import type { LoadedConfig } from "../../load-config.js";
import type { CheckedInputs } from "../check-sets.js";
import { editsOfC } from "./edit-c.js";
import { editsOfJail, JailEditors } from "./edit-jail.js";
import { withoutImplied } from "./implied-interrupts.js";
import type { PlannedEdit } from "./planned-edit.js";

/** A fix of a finding, as edits of the sources. */
export interface PlannedFix {
  readonly finding: Finding;
  readonly fix: RuleFix;
  /** Those that the source has to say: others follow from them. */
  readonly changes: readonly Change[];
  readonly edits: readonly PlannedEdit[];
}

export class FixPlanner {
  private readonly editors: JailEditors;
  private readonly initialisers = new Map<SourceFile, InitialiserEditor>();

  constructor(private readonly loadedSet: CheckedInputs) {
    this.editors = new JailEditors(loadedSet.files);
  }

  /** Undefined where the sources cannot be changed so. */
  plan(finding: Finding, fix: RuleFix): PlannedFix | undefined {
    const changes = withoutImplied(fix.changes, (config) => this.isOfLanguage(config), this.editors);
    const edits = this.edits(changes);
    return edits === undefined ? undefined : { finding, fix, changes, edits };
  }

  /** Edits for all changes at once. */
  edits(changes: readonly Change[]): readonly PlannedEdit[] | undefined {
    const planned: PlannedEdit[] = [];
    for (const config of new Set(changes.map(({ at }) => at.config))) {
      const edits = this.editsOf(config, changes);
      if (edits === undefined || edits.some(({ file }) => !isFile(file))) return undefined;
      planned.push(...edits);
    }
    return planned;
  }

  private editsOf(config: CheckedConfig, changes: readonly Change[]): readonly PlannedEdit[] | undefined {
    const { source, cell } = this.loaded(config);
    if (source !== undefined) return editsOfC(config, source, this.initialisersOf(source), changes);
    return cell === undefined ? undefined : editsOfJail(config, cell, this.editors, changes);
  }

  private initialisersOf(source: SourceFile): InitialiserEditor {
    let editor = this.initialisers.get(source);
    if (editor === undefined) {
      editor = new InitialiserEditor(source.text);
      this.initialisers.set(source, editor);
    }
    return editor;
  }

  private isOfLanguage(config: CheckedConfig): boolean {
    return this.loaded(config).cell !== undefined;
  }

  private loaded(config: CheckedConfig): LoadedConfig {
    return this.loadedSet.loaded.get(config)!;
  }
}

/** Neither standard input nor a text that cellc carries itself. */
function isFile({ builtin, identity }: PlannedEdit["file"]): boolean {
  return !builtin && identity !== undefined;
}
