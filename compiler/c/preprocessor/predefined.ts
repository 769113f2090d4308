import { SourceFile } from "../../support/source.js";
import type { Target } from "../target.js";
import { lexUncached } from "./lexer.js";
import { type Builtin, builtinMacro, type Macro, parseDefinition } from "./macro.js";
import { KnownMacros } from "./macro-table.js";

/**
 * The macros that exist before the first line. Names and values of the x86-64 set are those that gcc 12.2 prints
 * with `-dM -E`, but for position independence and for types that cellc does not have, whose macros would say that
 * they exist (`long double`, `__int128`, and the floating types of IEEE 754 by name). The arithmetic types are the
 * same for all targets: no config's bytes depend on the width of `long`, and one set keeps `sizeof` and these macros
 * in step.
 */

const builtins: readonly (readonly [string, Builtin])[] = [
  ["__FILE__", "file"],
  ["__FILE_NAME__", "fileName"],
  ["__LINE__", "line"],
  ["__COUNTER__", "counter"],
  ["__INCLUDE_LEVEL__", "includeLevel"],
  ["__BASE_FILE__", "baseFile"],
  ["__DATE__", "time"],
  ["__TIME__", "time"],
  ["__TIMESTAMP__", "time"],
  ["_Pragma", "pragma"],
  ["__has_include", "operator"],
  ["__has_include_next", "operator"],
  ["__has_attribute", "operator"],
  ["__has_cpp_attribute", "operator"],
  ["__has_c_attribute", "operator"],
  ["__has_builtin", "operator"],
];

/** What `float` and `double` can hold, in gcc's words. */
const floatingTypes: readonly string[] = [
  ["FLT", "F", 24, 6, 9, -125, -37, 128, 38] as const,
  ["DBL", "", 53, 15, 17, -1021, -307, 1024, 308] as const,
].flatMap(([name, suffix, bits, digits, decimal, least, least10, most, most10]) => {
  const [max, min, epsilon, denormal] =
    name === "FLT"
      ? [
          "3.40282346638528859811704183484516925e+38",
          "1.17549435082228750796873653722224568e-38",
          "1.19209289550781250000000000000000000e-7",
          "1.40129846432481707092372958328991613e-45",
        ]
      : [
          "1.79769313486231570814527423731704357e+308",
          "2.22507385850720138309023271733240406e-308",
          "2.22044604925031308084726333618164062e-16",
          "4.94065645841246544176568792868221372e-324",
        ];
  return [
    `__${name}_MANT_DIG__ ${bits}`,
    `__${name}_DIG__ ${digits}`,
    `__${name}_DECIMAL_DIG__ ${decimal}`,
    `__${name}_MIN_EXP__ (${least})`,
    `__${name}_MIN_10_EXP__ (${least10})`,
    `__${name}_MAX_EXP__ ${most}`,
    `__${name}_MAX_10_EXP__ ${most10}`,
    `__${name}_MAX__ ${max}${suffix}`,
    `__${name}_NORM_MAX__ ${max}${suffix}`,
    `__${name}_MIN__ ${min}${suffix}`,
    `__${name}_EPSILON__ ${epsilon}${suffix}`,
    `__${name}_DENORM_MIN__ ${denormal}${suffix}`,
    `__${name}_HAS_DENORM__ 1`,
    `__${name}_HAS_INFINITY__ 1`,
    `__${name}_HAS_QUIET_NAN__ 1`,
    `__${name}_IS_IEC_60559__ 2`,
  ];
});

