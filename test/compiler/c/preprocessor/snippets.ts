/** Small programs in which preprocessors like to differ. Each stands alone; what they give is compared with gcc's. */
export const snippets: Readonly<Record<string, string>> = {
  // the examples of C17 6.10.3.5
  "standard example 3": `
#define x 3
#define f(a) f(x * (a))
#undef x
#define x 2
#define g f
#define z z[0]
#define h g(~
#define m(a) a(w)
#define w 0,1
#define t(a) a
#define p() int
#define q(x) x
#define r(x,y) x ## y
#define str(x) # x
f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);
g(x+(3,4)-w) | h 5) & m
(f)^m(m);
p() i[q()] = { q(1), r(2,3), r(4,), r(,5), r(,) };
char c[2][6] = { str(hello), str() };`,
  "standard example 4": `
#define str(s) # s
#define xstr(s) str(s)
#define debug(s, t) printf("x" # s "= %d, x" # t "= %s", x ## s, x ## t)
#define INCFILE(n) vers ## n
#define glue(a, b) a ## b
#define xglue(a, b) glue(a, b)
#define HIGHLOW "hello"
#define LOW LOW ", world"
debug(1, 2);
fputs(str(strncmp("abc\\0d", "abc", '\\4') == 0) str(: @\\n), s);
xstr(INCFILE(2).h)
glue(HIGH, LOW);
xglue(HIGH, LOW)`,
  "standard example 5": `
#define t(x,y,z) x ## y ## z
int j[] = { t(1,2,3), t(,4,5), t(6,,7), t(8,9,), t(10,,), t(,11,), t(,,12), t(,,) };`,
  "standard example 7": `
#define debug(...) fprintf(stderr, __VA_ARGS__)
#define showlist(...) puts(#__VA_ARGS__)
#define report(test, ...) ((test)?puts(#test): printf(__VA_ARGS__))
debug("Flag");
debug("X = %d\\n", x);
showlist(The first, second, and third items.);
report(x>y, "x is %d but y is %d", x, y);`,
  "hash_hash of the standard": `
#define hash_hash # ## #
#define mkstr(a) # a
#define in_between(a) mkstr(a)
#define join(c, d) in_between(c hash_hash d)
char p[] = join(x, y);`,

  // when a name is expanded, and when not
  "self reference": "#define foo (4 + foo)\nfoo foo",
  "mutual reference": "#define x (4 + y)\n#define y (2 * x)\nx y",
  "names that swap": "#define f g\n#define g f\nf g f g",
  "function name without parentheses": "#define f(x) x\nf f ; f\n;f (1) f\n(2) f/* */(3)",
  "object-like macro whose text begins with a parenthesis": "#define a (1)\na a(2)",
  "result of a rescan meets arguments in the file": "#define f(a) a*g\n#define g(a) f(a)\nf(2)(9)",
  "name from an argument, arguments from the file":
    "#define id(x) x\n#define g(x) [x]\nid(g)(1) id(id)(2) id(id)(id)(3)",
  "a painted name stays painted": "#define f(x) x f\nf(1)(2) f(f)(3)(4)",
  "argument expanded before the macro is switched off": "#define f(x) x+1\nf(f(f(2)))",
  "argument with its own macro": "#define f(x) x\n#define g f(g)\ng f(g) f(f)(g)",
  "opening parenthesis from a macro": "#define LP (\n#define f(x) [x]\nf LP 1)\n#define g f LP 1)\ng",
  "deferred expansion": `
#define EMPTY()
#define DEFER(x) x EMPTY()
#define OBSTRUCT(x) x DEFER(EMPTY)()
#define EXPAND(x) x
#define A() 123
DEFER(A)() EXPAND(DEFER(A)()) OBSTRUCT(A)() EXPAND(EXPAND(OBSTRUCT(A)()))`,
  "recursion through deferral": `
#define EVAL(...) EVAL1(EVAL1(EVAL1(__VA_ARGS__)))
#define EVAL1(...) EVAL2(EVAL2(EVAL2(__VA_ARGS__)))
#define EVAL2(...) __VA_ARGS__
#define PARENS ()
#define FOR(m, ...) __VA_OPT__(EVAL(FOR_(m, __VA_ARGS__)))
#define FOR_(m, a, ...) m(a) __VA_OPT__(AGAIN PARENS (m, __VA_ARGS__))
#define AGAIN() FOR_
#define P(x) <x>
FOR(P, a, b, c, d, e) FOR(P)`,
  "counting arguments": `
#define COUNT(...) COUNT_(__VA_ARGS__, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define COUNT_(a, b, c, d, e, f, g, h, n, ...) n
#define COUNT0(...) COUNT_(0, ## __VA_ARGS__, 7, 6, 5, 4, 3, 2, 1, 0)
COUNT(a) COUNT(a, b) COUNT(a, (b, c), d) COUNT0() COUNT0(1) COUNT0(1, 2)`,
  "a fold over arguments": `
#define CAT_(a, b) a ## b
#define CAT(a, b) CAT_(a, b)
#define N(...) N_(__VA_ARGS__, 4, 3, 2, 1, 0)
#define N_(a, b, c, d, n, ...) n
#define F1(f, a) f(a)
#define F2(f, a, ...) f(a) + F1(f, __VA_ARGS__)
#define F3(f, a, ...) f(a) + F2(f, __VA_ARGS__)
#define F4(f, a, ...) f(a) + F3(f, __VA_ARGS__)
#define FOLD(f, ...) CAT(F, N(__VA_ARGS__))(f, __VA_ARGS__)
#define SQ(x) ((x) * (x))
FOLD(SQ, 1) FOLD(SQ, 1, 2, 3) FOLD(SQ, a, (b), c + 1, SQ(2))`,
  "parentheses taken off": `
#define UNPAREN(x) UNPAREN_ x
#define UNPAREN_(...) __VA_ARGS__
#define CALL(f, args) f args
#define ADD(a, b) a + b
UNPAREN((1, 2)) CALL(ADD, (3, 4)) CALL(UNPAREN, ((5)))`,
  "a test for empty arguments": `
#define ARG16(a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,...) p
#define HAS_COMMA(...) ARG16(__VA_ARGS__, 1,1,1,1,1,1,1,1,1,1,1,1,1,1,0)
#define TRIGGER(...) ,
#define PASTE5(a,b,c,d,e) a ## b ## c ## d ## e
#define CASE_0001 ,
#define EMPTY_(a,b,c,d) HAS_COMMA(PASTE5(CASE_, a, b, c, d))
#define EMPTY(...) EMPTY_(HAS_COMMA(__VA_ARGS__), HAS_COMMA(TRIGGER __VA_ARGS__), HAS_COMMA(__VA_ARGS__ (/*empty*/)), HAS_COMMA(TRIGGER __VA_ARGS__ (/*empty*/)))
EMPTY() EMPTY(x) EMPTY(a, b) EMPTY(()) EMPTY((a, b)) EMPTY(TRIGGER)`,
  "conditional macros by pasting": `
#define IF(c) CAT(IF_, c)
#define CAT(a, ...) a ## __VA_ARGS__
#define IF_0(t, f) f
#define IF_1(t, f) t
#define CHECK_N(x, n, ...) n
#define CHECK(...) CHECK_N(__VA_ARGS__, 0,)
#define PROBE(x) x, 1,
#define NOT(x) CHECK(CAT(NOT_, x))
#define NOT_0 PROBE(~)
IF(NOT(0))(yes, no) IF(NOT(1))(yes, no)`,
  "x macros":
    "#define LIST X(a, 1) X(b, 2)\n#define X(n, v) n = v,\nenum { LIST };\n#undef X\n#define X(n, v) #n,\nchar *n[] = { LIST };",
  "arguments expand once though used twice": "#define f(x) x x #x x##1\n#define y 2\nf(y) f(__COUNTER__)",
  "arguments that are not used": "#define f(x, y) y\n#define g(x) x\nf(g(1), g(2))",
  "order of argument expansion": "#define f(a, b) b a b\nf(__COUNTER__, __COUNTER__) __COUNTER__",
  "arguments of a dropped __VA_OPT__ are expanded":
    "#define f(a, ...) [__VA_OPT__(a)]\nf(__COUNTER__) __COUNTER__",
  "a keyword as a macro": "#define int long\n#define if(x) [x]\nint a; if (b) else",
  "empty macros": "#define E\n#define F()\nE a E b E F() c F() F ( ) d",
  "empty arguments": "#define f(x) [x]\n#define g(x, y) <x|y>\nf() f( ) g(,) g(1,) g(,2) g( , )",
  "no parameters, one blank": "#define f() 0\nf() f( ) f(\n) f(/* */)",

  // arguments
  "commas and parentheses": "#define f(x, y) [x][y]\nf((1, 2), 3) f(1, (2, (3, 4))) f({1, 2)",
  "brackets protect nothing": "#define f(x, y) <x|y>\nf([1, 2]) f({1, 2})",
  "arguments over several lines": "#define f(x, y) [x y #x]\nf(1\n+ 2,\n  3\n)\nf\n(a\n\n b,c)",
  "strings in arguments": "#define f(x) #x x\nf(\"a,b)\") f(',') f(\"\\\"\" '\\'')",
  "directives within arguments":
    "#define f(x) [x]\nf(1\n#define Q 5\n+ Q\n#undef Q\n+ Q\n#ifdef NO\n, 3\n#else\n+ 4\n#endif\n)",
  "a definition changes within arguments": "#define f(x) x K\n#define K 1\nf(K\n#undef K\n#define K 2\nK)",
  "a directive between name and parenthesis": "#define f(x) [x]\nf\n#define G 1\n(2) G",
  "wrong numbers of arguments": "#define f(x, y) [x y]\n#define g() 1\nf(1) f(1, 2, 3) g(1) f() ok",
  "too few for a variadic macro": "#define f(a, b, ...) [a b __VA_ARGS__]\nf(1) f(1, 2) f(1, 2, 3)",

  // # and ##
  "blanks in a string":
    "#define s(x) #x\n#define xs(x) s(x)\n#define E\n#define A a\ns( a   b\tc ) s(a/* */b) s(a\nb) xs(E a E b E) xs(-E-) xs(A A) xs(A+A) xs((A)) s()",
  "blanks around macros":
    "#define s(x) #x\n#define xs(x) s(x)\n#define f(x) x\n#define g(x) [x]\nxs(f(1)f(2)) xs(f( 1 ) f(2)) xs(g(a)) xs(g( a )) xs( f(a) ) xs(f(f)(1)) xs(f (1)+f(2))",
  "escapes in a string": `#define s(x) #x\ns("a\\n") s('\\0') s("\\"") s(\\) s("\\\\" '"') s(a\\b) s(@ $ \`)`,
  "stringify expanded and raw":
    "#define s(x) #x\n#define xs(x) s(x)\n#define V 1.2\ns(V) xs(V) s(s(V)) xs(s(V)) xs(xs(V))",
  "stringify keeps numbers": "#define s(x) #x\ns(0x1F) s(1e+5) s(.5) s(0x1.p3) s(1..2)",
  "hash in an object-like macro": "#define H # x #\nH",
  "blank between hash and parameter": "#define s(x) # x\n#define t(x) #/* */x\ns(1) t(2)",
  "string then paste": "#define f(x, y) #x ## y ## #y\n#define g(x) L ## #x\ng(a)",
  "paste to names": "#define c(a, b) a ## b\n#define ab 7\n#define x y\nc(a, b) c(x, x) c(x, 1) c(_, x)",
  "paste to numbers":
    "#define c(a, b) a##b\nc(1, 2) c(0x, ff) c(1, e) c(1, .5) c(., 5) c(1, u) c(1e, 5) c(.5, .)",
  "paste to operators":
    "#define c(a, b) a##b\nc(<, <) c(<<, =) c(-, >) c(+, +) c(&, &) c(|, =) c(#, #) c(<, :) c(%:, %:) c(=, =)",
  "paste that gives no token":
    '#define c(a, b) a##b\nc(+, 1) c(a, +) c("a", "b") c(/, /) c(/, *) c((, )) c(., .) c(1, +)',
  "paste with nothing":
    "#define c(a, b) [a##b]\n#define d(a, b, e) [a##b##e]\nc(,) c(1,) c(,2) d(,,) d(1,,2) d(,1,) d(,,3)",
  "paste of several tokens": "#define c(a, b) a##b\nc(1 2, 3 4) c(x (y), z) c((a, b), c)",
  "pasted name is expanded":
    "#define c(a, b) a##b\n#define foo bar\n#define f(x) <x>\nc(f, oo) c(, f)(1) c(f,)(2)",
  "paste within the macro of that name":
    "#define foo fo ## o foo\nfoo\n#define c(a, b) a##b\n#define cc c(c, c) c\ncc",
  "paste beats argument expansion": "#define N 1\n#define c(a) a##_ _##a a\n#define xc(a) c(a)\nc(N) xc(N)",
  "left to right pastes": "#define p(a, b, c) a ## b ## c\np(<, <, =) p(a, 1, b) p(., 1, e) p(1, ., 5)",
  "paste of a macro name with ##": "#define hh # ## #\n#define c(a, b) a hh b\nc(x, y)",
  digraphs: "%:define d(x) %:x x%:%:1\n%:define D <: :> <% %>\nd(a) D d(<:)",

  // variadic macros
  variadic: "#define f(...) (__VA_ARGS__)\nf() f(1) f(1, 2) f((1, 2), 3) f( a , b )",
  "variadic with names": "#define f(a, ...) a(__VA_ARGS__)\nf(x) f(x,) f(x, y) f(x, y, z)",
  "named variadic of GNU":
    "#define f(a, r...) a(r) #r\n#define g(r...) [r]\nf(x, y, z) f(x) g() g(1) g(1, 2)",
  "the comma of GNU":
    "#define e(f, ...) p(f, ## __VA_ARGS__)\n#define h(f, r...) p(f, ##r)\ne(1) e(1,) e(1, 2) e(1, 2, 3) h(1) h(1, ) h(1, 2)",
  "the comma of GNU with a lone variable part": "#define f(...) a, ## __VA_ARGS__\nf() f( ) f(1) f(,)",
  "the comma of GNU expands its argument":
    "#define A 1\n#define f(x, ...) x, ## __VA_ARGS__\nf(A, A, A) f(A)",
  "a comma that is not alone":
    "#define f(x, ...) x,##__VA_ARGS__##y\n#define g(x, ...) x , y ## __VA_ARGS__\nf(1) f(1, 2) g(1) g(1, 2)",
  "stringified variable part": "#define s(...) #__VA_ARGS__\ns() s(1) s(1,2) s(1 , 2) s(  a  ,,  b )",
  "pasted variable part":
    "#define c(a, ...) a ## __VA_ARGS__\n#define d(a, ...) __VA_ARGS__ ## a\nc(x, y, z) c(x) c(x,) d(x, y, z) d(x)",
  "variable part passed on":
    "#define g(a, b, c) [a|b|c]\n#define f(...) g(__VA_ARGS__)\n#define A 1, 2, 3\n#define h(x) g(x)\nf(1, 2, 3) f(A) f(A, 4, 5)",

  // __VA_OPT__
  __VA_OPT__:
    "#define F(a, ...) f(0, a __VA_OPT__(,) __VA_ARGS__)\n#define E\nF(a, b, c) F(a) F(a,) F(a, E) F() F(,b)",
  "__VA_OPT__ examples of C23": `
#define F(...) f(0 __VA_OPT__(,) __VA_ARGS__)
#define G(X, ...) f(0, X __VA_OPT__(,) __VA_ARGS__)
#define SDEF(sname, ...) S sname __VA_OPT__(= { __VA_ARGS__ })
#define EMP
F(a, b, c) F() F(EMP) G(a, b, c) G(a, ) G(a) SDEF(foo); SDEF(bar, 1, 2);`,
  "__VA_OPT__ and ##": `
#define H2(X, Y, ...) __VA_OPT__(X ## Y,) __VA_ARGS__
#define H4(X, ...) __VA_OPT__(a X ## X) ## b
#define H5A(...) __VA_OPT__()/**/__VA_OPT__()
#define H5B(X) a ## X ## b
#define H5C(X) H5B(X)
H2(a, b, c, d) H4(, 1) H4(, ) H5C(H5A())`,
  "__VA_OPT__ stringified": `
#define H3(X, ...) #__VA_OPT__(X##X X##X)
#define s(x, ...) # __VA_OPT__(a  b x __VA_ARGS__)
H3(, 0) H3(q, 0) H3(q) s(1) s(1, 2, 3) s( 1 , "2" )`,
  "__VA_OPT__ with parentheses":
    "#define f(x, ...) __VA_OPT__((x (__VA_ARGS__) (())))x\nf(1) f(1, 2) f((1), (2))",
  "__VA_OPT__ on the right of ##":
    "#define f(x, ...) x ## __VA_OPT__(y z) ## x\nf(a) f(a, b)\n#define g(x, ...) x ## __VA_OPT__() ## x\ng(a) g(a, b)",
  "__VA_OPT__ begins with an argument":
    "#define f(a, b, ...) x##__VA_OPT__(a b z a##b)##y\n#define E\n#define A q\nf(, , 1) f(E, , 1) f(1, , 2) f(, 1, 2) f(A, A, 3) f(1, 2) f(,)",
  "__VA_OPT__ of an empty argument":
    "#define f(a, ...) x##__VA_OPT__(a)##y\n#define g(a, ...) __VA_OPT__(z a)##y\n#define E\nf(, 1) f(E, 1) f(1, 1) f() g(, 1) g(E, 1) g(1, 1) g()",
  "__VA_OPT__ twice": "#define f(a, ...) __VA_OPT__(<)a __VA_OPT__(>)\nf(1) f(1, 2)",
  "__VA_OPT__ outside a variadic macro": "#define f(x) __VA_OPT__(x)\nf(1) __VA_OPT__(2)",
  "__VA_OPT__ in a named variadic macro": "#define f(x, r...) x __VA_OPT__(, r)\nf(1) f(1, 2)",
  "__VA_OPT__ nested in an argument": "#define f(x, ...) x __VA_OPT__(, __VA_ARGS__)\nf(f(1), f(2, 3), f())",

  // built-in macros
  __LINE__: "__LINE__\n__LINE__ /*\n*/ __LINE__\n#define L __LINE__\nL L\nL",
  "__LINE__ in arguments":
    "#define F(x) x x##__LINE__ __LINE__\nF(\n__LINE__\n 3\n)\n#define O F(__LINE__\nO\n ) __LINE__\n#define L __LINE__\nL F(L\nL\n)",
  "__LINE__ pasted": "#define c_(a, b) a##b\n#define c(a, b) c_(a, b)\nc(x, __LINE__) c_(x, __LINE__)",
  "#line":
    '#line 100\n__LINE__\n#line 7 "other.c"\n__LINE__ __FILE__\n#define N 50\n#line N\n__LINE__\n# 3 "marker.c"\n__LINE__ __FILE__ __FILE_NAME__\n#line 010\n__LINE__',
  __COUNTER__:
    "__COUNTER__ __COUNTER__\n#if __COUNTER__ == __COUNTER__\nsame\n#else\nother\n#endif\n__COUNTER__",
  __INCLUDE_LEVEL__: "__INCLUDE_LEVEL__",
  "built-in macros are defined":
    "#ifdef __FILE__\n1\n#endif\n#if defined __COUNTER__ && defined(__has_include) && defined __has_attribute\n2\n#endif",
  "predefined macros":
    "__STDC__ __STDC_VERSION__ __GNUC__ __CHAR_BIT__ __SIZEOF_LONG__ __INT64_TYPE__ __UINT64_C(5) __INT_MAX__ __BYTE_ORDER__ __x86_64__ __linux__ linux",
  _Pragma: '#define P(x) _Pragma(#x) x\na _Pragma("once") b P(GCC diagnostic) c',
  "#pragma push_macro":
    '#define A 1\n#pragma push_macro("A")\n#undef A\n#define A 2\nA\n#pragma pop_macro("A")\nA\n#undef A\n#pragma push_macro("A")\n#define A 3\nA\n#pragma pop_macro("A")\nA',

  // conditionals
  "nested conditionals":
    "#if 1\n#if 0\na\n#else\nb\n#endif\n#ifdef NO\nc\n#elif 1\nd\n#else\ne\n#endif\n#else\n#if 1\nf\n#endif\n#endif\ng",
  "only one branch":
    "#if 0\na\n#elif 1\nb\n#elif 1\nc\n#else\nd\n#endif\n#if 1\ne\n#elif 1/0\nf\n#elif garbage (\ng\n#endif",
  "#elifdef": "#define A\n#if 0\n#elifdef A\n1\n#endif\n#if 0\n#elifndef A\n2\n#elifndef B\n3\n#endif",
  "what a skipped group may hold":
    "#if 0\ndon't \"care\n#foo\n#include <nowhere>\n#if garbage ((\n#else x\n#elif (\n#endif y\n#define A 1\n#error no\n'\n#endif\nA",
  defined:
    "#define A\n#define B 0\n#if defined A && defined(B) && !defined C && !defined ( C )\n1\n#endif\n#define D defined A\n#if D\n2\n#endif\n#define HAS(x) defined(x)\n#if HAS(Q) || HAS(Z)\n3\n#endif",
  "names in #if": "#if foo == 0 && true == 0 && sizeof == 0\n1\n#endif\n#if int\n2\n#endif",
  "macros in #if":
    "#define f(x, y) ((x) * (y))\n#define V 6\n#if f(V, 7) == 42 && f(\\\n2, 3) == V\n1\n#endif",
  "signed and unsigned":
    "#if -1 > 0u\n1\n#endif\n#if -1 < 0\n2\n#endif\n#if (0 ? 0u : -1) > 0\n3\n#endif\n#if 0x8000000000000000 < 0\n4\n#endif\n#if (2 || 0u) - 2 < 0\n5\n#endif",
  "short circuit":
    "#if 0 && 1/0\n#elif 1 || 1/0\n1\n#endif\n#if 1 ? 2 : 1/0\n2\n#endif\n#if 0 ? 1/0 : 1\n3\n#endif\n#if (0, 1)\n4\n#endif",
  "ternaries group to the right":
    "#if (1 ? 2 : 0 ? 3 : 4) == 2 && (0 ? 2 : 0 ? 3 : 4) == 4 && (1 ? 0 ? 5 : 6 : 7) == 6\n1\n#endif\n#if 1 ? 1, 0 : 1\n2\n#endif",
  shifts:
    "#if 1 << 63 < 0 && -1 >> 70 == -1 && 1 << 64 == 0 && 8 >> -1 == 16 && 8 << -1 == 4 && -1u >> 63 == 1\n1\n#endif",
  "division and remainder": "#if -7 / 2 == -3 && -7 % 2 == -1 && 7 % -2 == 1 && -1 / 2u > 1\n1\n#endif",
  "character constants":
    "#if 'a' == 97 && '\\0' == 0 && '\\377' < 0 && '\\x41' == 65 && '\\n' == 10 && 'ab' == 24930 && '\\'' == 39\n1\n#endif",
  "number forms":
    "#if 0x10 == 16 && 010 == 8 && 0b11 == 3 && 5u == 5 && 5l == 5 && 5uLL == 5 && 0X1fUL == 31 && 18446744073709551615u == -1\n1\n#endif",
  precedence:
    "#if 1 + 2 * 3 == 7 && (1 | 2 ^ 3 & 1) == 3 && 1 << 2 + 1 == 8 && !0 == 1 && ~0 == -1 && - - 1 == 1 && 2 > 1 == 1 && 4 - 2 - 1 == 1\n1\n#endif",
  "#if after an error":
    '#if 1 +\na\n#else\nb\n#endif\n#if (1\nc\n#else\nd\n#endif\n#if 1 2\ne\n#else\nf\n#endif\n#if\ng\n#else\nh\n#endif\n#if "s"\ni\n#else\nj\n#endif',
  "values after an error":
    "#if 1/0\na\n#else\nb\n#endif\n#if 5/0 == 5\nc\n#else\nd\n#endif\n#if 1.0\ne\n#else\nf\n#endif\n#if !08\ng\n#else\nh\n#endif",
  __has_include:
    '#if __has_include(<stddef.h>) && !__has_include(<no/such.h>) && !__has_include("no such")\n1\n#endif\n#define H <stddef.h>\n#if __has_include(H)\n2\n#endif',
  __has_attribute:
    "#if __has_attribute(packed) && __has_attribute(__aligned__) && !__has_attribute(no_such_thing)\n1\n#endif\n#if __has_builtin(__builtin_offsetof)\n2\n#endif",
  "else after else": "#if 0\na\n#else\nb\n#else\nc\n#endif\nd\n#if 1\ne\n#else\nf\n#elif 1\ng\n#endif\nh",
  "#endif without #if": "a\n#endif\nb\n#else\nc\n#elif 1\nd",
  "#ifdef without a name":
    "#ifdef\na\n#else\nb\n#endif\n#ifndef\nc\n#else\nd\n#endif\n#ifdef 3\ne\n#else\nf\n#endif",

  // directives
  "null directive": "#\n # \n#/* */\n# // x\na",
  "blanks around #": "  #  define A 1\n/* */ # /* */ define /* */ B /* */ 2\nA B",
  "a comment before #": "/* a\nb */ #define A 1\nA",
  "# that a macro gives is no directive": "#define H #\n#define E\nH define A 1\nE #define B 1\nA B",
  "# within a line": "a # define A 1\nA",
  redefinition: "#define A 1\n#define A 1\nA\n#define A 2\nA\n#define f(x) x\n#define f(y) y 2\nf(1)",
  undefinition: "#define A 1\n#undef A\nA\n#undef NEVER\n#undef A extra\nA",
  "unknown directive": "#foo bar\na\n#!x\nb\n#if 0\n#foo\n#endif",
  "#ident": '#ident "v1"\na',
  "bad definitions":
    '#define\n#define 3 x\n#define "a" b\n#define defined 1\n#define f(x\n#define g(x,) 1\n#define h(x y) 1\n#define i(x,x) 1\n#define j(..., x) 1\n#define k(1) 1\n#define l(x) #y\n#define m ## a\n#define n a ##\n#define o(__VA_ARGS__) 1\nf g h i j k l m n o',
  "a macro body without a blank": '#define A+1\n#define B"x"\nA B',
  "body that begins with a parenthesis": "#define A (x) x\n#define B( x) [x]\nA B(1)",
  "__VA_ARGS__ as a plain name": "#define f(x) x __VA_ARGS__\nf(1)",

  // lines, comments, tokens
  continuations:
    "#define A \\\n 1 \\\n + 2\nA in\\\nt x\\\n\\\n y = 1\\\n2;\n\"a\\\nb\" '\\\n\\\nc' <\\\n<\\\n=",
  "continuation in a directive's name": "#def\\\nine A\\\nB 5\nAB\n#\\\nundef AB\nAB",
  "continuation in comments": "a // x \\\n still \\\n comment\nb /* x *\\\n/ c /\\\n* y */ d /\\\n/ z\ne",
  "continuation with blanks": "#define A 1 \\  \n + 2\nA",
  comments: "a/**/b /* ** */ c /*/ d */ e // f /* g\nh /* // */ i /***/ j",
  "comment marks in strings": '"/*" a "*/" \'//\' "//" // "\nb',
  "quotes in comments": "/* don't \" */ a // isn't\nb",
  "line ends of DOS": '#define A 1\r\nA\r\n#if A\r\nyes\r\n#endif\r\n"s" x \\\r\n y\r\n',
  "white space of all kinds": "#define\tA\t1\n\va\fb A\v\n",
  numbers: "1.2.3 0x1p+3 1e+5 1e +5 0xe+1 .5 ..5 1..2 08a 1_000 0b12 1E-5x+1 0x.p+a-1",
  operators: "a+++++b a---b a<<=b a>>=b a->b a...b ..c .5. &&& ||| ### ==== !== <:: %:%: %:% <%%> a?b:c",
  "literals with prefixes": 'L"a" u"b" U"c" u8"d" L\'e\' u\'f\' U\'g\' LL"h" l"i" u8 "j"',
  names: "_a $b a$c __d é日本 x1 a·b",
  "stray characters": "@ ` \\ a @b",
  "tokens stay apart": "#define p +\n#define m -\n#define l <\n+p m- -m l= p+ l l #define",
  strings: '"" "\\"" "\\\\" "a\\\\\\"b" \'\\\'\' \'"\' "\'"',
  "no trigraphs": "??= ??( \"??/\" '??('",
};
