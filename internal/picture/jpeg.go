package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
)

// slack is how many bytes of a JPEG's compressed data its last pixels may
// leave unread: what a decoder takes ahead.
const slack = 4

// isOwnJPEG tells whether a JPEG is as Clean writes them, so that it need not
// lose quality by being written again: the same header, byte for byte, behind it
// compressed data without any marker, and at its end nothing that no pixel
// needs.
func isOwnJPEG(data []byte, c image.Config) bool {
	if c.Width > maxSide || c.Height > maxSide {
		return false
	}
	header := ownHeader(c)
	if len(data) < len(header)+2+slack || !bytes.HasPrefix(data, header) {
		return false
	}
	scan, end := data[len(header):len(data)-2], data[len(data)-2:]
	if end[0] != 0xff || end[1] != 0xd9 {
		return false
	}
	for i := bytes.IndexByte(scan, 0xff); i >= 0; {
		if i+1 >= len(scan) || scan[i+1] != 0 {
			return false
		}
		next := bytes.IndexByte(scan[i+2:], 0xff)
		if next < 0 {
			break
		}
		i += 2 + next
	}
	if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
		return false
	}
	cut := append(bytes.Clone(data[:len(data)-2-slack]), end...)
	_, err := jpeg.Decode(bytes.NewReader(cut))
	return err != nil
}

// ownHeader is what the encoder writes before the compressed data of a picture
// of this size, taken from a picture of one pixel.
func ownHeader(c image.Config) []byte {
	var one image.Image = image.NewYCbCr(image.Rect(0, 0, 1, 1), image.YCbCrSubsampleRatio420)
	if c.ColorModel == color.GrayModel {
		one = image.NewGray(image.Rect(0, 0, 1, 1))
	}
	var b bytes.Buffer
	if encodeJPEG(&b, one) != nil {
		return nil // into memory, so there is no reason
	}
	header := b.Bytes()
	for at := 2; at+4 <= len(header); {
		marker, size := header[at+1], int(binary.BigEndian.Uint16(header[at+2:]))
		switch marker {
		case 0xc0: // start of frame: precision, height, width
			binary.BigEndian.PutUint16(header[at+5:], uint16(c.Height))
			binary.BigEndian.PutUint16(header[at+7:], uint16(c.Width))
		case 0xda: // start of scan
			return header[:at+2+size]
		}
		at += 2 + size
	}
	return nil
}