/** C type, and the suffix of its largest value, by the name gcc uses for its family of macros. */
const integerTypes: readonly (readonly [name: string, type: string, bits: number, signed: boolean])[] = [
  ["INT8", "signed char", 8, true],
  ["INT16", "short int", 16, true],
  ["INT32", "int", 32, true],
  ["INT64", "long int", 64, true],
  ["UINT8", "unsigned char", 8, false],
  ["UINT16", "short unsigned int", 16, false],
  ["UINT32", "unsigned int", 32, false],
  ["UINT64", "long unsigned int", 64, false],
  ["INT_LEAST8", "signed char", 8, true],
  ["INT_LEAST16", "short int", 16, true],
  ["INT_LEAST32", "int", 32, true],
  ["INT_LEAST64", "long int", 64, true],
  ["UINT_LEAST8", "unsigned char", 8, false],
  ["UINT_LEAST16", "short unsigned int", 16, false],
  ["UINT_LEAST32", "unsigned int", 32, false],
  ["UINT_LEAST64", "long unsigned int", 64, false],
  ["INT_FAST8", "signed char", 8, true],
  ["INT_FAST16", "long int", 64, true],
  ["INT_FAST32", "long int", 64, true],
  ["INT_FAST64", "long int", 64, true],
  ["UINT_FAST8", "unsigned char", 8, false],
  ["UINT_FAST16", "long unsigned int", 64, false],
  ["UINT_FAST32", "long unsigned int", 64, false],
  ["UINT_FAST64", "long unsigned int", 64, false],
  ["INTMAX", "long int", 64, true],
  ["UINTMAX", "long unsigned int", 64, false],
  ["INTPTR", "long int", 64, true],
  ["UINTPTR", "long unsigned int", 64, false],
  ["PTRDIFF", "long int", 64, true],
  ["SIZE", "long unsigned int", 64, false],
  ["WCHAR", "int", 32, true],
  ["WINT", "unsigned int", 32, false],
  ["SIG_ATOMIC", "int", 32, true],
];

function* integerMacros(): Generator<string> {
  for (const [name, type, bits, signed] of integerTypes) {
    yield `__${name}_TYPE__ ${type}`;
    yield `__${name}_MAX__ ${maximum(type, bits, signed)}`;
    if (signed || name === "SIZE" || name === "WINT") {
      // the exact-width types have no such macro: their width is in their name
      if (!/^INT[0-9]/.test(name)) yield `__${name}_WIDTH__ ${bits}`;
    }
  }
  for (const [name, bits, suffix] of [
    ["SCHAR", 8, ""],
    ["SHRT", 16, ""],
    ["INT", 32, ""],
    ["LONG", 64, "L"],
    ["LONG_LONG", 64, "LL"],
  ] as const) {
    yield `__${name}_MAX__ 0x${(2n ** BigInt(bits - 1) - 1n).toString(16)}${suffix}`;
    yield `__${name}_WIDTH__ ${bits}`;
  }
  for (const bits of [8, 16, 32, 64]) {
    yield `__INT${bits}_C(c) c${bits === 64 ? " ## L" : ""}`;
    yield `__UINT${bits}_C(c) c${bits === 64 ? " ## UL" : bits === 32 ? " ## U" : ""}`;
  }
}

function maximum(type: string, bits: number, signed: boolean): string {
  const value = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
  const suffix = `${signed || bits < 32 ? "" : "U"}${type.includes("long") ? "L" : ""}`;
  return `0x${value.toString(16)}${suffix}`;
}

