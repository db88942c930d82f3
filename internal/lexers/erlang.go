package lexers

import c "github.com/alecthomas/chroma/v2"

const erlangBuiltins = `abs append_element apply atom_to_list binary_to_list bitstring_to_list binary_to_term bit_size
bump_reductions byte_size cancel_timer check_process_code delete_module demonitor disconnect_node display element erase exit
float float_to_list fun_info fun_to_list function_exported garbage_collect get get_keys group_leader hash hd integer_to_list
iolist_to_binary iolist_size is_atom is_binary is_bitstring is_boolean is_builtin is_float is_function is_integer is_list
is_number is_pid is_port is_process_alive is_record is_reference is_tuple length link list_to_atom list_to_binary
list_to_bitstring list_to_existing_atom list_to_float list_to_integer list_to_pid list_to_tuple load_module
localtime_to_universaltime make_tuple md5 md5_final md5_update memory module_loaded monitor monitor_node node nodes open_port
phash phash2 pid_to_list port_close port_command port_connect port_control port_call port_info port_to_list process_display
process_flag process_info purge_module put read_timer ref_to_list register resume_process round send send_after send_nosuspend
set_cookie setelement size spawn spawn_link spawn_monitor spawn_opt split_binary start_timer statistics suspend_process
system_flag system_info system_monitor system_profile term_to_binary tl trace trace_delivered trace_info trace_pattern trunc
tuple_size tuple_to_list universaltime_to_localtime unlink unregister whereis`

// erlangRules classify Erlang. At the beginning of a line a name before a
// bracket is a function, and a minus a directive.
func erlangRules() c.Rules {
	const atom, variable = `(?:[a-z][a-zA-Z0-9_]*|'[^\n']*[^\\]')`, `[A-Z_][a-zA-Z0-9_]*`
	const escape = `\\(?:[bdefnrstv'"\\/]|[0-7]{1,3}|\^[a-zA-Z])`
	const macro = `(?:` + variable + `|` + atom + `)`
	return c.Rules{
		"root": {
			rule(`\s+`, c.Text),
			rule(`%.*\n`, c.Comment),
			rule(anyOf("after begin case catch cond end fun if let of query receive try when")+`\b`, c.Keyword),
			rule(anyOf(erlangBuiltins)+`\b`, c.NameBuiltin),
			rule(anyOf("and andalso band bnot bor bsl bsr bxor div not or orelse rem xor")+`\b`, c.OperatorWord),
			rule(`^-`, c.Punctuation, c.Push("directive")),
			rule(`\+\+?|--?|\*|/|<|>|/=|=:=|=/=|=<|>=|==?|<-|!|\?`, c.Operator),
			rule(`"`, c.LiteralString, c.Push("string")),
			rule(`<<|>>`, c.NameLabel),
			rule(`(`+atom+`)(:)`, c.ByGroups(c.NameNamespace, c.Punctuation)),
			rule(`(`+atom+`)(\s*)(\()`, c.ByGroups(c.NameFunction, c.Text, c.Punctuation)),
			rule(`[+-]?(?:[2-9]|[12][0-9]|3[0-6])#[0-9a-zA-Z]+`, c.LiteralNumberInteger),
			rule(`[+-]?\d+`, c.LiteralNumberInteger),
			rule(`[\]\[:_@".{}()|;,]`, c.Punctuation),
			rule(variable, c.NameVariable),
			rule(atom, c.Name),
			rule(`\$(?:`+escape+`|\\[ %]|[^\\])`, c.LiteralStringChar),
			rule(`#`+atom+`(?::?\.`+atom+`)?`, c.NameLabel),
		},
		"string": {
			rule(escape, c.LiteralStringEscape),
			rule(`"`, c.LiteralString, c.Pop(1)),
			rule(`~[0-9.*]*[~#+bBcdefginpPswWxX]`, c.LiteralStringInterpol),
			rule(`[^"\\~]+|~`, c.LiteralString),
		},
		"directive": {
			rule(`(define)(\s*)(\()(`+macro+`)`, c.ByGroups(c.NameEntity, c.Text, c.Punctuation, c.NameConstant), c.Pop(1)),
			rule(`(record)(\s*)(\()(`+macro+`)`, c.ByGroups(c.NameEntity, c.Text, c.Punctuation, c.NameLabel), c.Pop(1)),
			rule(atom, c.NameEntity, c.Pop(1)),
		},
	}
}
