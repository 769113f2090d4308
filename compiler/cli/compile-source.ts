/** From the path of a C file to its config objects. */

import { decodeText } from "../../schema/text.js";
import { compileC } from "../c/compile.js";
import type { CUnit } from "../c/unit.js";
import { atFile } from "../diagnostics/diagnostic.js";
import { SourceFile } from "../support/source.js";
import type { Context } from "./context.js";
import { FileIncludes, type SourceStore } from "./include-resolver.js";
import { cliMessages } from "./messages.js";
import { defaultProfileId, type Settings } from "./settings.js";

export interface CompiledSource {
  readonly source: SourceFile;
  readonly unit: CUnit;
  /** Id of the profile whose built-in header was used; null where the user's own declarations laid out the structs. */
  readonly headerProfile: string | null;
}

export class SourceCompiler {
  private readonly includes = new Map<string, FileIncludes>();

  constructor(
    private readonly context: Context,
    private readonly store: SourceStore,
  ) {}

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

  /** Reports the mistakes of the source; `unit.objects` may then be incomplete. */
  compile(source: SourceFile, settings: Settings): CompiledSource {
    const includes = this.includesFor(settings);
    const before = this.context.reporter.errors;
    const unit = compileC(source, {
      target: settings.target,
      defines: settings.defines,
      undefines: settings.undefines,
      forcedIncludes: settings.forcedIncludes,
      includes,
      report: this.context.reporter.report,
    });
    if (unit.objects.length === 0 && this.context.reporter.errors === before) {
      this.context.reporter.report(
        cliMessages["no-config-object"]({ file: source.path }, atFile(source.path)),
      );
    }
    const builtin = unit.files.some((file) => file.builtin && file.path.endsWith("/jailhouse/cell-config.h"));
    const headerProfile = builtin ? (settings.chosenProfile ?? defaultProfileId()) : null;
    return { source, unit, headerProfile };
  }

  private includesFor(settings: Settings): FileIncludes {
    const profile = settings.chosenProfile ?? defaultProfileId();
    const key = [profile, ...settings.includeDirectories].join("\n");
    let includes = this.includes.get(key);
    if (includes === undefined) {
      includes = new FileIncludes(this.store, settings.includeDirectories, profile);
      this.includes.set(key, includes);
    }
    return includes;
  }
}
