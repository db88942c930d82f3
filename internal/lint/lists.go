package lint

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"galley/internal/diag"
	"galley/internal/markdown/outline"
)

// bullets goes through the items of lists without numbers that have a text.
func (t *text) bullets(in func(string) bool, visit func(*outline.Block)) {
	for i := range t.blocks {
		if b := &t.blocks[i]; b.Kind == outline.Item && !b.Ordered && !b.Quoted && strings.TrimSpace(b.Text) != "" && in(t.sections[i]) {
			visit(b)
		}
	}
}

// bulletStops finds full stops at the end of bullets, but not those of an
// abbreviation or of an ellipsis.
//
//	in      the sections that it is for; all by default
func bulletStops(p *parameters) func(*text) {
	in := p.sections("in")
	return func(t *text) {
		t.bullets(in, func(b *outline.Block) {
			text := strings.TrimRight(b.Text, " \t\n")
			if !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "..") || abbreviated(text) {
				return
			}
			at := b.Source(len(text)-1, len(text))
			if t.src[at.Start] != '.' {
				return
			}
			t.offer(at, &diag.Fix{Name: "Delete the full stop", Range: at}, "There is a full stop at the end of this bullet. Bullets have none; two statements are joined by a semicolon.")
		})
	}
}

// abbreviations end with a full stop wherever they stand.
var abbreviations = map[string]bool{"etc": true, "inc": true, "ltd": true, "co": true, "corp": true, "jr": true, "sr": true, "vs": true, "al": true, "approx": true, "no": true}

// abbreviated tells whether the full stop at a text's end is an abbreviation's.
func abbreviated(text string) bool {
	word := text[strings.LastIndexAny(text, " \t\n(")+1 : len(text)-1]
	if abbreviations[strings.ToLower(word)] && word != "no" {
		return true
	}
	letters := 0 // U.S., e.g., p.m.
	for part := range strings.SplitSeq(word, ".") {
		if len(part) != 1 || !unicode.IsLetter(rune(part[0])) {
			return false
		}
		letters++
	}
	return letters > 1
}

// bulletLength finds bullets of too many words.
//
//	max     how many words a bullet may have, 25
//	in      the sections that it is for; all by default
func bulletLength(p *parameters) func(*text) {
	most, in := p.number("max", 25), p.sections("in")
	return func(t *text) {
		t.bullets(in, func(b *outline.Block) {
			if n := wordsIn(b.Text); n > most {
				t.tell(b.Range, "This bullet has %d words. More than %d are too many for a bullet; shorten it, or make it a paragraph.", n, most)
			}
		})
	}
}