const common: readonly string[] = [
  "__STDC__ 1",
  "__STDC_VERSION__ 201710L",
  "__STDC_HOSTED__ 1",
  "__STDC_UTF_16__ 1",
  "__STDC_UTF_32__ 1",
  "__GNUC__ 12",
  "__GNUC_MINOR__ 2",
  "__GNUC_PATCHLEVEL__ 0",
  '__VERSION__ "12.2.0"',
  "__GNUC_STDC_INLINE__ 1",
  "__NO_INLINE__ 1",
  "__CHAR_BIT__ 8",
  "__SIZEOF_SHORT__ 2",
  "__SIZEOF_INT__ 4",
  "__SIZEOF_LONG__ 8",
  "__SIZEOF_LONG_LONG__ 8",
  "__SIZEOF_FLOAT__ 4",
  "__SIZEOF_DOUBLE__ 8",
  "__SIZEOF_LONG_DOUBLE__ 16",
  "__SIZEOF_POINTER__ 8",
  "__SIZEOF_PTRDIFF_T__ 8",
  "__SIZEOF_SIZE_T__ 8",
  "__SIZEOF_WCHAR_T__ 4",
  "__SIZEOF_WINT_T__ 4",
  "__CHAR16_TYPE__ short unsigned int",
  "__CHAR32_TYPE__ unsigned int",
  "__INTMAX_C(c) c ## L",
  "__UINTMAX_C(c) c ## UL",
  "__WCHAR_MIN__ (-__WCHAR_MAX__ - 1)",
  "__WINT_MIN__ 0U",
  "__SIG_ATOMIC_MIN__ (-__SIG_ATOMIC_MAX__ - 1)",
  "__ORDER_LITTLE_ENDIAN__ 1234",
  "__ORDER_BIG_ENDIAN__ 4321",
  "__ORDER_PDP_ENDIAN__ 3412",
  "__BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__",
  "__FLOAT_WORD_ORDER__ __ORDER_LITTLE_ENDIAN__",
  "__BIGGEST_ALIGNMENT__ 16",
  "__REGISTER_PREFIX__",
  "__USER_LABEL_PREFIX__",
  "__FLT_RADIX__ 2",
  "__FLT_EVAL_METHOD__ 0",
  "__FLT_EVAL_METHOD_TS_18661_3__ 0",
  "__FINITE_MATH_ONLY__ 0",
  "__GCC_IEC_559 2",
  "__GCC_IEC_559_COMPLEX 2",
  "__STDC_IEC_559__ 1",
  "__STDC_IEC_559_COMPLEX__ 1",
  "__STDC_IEC_60559_BFP__ 201404L",
  "__STDC_IEC_60559_COMPLEX__ 201404L",
  "__STDC_ISO_10646__ 201706L",
  "_STDC_PREDEF_H 1",
  "__ATOMIC_RELAXED 0",
  "__ATOMIC_CONSUME 1",
  "__ATOMIC_ACQUIRE 2",
  "__ATOMIC_RELEASE 3",
  "__ATOMIC_ACQ_REL 4",
  "__ATOMIC_SEQ_CST 5",
  ...["BOOL", "CHAR", "CHAR16_T", "CHAR32_T", "WCHAR_T", "SHORT", "INT", "LONG", "LLONG", "POINTER"].map(
    (type) => `__GCC_ATOMIC_${type}_LOCK_FREE 2`,
  ),
  "__GCC_ATOMIC_TEST_AND_SET_TRUEVAL 1",
  ...[1, 2, 4, 8].map((bytes) => `__GCC_HAVE_SYNC_COMPARE_AND_SWAP_${bytes} 1`),
  "__GCC_CONSTRUCTIVE_SIZE 64",
  "__GCC_HAVE_DWARF2_CFI_ASM 1",
  '__GNUC_EXECUTION_CHARSET_NAME "UTF-8"',
  '__GNUC_WIDE_EXECUTION_CHARSET_NAME "UTF-32LE"',
  "__GXX_ABI_VERSION 1017",
  "__HAVE_SPECULATION_SAFE_VALUE 1",
  "__PRAGMA_REDEFINE_EXTNAME 1",
  "__ELF__ 1",
  "__linux 1",
  "__linux__ 1",
  "__gnu_linux__ 1",
  "linux 1",
  "__unix 1",
  "__unix__ 1",
  "unix 1",
];

/**
 * Macros that only some targets have. 64-bit Arm, 32-bit Arm (ARMv7-A) and RISC-V: from the ABI documents and gcc's
 * manual. `__CHAR_UNSIGNED__`, which gcc defines for these three, is left out: plain `char` is signed here (see
 * `Target`), and a header that believed the macro would pick limits that are not those of the values stored.
 */
