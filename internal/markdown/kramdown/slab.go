package kramdown

import "sync"

// slab is the memory of some elements.
type slab [64]element

// Slabs are where elements are made, for programs that render one text after
// another: elements are most of the memory that a render takes, and none
// outlives it. Several renders may share one at the same time. The zero value
// is ready.
type Slabs struct{ pool sync.Pool }

// newSlab is memory for more elements, all of them zero.
func (p *parser) newSlab() []element {
	if p.shared == nil {
		return make([]element, min(len(slab{}), 8+len(p.source)/64))
	}
	s, _ := p.shared.pool.Get().(*slab)
	if s == nil {
		s = new(slab)
	}
	p.taken = append(p.taken, s)
	return s[:]
}

// release gives all elements' memory back. Nobody may hold one any more.
func (p *parser) release() {
	for i, s := range p.taken {
		used := s[:]
		if i == len(p.taken)-1 {
			used = s[:len(s)-len(p.slab)]
		}
		clear(used)
		p.shared.pool.Put(s)
	}
	p.taken, p.slab = nil, nil
}
