package lexers

import c "github.com/alecthomas/chroma/v2"

const (
	zigKeywords = `align linksection threadlocal struct enum union error break return anyframe fn c_longlong c_ulonglong c_longdouble
c_void comptime_float c_short c_ushort c_int c_uint c_long c_ulong continue asm defer errdefer const var extern packed export
pub if else switch and or orelse while for bool unreachable try catch async suspend nosuspend await resume undefined
usingnamespace test void noreturn type anyerror usize noalias inline noinline comptime callconv volatile allowzero`
	zigBuiltins = `@addWithOverflow @as @atomicLoad @atomicStore @bitCast @breakpoint @alignCast @alignOf @cDefine @cImport @cInclude
@bitOffsetOf @atomicRmw @bytesToSlice @byteOffsetOf @OpaqueType @panic @ptrCast @bitReverse @Vector @sin @cUndef
@canImplicitCast @clz @cmpxchgWeak @cmpxchgStrong @compileError @compileLog @ctz @popCount @divExact @divFloor @cos @divTrunc
@embedFile @export @tagName @TagType @errorName @call @errorReturnTrace @fence @fieldParentPtr @field @unionInit @errorToInt
@intToEnum @enumToInt @setAlignStack @frame @Frame @exp @exp2 @log @log2 @log10 @fabs @floor @ceil @trunc @round @floatCast
@intToFloat @floatToInt @boolToInt @errSetCast @intToError @frameAddress @import @newStackCall @asyncCall @intToPtr @intCast
@frameSize @memcpy @memset @mod @mulWithOverflow @splat @ptrToInt @rem @returnAddress @setCold @Type @shuffle
@setGlobalLinkage @setGlobalSection @shlExact @This @hasDecl @hasField @setRuntimeSafety @setEvalBranchQuota @setFloatMode
@shlWithOverflow @shrExact @sizeOf @bitSizeOf @sqrt @byteSwap @subWithOverflow @sliceToBytes comptime_int @truncate @typeInfo
@typeName @TypeOf`
)

// zigRules classify Zig. A name behind a dot is a property, or a function where
// a bracket follows.
func zigRules() c.Rules {
	const name, escape = `@?[a-zA-Z_]\w*`, `\\(?:[nrt'"\\0]|x\h{2}|u\h{4}|U\h{8})`
	word := func(dot, name, bracket string, kind c.TokenType) c.Rule {
		return rule(`(`+dot+`)(\s*)(`+name+`)(\s*)(`+bracket+`)`, c.ByGroups(c.Punctuation, c.Text, kind, c.Text, c.Punctuation))
	}
	return c.Rules{
		"space": {
			rule(`\s+`, c.Text),
			rule(`//[^\n]*`, c.Comment),
		},
		"line": {
			c.Include("space"),
			rule(`#\s[^\n]*`, c.CommentSpecial),
			c.Default(c.Pop(1)),
		},
		"root": {
			rule(`\n`, c.Text, c.Push("line")),
			c.Include("space"),
			rule(`(?:[iu][0-9]+|f(?:16|32|64|128)|[iu]size)\b`, c.KeywordType),
			rule(`(?:true|false|null)\b`, c.KeywordConstant),
			rule(`'(?:`+escape+`|[^\\])'`, c.LiteralStringChar),
			rule(`"`, c.LiteralString, c.Push("string")),
			rule(`r(#*)"(?s:.*?)"\1`, c.LiteralString),
			rule(`[0-9]+(?:\.[0-9_]+(?:e[-+]?[0-9_]+)?|(?:\.[0-9_]+)?e[-+]?[0-9_]+)`, c.LiteralNumberFloat),
			rule(`0b[10_]+|0x[0-9a-fA-F_]+|[0-9_]+`, c.LiteralNumberInteger),
			rule(`'[a-zA-Z_]\w*`, c.NameVariable),
			word(`\.?`, anyOf(zigKeywords)+`(?!\w)`, `\(?`, c.Keyword),
			word(`\.?`, anyOf(zigBuiltins)+`(?!\w)`, `\(?`, c.NameBuiltin),
			word(`\.`, name, `\(`, c.NameFunction),
			word(`\.`, name, ``, c.NameProperty),
			word(``, name, `\(?`, c.Name),
			rule(`[()\[\]{}|,:;]`, c.Punctuation),
			rule(`[*/!@~&+%^<>=?-]|\.{1,3}`, c.Operator),
		},
		"string": {
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(escape, c.LiteralStringEscape),
			rule(`[^"\\]+`, c.LiteralString),
		},
	}
}
