/**
 * The machines whose predefined macros a config can see.
 *
 * Only the macros differ. Sizes, alignments, the width of `long` and of pointers, and the sign of plain `char` are those
 * of x86-64 Linux for every target: a config is made of fixed-width members of packed structs, which every architecture
 * of Jailhouse lays out alike. So that a header that asks gets an answer true of the bytes, a target has no macro that
 * speaks of another type model: `__SIZEOF_POINTER__` is 8 for `arm` too, and `__CHAR_UNSIGNED__` is defined for none.
 */
export type Target = "x86_64" | "arm" | "aarch64" | "riscv64";

export const targets: readonly Target[] = ["x86_64", "arm", "aarch64", "riscv64"];

/** One `-D` or `-U`: `text` is what follows `-D`, e.g. `NAME`, `NAME=VALUE` or `F(x)=(x)`. */
export type MacroOption =
  | { readonly kind: "define"; readonly text: string }
  | { readonly kind: "undefine"; readonly name: string };

export interface CompileOptions {
  readonly target: Target;
  /** In the order of the command line, which decides as in gcc. */
  readonly macros: readonly MacroOption[];
}
