package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// A WebAssembly module, as far as it is looked at here.
const (
	wasmMagic   = "\x00asm\x01\x00\x00\x00"
	dataSection = 11
	i32Const    = 0x41
	end         = 0x0b
	// gap is how many zeros end a segment of data. The linker ends one at a
	// few, and writes a hundred thousand of them, whose addresses hardly
	// compress: zeros do.
	gap = 64
	// maxMemory is the last address at which data is believed to be.
	maxMemory = 1 << 25
)

// slim makes a module that Go has compiled smaller on the wire, by a seventh
// or so: it joins the segments of its data and leaves out the lines of the
// source, which only traces of a crash would show. No tool that is to be had
// knows Go's tables; wasm-opt alone saves a hundredth.
//
// It fails, and the module can be used as it was, when that is not laid out as
// expected, by another version of Go for instance.
func slim(module []byte) ([]byte, error) {
	if !bytes.HasPrefix(module, []byte(wasmMagic)) {
		return nil, errors.New("this is not a WebAssembly module")
	}
	out := []byte(wasmMagic)
	done := false
	in := wasmReader{data: module, at: len(wasmMagic)}
	for in.at < len(module) && !in.failed {
		start := in.at
		id := in.byte()
		body := in.bytes(in.number())
		if id != dataSection {
			out = append(out, module[start:in.at]...)
			continue
		}
		memory, first, err := readData(body)
		if err != nil {
			return nil, err
		}
		if err := dropLines(memory); err != nil {
			return nil, err
		}
		section := writeData(memory, first)
		out = append(out, dataSection)
		out = binary.AppendUvarint(out, uint64(len(section)))
		out = append(out, section...)
		done = true
	}
	if in.failed || !done {
		return nil, errors.New("the module is cut off, or has no data")
	}
	return out, nil
}

// readData gives the memory that a module starts with, and where the first
// segment of it is.
func readData(section []byte) (memory []byte, first int, err error) {
	in := wasmReader{data: section}
	first = -1
	for range in.number() {
		kind, op, at := in.number(), in.byte(), in.number()
		if in.byte() != end || kind != 0 || op != i32Const {
			return nil, 0, errors.New("the module's data is not of the kind that Go writes")
		}
		data := in.bytes(in.number())
		if in.failed || at > maxMemory {
			return nil, 0, errors.New("the module's data cannot be read")
		}
		if first < 0 || at < first {
			first = at
		}
		if more := at + len(data) - len(memory); more > 0 {
			memory = append(memory, make([]byte, more)...)
		}
		copy(memory[at:], data)
	}
	if first < 0 {
		return nil, 0, errors.New("the module has no data")
	}
	return memory, first, nil
}

// writeData is the section for a memory, without its longer runs of zeros.
func writeData(memory []byte, first int) []byte {
	var segments []byte
	count := 0
	zeros := make([]byte, gap)
	for at := first; at < len(memory); {
		data := memory[at:]
		if n := bytes.Index(data, zeros); n >= 0 {
			data = data[:n]
		}
		if len(data) > 0 {
			segments = append(segments, 0, i32Const)
			segments = appendSigned(segments, at)
			segments = append(segments, end)
			segments = binary.AppendUvarint(segments, uint64(len(data)))
			segments = append(segments, data...)
			count++
		}
		for at += len(data); at < len(memory) && memory[at] == 0; at++ {
		}
	}
	return append(binary.AppendUvarint(nil, uint64(count)), segments...)
}

// appendSigned writes a number that is not negative as a signed LEB128.
func appendSigned(out []byte, n int) []byte {
	for ; n >= 1<<6; n >>= 7 {
		out = append(out, byte(n)|1<<7)
	}
	return append(out, byte(n))
}

// wasmReader reads a module. After it failed it gives zeros.
type wasmReader struct {
	data   []byte
	at     int
	failed bool
}

