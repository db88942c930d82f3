package liquid

// ifNode is if and unless: the first branch whose condition holds.
type ifNode struct {
	branches []branch
	unless   bool // the first condition is turned round
	blank    bool
}

// branch is a condition and what it is for; else has none.
type branch struct {
	cond Condition
	body *Body
	els  bool
}

func ifTag(p *Parser, markup string) (Node, error) { return p.parseIf("if", markup) }

func unlessTag(p *Parser, markup string) (Node, error) { return p.parseIf("unless", markup) }

func (p *Parser) parseIf(name, markup string) (Node, error) {
	n := &ifNode{unless: name == "unless"}
	add := func(tag, markup string) (*Body, error) {
		b := branch{body: newBody(p), els: tag == "else"}
		if !b.els {
			var err error
			if b.cond, err = p.condition(markup); err != nil {
				return nil, err
			}
		}
		n.branches = append(n.branches, b)
		return b.body, nil
	}
	body, err := add("if", markup)
	if err != nil {
		return nil, err
	}
	err = p.block(name, body, func(tag, markup string) (*Body, error) {
		if tag != "elsif" && tag != "else" {
			return nil, nil
		}
		return add(tag, markup)
	})
	if err != nil {
		return nil, err
	}
	n.blank = true
	for _, b := range n.branches {
		n.blank = n.blank && b.body.blank
	}
	if n.blank {
		for _, b := range n.branches {
			b.body.dropSpace()
		}
	}
	return n, nil
}

// Blank says whether no branch makes text.
func (n *ifNode) Blank() bool { return n.blank }

// Render renders one branch or none.
func (n *ifNode) Render(c *Context) error {
	for i := range n.branches {
		b := &n.branches[i]
		holds := true
		if !b.els {
			var err error
			if holds, err = b.cond.Eval(c); err != nil {
				return err
			}
		}
		if holds != (n.unless && i == 0) {
			return b.body.Render(c)
		}
	}
	return nil
}
