import { SourceFile } from "../../support/source.js";

/**
 * The system headers that cellc carries, so that no C library need be installed: what configs and the headers of
 * Jailhouse's versions and forks name, and the freestanding headers of C. They are found after all `-I` paths.
 *
 * Widths and names follow the ABI of x86-64 Linux. `typedef`s repeat those of Jailhouse's own headers word for word in
 * type, which C allows.
 */

const kernelTypes = `
typedef signed char __s8;
typedef unsigned char __u8;
typedef signed short __s16;
typedef unsigned short __u16;
typedef signed int __s32;
typedef unsigned int __u32;
typedef signed long long __s64;
typedef unsigned long long __u64;
`;

const texts: Readonly<Record<string, string>> = {
  "asm/types.h": `#ifndef CELLC_ASM_TYPES_H
#define CELLC_ASM_TYPES_H
${kernelTypes}
#ifdef __LP64__
#define BITS_PER_LONG 64
#else
#define BITS_PER_LONG 32
#endif
#endif
`,

  "linux/types.h": `#ifndef CELLC_LINUX_TYPES_H
#define CELLC_LINUX_TYPES_H
${kernelTypes}
typedef __u16 __le16;
typedef __u16 __be16;
typedef __u32 __le32;
typedef __u32 __be32;
typedef __u64 __le64;
typedef __u64 __be64;
typedef __u16 __sum16;
typedef __u32 __wsum;
typedef unsigned int __poll_t;

#define __aligned_u64 __u64 __attribute__((aligned(8)))
#define __aligned_be64 __be64 __attribute__((aligned(8)))
#define __aligned_le64 __le64 __attribute__((aligned(8)))
#define __bitwise
#define __bitwise__
#endif
`,

  "linux/const.h": `#ifndef CELLC_LINUX_CONST_H
#define CELLC_LINUX_CONST_H
#define __AC(value, suffix) (value##suffix)
#define _AC(value, suffix) __AC(value, suffix)
#define _AT(type, value) ((type)(value))
#define _UL(value) _AC(value, UL)
#define _ULL(value) _AC(value, ULL)
#define _BITUL(bit) (_UL(1) << (bit))
#define _BITULL(bit) (_ULL(1) << (bit))
#endif
`,

  "stddef.h": `#ifndef CELLC_STDDEF_H
#define CELLC_STDDEF_H
typedef __SIZE_TYPE__ size_t;
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef __WCHAR_TYPE__ wchar_t;
#undef NULL
#define NULL ((void *)0)
#undef offsetof
#define offsetof(type, member) __builtin_offsetof(type, member)
#endif
`,

  "stdbool.h": `#ifndef CELLC_STDBOOL_H
#define CELLC_STDBOOL_H
#define bool _Bool
#define true 1
#define false 0
#define __bool_true_false_are_defined 1
#endif
`,

  "stdint.h": `#ifndef CELLC_STDINT_H
#define CELLC_STDINT_H
${stdintTypes()}${stdintLimits()}#endif
`,

  "inttypes.h": `#ifndef CELLC_INTTYPES_H
#define CELLC_INTTYPES_H
#include <stdint.h>
${formatMacros()}#endif
`,

  "limits.h": `#ifndef CELLC_LIMITS_H
#define CELLC_LIMITS_H
#define CHAR_BIT __CHAR_BIT__
#define MB_LEN_MAX 16
#define SCHAR_MAX __SCHAR_MAX__
#define SCHAR_MIN (-SCHAR_MAX - 1)
#define UCHAR_MAX (SCHAR_MAX * 2 + 1)
#define CHAR_MIN SCHAR_MIN
#define CHAR_MAX SCHAR_MAX
#define SHRT_MAX __SHRT_MAX__
#define SHRT_MIN (-SHRT_MAX - 1)
#define USHRT_MAX (SHRT_MAX * 2 + 1)
#define INT_MAX __INT_MAX__
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX (INT_MAX * 2U + 1U)
#define LONG_MAX __LONG_MAX__
#define LONG_MIN (-LONG_MAX - 1L)
#define ULONG_MAX (LONG_MAX * 2UL + 1UL)
#define LLONG_MAX __LONG_LONG_MAX__
#define LLONG_MIN (-LLONG_MAX - 1LL)
#define ULLONG_MAX (LLONG_MAX * 2ULL + 1ULL)
#endif
`,
};

function stdintTypes(): string {
  const lines: string[] = [];
  for (const prefix of ["", "u"]) {
    const family = prefix.toUpperCase();
    for (const bits of [8, 16, 32, 64]) {
      lines.push(`typedef __${family}INT${bits}_TYPE__ ${prefix}int${bits}_t;`);
      lines.push(`typedef __${family}INT_LEAST${bits}_TYPE__ ${prefix}int_least${bits}_t;`);
      lines.push(`typedef __${family}INT_FAST${bits}_TYPE__ ${prefix}int_fast${bits}_t;`);
    }
    lines.push(`typedef __${family}INTPTR_TYPE__ ${prefix}intptr_t;`);
    lines.push(`typedef __${family}INTMAX_TYPE__ ${prefix}intmax_t;`);
  }
  return `${lines.join("\n")}\n`;
}

function stdintLimits(): string {
  const lines: string[] = [];
  const limits = (name: string, alias: string): void => {
    lines.push(`#define ${alias}_MAX __${name}_MAX__`);
    if (!name.startsWith("U") && name !== "SIZE") lines.push(`#define ${alias}_MIN (-${alias}_MAX - 1)`);
  };
  for (const family of ["INT", "UINT"]) {
    for (const bits of [8, 16, 32, 64]) {
      for (const kind of ["", "_LEAST", "_FAST"])
        limits(`${family}${kind}${bits}`, `${family}${kind}${bits}`);
      lines.push(`#define ${family}${bits}_C(value) __${family}${bits}_C(value)`);
    }
    limits(`${family}PTR`, `${family}PTR`);
    limits(`${family}MAX`, `${family}MAX`);
    lines.push(`#define ${family}MAX_C(value) __${family}MAX_C(value)`);
  }
  limits("PTRDIFF", "PTRDIFF");
  limits("SIZE", "SIZE");
  return `${lines.join("\n")}\n`;
}

function formatMacros(): string {
  const lines: string[] = [];
  const lengths = { 8: ["", "hh"], 16: ["", "h"], 32: ["", ""], 64: ["l", "l"] } as const;
  for (const [bits, [print, scan]] of Object.entries(lengths)) {
    for (const letter of "diouxX") lines.push(`#define PRI${letter}${bits} "${print}${letter}"`);
    for (const letter of "dioux") lines.push(`#define SCN${letter}${bits} "${scan}${letter}"`);
  }
  for (const kind of ["MAX", "PTR"]) {
    for (const letter of "diouxX") lines.push(`#define PRI${letter}${kind} "l${letter}"`);
    for (const letter of "dioux") lines.push(`#define SCN${letter}${kind} "l${letter}"`);
  }
  return `${lines.join("\n")}\n`;
}

const files = new Map<string, SourceFile>();

/** The names of all built-in system headers. */
export const systemHeaderNames: readonly string[] = Object.keys(texts);

/** The built-in header of that name; the same object at every call. */
export function systemHeader(name: string): SourceFile | undefined {
  let file = files.get(name);
  if (file === undefined && Object.hasOwn(texts, name)) {
    file = new SourceFile(`<built-in>/${name}`, texts[name]!, true);
    files.set(name, file);
  }
  return file;
}
