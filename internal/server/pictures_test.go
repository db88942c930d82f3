package server_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/url"
	"strings"
	"testing"

	"galley/internal/forge"
	"galley/internal/picture"
)

// drawing is a PNG with a text in it that must not be published.
func drawing(t testing.TB) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	chunk := []byte("\x00\x00\x00\x0etEXtComment\x00SECRET")
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(bytes.Clone(b.Bytes()[:33]), chunk...), b.Bytes()[33:]...)
}

func photograph(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 20, 20)), nil); err != nil {
		t.Fatal(err)
	}
	return append(b.Bytes(), "SECRET"...)
}

func moving(t testing.TB) []byte {
	t.Helper()
	frame := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type madePicture struct {
	Path, Address, Type string
	Width, Height       int
	Data                []byte
}

const toPost = "/api/pictures?branch=main&path=_posts/2026-08-16-update.md&name="

func (b *bench) picture(name string, data []byte) madePicture {
	b.t.Helper()
	res := b.do("POST", toPost+url.QueryEscape(name), string(data), "Content-Type: image/png")
	body := text(b.t, res)
	if res.StatusCode != 200 {
		b.t.Fatalf("%s: %d: %s", name, res.StatusCode, body)
	}
	var p madePicture
	decode(b.t, body, &p)
	return p
}

func TestPicture(t *testing.T) {
	b := newBench(t)
	before := len(b.forge.branches["main"])
	p := b.picture("Harbour at dawn.PNG", drawing(t))
	if !strings.HasPrefix(p.Path, "assets/images/2026-08-16-update-harbour-at-dawn-") || !strings.HasSuffix(p.Path, ".png") {
		t.Errorf("it is called %s", p.Path)
	}
	if p.Address != "/"+p.Path || p.Type != "image/png" || p.Width != 40 || p.Height != 30 {
		t.Errorf("%s, %s, %dx%d", p.Address, p.Type, p.Width, p.Height)
	}
	if bytes.Contains(p.Data, []byte("SECRET")) || picture.Type(p.Data) != "image/png" {
		t.Error("it is not clean")
	}
	// What it is said to be does not matter.
	if p := b.picture("wrong.gif", photograph(t)); p.Type != "image/jpeg" || !strings.HasSuffix(p.Path, ".jpg") {
		t.Errorf("a photograph became %s, %s", p.Path, p.Type)
	}
	if p := b.picture("moving.gif", moving(t)); p.Type != "image/gif" {
		t.Errorf("a GIF became %s", p.Type)
	}
	if len(b.forge.branches["main"]) != before || len(b.forge.branches) != 1 {
		t.Error("something was kept")
	}
}

// The folder is the site's, and its address has the site's folder before it.
func TestPictureFolder(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] += "  images: /static/shots/\nbaseurl: /news\n"
	b := newBenchOver(t, newFake(files))
	p := b.picture("x.png", drawing(t))
	if !strings.HasPrefix(p.Path, "static/shots/2026-08-16-update-x-") || p.Address != "/news/"+p.Path {
		t.Errorf("%s at %s", p.Path, p.Address)
	}
	for _, folder := range []string{"../up", ".github", "_layouts", "/", "a/../../b", "a/.git"} {
		files["_config.yml"] = config + "  images: " + folder + "\n"
		b := newBenchOver(t, newFake(files))
		if p := b.picture("x.png", drawing(t)); !strings.HasPrefix(p.Path, "assets/images/2026") {
			t.Errorf("with the folder %s it goes to %s", folder, p.Path)
		}
	}
}

