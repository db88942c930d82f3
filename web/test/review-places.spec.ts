// At which lines a review's marks are, after what writers and others do to the text.
import { history, undo } from "@codemirror/commands"
import { EditorState, type TransactionSpec } from "@codemirror/state"
import { expect, test } from "@playwright/test"
import { difference } from "../src/editor/written"
import { isThere, linesAt, placed, placesAfter, type Place } from "../src/editor/review-places"
import { linesOf, textOf } from "../src/text/file-text"

const mark = (start: number, line = start) => ({ id: `${start}-${line}`, start, line, label: "", count: "1", quiet: false })

/// What stands at a mark; null where it is gone.
const at = (state: EditorState, [place]: readonly Place[]) => (place && isThere(place, state.doc) ? linesAt(place, state.doc) : null)

const post = "---\ntitle: W\n---\n\n## A\n\n* same line\n* other a\n\n## B\n\n* second line\n* other b\n"

test("in a text that was loaded, a mark is at its own lines or gone", () => {
  const without = (line: string) => post.slice(0, post.lastIndexOf(line)) + post.slice(post.lastIndexOf(line) + line.length)
  const twins = post.replace("* second line", "* same line")
  for (const [name, old, now, start, line, wanted] of [
    ["as it was", post, post, 12, 12, "* second line"],
    ["taken out", post, without("* second line\n"), 12, 12, null],
    ["the last of its list taken out", post, without("* other b\n"), 13, 13, null],
    ["the next taken out", post, without("* other b\n"), 12, 12, "* second line"],
    ["replaced", post, post.replace("* second line", "* other words"), 12, 12, null],
    ["edited a little, and loaded", post, post.replace("* second line", "* second lines"), 12, 12, null],
    ["one put in before", post, post.replace("* second", "* new\n* second"), 12, 12, "* second line"],
    ["one put in behind", post, post.replace("second line\n", "second line\n* new\n"), 12, 12, "* second line"],
    ["moved into another list", post, without("* second line\n").replace("* other a\n", "* other a\n* second line\n"), 12, 12, "* second line"],
    ["a twin is left elsewhere", twins, twins.slice(0, twins.lastIndexOf("* same line\n")) + "* other b\n", 12, 12, null],
    ["its twin was taken out", twins, twins.replace("* same line\n", ""), 12, 12, "* same line"],
    ["several lines", post, post.replace("## A", "new\n\n## A"), 12, 13, "* second line\n* other b"],
    ["several lines, the first taken out", post, without("* second line\n"), 12, 13, null],
    ["several lines, the last taken out", post, without("* other b\n"), 12, 13, null],
    ["several lines, one put in between", post, post.replace("* other b", "* new\n* other b"), 12, 13, null],
    ["several lines, turned round", post, post.replace("* second line\n* other b", "* other b\n* second line"), 12, 13, null],
    ["other ends of lines", post.replace(/\n/g, "\r\n"), post.replace("## A", "new\n\n## A"), 12, 13, "* second line\n* other b"],
    ["other ends of lines, taken out", post.replace(/\n/g, "\r\n"), without("* second line\n"), 12, 12, null],
    ["no such line", post, post, 99, 99, null],
    ["an empty text", post, "", 12, 12, null],
  ] as const) {
    const state = EditorState.create({ doc: linesOf(now) })
    expect([name, at(state, placed([mark(start, line)], textOf(old), state.doc, []))]).toEqual([name, wanted])
  }
})

/// A mark at line 12 after what is done to the post.
function after(...done: TransactionSpec[]): { state: EditorState; places: readonly Place[] } {
  let state = EditorState.create({ doc: post, extensions: history() })
  let places: readonly Place[] = placed([mark(12)], textOf(post), state.doc, [])
  for (const spec of done) {
    const tr = state.update(spec)
    places = placesAfter(places, tr)
    state = tr.state
  }
  return { state, places }
}

const from = post.indexOf("* second line")
const to = from + "* second line".length

test("what a writer makes of the lines has their mark", () => {
  for (const [name, changes, wanted] of [
    ["a word", { from: from + 2, to: from + 8, insert: "2nd" }, "* 2nd line"],
    ["at its end", { from: to, insert: "s" }, "* second lines"],
    ["at its begin", { from, insert: "  " }, "  * second line"],
    ["a line before", { from, insert: "* new\n" }, "* second line"],
    ["a line behind", { from: to, insert: "\n* new" }, "* second line"],
    ["all of it", { from, to, insert: "* x" }, "* x"],
    ["emptied", { from, to }, null],
    ["taken out with its end", { from, to: to + 1 }, null],
    ["taken out with the end before it", { from: from - 1, to }, null],
    ["taken out from sign to sign", { from: from + 2, to: to + 3 }, null],
    ["taken out from the line before", { from: from - 1, to: from + 3 }, null],
    ["joined with the next", { from: to, to: to + 1, insert: " " }, "* second line * other b"],
    ["another text", { from: 0, to: post.length, insert: "* other b\n" }, null],
  ] as const) {
    const { state, places } = after({ changes, userEvent: "input" })
    expect([name, at(state, places)]).toEqual([name, wanted])
  }
})

test("an empty line is gone as soon as something of it is", () => {
  for (const [changes, wanted] of [[{ from: 2, insert: "x" }, "x"], [{ from: 2, to: 3 }, null], [{ from: 1, to: 2 }, null]] as const) {
    const state = EditorState.create({ doc: "a\n\nb" })
    const tr = state.update({ changes, userEvent: "input" })
    expect(at(tr.state, placesAfter(placed([mark(2)], state.doc, state.doc, []), tr))).toBe(wanted)
  }
})

test("where the text became another at once, the lines of both keep their marks", () => {
  for (const [name, now, wanted] of [
    ["taken out", post.replace("* second line\n", ""), null],
    ["replaced by one that begins and ends like it", post.replace("second", "other"), null],
    ["put elsewhere", "new\n" + post, "* second line"],
  ] as const) {
    const { state, places } = after({ changes: difference(post, now) })
    expect([name, at(state, places)]).toEqual([name, wanted])
  }
})

test("edits are known when what is said is read again, and lines that are gone stay gone", () => {
  const typed = after({ changes: { from: from + 2, to: from + 8, insert: "2nd" }, userEvent: "input" })
  expect(at(typed.state, placed([mark(12)], textOf(post), typed.state.doc, typed.places))).toBe("* 2nd line")
  expect(at(typed.state, placed([mark(12)], textOf(post), typed.state.doc, []))).toBeNull()
  // In a head with another line there, they were of something else.
  expect(at(typed.state, placed([mark(12)], textOf(post.replace("second", "third")), typed.state.doc, typed.places))).toBeNull()
  const gone = after({ changes: { from, to: to + 1 }, userEvent: "delete" })
  expect(at(gone.state, placed([mark(12)], textOf(post), gone.state.doc, gone.places))).toBeNull()
  let { state } = gone
  undo({ state, dispatch: tr => (state = tr.state) })
  expect(at(state, placed([mark(12)], textOf(post), state.doc, gone.places))).toBe("* second line")
})

test("what stands where a mark was put is not its line unless it is", () => {
  const { state, places } = after()
  const wrong = { ...places[0]!, from: state.doc.line(13).from, to: state.doc.line(13).to }
  expect(isThere(wrong, state.doc)).toBe(false)
})