// wordsIn counts the words of a text; code is one.
func wordsIn(s string) int {
	n := 0
	for word := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(word, func(r rune) bool { return r == outline.Hidden || unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// bulletCase finds bullets that begin with an ordinary word written small.
// Others may be names of programs, which many sites write so: what is not known
// for an ordinary word is passed over, and so is a name with its version.
//
//	small   ordinary words that are names here
//	words   further words that are written large at the beginning
//	in      the sections that it is for; all by default
func bulletCase(p *parameters) func(*text) {
	small, known, in := map[string]bool{}, ordinaryWords(), p.sections("in")
	for _, word := range p.texts("small") {
		small[word] = true
	}
	for _, word := range p.texts("words") {
		known[word] = true
	}
	return func(t *text) {
		t.bullets(in, func(b *outline.Block) {
			words := strings.Fields(b.Text)
			word := strings.TrimRight(words[0], ",;:.!?")
			if !known[word] || small[word] || len(words) > 1 && versioned(words[1:]) {
				return
			}
			r, size := utf8.DecodeRuneInString(word)
			from := strings.Index(b.Text, word)
			at := b.Source(from, from+size)
			upper := string(unicode.ToUpper(r))
			t.offer(at, &diag.Fix{Name: fmt.Sprintf("Write “%s”", upper), Range: at, Insert: upper}, "This bullet begins with a small letter. Write a capital one, or list “%s” in the settings as a name that is written small.", clip(word))
		})
	}
}

// versioned says that a name stood before these words: v1.2, or to 1.2.
func versioned(words []string) bool {
	if words[0] == "to" && len(words) > 1 {
		words = words[1:]
	}
	version := strings.TrimPrefix(words[0], "v")
	return version != "" && '0' <= version[0] && version[0] <= '9'
}

// ordinaryWords are those that bullets begin with, written small: small words of
// the language, and what changes do, in the present, the past and as a request.
func ordinaryWords() map[string]bool {
	known := map[string]bool{}
	for word := range strings.FieldsSeq(`
		a about after all allow also an and another any are as at be because before behind big both but by can check clean could deprecate
		did do does during each either even every few finally first fix for from full get give had has have he help here how i if in
		instead into is it its keep last less let list lots make many may more most much my need never new next no none not note now of off on
		once one only or other our out over please plus see set several she should show since so some start still stop support take tell
		than that the their them then there these they thing things this those to too try turn two under until up use various very
		was we were what when where whether which while who why will with without work works would yet you your`) {
		known[word] = true
	}
	for was, is := range past {
		known[was], known[is] = true, true
		for _, end := range []string{"s", "es"} {
			if base, cut := strings.CutSuffix(is, end); cut {
				known[base] = true
			}
		}
	}
	return known
}

// past are verbs that begin a bullet in the past tense, and what they are in the
// present one.
var past = map[string]string{
	"added": "adds", "allowed": "allows", "bumped": "bumps", "changed": "changes", "cleaned": "cleans", "converted": "converts",
	"corrected": "corrects", "created": "creates", "disabled": "disables", "dropped": "drops", "enabled": "enables", "enforced": "enforces",
	"ensured": "ensures", "exposed": "exposes", "extended": "extends", "fixed": "fixes", "graduated": "graduates", "implemented": "implements",
	"improved": "improves", "increased": "increases", "introduced": "introduces", "made": "makes", "migrated": "migrates", "moved": "moves",
	"optimized": "optimizes", "prevented": "prevents", "promoted": "promotes", "reduced": "reduces", "refactored": "refactors", "removed": "removes",
	"renamed": "renames", "replaced": "replaces", "resolved": "resolves", "restored": "restores", "reverted": "reverts", "stopped": "stops",
	"switched": "switches", "updated": "updates", "upgraded": "upgrades", "used": "uses",
}

// bulletTense finds bullets that begin with a verb in the past tense, of those
// that change logs begin with.
//
//	in      the sections that it is for; all by default
func bulletTense(p *parameters) func(*text) {
	in := p.sections("in")
	return func(t *text) {
		t.bullets(in, func(b *outline.Block) {
			first := strings.Fields(b.Text)[0]
			now, ok := past[strings.ToLower(first)]
			if !ok {
				return
			}
			if first[0] < 'a' {
				now = strings.ToUpper(now[:1]) + now[1:]
			}
			from := strings.Index(b.Text, first)
			at := b.Source(from, from+len(first))
			t.offer(at, &diag.Fix{Name: fmt.Sprintf("Write “%s”", now), Range: at, Insert: now}, "“%s” is in the past tense. Bullets are in the present one: “%s”.", first, now)
		})
	}
}

// paragraphStops finds paragraphs without a full stop or the like at the end.
// Short ones, and those that are nothing but a link or an emphasis, as titles and
// labels are, are passed over.
//
//	words   how many words make a paragraph, 8
//	in      the sections that it is for; all by default
func paragraphStops(p *parameters) func(*text) {
	least, in := p.number("words", 8), p.sections("in")
	return func(t *text) {
		for i := range t.blocks {
			b := &t.blocks[i]
			if b.Kind != outline.Paragraph || b.Quoted || !in(t.sections[i]) || wordsIn(b.Text) < least || b.Mark.End > b.Mark.Start {
				continue
			}
			source := t.of(b.Range)
			if source[0] == '*' && strings.HasSuffix(source, "*") || strings.HasSuffix(source, ">") || strings.HasSuffix(source, "}") {
				continue
			}
			if len(b.Spans) > 0 && b.Spans[0].Kind == outline.Link && b.Spans[0].Reads == [2]int{0, len(b.Text)} {
				continue // a title, as of what the paragraphs behind it are about
			}
			text := strings.TrimRight(b.Text, " \t\n\"'”’»)]")
			r, _ := utf8.DecodeLastRuneInString(text)
			if r != outline.Hidden && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			end := diag.Range{Start: b.Range.End, End: b.Range.End}
			last := b.Source(len(text)-1, len(text))
			t.offer(diag.Range{Start: last.Start, End: b.Range.End}, &diag.Fix{Name: "Put a full stop", Range: end, Insert: "."}, "There is no full stop at the end of this paragraph.")
		}
	}
}
