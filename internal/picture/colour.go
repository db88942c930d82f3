package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"image"
	"image/color"
	"io"
	"math"

	"golang.org/x/image/draw"
)

// maxProfile is the largest colour profile that is looked at, in bytes. Those
// of cameras and screens have a few kilobytes.
const maxProfile = 1 << 20

// matrix is by rows.
type matrix [3][3]float64

// fromXYZ leads from the connection space of profiles (CIE XYZ under D50) to
// linear sRGB.
var fromXYZ = matrix{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

// space is how a picture's colours become those of sRGB.
type space struct {
	linear [3][256]float64 // by channel and value
	to     matrix          // of linear values
}

// inSRGB brings a picture to sRGB, as its profile says. Profiles of a matrix
// and curves are understood, which cameras, telephones and screens write; others
// are passed over.
func inSRGB(m image.Image, profile []byte) image.Image {
	s, ok := readProfile(profile)
	if !ok || s.isSRGB() {
		return m
	}
	convert := s.converter()
	switch m := m.(type) {
	case *image.Gray, *image.Gray16:
		return m
	case *image.Paletted:
		for i, c := range m.Palette {
			n := color.NRGBAModel.Convert(c).(color.NRGBA)
			n.R, n.G, n.B = convert(n.R, n.G, n.B)
			m.Palette[i] = n
		}
		return m
	case *image.NRGBA:
		convertAll(m.Pix, convert)
		return m
	}
	out := canvas(m, m.Bounds().Sub(m.Bounds().Min))
	draw.Draw(out, out.Bounds(), m, m.Bounds().Min, draw.Src)
	switch out := out.(type) {
	case *image.RGBA: // opaque, so that its values are as they are seen
		convertAll(out.Pix, convert)
	case *image.NRGBA:
		convertAll(out.Pix, convert)
	}
	return out
}

func convertAll(pix []byte, convert func(r, g, b byte) (byte, byte, byte)) {
	var last [3]byte
	var made [3]byte
	made[0], made[1], made[2] = convert(0, 0, 0)
	for i := 0; i+3 < len(pix); i += 4 {
		if now := [3]byte{pix[i], pix[i+1], pix[i+2]}; now != last {
			last = now
			made[0], made[1], made[2] = convert(now[0], now[1], now[2])
		}
		pix[i], pix[i+1], pix[i+2] = made[0], made[1], made[2]
	}
}

// converter gives the function for one pixel.
func (s *space) converter() func(r, g, b byte) (byte, byte, byte) {
	const steps = 1 << 13
	var encode [steps + 1]byte
	for i := range encode {
		v := float64(i) / steps
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		encode[i] = byte(math.Round(v * 255))
	}
	return func(r, g, b byte) (byte, byte, byte) {
		in := [3]float64{s.linear[0][r], s.linear[1][g], s.linear[2][b]}
		var out [3]byte
		for i, row := range s.to {
			v := row[0]*in[0] + row[1]*in[1] + row[2]*in[2]
			out[i] = encode[int(min(1, max(0, v))*steps+0.5)]
		}
		return out[0], out[1], out[2]
	}
}

// isSRGB tells whether colours stay as they are, but for what rounding does.
func (s *space) isSRGB() bool {
	convert := s.converter()
	near := func(a, b byte) bool { return a-b+2 <= 4 }
	for _, c := range [][3]byte{{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {64, 64, 64}, {128, 128, 128}, {200, 100, 50}, {30, 90, 220}} {
		if r, g, b := convert(c[0], c[1], c[2]); !near(r, c[0]) || !near(g, c[1]) || !near(b, c[2]) {
			return false
		}
	}
	return true
}

// readProfile reads an ICC profile of a matrix and curves.
func readProfile(p []byte) (*space, bool) {
	if len(p) < 132 || len(p) > maxProfile || string(p[16:20]) != "RGB " || string(p[20:24]) != "XYZ " {
		return nil, false
	}
	tags := map[string][]byte{}
	count := min(binary.BigEndian.Uint32(p[128:]), 100)
	for i := range int(count) {
		at := 132 + 12*i
		if at+12 > len(p) {
			return nil, false
		}
		from, size := uint64(binary.BigEndian.Uint32(p[at+4:])), uint64(binary.BigEndian.Uint32(p[at+8:]))
		if from+size <= uint64(len(p)) {
			tags[string(p[at:at+4])] = p[from : from+size]
		}
	}
	if tags["A2B0"] != nil {
		return nil, false // a table says more than the matrix
	}
	s := &space{}
	var toXYZ matrix
	for i, channel := range []string{"r", "g", "b"} {
		xyz, curve := tags[channel+"XYZ"], tags[channel+"TRC"]
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " || !readCurve(curve, &s.linear[i]) {
			return nil, false
		}
		for j := range 3 {
			toXYZ[j][i] = fixed(xyz[8+4*j:])
		}
	}
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				s.to[i][j] += fromXYZ[i][k] * toXYZ[k][j]
			}
		}
	}
	return s, true
}

