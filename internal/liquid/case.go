package liquid

import (
	"slices"
)

// caseNode renders each branch that has the value, and else when none before
// it had.
type caseNode struct {
	value    expr
	branches []whenBranch
	blank    bool
}

// whenBranch is one value of a when. Several values share a body, which is
// rendered as often as it fits.
type whenBranch struct {
	value expr
	body  *Body
	els   bool
}

func caseTag(p *Parser, markup string) (Node, error) {
	first := laxFirst().FindString(markup)
	if first == "" {
		return nil, Faultf("Syntax Error in 'case' - Valid syntax: case [condition]")
	}
	n := &caseNode{value: parseExpr(first)}
	before := newBody(p)
	bodies := []*Body{before}
	err := p.block("case", before, func(tag, markup string) (*Body, error) {
		body := newBody(p)
		switch tag {
		case "when":
			for more := true; more; {
				at := laxFirst().FindStringIndex(markup)
				if at == nil {
					return nil, Faultf("Syntax Error in tag 'case' - Valid when condition: {%% when [condition] [or condition2...] %%}")
				}
				n.branches = append(n.branches, whenBranch{value: operand(markup[at[0]:at[1]]), body: body})
				markup = markup[at[1]:]
				if or := laxOr().FindStringIndex(markup); or != nil {
					markup = markup[or[1]:]
				} else {
					markup = ""
				}
				more = fragmentLength(markup) > 0
			}
		case "else":
			if !spaces(markup) {
				return nil, Faultf("Syntax Error in tag 'case' - Valid else condition: {%% else %%} (no parameters)")
			}
			n.branches = append(n.branches, whenBranch{body: body, els: true})
		default:
			return nil, nil
		}
		bodies = append(bodies, body)
		return body, nil
	})
	if err != nil {
		return nil, err
	}
	n.blank = !slices.ContainsFunc(bodies, func(b *Body) bool { return !b.blank })
	if n.blank {
		for _, b := range bodies {
			b.dropSpace()
		}
	}
	return n, nil
}

// Blank says whether no branch makes text.
func (n *caseNode) Blank() bool { return n.blank }

// Render renders the branches.
func (n *caseNode) Render(c *Context) error {
	any := false
	for i := range n.branches {
		b := &n.branches[i]
		if b.els {
			if !any {
				if err := b.body.Render(c); err != nil {
					return err
				}
				if c.config.Liquid4 {
					return nil
				}
			}
			continue
		}
		value, err := n.value.eval(c)
		if err != nil {
			return err
		}
		when, err := b.value.eval(c)
		if err != nil {
			return err
		}
		same, err := c.same(value, when)
		if err != nil {
			return err
		}
		if same {
			any = true
			if err := b.body.Render(c); err != nil {
				return err
			}
		}
	}
	return nil
}
