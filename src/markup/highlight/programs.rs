//! Languages that programs are written in.

use super::languages::{
    ANNOTATION, C_LIKE, Class, DOUBLE, Fence, Language, ONE, Place, Quote, SHELL_LIKE, SINGLE, SLASHES, WORDS, comment,
    long, mark, raw,
};

const C_WORDS: &str = "auto break case const continue default do else enum extern for goto if inline register restrict \
    return sizeof static struct switch typedef union volatile while _Alignas _Atomic _Generic _Noreturn _Static_assert";
const C_TYPES: &str = "void char short int long float double signed unsigned bool size_t ssize_t ptrdiff_t int8_t \
    int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t uintptr_t FILE _Bool";
const JS_WORDS: &str = "async await break case catch class const continue debugger default delete do else export \
    extends finally for from function get if import in instanceof let new of return set static super switch this \
    throw try typeof var void while with yield";

#[rustfmt::skip]
pub(super) const PROGRAMS: &[Language] = &[
    Language {
        names: "python py python3 pycon ipython sage starlark",
        quotes: &[long("\"\"\""), long("'''"), DOUBLE, SINGLE],
        marks: &[ANNOTATION],
        keywords: "and as assert async await break case class continue def del elif else except finally for from \
            global if import in is lambda match nonlocal not or pass raise return try while with yield",
        types: "bool bytes dict float frozenset int list object set str tuple type",
        constants: "True False None self cls",
        ..SHELL_LIKE
    },
    Language {
        names: "rust rs",
        blocks: &[("/*", "*/", true)],
        quotes: &[Quote { lines: true, ..DOUBLE }, ONE],
        fence: Some(Fence { head: "r", sign: b'#', open: "\"", close: "\"", tail: "" }),
        marks: &[mark("#![", Class::Attribute), mark("#[", Class::Attribute), mark("'", Class::Attribute)],
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod \
            move mut pub ref return static struct super trait type union unsafe use where while",
        types: "bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize",
        constants: "true false self Self",
        capitals: true, macros: true,
        ..C_LIKE
    },
    Language {
        names: "c h",
        marks: &[("#", Class::Keyword, Place::Start)],
        keywords: C_WORDS, types: C_TYPES, constants: "NULL true false",
        ..C_LIKE
    },
    Language {
        names: "cpp c++ cc cxx hpp cuda cu hip opencl glsl hlsl metal objc objective-c arduino",
        quotes: &[raw("R\"(", ")\""), DOUBLE, SINGLE],
        marks: &[("#", Class::Keyword, Place::Start)],
        keywords: "alignas alignof and asm auto break case catch class co_await co_return co_yield concept const \
            const_cast consteval constexpr constinit continue decltype default delete do dynamic_cast else enum \
            explicit export extern final for friend goto if inline mutable namespace new noexcept not operator or \
            override private protected public register reinterpret_cast requires return sizeof static static_assert \
            static_cast struct switch template this thread_local throw try typedef typeid typename union using virtual \
            volatile while __global__ __device__ __host__ __shared__",
        types: C_TYPES, constants: "NULL nullptr true false",
        ..C_LIKE
    },
    Language {
        names: "javascript js jsx mjs cjs node",
        quotes: &[DOUBLE, SINGLE, long("`")],
        marks: &[ANNOTATION],
        keywords: JS_WORDS, constants: "true false null undefined NaN Infinity",
        ..C_LIKE
    },
    Language {
        names: "typescript ts tsx mts deno",
        quotes: &[DOUBLE, SINGLE, long("`")],
        marks: &[ANNOTATION],
        keywords: "abstract as async await break case catch class const continue declare default delete do else enum \
            export extends finally for from function get if implements import in infer instanceof interface is keyof \
            let namespace new of private protected public readonly return satisfies set static super switch this throw \
            try type typeof var while yield",
        types: "any bigint boolean never number object string symbol unknown void",
        constants: "true false null undefined NaN Infinity",
        capitals: true,
        ..C_LIKE
    },
    Language {
        names: "java",
        quotes: &[long("\"\"\""), DOUBLE, SINGLE],
        marks: &[ANNOTATION],
        keywords: "abstract assert break case catch class continue default do else enum extends final finally for if \
            implements import instanceof interface native new package permits private protected public record return \
            sealed static super switch synchronized this throw throws transient try var volatile while yield",
        types: "boolean byte char double float int long short void", constants: "true false null",
        capitals: true,
        ..C_LIKE
    },
    Language {
        names: "kotlin kt kts",
        blocks: &[("/*", "*/", true)],
        quotes: &[long("\"\"\""), DOUBLE, SINGLE],
        marks: &[ANNOTATION],
        keywords: "abstract as break by catch class companion const constructor continue data do else enum expect \
            external final finally for fun get if import in infix init inline inner interface internal is lateinit \
            object open operator out override package private protected public reified return sealed set super suspend \
            tailrec this throw try typealias val var vararg when where while",
        constants: "true false null",
        capitals: true,
        ..C_LIKE
    },
    Language {
        names: "scala sbt",
        blocks: &[("/*", "*/", true)],
        quotes: &[long("\"\"\""), DOUBLE, ONE],
        marks: &[ANNOTATION],
        keywords: "abstract case catch class def do else enum export extends extension final finally for given if \
            implicit import inline lazy match new object override package private protected return sealed super then \
            this throw trait try type using val var while with yield",
        constants: "true false null",
        capitals: true,
        ..C_LIKE
    },
    Language {
        names: "swift",
        blocks: &[("/*", "*/", true)],
        quotes: &[long("\"\"\""), DOUBLE],
        marks: &[ANNOTATION, mark("#", Class::Keyword)],
        keywords: "actor any as associatedtype async await break case catch class continue default defer deinit do else \
            enum extension fallthrough fileprivate for func guard if import in init inout internal is let mutating open \
            operator private protocol public repeat rethrows return some static struct subscript super switch throw \
            throws try typealias var where while",
        constants: "true false nil self Self",
        capitals: true,
        ..C_LIKE
    },
    Language {
        names: "csharp c# cs",
        quotes: &[long("\"\"\""), raw("@\"", "\""), DOUBLE, SINGLE],
        marks: &[("#", Class::Keyword, Place::Start)],
        keywords: "abstract as async await base break case catch checked class const continue default delegate do else \
            enum event explicit extern finally fixed for foreach get if implicit in init interface internal is lock \
            namespace new operator out override params private protected public readonly record ref return sealed set \
            sizeof static struct switch this throw try typeof unsafe using var virtual when where while yield",
        types: "bool byte char decimal double dynamic float int long object sbyte short string uint ulong ushort void",
        constants: "true false null",
        capitals: true,
        ..C_LIKE
    },
    Language {
        names: "go golang",
        quotes: &[DOUBLE, SINGLE, Quote { lines: true, ..raw("`", "`") }],
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface \
            map package range return select struct switch type var",
        types: "any bool byte complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint \
            uint8 uint16 uint32 uint64 uintptr",
        constants: "true false nil iota",
        ..C_LIKE
    },
    Language {
        names: "zig",
        lines: SLASHES,
        quotes: &[DOUBLE, SINGLE],
        marks: &[mark("@", Class::Function)],
        keywords: "align and anytype asm async await break catch comptime const continue defer else enum errdefer error \
            export extern fn for if inline noalias or orelse packed pub resume return struct suspend switch test \
            threadlocal try union unreachable usingnamespace var volatile while",
        types: "bool f16 f32 f64 i8 i16 i32 i64 isize noreturn type u8 u16 u32 u64 usize void",
        constants: "true false null undefined",
        calls: true,
        ..WORDS
    },
    Language {
        names: "php",
        lines: &[comment("//"), comment("#")],
        quotes: &[Quote { lines: true, ..DOUBLE }, Quote { lines: true, ..SINGLE }],
        marks: &[mark("<?", Class::Tag), mark("$", Class::Variable)],
        keywords: "abstract and array as break case catch class clone const continue declare default do echo else elseif \
            enum extends final finally fn for foreach function global if implements include instanceof interface match \
            namespace new or print private protected public readonly require require_once return static switch throw \
            trait try use var while yield",
        types: "bool float int string void mixed iterable object never", constants: "true false null",
        fold: true,
        ..C_LIKE
    },
    Language {
        names: "protobuf proto thrift",
        keywords: "enum extend import message oneof option package repeated required optional returns rpc service syntax",
        types: "bool bytes double fixed32 fixed64 float int32 int64 map sint32 sint64 string uint32 uint64",
        constants: "true false",
        ..C_LIKE
    },
    Language {
        names: "haskell hs purescript elm",
        lines: &[comment("--")],
        blocks: &[("{-", "-}", true)],
        quotes: &[DOUBLE, ONE],
        keywords: "as case class data default deriving do else family forall foreign hiding if import in infix infixl \
            infixr instance let module newtype of qualified then type where",
        letters: "'", capitals: true,
        ..WORDS
    },
    Language {
        names: "ocaml ml fsharp f# fs sml",
        lines: &[("//", Class::Comment, Place::Spaced)],
        blocks: &[("(*", "*)", true)],
        quotes: &[Quote { lines: true, ..DOUBLE }, ONE],
        keywords: "and as assert begin class constraint do done downto else end exception external for fun function \
            functor if in include inherit initializer lazy let match member method module mutable new object of open or \
            private rec sig struct then to try type val virtual when while with yield",
        types: "bool char float int list option string unit", constants: "true false", letters: "'",
        capitals: true,
        ..WORDS
    },
];