const own: Readonly<Record<Target, readonly string[]>> = {
  x86_64: [
    "_LP64 1",
    "__LP64__ 1",
    "__x86_64 1",
    "__x86_64__ 1",
    "__amd64 1",
    "__amd64__ 1",
    "__k8 1",
    "__k8__ 1",
    "__MMX__ 1",
    "__SSE__ 1",
    "__SSE2__ 1",
    "__FXSR__ 1",
    "__SEG_FS 1",
    "__SEG_GS 1",
    "__MMX_WITH_SSE__ 1",
    "__SSE_MATH__ 1",
    "__SSE2_MATH__ 1",
    "__GCC_ASM_FLAG_OUTPUTS__ 1",
    "__GCC_DESTRUCTIVE_SIZE 64",
    "__ATOMIC_HLE_ACQUIRE 65536",
    "__ATOMIC_HLE_RELEASE 131072",
    "__code_model_small__ 1",
  ],
  // no __LP64__: headers that ask for it, or for __arm__, expect a 32-bit machine here
  arm: [
    "__arm__ 1",
    "__ARM_ARCH 7",
    "__ARM_ARCH_7A__ 1",
    "__ARM_ARCH_PROFILE 65",
    "__ARM_32BIT_STATE 1",
    "__ARM_ARCH_ISA_ARM 1",
    "__ARM_ARCH_ISA_THUMB 2",
    "__ARM_SIZEOF_MINIMAL_ENUM 4",
    "__ARM_FEATURE_CLZ 1",
    "__ARM_FEATURE_LDREX 15",
    "__ARM_FEATURE_DSP 1",
    "__ARM_FEATURE_SAT 1",
    "__ARM_FEATURE_SIMD32 1",
    "__ARM_FEATURE_QBIT 1",
    "__ARM_FP 12",
    "__VFP_FP__ 1",
    "__APCS_32__ 1",
    "__ARM_EABI__ 1",
    "__ARMEL__ 1",
    "__ARM_PCS_VFP 1",
    "__ARM_SIZEOF_WCHAR_T 4",
    "__ARM_FEATURE_UNALIGNED 1",
    "__thumb__ 1",
    "__thumb2__ 1",
    "__THUMBEL__ 1",
  ],
  aarch64: [
    "_LP64 1",
    "__LP64__ 1",
    "__aarch64__ 1",
    "__AARCH64EL__ 1",
    "__ARM_ARCH 8",
    "__ARM_ARCH_8A 1",
    "__ARM_ARCH_PROFILE 65",
    "__ARM_64BIT_STATE 1",
    "__ARM_ARCH_ISA_A64 1",
    "__ARM_PCS_AAPCS64 1",
    "__ARM_ALIGN_MAX_PWR 28",
    "__ARM_ALIGN_MAX_STACK_PWR 16",
    "__ARM_SIZEOF_MINIMAL_ENUM 4",
    "__ARM_FEATURE_CLZ 1",
    "__ARM_FEATURE_FMA 1",
    "__ARM_FEATURE_IDIV 1",
    "__ARM_FEATURE_NUMERIC_MAXMIN 1",
    "__ARM_FP 14",
    "__ARM_FP16_ARGS 1",
    "__ARM_FP16_FORMAT_IEEE 1",
    "__ARM_NEON 1",
    "__AARCH64_CMODEL_SMALL__ 1",
    "__ARM_SIZEOF_WCHAR_T 4",
    "__ARM_FEATURE_UNALIGNED 1",
  ],
  riscv64: [
    "_LP64 1",
    "__LP64__ 1",
    "__riscv 1",
    "__riscv_xlen 64",
    "__riscv_arch_test 1",
    "__riscv_i 2001000",
    "__riscv_m 2000000",
    "__riscv_a 2001000",
    "__riscv_f 2002000",
    "__riscv_d 2002000",
    "__riscv_c 2000000",
    "__riscv_zicsr 2000000",
    "__riscv_zifencei 2000000",
    "__riscv_flen 64",
    "__riscv_mul 1",
    "__riscv_div 1",
    "__riscv_muldiv 1",
    "__riscv_atomic 1",
    "__riscv_fdiv 1",
    "__riscv_fsqrt 1",
    "__riscv_compressed 1",
    "__riscv_float_abi_double 1",
    "__riscv_cmodel_medany 1",
  ],
};

const cache = new Map<Target, KnownMacros>();

/** The macros of a target, as they stand before `-D` and `-U`. */
export function predefinedMacros(target: Target): KnownMacros {
  let macros = cache.get(target);
  if (macros === undefined) {
    const entries = new Map<string, Macro | string>();
    for (const [name, builtin] of builtins) entries.set(name, builtinMacro(name, builtin));
    for (const line of [...common, ...integerMacros(), ...floatingTypes, ...own[target]]) {
      entries.set(/^\w+/.exec(line)![0], line);
    }
    macros = new KnownMacros(entries, macroOf);
    cache.set(target, macros);
  }
  return macros;
}

function macroOf(line: string): Macro {
  const text = `#define ${line}\n`;
  const { tokens } = lexUncached(new SourceFile("<built-in>", text, true), text.length).directives[0]!;
  return parseDefinition(tokens[0]!, tokens, false).macro!;
}
