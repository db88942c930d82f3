package site

import (
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"github.com/osteele/liquid/parser"
	"github.com/osteele/liquid/render"
	"github.com/osteele/liquid/values"
)

// stepTag is put into the body of every loop, so that its turns are counted.
const stepTag = "galley_step"

// captureTag stands for capture, with a count of what is captured.
const captureTag = "galley_capture"

// listFilter makes what a loop goes over a list: of nothing when there is
// nothing, which the library would pass over without its else.
const listFilter = "galley_list"

var (
	// emptyTest finds comparisons with empty or blank, which the library
	// knows only the other way round.
	emptyTest = regexp.MustCompile(`([\w.\-\[\]"']+)\s*(==|!=)\s*(empty|blank)\b`)
	loopHead  = regexp.MustCompile(`(?s)^(\{%-?\s*\w+\s+[\w\-]+\s+in\s+)(\(.*?\)|[^\s%|]+)(.*)$`)
	includeID = regexp.MustCompile(`^\s*(\{\{.*?\}\}|[^\s=]+)\s*`)
	parameter = regexp.MustCompile(`^([\w\-]+)\s*=\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s]+)\s*`)
)

// prepare changes a template's text, and no line of it, to what the library
// understands.
func prepare(text string) string {
	tokens := parser.Scan(text, parser.SourceLoc{}, nil)
	var b strings.Builder
	raw := ""
	for _, t := range tokens {
		src := t.Source
		if t.Type == parser.TagTokenType {
			switch {
			case raw != "":
				if t.Name == "end"+raw {
					raw = ""
				}
			case t.Name == "raw" || t.Name == "comment":
				raw = t.Name
			case t.Name == "for" || t.Name == "tablerow":
				src = loopHead.ReplaceAllString(src, "${1}${2} | "+listFilter+"${3}")
				src += "{% " + stepTag
				if strings.HasSuffix(t.Source, "-%}") {
					src += " -"
				} else {
					src += " "
				}
				src += "%}"
			case t.Name == "capture":
				src = strings.Replace(src, "capture", captureTag, 1)
			case t.Name == "endcapture":
				src = strings.Replace(src, "endcapture", "end"+captureTag, 1)
			case t.Name == "if" || t.Name == "unless" || t.Name == "elsif":
				src = emptyTest.ReplaceAllString(src, "$3 $2 $1")
			}
		}
		b.WriteString(src)
	}
	return b.String()
}

// emptiness is what "empty" and "blank" stand for: it equals whatever has
// nothing in it.
type emptiness struct{}

func (emptiness) Interface() any                          { return "" }
func (emptiness) Int() int                                { return 0 }
func (emptiness) Less(values.Value) bool                  { return false }
func (emptiness) Contains(values.Value) bool              { return false }
func (emptiness) IndexValue(values.Value) values.Value    { return values.ValueOf(nil) }
func (emptiness) PropertyValue(values.Value) values.Value { return values.ValueOf(nil) }
func (emptiness) Test() bool                              { return true }
func (emptiness) Equal(v values.Value) bool {
	other := v.Interface()
	if s, ok := other.(string); ok {
		return strings.TrimSpace(s) == ""
	}
	return other == nil || other == false || values.IsEmpty(other)
}

