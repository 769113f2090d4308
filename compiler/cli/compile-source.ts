/** From the path of a C file to its config objects. */

import { decodeText } from "../../schema/text.js";
import { compileC } from "../c/compile.js";
import { SharedHeaders } from "../c/shared-headers.js";
import type { ConfigObject, CUnit } from "../c/unit.js";
import { atFile, type Diagnostic } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../support/source.js";
import type { Context } from "./context.js";
import { FileIncludes, type SourceStore } from "./include-resolver.js";
import { cliMessages } from "./messages.js";
import { selectConfigs } from "./select-configs.js";
import { defaultProfileId, type Settings } from "./settings.js";

export interface CompiledSource {
  readonly source: SourceFile;
  readonly unit: CUnit;
  /** Those objects of the unit that are configs. */
  readonly configs: readonly ConfigObject[];
  /** Id of the profile whose built-in header was used; null where the user's own declarations laid out the structs. */
  readonly headerProfile: string | null;
}

/** Findings to which the profiles may have something to say. */
const unknownNames: ReadonlySet<string> = new Set(["c-unknown-name", "c-unknown-member"]);

/** A `-D` or `-U` that cannot be understood is a wrong command line, not a mistake of the source. */
function isOfCommandLine({ id, severity, primary }: Diagnostic): boolean {
  if (severity !== "error") return false;
  const place = primary?.place;
  // Where a macro is used, what is wrong may as well be the text around it.
  const inText =
    place?.kind === "source" && place.expansion === null && place.span.file.path === "<command line>";
  return id === "c-command-line-macro" || inText;
}

export class SourceCompiler {
  private readonly sharedHeaders: SharedHeaders | undefined;

  /** @param inputs how many sources there are to compile: of one, nothing needs to be kept for the next */
  constructor(
    private readonly context: Context,
    private readonly store: SourceStore,
    inputs: number,
  ) {
    this.sharedHeaders = inputs > 1 ? new SharedHeaders() : undefined;
  }

  /** The text of an input; `-` is standard input, shown as `stdinName`. Undefined where it cannot be read. */
  open(input: string, stdinName: string): SourceFile | undefined {
    if (input === "-") {
      const bytes = this.context.read(this.context.io.readStdin());
      return bytes === undefined ? undefined : new SourceFile(stdinName, decodeText(bytes));
    }
    const source = this.store.read(input);
    if (source instanceof SourceFile) return source;
    this.context.read({ ok: false, failure: source });
    return undefined;
  }

  /** Reports the mistakes of the source; `configs` is then empty, also where another source met the same ones before. */
  async compile(source: SourceFile, settings: Settings): Promise<CompiledSource> {
    const { report } = this.context.reporter;
    const served = settings.chosenProfile ?? defaultProfileId();
    const options = {
      target: settings.target,
      macros: settings.macros,
      forcedIncludes: settings.forcedIncludes,
      sharedHeaders: this.sharedHeaders,
    };
    // It remembers what it handed out, so every reading takes one of its own.
    const includes = (): FileIncludes => new FileIncludes(this.store, settings.includeDirectories, served);
    // The reporter's count would not do: it passes over an error of a header that another config met before.
    let failed = false;
    let hasUnknownNames = false;
    const unit = compileC(source, {
      ...options,
      includes: includes(),
      report: (diagnostic) => {
        failed ||= diagnostic.severity === "error";
        if (isOfCommandLine(diagnostic)) this.context.markTrouble();
        if (unknownNames.has(diagnostic.id)) hasUnknownNames = true;
        else report(diagnostic);
      },
    });
    const builtin = unit.files.some((file) => file.builtin && file.path.endsWith("/jailhouse/cell-config.h"));
    if (hasUnknownNames) {
      // Other profiles may know the names, but they are too much to load for configs without mistakes. So unknown names
      // were held back, and are found once more with what there is to say of them.
      const { explainNames, nearestProfile } = await import("./known-names.js");
      const known = explainNames(builtin);
      compileC(source, {
        ...options,
        explainMember: known.explainMember,
        explainConstant: known.explainConstant,
        includes: includes(),
        report: (diagnostic) => {
          if (unknownNames.has(diagnostic.id)) report(diagnostic);
        },
      });
      const other = builtin ? nearestProfile(served, known.havingAll()) : undefined;
      if (other !== undefined)
        report(cliMessages["other-profile-fits"]({ served, other }, atFile(source.path)));
    }
    const configs = failed ? [] : this.configsOf(unit, source);
    // With --profile the built-in header was asked for, whatever else -I is needed for.
    if (builtin && settings.chosenProfile === null && settings.includeDirectories.length > 0) {
      const args = { profile: served, directories: settings.includeDirectories };
      this.context.reporter.report(cliMessages["built-in-header-serves"](args));
    }
    const headerProfile = builtin ? served : null;
    return { source, unit, configs, headerProfile };
  }

  private configsOf(unit: CUnit, source: SourceFile): readonly ConfigObject[] {
    if (unit.objects.length > 0) return selectConfigs(unit, source, this.context);
    this.context.reporter.report(cliMessages["no-config-object"]({ file: source.path }, atFile(source.path)));
    return [];
  }
}
