/** The machines whose predefined macros a config can see. Types are those of x86-64 Linux for all of them: see below. */
export type Target = "x86_64" | "arm" | "aarch64" | "riscv64";

export const targets: readonly Target[] = ["x86_64", "arm", "aarch64", "riscv64"];

export interface CompileOptions {
  readonly target: Target;
  /** `-D`: name to body; a plain `-D NAME` has the body "1". Order is that of the command line. */
  readonly defines: readonly { readonly name: string; readonly body: string }[];
  readonly undefines: readonly string[];
}
