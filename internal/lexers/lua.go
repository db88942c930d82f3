package lexers

import c "github.com/alecthomas/chroma/v2"

// luaRules classify Lua. Names with a dot are looked at as one.
func luaRules() c.Rules {
	const name = `[A-Za-z_]\w*`
	const long = `\[(=*)\[(?>[^\]]*(?:\](?!\1\])[^\]]*)*)\]\1\]`
	builtins := []c.Rule{
		rule(`gsub(?!\w|\.[A-Za-z_])`, c.NameBuiltin, c.Push("gsub")),
		rule(anyOf(`_g _version assert collectgarbage dofile error getmetatable ipairs load loadfile next pairs pcall print rawequal
rawget rawlen rawset select setmetatable tonumber tostring type xpcall lua_cpath lua_cpath_5_3 lua_init lua_init_5_3
lua_path lua_path_5_3 luaopen_base luaopen_coroutine luaopen_debug luaopen_io luaopen_math luaopen_os luaopen_package
luaopen_string luaopen_table luaopen_utf8 lua_errerr lua_errfile lua_errgcmm lua_errmem lua_errrun lua_errsyntax
lua_hookcall lua_hookcount lua_hookline lua_hookret lua_hooktailcall lua_maskcall lua_maskcount lua_maskline
lua_maskret lua_maxinteger lua_mininteger lua_minstack lua_multret lua_noref lua_ok lua_opadd lua_opband lua_opbnot
lua_opbor lua_opbxor lua_opdiv lua_opeq lua_opidiv lua_ople lua_oplt lua_opmod lua_opmul lua_oppow lua_opshl lua_opshr
lua_opsub lua_opunm lua_refnil lua_registryindex lua_ridx_globals lua_ridx_mainthread lua_tboolean lua_tfunction
lua_tlightuserdata lua_tnil lua_tnone lua_tnumber lua_tstring lua_ttable lua_tthread lua_tuserdata lua_use_apicheck
lua_yield lual_buffersize require`)+
			`(?!\w|\.[A-Za-z_])`, c.NameBuiltin),
	}
	for _, module := range []struct{ name, functions string }{
		{"package", `config cpath loaded loadlib path preload searchers searchpath`},
		{"coroutine", `create isyieldable resume running status wrap yield`},
		{"debug", `debug gethook getinfo getlocal getmetatable getregistry getupvalue getuservalue sethook setlocal setmetatable
setupvalue setuservalue traceback upvalueid upvaluejoin`},
		{"io", `close flush input lines open output popen read stderr stdin stdout tmpfile type write`},
		{"math", `abs acos asin atan ceil cos deg exp floor fmod huge log max maxinteger min mininteger modf pi rad random randomseed
sin sqrt tan tointeger type ult`},
		{"os", `clock date difftime execute exit getenv remove rename setlocale time tmpname`},
		{"string", `byte char dump find format gmatch gsub len lower match pack packsize rep reverse sub unpack upper`},
		{"table", `concat insert move pack remove sort unpack`},
		{"utf8", `char charpattern codepoint codes len offset`},
	} {
		builtins = append(builtins, rule(module.name+`\.`+anyOf(module.functions)+`(?!\w)`, c.NameBuiltin))
	}
	return c.Rules{
		"root": {
			rule(`#!.*?$`, c.CommentPreproc),
			c.Default(c.Push("code")),
		},
		"code": append(append([]c.Rule{
			rule(`--`+long, c.CommentMultiline),
			rule(`--.*$`, c.CommentSingle),
			rule(`(?:\d*\.\d+|\d+\.\d*)(?:[eE][+-]?\d+)?'`, c.LiteralNumberFloat),
			rule(`\d+[eE][+-]?\d+`, c.LiteralNumberFloat),
			rule(`0[xX]\h*`, c.LiteralNumberHex),
			rule(`\d+`, c.LiteralNumberInteger),
			rule(`\s`, c.Text),
			rule(long, c.LiteralString),
			rule(`==|~=|<=|>=|\.\.\.|\.\.|[=+\-*/%^<>#]`, c.Operator),
			rule(`[\[\]{}().,:;]`, c.Punctuation),
			rule(`(?:and|or|not)\b`, c.OperatorWord),
			rule(anyOf("break do else elseif end for if in repeat return then until while")+`\b`, c.Keyword),
			rule(`local\b`, c.KeywordDeclaration),
			rule(`(?:true|false|nil)\b`, c.KeywordConstant),
			rule(`function\b`, c.Keyword, c.Push("function")),
		}, builtins...),
			rule(`(`+name+`)(?:(\.)(`+name+`))?`, c.ByGroups(c.Name, c.Punctuation, c.Name)),
			rule(`'`, c.LiteralStringSingle, c.Push("single")),
			rule(`"`, c.LiteralStringDouble, c.Push("double"))),
		"function": {
			rule(`\s+`, c.Text),
			rule(`(?:(`+name+`)(\.))?(`+name+`)`, c.ByGroups(c.NameClass, c.Punctuation, c.NameFunction), c.Pop(1)),
			rule(`\(`, c.Punctuation, c.Pop(1)),
		},
		"single": {
			rule(`\\(?:[abfnrtv\\"']|\d{1,3})`, c.LiteralStringEscape),
			rule(`'`, c.LiteralStringSingle, c.Pop(1)),
			rule(`[^']+`, c.LiteralStringSingle),
		},
		"double": {
			rule(`\\(?:[abfnrtv\\"']|\d{1,3})`, c.LiteralStringEscape),
			rule(`"`, c.LiteralStringDouble, c.Pop(1)),
			rule(`[^"]+`, c.LiteralStringDouble),
		},
		"gsub": {
			rule(`\)`, c.Punctuation, c.Pop(1)),
			rule(`[(,]`, c.Punctuation),
			rule(`\s+`, c.Text),
			rule(`"`, c.LiteralStringRegex, c.Push("pattern")),
		},
		"pattern": {
			rule(`"`, c.LiteralStringRegex, c.Pop(1), c.Push("pattern end")),
			rule(`\[\^?`, c.LiteralStringEscape, c.Push("class")),
			rule(`\\.|\(\?[:=<!]|\{[\d,]+\}|[()?]`, c.LiteralStringEscape),
			rule(`.`, c.LiteralStringRegex),
		},
		"pattern end": {
			rule(`[$]+`, c.LiteralStringRegex, c.Pop(1)),
			c.Default(c.Pop(1)),
		},
		"class": {
			rule(`/`, c.LiteralStringEscape),
			rule(`\]`, c.LiteralStringEscape, c.Pop(1)),
			rule(`(\\)(.)`, c.ByGroups(c.LiteralStringEscape, c.LiteralStringRegex)),
			rule(`.`, c.LiteralStringRegex),
		},
	}
}
