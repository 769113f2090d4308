import { join } from "node:path";
import { Project, type SourceFile } from "ts-morph";
import { projectRoot } from "./module-graph.js";

/**
 * What the type checker says of a changed source. Unused names are no complaint here: they come of the form of a change,
 * not of what it does.
 */
export class TypeCheck {
  private project: Project | undefined;
  /** The source that has another text at the moment. */
  private changed: { readonly file: SourceFile; readonly text: string } | undefined;

  /** @param path of the source that the text is in place of */
  rejects(path: string, text: string): boolean {
    this.project ??= new Project({
      tsConfigFilePath: join(projectRoot, "tsconfig.json"),
      skipAddingFilesFromTsConfig: true,
      compilerOptions: { types: [], noUnusedLocals: false, noUnusedParameters: false },
    });
    const file = this.project.addSourceFileAtPath(join(projectRoot, path));
    if (this.changed?.file !== file) {
      this.changed?.file.replaceWithText(this.changed.text);
      this.changed = { file, text: file.getFullText() };
    }
    file.replaceWithText(text);
    return file.getPreEmitDiagnostics().length > 0;
  }
}
