package kramdown

import (
	"fmt"

	"galley/internal/ordered"
)

// Settings are what a site sets for all of its texts. The zero value is what
// Jekyll sets.
type Settings struct{ options *options }

// Problem is a setting that cannot be followed. What it says is read as if it
// were not there.
type Problem struct {
	Key string
	// Message is a sentence.
	Message string
}

// ReadSettings reads the section kramdown of a site's settings, and its
// highlighter, which counts where that section names none. Both may be nil. The
// keys are those of https://kramdown.gettalong.org/options.html that say
// something about HTML.
func ReadSettings(section *ordered.Map, highlighter any) (Settings, []Problem) {
	o := defaultOptions()
	var problems []Problem
	change := func(key string, value any) {
		was := o
		if wrong := o.change(key, value); wrong != "" {
			o = was
			problems = append(problems, Problem{key, fmt.Sprintf("%s in the section kramdown %s.", key, wrong)})
		}
	}
	if coloured := section.Value("syntax_highlighter"); coloured != nil && coloured != false {
		highlighter = coloured
	} else if old := section.Value("enable_coderay"); old != nil && old != false {
		highlighter = "coderay"
	}
	if highlighter != nil && highlighter != false {
		change("syntax_highlighter", highlighter)
	}
	if guess := section.Value("guess_lang"); section.Has("guess_lang") {
		o.block.plain = guess != nil && guess != false
		o.span.plain = o.block.plain
	}
	for key, value := range section.All() {
		name, ok := key.(string)
		if !ok || name == "syntax_highlighter" || name == "syntax_highlighter_opts" && value == nil {
			continue
		}
		change(name, value)
	}
	if o.input == inputKramdown {
		o.hardWrap, o.paragraphEnd, o.symbols = false, false, true
		o.strippedIDs = isOn(section.Value("auto_id_stripping"))
	} else {
		o.strippedIDs = true // as its parser does, whatever is set
	}
	return Settings{&o}, problems
}

func (s Settings) get() options {
	if s.options == nil {
		return defaultOptions()
	}
	return *s.options
}