func TestPictureRefused(t *testing.T) {
	b := newBench(t)
	good := string(drawing(t))
	for _, c := range []struct {
		name, target, body, kind string
		status                   int
		headers                  string
	}{
		{"an SVG named PNG", toPost + "x.png", `<svg xmlns="http://www.w3.org/2000/svg"/>`, "invalid", 422, ""},
		{"a page", toPost + "x.png", "<!doctype html><script>1</script>", "invalid", 422, ""},
		{"a cut one", toPost + "x.png", good[:200], "invalid", 422, ""},
		{"nothing", toPost + "x.png", "", "invalid", 422, ""},
		{"11 MB", toPost + "x.png", good + strings.Repeat("x", 11<<20), "too-large", 413, ""},
		{"50 MB", toPost + "x.png", good + strings.Repeat("x", 50<<20), "too-large", 413, ""},
		{"for no post", "/api/pictures?branch=main&path=.github/workflows/x.yml&name=x.png", good, "invalid", 400, ""},
		{"for a page", "/api/pictures?branch=main&path=_posts/notes.md&name=x.png", good, "invalid", 400, ""},
		{"out of the repository", "/api/pictures?branch=main&path=_posts/../../2026-08-16-x.md&name=x.png", good, "invalid", 400, ""},
		{"for a branch that is none", "/api/pictures?branch=a..b&path=_posts/2026-08-16-x.md&name=x.png", good, "invalid", 400, ""},
		{"for a branch that is not there", "/api/pictures?branch=gone&path=_posts/2026-08-16-x.md&name=x.png", good, "not-found", 404, ""},
		{"as a form", toPost + "x.png", good, "invalid", 415, "Content-Type: multipart/form-data; boundary=x"},
		{"as text", toPost + "x.png", good, "invalid", 415, "Content-Type: text/plain"},
		{"without a type", toPost + "x.png", good, "invalid", 415, "Content-Type: "},
		{"from another site", toPost + "x.png", good, "forbidden", 403, "Sec-Fetch-Site: cross-site"},
		{"from another origin", toPost + "x.png", good, "forbidden", 403, "Origin: https://evil.example"},
		{"from the frame", toPost + "x.png", good, "forbidden", 403, "Origin: null"},
	} {
		t.Run(c.name, func(t *testing.T) {
			headers := []string{"Content-Type: image/png"}
			if c.headers != "" {
				headers = append(headers, c.headers)
			}
			res := b.do("POST", c.target, c.body, headers...)
			body := text(t, res)
			if p := problemOf(t, body); res.StatusCode != c.status || p.Kind != c.kind {
				t.Errorf("%d: %s", res.StatusCode, body)
			}
		})
	}
}

func sent(path string, data []byte) map[string]any {
	return map[string]any{"path": path, "data": base64.StdEncoding.EncodeToString(data)}
}

// A submission's pictures are committed with the post, and cleaned whatever
// the browser did.
func TestSubmitPictures(t *testing.T) {
	b := newBench(t)
	p := b.picture("dawn.png", drawing(t))
	res := b.post("/api/submit", submission(map[string]any{"pictures": []any{
		sent(p.Path, p.Data), sent(p.Path, p.Data),
		sent("assets/images/2026-08-16-update-raw.jpg", photograph(t)),
	}}))
	list := lines(t, text(t, res))
	if list[len(list)-1].Pull == nil {
		t.Fatalf("%+v", list[len(list)-1].Error)
	}
	branch := b.forge.branches["galley/ada/2026-08-16-update"]
	if !bytes.Equal(branch[p.Path], p.Data) {
		t.Error("the picture is not the one that was shown")
	}
	if raw := branch["assets/images/2026-08-16-update-raw.jpg"]; len(raw) == 0 || bytes.Contains(raw, []byte("SECRET")) {
		t.Error("a picture that was not clean was written as it was")
	}
}

func TestSubmitPicturesRefused(t *testing.T) {
	b := newBench(t)
	good := drawing(t)
	many := make([]any, 31)
	for i := range many {
		many[i] = sent("assets/images/x.png", good)
	}
	for _, c := range []struct {
		name     string
		pictures []any
		kind     string
	}{
		{"an SVG", []any{sent("assets/images/x.png", []byte("<svg/>"))}, "invalid"},
		{"under another kind's name", []any{sent("assets/images/x.jpg", good)}, "invalid"},
		{"as an SVG", []any{sent("assets/images/x.svg", good)}, "invalid"},
		{"as a workflow", []any{sent(".github/workflows/x.png", good)}, "invalid"},
		{"out of the folder", []any{sent("assets/images/../x.png", good)}, "invalid"},
		{"out of the repository", []any{sent("../x.png", good)}, "invalid"},
		{"beside the folder", []any{sent("assets/x.png", good)}, "invalid"},
		{"in another case", []any{sent("Assets/Images/x.png", good)}, "invalid"},
		{"in other letters", []any{sent("assets/images\uff0fx.png", good)}, "invalid"},
		{"with an escape", []any{sent("assets/images/%2e%2e/x.png", good)}, "invalid"},
		{"with a backslash", []any{sent(`assets/images/..\x.png`, good)}, "invalid"},
		{"hidden", []any{sent("assets/images/.x.png", good)}, "invalid"},
		{"a cut one", []any{sent("assets/images/x.png", good[:100])}, "invalid"},
		{"too many", many, "too-large"},
		{"too large together", []any{sent("assets/images/x.png", make([]byte, 25<<20))}, "too-large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := b.post("/api/submit", submission(map[string]any{"pictures": c.pictures}))
			body := text(t, res)
			if p := problemOf(t, body); p.Kind != c.kind || res.StatusCode < 400 {
				t.Errorf("%d: %s", res.StatusCode, body)
			}
		})
	}
	if len(b.forge.branches) != 1 {
		t.Error("something was written")
	}
}

