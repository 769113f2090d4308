/** What `__has_attribute` and `__has_builtin` say yes to: what the parser reads, or may leave out without harm. */
export const knownAttributes: ReadonlySet<string> = new Set([
  "packed",
  "aligned",
  "section",
  "used",
  "unused",
  "deprecated",
  "const",
  "pure",
  "noreturn",
  "always_inline",
  "noinline",
  "gnu_inline",
  "format",
  "weak",
  "alias",
  "visibility",
  "nonnull",
  "warn_unused_result",
  "may_alias",
  "nonstring",
]);

export const knownBuiltins: ReadonlySet<string> = new Set([
  "__builtin_offsetof",
  "__builtin_types_compatible_p",
  "__builtin_constant_p",
  "__builtin_choose_expr",
]);

/** An attribute's name with or without the underscores that protect it from macros. */
export function plainAttribute(name: string): string {
  return /^__.+__$/.test(name) ? name.slice(2, -2) : name;
}
