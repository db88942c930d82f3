package templates

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestDocs holds docs/templates.md to the code: every function and
// field is there.
func TestDocs(t *testing.T) {
	text, err := os.ReadFile("../../../docs/templates.md")
	if err != nil {
		t.Skip("the documents are not beside the code:", err)
	}
	doc := string(text)
	for name := range signatures {
		if !printers[name] && !strings.Contains(doc, "| `"+name+" ") {
			t.Errorf("the function %s is not documented", name)
		}
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[SiteView](), reflect.TypeFor[*PageView](), reflect.TypeFor[ContentPage](), reflect.TypeFor[ListPage](), reflect.TypeFor[Year](),
		reflect.TypeFor[FeedPage](), reflect.TypeFor[FeedEntry](), reflect.TypeFor[SitemapPage](), reflect.TypeFor[RedirectPage](),
	} {
		names := []string{}
		for i := range typ.NumMethod() {
			names = append(names, typ.Method(i).Name)
		}
		for _, f := range reflect.VisibleFields(indirect(typ)) {
			if f.IsExported() && !f.Anonymous {
				names = append(names, f.Name)
			}
		}
		for _, name := range names {
			if !strings.Contains(doc, "`."+name+"`") {
				t.Errorf("%s.%s is not documented", indirect(typ).Name(), name)
			}
		}
	}
}
