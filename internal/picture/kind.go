package picture

import (
	"bytes"
	"encoding/binary"
)

// kind is what a file is by its first bytes.
type kind int

const (
	noKind kind = iota
	jpegKind
	pngKind
	gifKind
	webpKind
)

const pngSignature = "\x89PNG\r\n\x1a\n"

func kindOf(data []byte) kind {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return jpegKind
	case bytes.HasPrefix(data, []byte(pngSignature)):
		return pngKind
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return gifKind
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return webpKind
	}
	return noKind
}

// Type is the media type of a picture by its content; empty for what is none
// that Clean takes.
func Type(data []byte) string {
	switch kindOf(data) {
	case jpegKind:
		return "image/jpeg"
	case pngKind:
		return "image/png"
	case gifKind:
		return "image/gif"
	case webpKind:
		return "image/webp"
	}
	return ""
}

// notTaken says why a file of no known kind is refused.
func notTaken(data []byte) error {
	head := bytes.ToLower(data[:min(len(data), 1024)])
	switch {
	case len(data) == 0:
		return &Error{Sentence: "The file is empty."}
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		return &Error{Sentence: "Pictures of this kind (HEIC or AVIF) are not seen everywhere. Save it as a JPEG or PNG, and try again."}
	case bytes.Contains(head, []byte("<svg")):
		return &Error{Sentence: "An SVG can carry programs, so it is not taken here. Save it as a PNG, or have somebody add it to the repository."}
	}
	return &Error{Sentence: "This is not a picture that Galley takes. Pictures are JPEG, PNG, GIF or WebP files."}
}

// moves tells whether a PNG or a WebP has several frames, of which only the
// first would be kept.
func moves(k kind, data []byte) bool {
	switch k {
	case pngKind:
		for name := range pngChunks(data) {
			switch name {
			case "acTL":
				return true
			case "IDAT":
				return false
			}
		}
	case webpKind:
		return len(data) > 20 && string(data[12:16]) == "VP8X" && data[20]&2 != 0
	}
	return false
}

// pngChunks goes through the chunks of a PNG, as far as they are whole.
func pngChunks(data []byte) func(yield func(name string, body []byte) bool) {
	return func(yield func(string, []byte) bool) {
		data := data[len(pngSignature):]
		for len(data) >= 12 {
			size := int64(binary.BigEndian.Uint32(data))
			if size > int64(len(data)-12) || !yield(string(data[4:8]), data[8:8+size]) {
				return
			}
			data = data[12+size:]
		}
	}
}
