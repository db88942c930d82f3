// Package picture makes pictures fit to be published: what a writer pastes,
// drops or picks goes in as bytes, and a picture that holds nothing but its
// pixels comes out.
//
// What a file is, its content alone says; neither its name nor the type that a
// browser declares is asked. JPEG, PNG, GIF and WebP are taken. Everything that
// comes out was encoded anew, so that nothing rides along: no place where a
// photograph was taken, no camera, no comment, no page or program behind the
// last pixel.
//
//	in                        out
//	JPEG                      JPEG of quality 88, turned as its EXIF says
//	PNG                       PNG, its pixels as they were
//	GIF                       GIF, with all its frames, times and its loop
//	WebP, lossy and opaque    JPEG
//	WebP, any other           PNG
//
// WebP becomes another kind since Go's libraries read it and do not write it,
// and since programs that read mail, to which newsletters go, know the others
// better.
//
// Pictures whose colour profile is another than sRGB, as telephones and screens
// make them, are brought to sRGB, which is what pictures without a profile are
// taken for. A still picture that is wider or higher than 4096 pixels is scaled
// down to that.
//
// The same file gives the same bytes each time, and what came out of Clean
// passes through it unchanged.
package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
)

// Limits of a picture.
const (
	// MaxBytes is the size of the largest file that is taken, and given.
	MaxBytes = 10 << 20
	// maxMemory is how many bytes the pixels of a picture may take, of all frames
	// together: 53 million pixels of a photograph, 40 of a drawing in colour.
	maxMemory = 160 << 20
	// maxSide is the width or height above which still pictures are scaled down.
	maxSide = 4096
	// maxFrames is how many frames a GIF may have.
	maxFrames = 2000
	// quality is that of the JPEGs that are written: one more step up costs a
	// tenth of the size, and is not seen on a page.
	quality = 88
)

// Picture is a picture that is fit to be published.
type Picture struct {
	Data []byte
	// Extension is ".jpg", ".png" or ".gif".
	Extension string
	// Type is the media type: "image/jpeg", "image/png" or "image/gif".
	Type string
	// Width and Height are in pixels, as they are seen.
	Width, Height int
}

// Extensions are those that pictures are written with.
var Extensions = []string{".gif", ".jpg", ".png"}

// Error is why a file is not taken, in a sentence for the writer.
type Error struct {
	Sentence string
	// TooLarge: it is the size, in bytes or in pixels.
	TooLarge bool
	// Err is the cause, for the log; it may be nil.
	Err error
}

// Error gives the operator's view.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("picture: %v", e.Err)
	}
	return "picture: " + e.Sentence
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Clean makes the picture of a file. Every failure is an *Error.
func Clean(data []byte) (Picture, error) {
	if len(data) > MaxBytes {
		return Picture{}, &Error{TooLarge: true, Sentence: fmt.Sprintf(
			"The picture is larger than %d MB. Scale it down, or save it as a JPEG of lower quality, and try again.", MaxBytes>>20)}
	}
	k := kindOf(data)
	if k == gifKind {
		return cleanGIF(data)
	}
	still, ok := stills[k]
	if !ok {
		return Picture{}, notTaken(data)
	}
	if moves(k, data) {
		return Picture{}, &Error{Sentence: "The picture moves, and only GIFs may. Save it as a GIF, or as a still picture, and try again."}
	}
	config, err := still.config(bytes.NewReader(data))
	if err != nil {
		return Picture{}, broken(err)
	}
	if err := bounded(config); err != nil {
		return Picture{}, err
	}
	if k == jpegKind && isOwnJPEG(data, config) {
		return Picture{data, ".jpg", "image/jpeg", config.Width, config.Height}, nil
	}
	m, err := still.decode(bytes.NewReader(data))
	if err != nil {
		return Picture{}, broken(err)
	}
	_, lossy := m.(*image.YCbCr)
	m = inSRGB(scaled(turned(m, orientation(k, data))), profile(k, data))
	if k == jpegKind || k == webpKind && lossy {
		return write(m, ".jpg", "image/jpeg", func(b *bytes.Buffer) error { return encodeJPEG(b, m) })
	}
	return write(m, ".png", "image/png", func(b *bytes.Buffer) error { return png.Encode(b, m) })
}

func encodeJPEG(b *bytes.Buffer, m image.Image) error {
	return jpeg.Encode(b, m, &jpeg.Options{Quality: quality})
}

// bounded tells whether a picture's pixels fit into the memory that one may
// take.
func bounded(c image.Config) error {
	perPixel := 4
	switch c.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model:
		perPixel = 8
	case color.YCbCrModel:
		perPixel = 3
	}
	if c.Width <= 0 || c.Height <= 0 {
		return broken(nil)
	}
	if c.Width > maxMemory/perPixel/c.Height {
		return tooManyPixels()
	}
	return nil
}

// cleanGIF cleans a GIF frame by frame.
func cleanGIF(data []byte) (Picture, error) {
	frames, pixels, err := measureGIF(data)
	if err != nil {
		return Picture{}, broken(err)
	}
	if frames > maxFrames || pixels > maxMemory/2 {
		return Picture{}, tooManyPixels()
	}
	all, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		return Picture{}, broken(err)
	}
	return write(image.Rect(0, 0, all.Config.Width, all.Config.Height), ".gif", "image/gif",
		func(b *bytes.Buffer) error { return gif.EncodeAll(b, all) })
}

// write encodes a picture and describes it.
func write(m interface{ Bounds() image.Rectangle }, extension, kind string, encode func(*bytes.Buffer) error) (Picture, error) {
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		return Picture{}, broken(err)
	}
	if b.Len() > MaxBytes {
		return Picture{}, &Error{TooLarge: true, Sentence: fmt.Sprintf(
			"Without what it hides, the picture is still larger than %d MB. Scale it down, or save it as a JPEG, and try again.", MaxBytes>>20)}
	}
	size := m.Bounds().Size()
	return Picture{b.Bytes(), extension, kind, size.X, size.Y}, nil
}

// stills are the readers of still pictures.
var stills = map[kind]struct {
	config func(r reader) (image.Config, error)
	decode func(r reader) (image.Image, error)
}{
	jpegKind: {func(r reader) (image.Config, error) { return jpeg.DecodeConfig(r) }, func(r reader) (image.Image, error) { return jpeg.Decode(r) }},
	pngKind:  {func(r reader) (image.Config, error) { return png.DecodeConfig(r) }, func(r reader) (image.Image, error) { return png.Decode(r) }},
	webpKind: {func(r reader) (image.Config, error) { return webp.DecodeConfig(r) }, func(r reader) (image.Image, error) { return webp.Decode(r) }},
}

type reader = *bytes.Reader

func broken(err error) error {
	return &Error{Err: err, Sentence: "The picture is damaged or cut off: it cannot be read to its end. Save it again from where it came, and try again."}
}

func tooManyPixels() error {
	return &Error{TooLarge: true, Sentence: "The picture has too many pixels. Scale it down to 4000 pixels in width, and try again."}
}
