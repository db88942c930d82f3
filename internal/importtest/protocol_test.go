package importtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// shapes are what crosses between browser and server: the type in Go, and the
// interface in TypeScript, by package and file. What is asked is a request,
// whose fields may be left out.
var shapes = []struct {
	dir, file string
	requests  []string
	types     map[string]string
}{
	{"internal/server", "web/src/protocol/server.ts", []string{"submission", "branchStart"}, map[string]string{
		"siteInfo": "Site", "sessionInfo": "Session", "signInInfo": "SignInOffer", "person": "Person", "branch": "Branch",
		"newPost": "NewPost", "branchStart": "BranchStart", "postEntry": "PostEntry", "postFile": "PostFile", "submission": "Submission",
		"newPicture": "Picture", "sentPicture": "SentPicture", "piece": "Piece", "edit": "ChangedBy", "place": "Place",
		"move": "Move", "removal": "Removal", "removedText": "RemovedText", "standing": "Standing",
		"snippetList": "Snippets", "snippetInfo": "Snippet", "snippetField": "SnippetField",
		"writer": "Writer", "step": "Step", "pull": "Pull", "change": "PullFile", "problem": "Problem", "renamed": "Renamed", "otherMail": "OtherMail",
		"bundle": "Bundle", "carried": "Carried", "searchResult": "SearchResult", "searchHit": "SearchHit", "searchLine": "SearchLine",
		"versionList": "Versions", "version": "Version", "versionText": "VersionText",
		"pageParts": "PageParts", "pageBlock": "PageBlock", "trayList": "Trays", "trayAnswer": "Tray", "trayItem": "TrayItem", "dismissal": "Dismissal",
		"submissionList": "Submissions", "offered": "OfferedPull", "addedRun": "AddedRun", "joined": "JoinedPost",
	}},
	{"internal/server", "web/src/protocol/publishing.ts", nil, map[string]string{
		"ready": "Ready", "readyMail": "ReadyMail", "mailFinding": "MailFinding", "announcement": "Announcement", "drafted": "Drafted", "live": "Live",
	}},
	{"internal/server", "web/src/protocol/review.ts", []string{"newComment", "newVerdict"}, map[string]string{
		"discussion": "Discussion", "reviewThread": "Thread", "reviewComment": "Comment", "verdict": "Verdict",
		"newComment": "NewComment", "newVerdict": "NewVerdict",
	}},
	{"internal/server", "web/src/protocol/data-reading.ts", nil, map[string]string{"dataReading": "DataReading"}},
	{"internal/datacheck", "web/src/protocol/data.ts", nil, map[string]string{"Value": "DataValue"}},
	{"internal/preview", "web/src/protocol/preview.ts", nil, map[string]string{
		"Answer": "PreviewAnswer", "EditAnswer": "EditAnswer", "MovedBlocks": "MovedBlocks", "Span": "Span", "Change": "Change",
		"Key": "FrontMatterKey", "Heading": "Heading", "Diagnostic": "Diagnostic", "Fix": "Fix", "Range": "BlockRange", "Slot": "Slot",
		"Patch": "Patch",
	}},
}

// field is what a name of JSON stands for, in TypeScript's words.
type field struct {
	kind     string
	optional bool
	null     bool
}

// Go's types and TypeScript's describe the same JSON: the same names, of the same
// kinds, absent or null where the other expects it.
func TestShapesAgree(t *testing.T) {
	for _, s := range shapes {
		inGo := goShapes(t, "../../"+s.dir, s.types)
		inTypeScript := typeScriptShapes(t, "../../"+s.file)
		for goName, name := range s.types {
			if name == "Patch" {
				continue // one type in Go, and a union with a case for each kind
			}
			want, got := inGo[goName], inTypeScript[name]
			if want == nil || got == nil {
				t.Errorf("%s.%s or %s.%s is not there", s.dir, goName, s.file, name)
				continue
			}
			for json, w := range want {
				g, ok := got[json]
				switch {
				case !ok:
					t.Errorf("%s: %s has no %s, which %s has", s.file, name, json, goName)
				case g.kind != w.kind:
					t.Errorf("%s: %s.%s is %s, in Go %s", s.file, name, json, g.kind, w.kind)
				case slices.Contains(s.requests, goName):
				case w.optional && !g.optional:
					t.Errorf("%s: %s.%s is always there, in Go it may be left out", s.file, name, json)
				case w.null && !g.null && !w.optional:
					t.Errorf("%s: %s.%s is never null, in Go it may be", s.file, name, json)
				}
			}
			for json := range got {
				if _, ok := want[json]; !ok {
					t.Errorf("%s: %s.%s is nothing that %s has", s.file, name, json, goName)
				}
			}
		}
		for name := range inTypeScript {
			if s.dir == "internal/server" && !slices.ContainsFunc(keys(s.types), func(k string) bool { return s.types[k] == name }) && name != "ThreeTexts" {
				t.Errorf("%s: %s is held against no type of Go", s.file, name)
			}
		}
	}
}

func keys(m map[string]string) []string {
	var all []string
	for k := range m {
		all = append(all, k)
	}
	return all
}

