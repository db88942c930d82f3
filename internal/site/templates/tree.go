package templates

import (
	"reflect"
	"text/template/parse"
)

// countSteps puts an empty text at the start of every loop's body and every
// template, so that each turn writes once and the writer can count.
func countSteps(root *parse.ListNode) {
	root.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText}}, root.Nodes...)
	walk(root, func(n parse.Node) {
		if r, ok := n.(*parse.RangeNode); ok {
			r.List.Nodes = append([]parse.Node{&parse.TextNode{NodeType: parse.NodeText}}, r.List.Nodes...)
		}
	})
}

// walk visits the nodes of a template, from the outside in.
func walk(n parse.Node, visit func(parse.Node)) {
	if n == nil || reflect.ValueOf(n).IsNil() {
		return
	}
	visit(n)
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe, visit)
		walk(b.List, visit)
		walk(b.ElseList, visit)
	}
	switch n := n.(type) {
	case *parse.ListNode:
		for _, c := range n.Nodes {
			walk(c, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.IfNode:
		branch(&n.BranchNode)
	case *parse.RangeNode:
		branch(&n.BranchNode)
	case *parse.WithNode:
		branch(&n.BranchNode)
	case *parse.TemplateNode:
		walk(n.Pipe, visit)
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, visit)
		}
	case *parse.CommandNode:
		for _, c := range n.Args {
			walk(c, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	}
}

// printers are the functions that could print a whole struct, the content in
// it too.
var printers = map[string]bool{"print": true, "println": true, "printf": true, "html": true, "js": true, "urlquery": true}

// verbatimContent says whether a template does nothing with the content but
// print it: every mention of it is {{.Content}} or {{$.Content}}, and the
// struct that holds it goes to no function that prints. What slips through
// (a with around the content) shows in the number of marks.
func verbatimContent(root *parse.ListNode) bool {
	mentions, prints := 0, 0
	isContent := func(n parse.Node) bool {
		switch n := n.(type) {
		case *parse.FieldNode:
			return len(n.Ident) == 1 && n.Ident[0] == "Content"
		case *parse.VariableNode:
			return len(n.Ident) == 2 && n.Ident[0] == "$" && n.Ident[1] == "Content"
		}
		return false
	}
	whole := false
	walk(root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.FieldNode:
			if n.Ident[len(n.Ident)-1] == "Content" {
				mentions++
			}
		case *parse.VariableNode:
			if n.Ident[len(n.Ident)-1] == "Content" {
				mentions++
			}
		case *parse.ChainNode:
			if n.Field[len(n.Field)-1] == "Content" {
				mentions += 2
			}
		case *parse.ActionNode:
			if len(n.Pipe.Decl) == 0 && len(n.Pipe.Cmds) == 1 && len(n.Pipe.Cmds[0].Args) == 1 && isContent(n.Pipe.Cmds[0].Args[0]) {
				prints++
			}
		case *parse.CommandNode:
			if id, ok := n.Args[0].(*parse.IdentifierNode); ok && printers[id.Ident] {
				for _, a := range n.Args[1:] {
					if _, dot := a.(*parse.DotNode); dot {
						whole = true
					}
					if v, ok := a.(*parse.VariableNode); ok && len(v.Ident) == 1 && v.Ident[0] == "$" {
						whole = true
					}
				}
			}
		}
	})
	return mentions == prints && !whole
}
