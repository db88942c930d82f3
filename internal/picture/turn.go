package picture

import (
	"bytes"
	"image"

	"github.com/bep/imagemeta"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
)

// orientation is how a picture is to be turned to be seen upright, as EXIF
// counts: 1 for as it is, up to 8.
func orientation(k kind, data []byte) int {
	format := map[kind]imagemeta.ImageFormat{jpegKind: imagemeta.JPEG, pngKind: imagemeta.PNG, webpKind: imagemeta.WebP}[k]
	o := 1
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" && tag.Namespace == "IFD0" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if n, ok := tag.Value.(uint16); ok && n >= 1 && n <= 8 {
				o = int(n)
			}
			return imagemeta.ErrStopWalking
		},
	})
	if err != nil {
		return 1 // a picture whose metadata is damaged is still a picture
	}
	return o
}

// turned turns and mirrors a picture by EXIF's orientation.
func turned(m image.Image, orientation int) image.Image {
	if orientation == 1 {
		return m
	}
	b := m.Bounds()
	w, h := float64(b.Dx()), float64(b.Dy())
	// Where a point of the picture goes: to (a x + b y + c, d x + e y + f).
	to := map[int]f64.Aff3{
		2: {-1, 0, w, 0, 1, 0},
		3: {-1, 0, w, 0, -1, h},
		4: {1, 0, 0, 0, -1, h},
		5: {0, 1, 0, 1, 0, 0},
		6: {0, -1, h, 1, 0, 0},
		7: {0, -1, h, -1, 0, w},
		8: {0, 1, 0, -1, 0, w},
	}[orientation]
	size := image.Rect(0, 0, b.Dx(), b.Dy())
	if orientation >= 5 {
		size = image.Rect(0, 0, b.Dy(), b.Dx())
	}
	out := canvas(m, size)
	draw.NearestNeighbor.Transform(out, to, m, b, draw.Src, nil)
	return out
}

// scaled brings a picture to maxSide. What is over twice as large is halved
// first, so that each pixel counts.
func scaled(m image.Image) image.Image {
	for {
		size := m.Bounds().Size()
		long := max(size.X, size.Y)
		if long <= maxSide {
			return m
		}
		to := max(maxSide, (long+1)/2)
		// What is mixed anew loses nothing by being premultiplied, and is done faster.
		out := image.NewRGBA(image.Rect(0, 0, max(1, size.X*to/long), max(1, size.Y*to/long)))
		draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Src, nil)
		m = out
	}
}

// canvas is an empty picture that can take another's colours.
func canvas(like image.Image, size image.Rectangle) draw.Image {
	if o, ok := like.(interface{ Opaque() bool }); ok && o.Opaque() {
		return image.NewRGBA(size)
	}
	return image.NewNRGBA(size)
}