// A picture is served as it is on the branch that is edited.
func TestFile(t *testing.T) {
	b := newBench(t)
	b.forge.branches["side"] = map[string][]byte{
		"assets/images/new.png": drawing(t), "assets/images/x.svg": []byte("<svg/>"),
		"assets/evil.html": []byte("<script>"), "assets/galley.css": []byte("p{}"), "_private/x.png": drawing(t),
		"_config.yml": []byte("baseurl: /news\n"),
	}
	for target, status := range map[string]int{
		"branch=side&path=assets/images/new.png":       200,
		"branch=side&path=/assets/images/new.png":      200,
		"branch=side&path=/news/assets/images/new.png": 200,
		"branch=side&path=assets/images/x.svg":         200,
		"branch=main&path=assets/images/new.png":       404,
		"path=assets/images/new.png":                   404,
		"branch=side&path=assets/evil.html":            404,
		"branch=side&path=assets/galley.css":           404,
		"branch=side&path=_private/x.png":              404,
		"branch=side&path=../assets/images/new.png":    404,
		"branch=side&path=//assets/images/new.png":     404,
		"branch=a..b&path=assets/images/new.png":       400,
	} {
		res := b.do("GET", "/api/file?"+target, "", "Sec-Fetch-Site: same-origin")
		h := res.Header
		if res.StatusCode != status {
			t.Errorf("%s: %d", target, res.StatusCode)
		}
		if status == 200 && (!strings.HasPrefix(h.Get("Content-Type"), "image/") || !strings.HasPrefix(h.Get("Content-Security-Policy"), "sandbox;") ||
			h.Get("Cross-Origin-Resource-Policy") != "same-origin" || h.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s: %v", target, h)
		}
	}
	for _, site := range []string{"cross-site", "same-site"} {
		if res := b.do("GET", "/api/file?branch=side&path=assets/images/new.png", "", "Sec-Fetch-Site: "+site); res.StatusCode != 403 {
			t.Errorf("%s: %d", site, res.StatusCode)
		}
	}
}

// On disk, the post and its pictures are one commit, and submitting them again
// makes no other.
func TestSubmitPicturesOnDisk(t *testing.T) {
	f := localForge(t, exampleFiles(t))
	b := newBenchOver(t, f)
	p := b.picture("dawn.png", drawing(t))
	var heads [2]string
	for i := range heads {
		list := lines(t, text(t, b.post("/api/submit", submission(map[string]any{"pictures": []any{sent(p.Path, p.Data)}}))))
		end := list[len(list)-1]
		if end.Pull == nil || len(end.Pull.Paths) != 2 {
			t.Fatalf("%+v", end)
		}
		tree, err := f.Tree(t.Context(), end.Pull.Branch)
		if err != nil {
			t.Fatal(err)
		}
		heads[i] = tree.Commit
		file, err := f.Read(t.Context(), end.Pull.Branch, p.Path)
		if err != nil || !bytes.Equal(file.Data, p.Data) || file.Blob != forge.BlobID(p.Data) {
			t.Fatalf("the picture is not there as it was shown: %v", err)
		}
	}
	// Whoever looks at the pull request sees it, whatever branch it is on.
	for target, status := range map[string]int{
		"branch=main&pull=1&path=/" + p.Path: 200, "branch=main&path=/" + p.Path: 404, "branch=main&pull=1&path=/assets/images/none.png": 404,
		"branch=main&pull=9&path=/" + p.Path: 404, "branch=main&pull=x&path=/" + p.Path: 404, "branch=main&pull=1&path=assets/images/harbour.svg": 200,
	} {
		if res := b.do("GET", "/api/file?"+target, ""); res.StatusCode != status {
			t.Errorf("%s: %d", target, res.StatusCode)
		}
	}
	if heads[0] != heads[1] {
		t.Error("submitted again it made another commit")
	}
}

// A pointer of Git LFS is no picture, and an address beside the site is not one
// that the site lacks.
func TestPictureThatIsNone(t *testing.T) {
	files := exampleFiles(t)
	files["_config.yml"] += "\nbaseurl: /news\n"
	files["assets/images/pointer.png"] = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
	b := newBenchOver(t, newFake(files))
	for path, want := range map[string]struct {
		status int
		says   string
	}{
		"/news/assets/images/pointer.png": {422, "In place of assets/images/pointer.png there is a pointer of Git LFS"},
		"assets/images/pointer.png":       {422, "pointer of Git LFS"},
		"/news/assets/images/gone.png":    {404, "no such picture"},
		"/other/gone.png":                 {400, "beside the site, which is at /news on its host"},
	} {
		res := b.do("GET", "/api/file?branch=main&path="+path, "")
		if p := problemOf(t, text(t, res)); res.StatusCode != want.status || !strings.Contains(p.Sentence, want.says) {
			t.Errorf("%s: %d %s", path, res.StatusCode, p.Sentence)
		}
	}
}
