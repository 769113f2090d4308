/** From the path of a C file to its config objects. */

import { decodeText } from "../../schema/text.js";
import { compileC } from "../c/compile.js";
import { SharedHeaders } from "../c/shared-headers.js";
import type { ConfigObject, CUnit } from "../c/unit.js";
import { atFile } from "../diagnostics/diagnostic.js";
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

  /** Reports the mistakes of the source; `configs` is then empty. */
  compile(source: SourceFile, settings: Settings): CompiledSource {
    const served = settings.chosenProfile ?? defaultProfileId();
    const before = this.context.reporter.errors;
    const unit = compileC(source, {
      target: settings.target,
      macros: settings.macros,
      forcedIncludes: settings.forcedIncludes,
      includes: new FileIncludes(this.store, settings.includeDirectories, served),
      report: this.context.reporter.report,
      sharedHeaders: this.sharedHeaders,
    });
    const configs = this.context.reporter.errors > before ? [] : this.configsOf(unit, source);
    const builtin = unit.files.some((file) => file.builtin && file.path.endsWith("/jailhouse/cell-config.h"));
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
