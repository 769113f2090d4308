/** The words of gnu17 that can name nothing. */
export const keywords: ReadonlySet<string> = new Set(
  (
    "auto break case char const continue default do double else enum extern float for goto if inline int long " +
    "register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while " +
    "asm typeof _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary _Noreturn _Static_assert " +
    "_Thread_local __asm __asm__ __attribute __attribute__ __alignof __alignof__ __auto_type __const __const__ " +
    "__extension__ __inline __inline__ __int128 __restrict __restrict__ __signed __signed__ __thread __typeof " +
    "__typeof__ __volatile __volatile__ __builtin_offsetof __builtin_choose_expr __builtin_types_compatible_p"
  ).split(" "),
);