// goShapes reads the struct types of a package, those that they embed in them.
func goShapes(t *testing.T, dir string, names map[string]string) map[string]map[string]field {
	t.Helper()
	structs := map[string]*ast.StructType{}
	files, err := filepath.Glob(dir + "/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(dir, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			if gen, ok := decl.(*ast.GenDecl); ok {
				for _, spec := range gen.Specs {
					if typ, ok := spec.(*ast.TypeSpec); ok {
						if st, ok := typ.Type.(*ast.StructType); ok {
							structs[typ.Name.Name] = st
						}
					}
				}
			}
		}
	}
	known := map[string]string{} // in another file of TypeScript, too
	for _, s := range shapes {
		if "../../"+s.dir == dir {
			maps.Copy(known, s.types)
		}
	}
	var read func(st *ast.StructType, into map[string]field)
	read = func(st *ast.StructType, into map[string]field) {
		for _, f := range st.Fields.List {
			if id, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 && structs[id.Name] != nil {
				read(structs[id.Name], into)
				continue
			}
			if f.Tag == nil {
				continue
			}
			tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
			name, options, _ := strings.Cut(tag, ",")
			if name == "" || name == "-" {
				continue
			}
			_, pointer := f.Type.(*ast.StarExpr)
			into[name] = field{kind: goKind(f.Type, known), optional: strings.Contains(options, "omitempty"), null: pointer}
		}
	}
	all := map[string]map[string]field{}
	for name := range names {
		if structs[name] != nil {
			all[name] = map[string]field{}
			read(structs[name], all[name])
		}
	}
	return all
}

func goKind(e ast.Expr, names map[string]string) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return goKind(e.X, names)
	case *ast.ArrayType:
		if id, ok := e.Elt.(*ast.Ident); ok && id.Name == "byte" {
			return "string" // base64
		}
		return goKind(e.Elt, names) + "[]"
	case *ast.MapType:
		return "Record<" + goKind(e.Key, names) + ", " + goKind(e.Value, names) + ">"
	case *ast.SelectorExpr:
		for _, s := range shapes { // of another package
			if from, ok := e.X.(*ast.Ident); ok && s.dir == "internal/"+from.Name && s.types[e.Sel.Name] != "" {
				return s.types[e.Sel.Name]
			}
		}
	case *ast.Ident:
		switch e.Name {
		case "bool":
			return "boolean"
		case "int", "int64":
			return "number"
		}
		if name, ok := names[e.Name]; ok {
			return name
		}
	}
	return "string" // also those that have a name of their own
}

var (
	interfaces = regexp.MustCompile(`(?m)^export interface (\w+)(?: extends (\w+))? \{\n((?:.*\n)*?)\}`)
	fields     = regexp.MustCompile(`(?m)^  (\w+)(\?)?: (.*)$`)
	literals   = regexp.MustCompile(`"[^"]*"(?: \| "[^"]*")*`)
)

// typeScriptShapes reads the interfaces of a file that has one field a line.
func typeScriptShapes(t *testing.T, file string) map[string]map[string]field {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]map[string]field{}
	for _, m := range interfaces.FindAllStringSubmatch(string(text), -1) {
		all[m[1]] = map[string]field{}
		for name, f := range all[m[2]] {
			all[m[1]][name] = f
		}
		for _, f := range fields.FindAllStringSubmatch(m[3], -1) {
			kind, null := strings.CutSuffix(f[3], " | null")
			all[m[1]][f[1]] = field{kind: literals.ReplaceAllString(kind, "string"), optional: f[2] != "", null: null}
		}
	}
	return all
}

var (
	routes = regexp.MustCompile(`HandleFunc\("(GET|POST) (/api/[^"]*|/auth/(?:session|renew|sign-out))"`)
	asked  = regexp.MustCompile("[\"`](/(?:api|auth)/[^\"`?]*)")
)

// What the browser asks for has a route, and each route is asked for.
func TestRoutesAreAsked(t *testing.T) {
	source, err := os.ReadFile("../../internal/server/server.go")
	if err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{}
	part := regexp.MustCompile(`\{[^}]*\}`)
	for _, m := range routes.FindAllStringSubmatch(string(source), -1) {
		served[part.ReplaceAllString(m[2], "*")] = false
	}
	if len(served) < 15 {
		t.Fatalf("only %d routes were found", len(served))
	}
	hole := regexp.MustCompile(`\$\{[^}]*\}`)
	for _, file := range []string{"forge/api.ts", "forge/reviews.ts", "forge/sign-in.ts", "protocol/addresses.ts", "start/boot.ts", "post/adopting.ts"} {
		text, err := os.ReadFile("../../web/src/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range asked.FindAllStringSubmatch(string(text), -1) {
			address := hole.ReplaceAllString(m[1], "*")
			if strings.HasSuffix(address, "/") {
				address += "*"
			}
			if address == "/auth/start" || address == "/auth/done" {
				continue // the browser goes there itself
			}
			if _, ok := served[address]; !ok {
				t.Errorf("web/src/%s asks for %s, which the server has no route for", file, m[1])
			}
			served[address] = true
		}
	}
	for address, used := range served {
		if !used {
			t.Errorf("nothing in the browser asks for %s", address)
		}
	}
}
