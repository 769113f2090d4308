/** Names with a meaning to gcc: what `__has_attribute` and `__has_builtin` say yes to, and what a misspelling is held against. */

/** Attributes that change bytes, and that the parser heeds. */
const heeded: readonly string[] = ["packed", "aligned", "section", "used", "gnu_inline"];

/** Attributes with which gcc lays out or places data in ways cellc does not follow. */
export const refusedAttributes: ReadonlySet<string> = new Set([
  "scalar_storage_order",
  "mode",
  "vector_size",
  "transparent_union",
  "ms_struct",
  "noinit",
  "persistent",
  "copy",
  "alias",
  "ifunc",
  "weakref",
  "common",
  "constructor",
  "destructor",
  "tls_model",
  "target",
]);

/** Attributes of gcc for x86-64 (12, and the newer ones) that change no byte of data. */
const harmless: readonly string[] = (
  "access alloc_align alloc_size always_inline artificial assume_aligned cdecl cf_check cleanup cold const " +
  "counted_by deprecated designated_init error expected_throw externally_visible fallthrough fastcall fd_arg " +
  "fd_arg_read fd_arg_write fentry_name fentry_section flatten force_align_arg_pointer format format_arg " +
  "function_return gcc_struct hot indirect_branch interrupt leaf malloc may_alias ms_abi ms_hook_prologue naked " +
  "no_address_safety_analysis no_caller_saved_registers no_icf no_instrument_function no_profile_instrument_function " +
  "no_reorder no_sanitize no_sanitize_address no_sanitize_coverage no_sanitize_thread no_sanitize_undefined " +
  "no_split_stack no_stack_limit no_stack_protector nocf_check noclone nocommon noinline noipa nonnull nonstring " +
  "noplt noreturn nothrow null_terminated_string_arg optimize patchable_function_entry pure regparm " +
  "retain returns_nonnull returns_twice sentinel simd sseregparm stack_protect stdcall strict_flex_array symver sysv_abi " +
  "tainted_args target_clones thiscall unavailable uninitialized unused visibility volatile warn_if_not_aligned " +
  "warn_unused_result warning weak zero_call_used_regs"
).split(" ");

/** Every attribute that gcc knows. */
export const knownAttributes: ReadonlySet<string> = new Set([...heeded, ...refusedAttributes, ...harmless]);

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