// addTags defines the tags that Jekyll and its usual plugins add.
func (e *engine) addTags() {
	e.config.AddTag(stepTag, func(string) (func(io.Writer, render.Context) error, error) {
		return func(io.Writer, render.Context) error { e.spend(0); return nil }, nil
	})
	for _, name := range []string{"include", "include_cached"} {
		e.config.AddTag(name, e.includeTag)
	}
	e.config.AddTag("include_relative", func(string) (func(io.Writer, render.Context) error, error) {
		return func(_ io.Writer, ctx render.Context) error {
			return ctx.Errorf("include_relative is not supported; move the file to _includes and use include")
		}, nil
	})
	for _, sign := range []string{"increment", "decrement"} {
		e.config.AddTag(sign, counterTag(sign))
	}
	simple := func(name string, text func(args string, ctx render.Context) (string, error)) {
		e.config.AddTag(name, func(args string) (func(io.Writer, render.Context) error, error) {
			return func(w io.Writer, ctx render.Context) error {
				s, err := text(args, ctx)
				if err != nil {
					return err
				}
				_, err = io.WriteString(w, s)
				return err
			}, nil
		})
	}
	simple("seo", func(args string, ctx render.Context) (string, error) {
		return e.seo(args, ctx.Get("page")), nil
	})
	simple("feed_meta", func(string, render.Context) (string, error) { return e.layouts.site.feedMeta(), nil })
	simple("link", func(args string, ctx render.Context) (string, error) {
		name := strings.TrimSpace(args)
		if expanded, err := ctx.ExpandTagArg(); err == nil {
			name = strings.TrimSpace(expanded)
		}
		return e.layouts.site.linkTo(name)
	})
	simple("post_url", func(args string, _ render.Context) (string, error) {
		return e.layouts.site.postURL(strings.TrimSpace(args))
	})
	e.config.AddBlock("highlight").Renderer(func(w io.Writer, ctx render.Context) error {
		inner, err := e.inner(ctx)
		if err != nil {
			return err
		}
		language, _, _ := strings.Cut(strings.TrimSpace(ctx.TagArgs()), " ")
		_, err = io.WriteString(w, e.layouts.site.highlight(language, inner))
		return err
	})
	e.config.AddBlock(captureTag).Renderer(func(_ io.Writer, ctx render.Context) error {
		inner, err := e.inner(ctx)
		ctx.Set(strings.Trim(ctx.TagArgs(), " \t\n\"'"), inner)
		return err
	})
}

// inner renders what a block holds, and counts it.
func (e *engine) inner(ctx render.Context) (string, error) {
	w := &countingWriter{engine: e}
	if err := ctx.RenderChildren(w); err != nil {
		return "", err
	}
	return w.String(), nil
}

// counterTag makes increment and decrement, whose counters are their own.
func counterTag(sign string) render.TagCompiler {
	return func(args string) (func(io.Writer, render.Context) error, error) {
		key := ".counter." + strings.TrimSpace(args)
		return func(w io.Writer, ctx render.Context) error {
			n, _ := ctx.Get(key).(int)
			show := n
			if sign == "decrement" {
				n--
				show = n
			} else {
				n++
			}
			ctx.Set(key, n)
			_, err := fmt.Fprint(w, show)
			return err
		}, nil
	}
}

// includeTag is Jekyll's include: a file of _includes, with parameters that
// the file sees as include.NAME.
func (e *engine) includeTag(args string) (func(io.Writer, render.Context) error, error) {
	m := includeID.FindStringSubmatch(args)
	if m == nil {
		return nil, fmt.Errorf("include needs the name of a file in _includes")
	}
	rest := args[len(m[0]):]
	var names, exprs []string
	for rest != "" {
		p := parameter.FindStringSubmatch(rest)
		if p == nil {
			return nil, fmt.Errorf("the parameters of include %s cannot be read: %q", m[1], rest)
		}
		names, exprs = append(names, p[1]), append(exprs, p[2])
		rest = rest[len(p[0]):]
	}
	return func(w io.Writer, ctx render.Context) error {
		name := strings.Trim(m[1], `"'`)
		if strings.HasPrefix(name, "{{") {
			v, err := ctx.EvaluateString(strings.TrimSuffix(strings.TrimPrefix(name, "{{"), "}}"))
			if err != nil {
				return err
			}
			name = fmt.Sprint(v)
		}
		f := e.layouts.includes[strings.TrimPrefix(path.Clean("/"+name), "/")]
		if f == nil {
			return ctx.Errorf("there is no file %s in _includes", name)
		}
		if e.depth++; e.depth > maxIncludes {
			return ctx.Errorf("%s includes itself, or more than %d files within each other", name, maxIncludes)
		}
		defer func() { e.depth-- }()
		params := map[string]any{}
		for i, n := range names {
			v, err := ctx.EvaluateString(exprs[i])
			if err != nil {
				return err
			}
			params[n] = v
		}
		node, err := e.compile(f)
		if err != nil {
			return err
		}
		outer := ctx.Get("include")
		ctx.Set("include", params)
		defer ctx.Set("include", outer)
		// Not straight into w: the library's writers do not nest.
		inner := &countingWriter{engine: e}
		if err := render.Render(node, inner, ctx.Bindings(), e.config); err != nil {
			return placed(err, f)
		}
		_, err = io.WriteString(w, inner.String())
		return err
	}, nil
}
