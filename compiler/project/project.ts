import type { Span } from "../support/span.js";
import type { projectTargets } from "./project-keys.js";

/** A text of cellc.yaml and where it stands there. */
export interface Located {
  readonly value: string;
  readonly span: Span;
}

/** What a cellc.yaml says; paths in it are as written, relative to `root`. */
export interface Project {
  /** Path of the cellc.yaml. */
  readonly file: string;
  /** The directory it stands in. */
  readonly root: string;
  readonly profile: Located | undefined;
  readonly target: (typeof projectTargets)[number] | undefined;
  readonly include: readonly Located[];
  readonly defines: readonly { readonly name: string; readonly body: string }[];
  readonly files: readonly Located[];
  readonly output: Located | undefined;
}

export const projectFileName = "cellc.yaml";
