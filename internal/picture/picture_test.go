package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// quarters is a picture whose four quarters are red, green, blue and white, so
// that one sees how it was turned.
func quarters(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{255, 0, 0, 255}
			switch {
			case x >= w/2 && y < h/2:
				c = color.NRGBA{0, 255, 0, 255}
			case x < w/2 && y >= h/2:
				c = color.NRGBA{0, 0, 255, 255}
			case y >= h/2:
				c = color.NRGBA{255, 255, 255, 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

// noise is a picture of random pixels.
func noise(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range m.Pix {
		m.Pix[i] = byte(r.Uint32())
	}
	return m
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t testing.TB, m image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is metadata with an orientation, a camera and a place.
func exif(orientation int) []byte {
	b := []byte("MM\x00\x2a\x00\x00\x00\x08")
	entry := func(tag, kind uint16, count uint32, value []byte) {
		b = binary.BigEndian.AppendUint16(b, tag)
		b = binary.BigEndian.AppendUint16(b, kind)
		b = binary.BigEndian.AppendUint32(b, count)
		b = append(b, value...)
	}
	b = append(b, 0, 3)
	entry(0x010f, 2, 4, []byte("Cam\x00"))
	entry(0x0112, 3, 1, []byte{0, byte(orientation), 0, 0})
	entry(0x8825, 4, 1, []byte{0, 0, 0, 50}) // where the place stands
	b = append(b, 0, 0, 0, 0)
	b = append(b, 0, 2)
	entry(0x0001, 2, 2, []byte("N\x00\x00\x00"))
	entry(0x001d, 2, 11, []byte{0, 0, 0, 80})
	b = append(b, 0, 0, 0, 0)
	return append(b, "2026:08:16\x00GPS-SECRET"...)
}

// inJPEG puts a segment behind a JPEG's first marker.
func inJPEG(src []byte, marker byte, body string) []byte {
	out := append([]byte{}, src[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), src[2:]...)
}

// inPNG puts a chunk behind a PNG's header.
func inPNG(src []byte, name, body string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(append(chunk, name...), body...)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(append([]byte{}, src[:33]...), chunk...), src[33:]...)
}

// animation is a GIF that moves.
func animation(t testing.TB, frames int) []byte {
	t.Helper()
	palette := color.Palette{color.RGBA{}, color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}}
	g := &gif.GIF{LoopCount: 3, Config: image.Config{ColorModel: palette, Width: 20, Height: 10}}
	for i := range frames {
		f := image.NewPaletted(image.Rect(i%10, 0, 10+i%10, 10), palette)
		for j := range f.Pix {
			f.Pix[j] = byte(1 + (i+j)%2)
		}
		g.Image = append(g.Image, f)
		g.Delay = append(g.Delay, 5+i)
		g.Disposal = append(g.Disposal, gif.DisposalBackground)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Two WebP files of one pixel.
var (
	lossyWebP, _    = base64.StdEncoding.DecodeString("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
	losslessWebP, _ = base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
)

const page = "<!DOCTYPE html><script>alert(document.domain)</script>"

func clean(t testing.TB, data []byte) Picture {
	t.Helper()
	p, err := Clean(data)
	if err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	return p
}

func decode(t testing.TB, p Picture) image.Image {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	c, _, _ := image.DecodeConfig(bytes.NewReader(p.Data)) // it was decoded
	if c.Width != p.Width || c.Height != p.Height {
		t.Errorf("it is %dx%d, and said to be %dx%d", c.Width, c.Height, p.Width, p.Height)
	}
	return m
}

// What a file hides is gone, wherever it hides it.
func TestHidden(t *testing.T) {
	photo := asJPEG(t, quarters(64, 32), 95)
	drawing := asPNG(t, quarters(64, 32))
	moving := animation(t, 3)
	for name, c := range map[string]struct {
		data []byte
		kind string
	}{
		"EXIF in a JPEG":       {inJPEG(photo, 0xe1, "Exif\x00\x00"+string(exif(1))), ".jpg"},
		"XMP in a JPEG":        {inJPEG(photo, 0xe1, "http://ns.adobe.com/xap/1.0/\x00<x>GPS-SECRET</x>"), ".jpg"},
		"a comment in a JPEG":  {inJPEG(photo, 0xfe, page+"GPS-SECRET"), ".jpg"},
		"a page behind a JPEG": {append(bytes.Clone(photo), page+"GPS-SECRET"...), ".jpg"},
		"EXIF in a PNG":        {inPNG(drawing, "eXIf", string(exif(1))), ".png"},
		"text in a PNG":        {inPNG(drawing, "tEXt", "Comment\x00GPS-SECRET"+page), ".png"},
		"an unknown chunk":     {inPNG(drawing, "stEg", "GPS-SECRET"), ".png"},
		"a page behind a PNG":  {append(bytes.Clone(drawing), page+"GPS-SECRET"...), ".png"},
		"a comment in a GIF":   {append(bytes.Clone(moving[:len(moving)-1]), "!\xfe\x0aGPS-SECRET\x00;"...), ".gif"},
		"a page behind a GIF":  {append(bytes.Clone(moving), page+"GPS-SECRET"...), ".gif"},
	} {
		t.Run(name, func(t *testing.T) {
			if !bytes.Contains(c.data, []byte("GPS-SECRET")) {
				t.Fatal("the test hides nothing")
			}
			p := clean(t, c.data)
			for _, hidden := range []string{"GPS", "SECRET", "Cam", "Exif", "eXIf", "script", "DOCTYPE"} {
				if bytes.Contains(p.Data, []byte(hidden)) {
					t.Errorf("%q is still there", hidden)
				}
			}
			if p.Extension != c.kind || p.Type != Type(p.Data) {
				t.Errorf("a %s became %s of type %s", c.kind, p.Extension, p.Type)
			}
			decode(t, p)
		})
	}
}

// A JPEG that has Galley's own header is kept only when nothing is in it.
func TestOwnJPEG(t *testing.T) {
	own := clean(t, asJPEG(t, quarters(61, 33), 95)).Data
	if again := clean(t, own).Data; !bytes.Equal(own, again) {
		t.Error("it was written anew")
	}
	grey := image.NewGray(image.Rect(0, 0, 40, 40))
	own2 := clean(t, asJPEG(t, grey, 95)).Data
	if again := clean(t, own2).Data; !bytes.Equal(own2, again) {
		t.Error("a grey one was written anew")
	}
	body, end := own[:len(own)-2], own[len(own)-2:]
	for name, hidden := range map[string]string{
		"behind it":         string(own) + "SECRET",
		"behind the pixels": string(body) + "SECRET" + string(end),
		"as a comment":      string(body) + "\xff\xfe\x00\x08SECRET" + string(end),
		"in another frame":  string(body) + string(end) + string(inJPEG(own, 0xfe, "SECRET")),
	} {
		p := clean(t, []byte(hidden))
		if bytes.Contains(p.Data, []byte("SECRET")) {
			t.Errorf("what was hidden %s is still there", name)
		}
	}
}

// EXIF's eight orientations all come out upright.
func TestOrientation(t *testing.T) {
	// Where red, green, blue and white are seen: left top, right top, left
	// bottom, right bottom.
	want := map[int]string{1: "rgbw", 2: "grwb", 3: "wbgr", 4: "bwrg", 5: "rbgw", 6: "brwg", 7: "wgbr", 8: "gwrb"}
	for o, want := range want {
		for _, data := range [][]byte{
			inJPEG(asJPEG(t, quarters(80, 40), 95), 0xe1, "Exif\x00\x00"+string(exif(o))),
			inPNG(asPNG(t, quarters(80, 40)), "eXIf", string(exif(o))),
		} {
			p := clean(t, data)
			m := decode(t, p)
			w, h := p.Width, p.Height
			if tall := h > w; tall != (o >= 5) {
				t.Errorf("orientation %d: %dx%d", o, w, h)
			}
			got := ""
			for _, at := range []image.Point{{w / 4, h / 4}, {3 * w / 4, h / 4}, {w / 4, 3 * h / 4}, {3 * w / 4, 3 * h / 4}} {
				r, g, b, _ := m.At(at.X, at.Y).RGBA()
				switch {
				case r > 0x8000 && g > 0x8000:
					got += "w"
				case r > 0x8000:
					got += "r"
				case g > 0x8000:
					got += "g"
				case b > 0x8000:
					got += "b"
				}
			}
			if got != want {
				t.Errorf("%s with orientation %d: %s, want %s", p.Extension, o, got, want)
			}
		}
	}
}

// The same file gives the same bytes, and what was cleaned stays as it is.
func TestTwice(t *testing.T) {
	palette := image.NewPaletted(image.Rect(0, 0, 30, 30), color.Palette{color.White, color.NRGBA{0, 0, 0, 0}, color.Black})
	deep := image.NewNRGBA64(image.Rect(0, 0, 9, 9))
	deep.SetNRGBA64(3, 3, color.NRGBA64{1, 2, 3, 0x8000})
	for name, data := range map[string][]byte{
		"jpeg": asJPEG(t, noise(120, 77), 60), "png": asPNG(t, noise(50, 50)), "opaque png": asPNG(t, quarters(50, 50)),
		"palette": asPNG(t, palette), "16 bits": asPNG(t, deep), "grey": asPNG(t, image.NewGray16(image.Rect(0, 0, 5, 5))),
		"gif": animation(t, 12), "lossy WebP": lossyWebP, "lossless WebP": losslessWebP,
		"turned": inJPEG(asJPEG(t, noise(33, 20), 90), 0xe1, "Exif\x00\x00"+string(exif(6))),
	} {
		one, two := clean(t, data), clean(t, data)
		if !bytes.Equal(one.Data, two.Data) {
			t.Errorf("%s: not the same twice", name)
		}
		if again := clean(t, one.Data); !bytes.Equal(again.Data, one.Data) || again.Extension != one.Extension {
			t.Errorf("%s: cleaned again it is another", name)
		}
	}
}

// A PNG's pixels stay as they are.
func TestLossless(t *testing.T) {
	in := noise(64, 64)
	out := decode(t, clean(t, asPNG(t, in))).(*image.NRGBA)
	if !bytes.Equal(in.Pix, out.Pix) {
		t.Error("pixels changed")
	}
}

func TestAnimation(t *testing.T) {
	in := animation(t, 12)
	p := clean(t, in)
	was, err := gif.DecodeAll(bytes.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	is, err := gif.DecodeAll(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	if len(is.Image) != 12 || is.LoopCount != 3 || p.Width != 20 || p.Height != 10 {
		t.Fatalf("%d frames, loop %d, %dx%d", len(is.Image), is.LoopCount, p.Width, p.Height)
	}
	for i := range is.Image {
		if is.Delay[i] != was.Delay[i] || is.Disposal[i] != was.Disposal[i] || is.Image[i].Rect != was.Image[i].Rect {
			t.Errorf("frame %d is shown otherwise", i)
		}
		for y := range 10 {
			for x := range 20 {
				if is.Image[i].At(x, y) != was.Image[i].At(x, y) {
					t.Fatalf("frame %d, pixel %d, %d", i, x, y)
				}
			}
		}
	}
}

func TestWebP(t *testing.T) {
	if p := clean(t, lossyWebP); p.Extension != ".jpg" {
		t.Errorf("a photograph became %s", p.Extension)
	}
	if p := clean(t, losslessWebP); p.Extension != ".png" {
		t.Errorf("a drawing became %s", p.Extension)
	}
}

// displayP3 is the colour profile of many telephones and screens.
func displayP3() []byte {
	return colourProfile([3]float64{0.51512, 0.24120, -0.00105}, [3]float64{0.29198, 0.69225, 0.04189}, [3]float64{0.15710, 0.06657, 0.78407})
}

// colourProfile is a profile with these red, green and blue, and sRGB's curve.
func colourProfile(red, green, blue [3]float64) []byte {
	type tag struct {
		name string
		body []byte
	}
	xyz := func(v [3]float64) []byte {
		b := []byte("XYZ \x00\x00\x00\x00")
		for _, v := range v {
			b = binary.BigEndian.AppendUint32(b, uint32(int32(math.Round(v*65536))))
		}
		return b
	}
	curve := []byte("para\x00\x00\x00\x00\x00\x03\x00\x00")
	for _, v := range []float64{2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045} {
		curve = binary.BigEndian.AppendUint32(curve, uint32(math.Round(v*65536)))
	}
	tags := []tag{{"rXYZ", xyz(red)}, {"gXYZ", xyz(green)}, {"bXYZ", xyz(blue)},
		{"rTRC", curve}, {"gTRC", curve}, {"bTRC", curve}}
	p := make([]byte, 128)
	copy(p[16:], "RGB XYZ ")
	p = binary.BigEndian.AppendUint32(p, uint32(len(tags)))
	at := len(p) + 12*len(tags)
	for _, t := range tags {
		p = append(p, t.name...)
		p = binary.BigEndian.AppendUint32(p, uint32(at))
		p = binary.BigEndian.AppendUint32(p, uint32(len(t.body)))
		at += len(t.body)
	}
	for _, t := range tags {
		p = append(p, t.body...)
	}
	return p
}

// plainPicture has one colour.
func plainPicture(m draw.Image, c color.Color) image.Image {
	draw.Draw(m, m.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
	return m
}

// Colours of another profile become those that are seen.
func TestProfile(t *testing.T) {
	// What Display P3 calls the red of sRGB.
	c := color.NRGBA{234, 51, 35, 255}
	at := image.Rect(0, 0, 32, 32)
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(displayP3())
	_ = z.Close()
	chunk := "x\x00\x00" + packed.String()
	deep := image.NewNRGBA64(at)
	half := color.NRGBA{234, 51, 35, 128}
	for name, data := range map[string][]byte{
		"jpeg":        inJPEG(asJPEG(t, plainPicture(image.NewRGBA(at), c), 100), 0xe2, "ICC_PROFILE\x00\x01\x01"+string(displayP3())),
		"png":         inPNG(asPNG(t, plainPicture(image.NewRGBA(at), c)), "iCCP", chunk),
		"palette":     inPNG(asPNG(t, plainPicture(image.NewPaletted(at, color.Palette{color.Black, c}), c)), "iCCP", chunk),
		"transparent": inPNG(asPNG(t, plainPicture(image.NewNRGBA(at), half)), "iCCP", chunk),
		"16 bits":     inPNG(asPNG(t, plainPicture(deep, c)), "iCCP", chunk),
	} {
		p := clean(t, data)
		got := color.NRGBAModel.Convert(decode(t, p).At(9, 9)).(color.NRGBA)
		if got.R < 252 || got.G > 6 || got.B > 6 {
			t.Errorf("%s: %v", name, got)
		}
		if bytes.Contains(p.Data, []byte("ICC")) || bytes.Contains(p.Data, []byte("iCCP")) {
			t.Errorf("%s: the profile is still there", name)
		}
	}
	// A profile that changes nothing changes no pixel.
	s, ok := readProfile(displayP3())
	if !ok || s.isSRGB() {
		t.Error("Display P3 is not understood")
	}
	sRGB := colourProfile([3]float64{0.43607, 0.22249, 0.01392}, [3]float64{0.38515, 0.71687, 0.09708}, [3]float64{0.14307, 0.06061, 0.71410})
	if s, ok := readProfile(sRGB); !ok || !s.isSRGB() {
		t.Error("sRGB is not known as what it is")
	}
	for _, broken := range [][]byte{nil, displayP3()[:150], displayP3()[:300], bytes.Repeat([]byte{0xff}, 4000)} {
		_, _ = readProfile(broken)
	}
}

func TestScaled(t *testing.T) {
	p := clean(t, asPNG(t, quarters(9000, 30)))
	if p.Width != 4096 || p.Height != 13 {
		t.Errorf("%dx%d", p.Width, p.Height)
	}
	m := decode(t, p)
	if r, g, _, _ := m.At(4000, 2).RGBA(); r > 0x2000 || g < 0xe000 {
		t.Errorf("green became %v", m.At(4000, 2))
	}
	if p := clean(t, asPNG(t, quarters(5, 4097))); p.Height != 4096 || p.Width != 4 {
		t.Errorf("%dx%d", p.Width, p.Height)
	}
}

// bomb is the header of a PNG of this size, with little behind it.
func bomb(t *testing.T, w, h uint32, depth, colour byte) []byte {
	data := asPNG(t, quarters(2, 2))
	binary.BigEndian.PutUint32(data[16:], w)
	binary.BigEndian.PutUint32(data[20:], h)
	data[24], data[25] = depth, colour
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

// Every refusal is a sentence that names what is wrong, and comes at once.
func TestRefused(t *testing.T) {
	svg := `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`
	jpegBomb := asJPEG(t, quarters(16, 16), 90)
	at := bytes.Index(jpegBomb, []byte{0xff, 0xc0})
	copy(jpegBomb[at+5:], []byte{0xff, 0xff, 0xff, 0xff})
	gifBomb := animation(t, 1)
	copy(gifBomb[6:], []byte{0xff, 0xff, 0xff, 0xff})
	many := bytes.Clone(animation(t, 1))
	frame := many[bytes.IndexByte(many[13+12:], ',')+13+12 : len(many)-1]
	for range 3000 {
		many = append(many[:len(many)-1], append(bytes.Clone(frame), ';')...)
	}
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"nothing":                       {nil, "empty"},
		"an SVG":                        {[]byte(svg), "SVG"},
		"a page":                        {[]byte(page), "not a picture"},
		"a page with a GIF's beginning": {[]byte("GIF89a/*" + page), "damaged"},
		"HEIC":                          {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "HEIC"},
		"PDF":                           {[]byte("%PDF-1.7"), "not a picture"},
		"50 MB":                         {append(asJPEG(t, quarters(4, 4), 90), make([]byte, 50<<20)...), "10 MB"},
		"a cut JPEG":                    {asJPEG(t, noise(64, 64), 90)[:1500], "damaged"},
		"a cut PNG":                     {asPNG(t, noise(64, 64))[:1500], "damaged"},
		"a cut GIF":                     {animation(t, 9)[:100], "damaged"},
		"a cut WebP":                    {lossyWebP[:30], "damaged"},
		"a header alone":                {[]byte("\xff\xd8\xff"), "damaged"},
		"a PNG bomb":                    {bomb(t, 60000, 60000, 8, 2), "pixels"},
		"a PNG of 2^31 pixels":          {bomb(t, 0x7fffffff, 0x7fffffff, 8, 2), ""},
		"a deep PNG bomb":               {bomb(t, 6000, 6000, 16, 6), "pixels"},
		"a JPEG bomb":                   {jpegBomb, "pixels"},
		"a GIF bomb":                    {gifBomb, "pixels"},
		"a GIF of 3000 frames":          {many, "pixels"},
		"a PNG that moves":              {inPNG(asPNG(t, quarters(4, 4)), "acTL", "\x00\x00\x00\x01\x00\x00\x00\x00"), "moves"},
		"a WebP that moves":             {[]byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00"), "moves"},
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := Clean(c.data)
			var told *Error
			if !errors.As(err, &told) {
				t.Fatalf("not refused: %v", err)
			}
			if !strings.Contains(told.Sentence, c.want) || !strings.HasSuffix(told.Sentence, ".") {
				t.Errorf("the sentence is %q", told.Sentence)
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("it took %v", took)
			}
		})
	}
}

func TestName(t *testing.T) {
	p := Picture{Data: []byte("x"), Extension: ".png"}
	const post = "_posts/2026-08-16-update.md"
	for file, want := range map[string]string{
		"Café (1).PNG":                  "2026-08-16-update-cafe-1-2d711642.png",
		"image.png":                     "2026-08-16-update-2d711642.png",
		"":                              "2026-08-16-update-2d711642.png",
		"../../.github/workflows/x.yml": "2026-08-16-update-x-2d711642.png",
		`C:\Users\Anna\harbour.jpeg`:    "2026-08-16-update-harbour-2d711642.png",
		"港.png":                         "2026-08-16-update-2d711642.png",
		"a\u202egnp.exe":                "2026-08-16-update-a-gnp-2d711642.png",
		"İstanbul.jpg":                  "2026-08-16-update-istanbul-2d711642.png",
		".htaccess":                     "2026-08-16-update-2d711642.png",
		strings.Repeat("long ", 50):     "2026-08-16-update-long-long-long-long-long-long-long-long-2d711642.png",
	} {
		if got := Name(post, file, p); got != want {
			t.Errorf("%q: %s, want %s", file, got, want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, data := range [][]byte{
		asJPEG(f, quarters(8, 8), 80), inJPEG(asJPEG(f, quarters(8, 8), 80), 0xe1, "Exif\x00\x00"+string(exif(6))),
		inJPEG(asJPEG(f, quarters(8, 8), 80), 0xe2, "ICC_PROFILE\x00\x01\x01"+string(displayP3())),
		asPNG(f, noise(5, 5)), inPNG(asPNG(f, quarters(5, 4)), "eXIf", string(exif(8))), animation(f, 3), lossyWebP, losslessWebP, []byte(page),
	} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := Clean(data)
		if err != nil {
			var told *Error
			if !errors.As(err, &told) || told.Sentence == "" {
				t.Fatalf("not a sentence: %v", err)
			}
			return
		}
		again, err := Clean(p.Data)
		if err != nil || !bytes.Equal(again.Data, p.Data) {
			t.Fatalf("cleaned again it is another: %v", err)
		}
	})
}

// A photograph of a telephone.
func BenchmarkPhotograph(b *testing.B) {
	data := inJPEG(asJPEG(b, quarters(4032, 3024), 92), 0xe1, "Exif\x00\x00"+string(exif(6)))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		clean(b, data)
	}
}