func (r *wasmReader) byte() byte {
	b := r.bytes(1)
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func (r *wasmReader) bytes(n int) []byte {
	if r.failed || n > len(r.data)-r.at {
		r.failed = true
		return nil
	}
	r.at += n
	return r.data[r.at-n : r.at]
}

// number reads a LEB128. The signed ones that are read here are not negative,
// and look the same.
func (r *wasmReader) number() int {
	if r.failed {
		return 0
	}
	v, n := binary.Uvarint(r.data[r.at:])
	if n <= 0 || v > 1<<32 {
		r.failed = true
		return 0
	}
	r.at += n
	return int(v)
}

// dropLines takes out of a module's memory, in place, what tells lines of the
// source, calls that were compiled inline and places where a thread may be
// stopped (there are none in WebAssembly) by program counter. What the runtime
// needs to walk a stack, and the functions' names, stay. The runtime takes
// tables that are not there for what they are: the line is "?".
//
// The layout is that of runtime.pcHeader, runtime.moduledata and runtime._func
// in Go 1.20 to 1.26; each offset is checked against another before anything is
// changed.
func dropLines(memory []byte) error {
	t, err := findTables(memory)
	if err != nil {
		return err
	}
	keep := make([]bool, len(t.values))
	funcs := make([]function, t.count)
	for i := range funcs {
		f, err := t.function(i)
		if err != nil {
			return err
		}
		funcs[i] = f
		for j, table := range f.tables() {
			if !dropped(j) && !mark(t.values, keep, word(table)) {
				return errors.New("a table of a function cannot be read")
			}
		}
	}
	for _, f := range funcs {
		for j, table := range f.tables() {
			if dropped(j) {
				clear(table)
			}
		}
		f.dropInlined()
	}
	for i, kept := range keep {
		if !kept {
			t.values[i] = 0
		}
	}
	clear(t.files)
	return nil
}

// pcTables are the tables that dropLines finds its way by.
type pcTables struct {
	count int // of functions
	// files are the names of source files, and what leads to them.
	files []byte
	// values are pairs of value and program counter; functions have offsets
	// into them.
	values []byte
	// functions begins with an offset for each function, by its entry.
	functions []byte
}

// function is one runtime._func, to its end.
type function struct {
	data            []byte
	values, lookups int // how many tables of either kind follow it
}

const (
	// pcMagic begins the header: the format, a minimal instruction of one
	// byte, and pointers of eight.
	pcMagic = "\xf1\xff\xff\xff\x00\x00\x01\x08"
	// What a header and a function hold before what varies, in bytes.
	headerSize, functionSize = 72, 44
)

// findTables finds the header by its beginning, and runtime.moduledata as what
// points to the header and to the tables that the header tells of.
func findTables(memory []byte) (pcTables, error) {
	for at := 0; at+headerSize <= len(memory); at += 8 {
		if !bytes.HasPrefix(memory[at:], []byte(pcMagic)) {
			continue
		}
		header := memory[at:]
		count := long(header[8:])
		// Names, units, files, values, functions, in this order.
		var starts [5]int
		ordered := true
		for i := range starts {
			starts[i] = at + long(header[32+8*i:])
			ordered = ordered && starts[i] >= at+headerSize && starts[i] <= len(memory) && (i == 0 || starts[i] >= starts[i-1])
		}
		if !ordered || count <= 0 || count > 1<<20 || starts[4]+8*count > len(memory) {
			continue
		}
		pointers := binary.LittleEndian.AppendUint64(nil, uint64(at))
		pointers = binary.LittleEndian.AppendUint64(pointers, uint64(starts[0]))
		data := bytes.Index(memory, pointers)
		if data < 0 || data+16*8 > len(memory) {
			continue
		}
		for i, start := range starts { // slices, of three words each
			if long(memory[data+8+24*i:]) != start {
				return pcTables{}, errors.New("Go's tables are not where this program knows them to be")
			}
		}
		size := func(i int) int { return long(memory[data+16+24*i:]) }
		if values, functions := size(3), size(4); values <= 0 || values > starts[4]-starts[3] || functions < 8*count || functions > len(memory)-starts[4] {
			return pcTables{}, errors.New("Go's tables are not as long as this program knows them to be")
		} else {
			return pcTables{
				count:     count,
				files:     memory[starts[1]:starts[3]],
				values:    memory[starts[3] : starts[3]+values],
				functions: memory[starts[4] : starts[4]+functions],
			}, nil
		}
	}
	return pcTables{}, errors.New("Go's tables are not of a version that this program knows")
}

func (t pcTables) function(i int) (function, error) {
	entry, at := word(t.functions[8*i:]), int(word(t.functions[8*i+4:]))
	if at+functionSize <= len(t.functions) {
		f := function{data: t.functions[at:]}
		f.values, f.lookups = int(word(f.data[28:])), int(f.data[43])
		if word(f.data) == entry && f.values <= 8 && f.lookups <= 8 && functionSize+4*(f.values+f.lookups) <= len(f.data) {
			return f, nil
		}
	}
	return function{}, fmt.Errorf("function %d is not as this program knows them to be", i)
}

// tables are the places of offsets into the values: stack size, file, line, and
// those that the compiler adds.
func (f function) tables() [][]byte {
	all := [][]byte{f.data[16:20], f.data[20:24], f.data[24:28]}
	for i := range f.values {
		all = append(all, f.data[functionSize+4*i:][:4])
	}
	return all
}

// dropped tells which of them go: file, line, and from the compiler's where a
// thread may be stopped (0) and what was compiled inline (2).
func dropped(table int) bool {
	return table == 1 || table == 2 || table == 3+0 || table == 3+2
}

// dropInlined takes the way to the list of inline calls away (3), which goes
// with their table.
func (f function) dropInlined() {
	if f.lookups > 3 {
		binary.LittleEndian.PutUint32(f.data[functionSize+4*f.values+4*3:], 1<<32-1)
	}
}

// mark notes which values a table has. It is false for what is not a table.
func mark(values []byte, keep []bool, offset uint32) bool {
	if offset == 0 {
		return true // there is none
	}
	at := int(offset)
	for first := true; at < len(values); first = false {
		delta, n := binary.Uvarint(values[at:])
		if n <= 0 {
			return false
		}
		last := delta == 0 && !first
		if !last {
			_, more := binary.Uvarint(values[at+n:])
			if more <= 0 {
				return false
			}
			n += more
		}
		for ; n > 0; n-- {
			keep[at] = true
			at++
		}
		if last {
			return true
		}
	}
	return false
}

func word(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

// long reads a word of eight bytes. What does not fit is taken for one that
// points nowhere.
func long(b []byte) int {
	if v := binary.LittleEndian.Uint64(b); v < 1<<31 {
		return int(v)
	}
	return -1
}