// fixed reads a number with 16 bits behind the point.
func fixed(b []byte) float64 { return float64(int32(binary.BigEndian.Uint32(b))) / 65536 }

// parameters is how many numbers the kinds of a parametric curve have.
var parameters = []int{1, 3, 4, 5, 7}

// readCurve works out a curve for the 256 values.
func readCurve(c []byte, into *[256]float64) bool {
	if len(c) < 12 {
		return false
	}
	var f func(x float64) float64
	switch string(c[:4]) {
	case "curv":
		n, points := int(binary.BigEndian.Uint32(c[8:])), c[12:]
		switch {
		case n == 0:
			f = func(x float64) float64 { return x }
		case n < 0 || n > len(points)/2:
			return false
		case n == 1:
			gamma := float64(binary.BigEndian.Uint16(points)) / 256
			f = func(x float64) float64 { return math.Pow(x, gamma) }
		default:
			f = func(x float64) float64 {
				at := x * float64(n-1)
				low := min(int(at), n-2)
				a, b := binary.BigEndian.Uint16(points[2*low:]), binary.BigEndian.Uint16(points[2*low+2:])
				return (float64(a) + (float64(b)-float64(a))*(at-float64(low))) / 65535
			}
		}
	case "para":
		kind := int(binary.BigEndian.Uint16(c[8:]))
		if kind >= len(parameters) || len(c) < 12+4*parameters[kind] {
			return false
		}
		var v [7]float64 // g a b c d e f
		for i := range parameters[kind] {
			v[i] = fixed(c[12+4*i:])
		}
		g, a, b, slope, from, e, offset := v[0], v[1], v[2], v[3], v[4], v[5], v[6]
		switch kind {
		case 0:
			a = 1
		case 1, 2:
			if a == 0 {
				return false
			}
			from, slope, e, offset = -b/a, 0, v[3], v[3]
		}
		f = func(x float64) float64 {
			if x < from {
				return slope*x + offset
			}
			return math.Pow(max(0, a*x+b), g) + e
		}
	default:
		return false
	}
	for i := range into {
		v := f(float64(i) / 255)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
		into[i] = min(1, max(0, v))
	}
	return true
}

// profile finds a picture's colour profile; nil where it has none.
func profile(k kind, data []byte) []byte {
	switch k {
	case jpegKind:
		return jpegProfile(data)
	case pngKind:
		for name, body := range pngChunks(data) {
			switch name {
			case "iCCP":
				_, packed, found := bytes.Cut(body, []byte{0})
				if !found || len(packed) < 1 {
					return nil
				}
				r, err := zlib.NewReader(bytes.NewReader(packed[1:]))
				if err != nil {
					return nil
				}
				p, err := io.ReadAll(io.LimitReader(r, maxProfile+1))
				if err != nil {
					return nil
				}
				return p
			case "IDAT":
				return nil
			}
		}
	case webpKind:
		for rest := data[12:]; len(rest) >= 8; {
			size := int(binary.LittleEndian.Uint32(rest[4:]))
			if size > len(rest)-8 {
				return nil
			}
			if string(rest[:4]) == "ICCP" {
				return rest[8 : 8+size]
			}
			rest = rest[min(len(rest), 8+size+size%2):]
		}
	}
	return nil
}

// jpegProfile joins the pieces of a JPEG's profile, which stand in order.
func jpegProfile(data []byte) []byte {
	const name = "ICC_PROFILE\x00"
	var p []byte
	for rest := data[2:]; len(rest) >= 4 && rest[0] == 0xff && rest[1] != 0xda; {
		size := int(binary.BigEndian.Uint16(rest[2:]))
		if size < 2 || size > len(rest)-2 {
			break
		}
		body := rest[4 : 2+size]
		if rest[1] == 0xe2 && len(body) > len(name)+2 && string(body[:len(name)]) == name {
			p = append(p, body[len(name)+2:]...)
		}
		rest = rest[2+size:]
	}
	return p
}
