package snippet

import (
	"reflect"
	"testing"
)

func TestRead(t *testing.T) {
	files := map[string]string{
		"figure.html":     `<figure><img src="{{ include.src }}" alt="{{ include.alt | default: include.caption }}">{% if include.caption %}{{ include["credit"] }}{% endif %}{{ include.src }}</figure>`,
		"deep/quote.html": "{{ include.text }}",
	}
	source := func(name string) (string, bool) { text, ok := files[name]; return text, ok }
	list, wrong := Read(map[string]any{"snippets": []any{
		"figure.html",
		map[string]any{"include": "deep/quote.html", "name": "Quotation", "fields": []any{map[string]any{"name": "text", "label": "What was said", "long": true}, "said_by"}},
		"none.html", "../x.html", 3, map[string]any{"include": "figure.html", "fields": []any{"a b"}},
	}}, source)
	want := []Snippet{
		{"Figure", "figure.html", []Field{{"src", "Src", true, false}, {"alt", "Alt", false, false}, {"caption", "Caption", false, false}, {"credit", "Credit", false, false}}},
		{"Quotation", "deep/quote.html", []Field{{"text", "What was said", false, true}, {"said_by", "Said by", false, false}}},
		{"Figure", "figure.html", nil},
	}
	if !reflect.DeepEqual(list, want) {
		t.Errorf("read\n%+v, want\n%+v", list, want)
	}
	if len(wrong) != 4 {
		t.Errorf("wrong: %q", wrong)
	}
	if list, wrong := Read(map[string]any{"snippets": "figure.html"}, source); len(list) != 0 || len(wrong) != 1 {
		t.Errorf("no list: %+v, %q", list, wrong)
	}
	if list, wrong := Read(nil, source); list != nil || wrong != nil {
		t.Errorf("no settings: %+v, %q", list, wrong)
	}
}
