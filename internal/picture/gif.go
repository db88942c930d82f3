package picture

import (
	"errors"
	"io"
)

var errGIF = errors.New("gif: a block that there is not")

// measureGIF counts the frames of a GIF and their pixels from its block
// headers, without decoding: a few bytes can stand for many pixels.
func measureGIF(data []byte) (frames, pixels int, err error) {
	r := &cursor{data: data}
	head := r.take(13)
	if r.short {
		return 0, 0, io.ErrUnexpectedEOF
	}
	// The screen itself is drawn to, too.
	pixels = (int(head[6]) | int(head[7])<<8) * (int(head[8]) | int(head[9])<<8)
	r.take(tableSize(head[10]))
	for !r.short {
		switch b := r.take(1); {
		case r.short:
		case b[0] == ';':
			return frames, pixels, nil
		case b[0] == '!':
			r.take(1)
			r.skipBlocks()
		case b[0] == ',':
			d := r.take(9)
			if r.short {
				break
			}
			frames++
			pixels += (int(d[4]) | int(d[5])<<8) * (int(d[6]) | int(d[7])<<8)
			r.take(tableSize(d[8]) + 1)
			r.skipBlocks()
		default:
			return 0, 0, errGIF
		}
		if frames > maxFrames {
			return frames, pixels, nil
		}
	}
	return 0, 0, io.ErrUnexpectedEOF
}

// tableSize is the size of a colour table by the flags before it.
func tableSize(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// cursor walks through bytes; short is set when they end too early.
type cursor struct {
	data  []byte
	short bool
}

func (c *cursor) take(n int) []byte {
	if n > len(c.data) {
		c.short, c.data = true, nil
		return nil
	}
	taken := c.data[:n]
	c.data = c.data[n:]
	return taken
}

// skipBlocks passes over blocks that say their length, to the empty one.
func (c *cursor) skipBlocks() {
	for {
		n := c.take(1)
		if c.short || n[0] == 0 {
			return
		}
		c.take(int(n[0]))
	}
}
