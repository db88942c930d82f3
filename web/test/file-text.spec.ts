// A file's text through the editor: what ends its lines changes nothing of what
// keys do, and no byte that nobody typed.
import { history, redo, undo } from "@codemirror/commands"
import { ChangeSet, EditorState, type Transaction, type TransactionSpec } from "@codemirror/state"
import { expect, test } from "@playwright/test"
import fc from "fast-check"
import { difference } from "../src/editor/written"
import { fileChanges, fileText, fromFile, fromFileChange, linesOf, textIn, textOf, toFile } from "../src/text/file-text"

const ends = ["\n", "\r\n", "\r"]

function stateOf(text: string): EditorState {
  return EditorState.create({ doc: linesOf(text), extensions: [fileText(text), history()] })
}

/// As a writer sees it.
const plain = (text: string) => text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n")

const line = fc.constantFrom("", "a", "b", "ab", "😀")
const lines = fc.tuple(fc.array(fc.tuple(line, fc.constantFrom(...ends))), line).map(([lines, last]) => lines.flat().join("") + last)
const text = fc.tuple(fc.constantFrom("", "\ufeff"), lines).map(parts => parts.join(""))
const oneKind = fc.tuple(fc.array(line), fc.constantFrom(...ends)).map(([lines, end]) => lines.join(end))

interface Step {
  do: "type" | "file" | "undo" | "redo"
  from: number
  size: number
  insert: string
}
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom("type", "type", "file", "undo", "redo"), from: fc.nat(), size: fc.nat(3), insert: lines.map(text => text.slice(0, 12)),
})
const undoing: Step = { do: "undo", from: 0, size: 0, insert: "" }

/// The part of a text that a step is about.
function rangeOf({ from, size }: Step, text: string): [number, number] {
  const first = text.startsWith("\ufeff") ? 1 : 0
  const at = first + (from % (text.length + 1 - first))
  return [at, Math.min(text.length, at + size)]
}

/// Does a step, and tells each transaction that it makes.
function take(state: EditorState, step: Step, tell: (tr: Transaction) => void): EditorState {
  const dispatch = (tr: Transaction) => {
    tell(tr)
    state = tr.state
  }
  if (step.do === "undo") undo({ state, dispatch })
  else if (step.do === "redo") redo({ state, dispatch })
  else {
    const [from, to] = rangeOf(step, step.do === "type" ? state.doc.toString() : textIn(state))
    const spec: TransactionSpec = step.do === "file" ? fromFileChange(state, { from, to, insert: step.insert }) : { changes: { from, to, insert: step.insert } }
    dispatch(state.update(spec))
  }
  return state
}

test("a text goes through the editor byte for byte, and its offsets there and back", () => {
  fc.assert(fc.property(text, text => {
    const state = stateOf(text)
    expect(textIn(state)).toBe(text)
    expect(state.doc.toString()).toBe(plain(text))
    const wrong = [...Array(state.doc.length + 1).keys()].filter(at =>
      fromFile(state, toFile(state, at)) !== at || plain(text.slice(0, toFile(state, at))) !== state.doc.sliceString(0, at))
    const late = [...Array(text.length + 1).keys()].filter(at => toFile(state, fromFile(state, at)) > Math.max(at, toFile(state, 0)))
    expect([wrong, late]).toEqual([[], []])
  }), { numRuns: 150 })
})

test("the same edits do the same to a text, whatever ends its lines", () => {
  fc.assert(fc.property(text, fc.array(step, { maxLength: 20 }), (text, steps) => {
    let state = stateOf(text)
    let other = stateOf(plain(text))
    let file = text
    for (const step of steps) {
      if (step.do === "file") continue
      state = take(state, step, tr => {
        const changes = fileChanges(tr)
        if (changes) file = changes.apply(textOf(file)).toString()
      })
      other = take(other, step, () => {})
      expect(state.doc.toString()).toBe(other.doc.toString())
      expect(plain(textIn(state))).toBe(textIn(other))
      // What those who hold the file's text make of the changes.
      expect(file).toBe(textIn(state))
      // It is read again as it was written.
      expect(stateOf(file).doc.toString()).toBe(state.doc.toString())
    }
  }), { numRuns: 200 })
})

test("a file with one kind of line end keeps it, and what is typed gets it", () => {
  fc.assert(fc.property(oneKind, fc.array(step, { maxLength: 20 }), (text, steps) => {
    let state = stateOf(text)
    const end = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n"
    for (const step of steps) if (step.do !== "file") state = take(state, step, () => {})
    expect(textIn(state)).toBe(state.doc.toString().replace(/\n/g, end))
  }), { numRuns: 150 })
})

test("what is not touched keeps its bytes, and undoing everything brings all of them back", () => {
  fc.assert(fc.property(text, fc.array(step, { maxLength: 20 }), (text, steps) => {
    let state = stateOf(text)
    let file = text
    for (const step of steps) {
      const before = file
      let whole: ChangeSet | null = null
      state = take(state, step, tr => {
        whole = fileChanges(tr)
        if (whole) file = whole.apply(textOf(file)).toString()
      })
      expect(file).toBe(textIn(state))
      if (step.do === "file") {
        // It is what was asked for, to the byte.
        const [from, to] = rangeOf(step, before)
        expect(file).toBe(before.slice(0, from) + step.insert + before.slice(to))
      }
    }
    for (let i = 0; i < 100; i++) state = take(state, undoing, () => {})
    expect(textIn(state)).toBe(text)
  }), { numRuns: 200 })
})

test("a text takes another's place byte for byte, and back", () => {
  fc.assert(fc.property(text, text, (a, b) => {
    const state = stateOf(a)
    const tr = state.update(fromFileChange(state, difference(a, b)))
    expect(textIn(tr.state)).toBe(b)
    expect((fileChanges(tr) ?? ChangeSet.empty(a.length)).apply(textOf(a)).toString()).toBe(b)
    expect(textIn(take(tr.state, undoing, () => {}))).toBe(a)
  }), { numRuns: 200 })
})

test("moving the cursor in a file with several ends is no step of an undo, and parts no word", () => {
  let state = stateOf("a\r\nb\nc\n")
  const dispatch = (tr: Transaction) => void (state = tr.state)
  for (const at of [1, 3, 2]) dispatch(state.update({ selection: { anchor: at } }))
  for (const letter of ["x", "y"]) {
    dispatch(state.update({ changes: { from: 2, insert: letter }, userEvent: "input.type" }))
    dispatch(state.update({ effects: [] }))
  }
  dispatch(state.update({ selection: { anchor: 0 } }))
  undo({ state, dispatch })
  expect(textIn(state)).toBe("a\r\nb\nc\n")
  redo({ state, dispatch })
  expect(textIn(state)).toBe("a\r\nyxb\nc\n")
})
