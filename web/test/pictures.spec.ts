import { expect, test } from "@playwright/test"
import { history, undo } from "@codemirror/commands"
import { EditorState } from "@codemirror/state"
import { undoTo } from "../src/editor/commands"
import { moveSpans } from "../src/text/changes"
import { fileChanges, fileText, fromFile, fromFileChange, linesOf, textIn } from "../src/text/file-text"
import { describePicture, insertPictures, pasted, picturesIn, plainAlt, takeOutPictures } from "../src/editor/pictures"

/// The text with pictures put where the bar is.
function put(marked: string, addresses = ["/a.png"]): string {
  const at = marked.indexOf("¦")
  const text = marked.replace("¦", "")
  const state = EditorState.create({ doc: linesOf(text), extensions: fileText(text) })
  return textIn(state.update(insertPictures(state, fromFile(state, at), addresses)).state)
}

test("pictures stand in paragraphs of their own, or within the line", () => {
  expect(put("¦")).toBe("![](/a.png)\n")
  expect(put("one\n\n¦\n\ntwo\n")).toBe("one\n\n![](/a.png)\n\ntwo\n")
  expect(put("one\n¦\ntwo\n")).toBe("one\n\n![](/a.png)\n\ntwo\n")
  expect(put("one¦\ntwo\n")).toBe("one\n\n![](/a.png)\n\ntwo\n")
  expect(put("one¦")).toBe("one\n\n![](/a.png)\n")
  expect(put("one\n¦", ["/a.png", "/b.png"])).toBe("one\n\n![](/a.png)\n\n![](/b.png)\n")
  expect(put("with a ¦ mark\n")).toBe("with a ![](/a.png) mark\n")
  expect(put("in¦side\n")).toBe("in ![](/a.png) side\n")
  expect(put("* item¦\n* next\n")).toBe("* item ![](/a.png)\n* next\n")
  expect(put("1. item¦\n")).toBe("1. item ![](/a.png)\n")
  expect(put("| a | b |¦\n", ["/a.png", "/b.png"])).toBe("| a | b | ![](/a.png) ![](/b.png)\n")
  expect(put("> said¦\n")).toBe("> said ![](/a.png)\n")
})

test("pictures stay out of the front matter, and keep the file's line ends", () => {
  expect(put("¦---\ntitle: x\n---\n\nText.\n")).toBe("---\ntitle: x\n---\n![](/a.png)\n\nText.\n")
  expect(put("---\nti¦tle: x\n---\nText.\n")).toBe("---\ntitle: x\n---\n![](/a.png)\n\nText.\n")
  expect(put("---\r\ntitle: x\r\n---\r\n\r\nText.¦\r\n")).toBe("---\r\ntitle: x\r\n---\r\n\r\nText.\r\n\r\n![](/a.png)\r\n")
})

test("a picture gets its words where it is, unless it is gone", () => {
  const state = EditorState.create({ doc: "![x](/a.png) ![](/a.png)" })
  expect(state.update(describePicture(state, "/a.png", " Two  [red]\nboats* ")!).state.doc.toString()).toBe("![x](/a.png) ![Two \\[red\\] boats\\*](/a.png)")
  expect(describePicture(state, "/b.png", "Boats")).toBeNull()
  expect(describePicture(state, "/a.png", "  ")).toBeNull()
  expect(plainAlt("a|b `c` _d_ <e> \\")).toBe("a\\|b \\`c\\` \\_d\\_ \\<e> \\\\")
})

for (const end of ["\n", "\r\n"]) {
  const ends = (text: string) => text.replaceAll("\n", end)
  const text = ends("---\ntitle: Tides\n---\n\nThe harbour is open today.\n\nIt rained.\n")
  const longer = text.replace("Tides", "Tides of the north")

  /// A text in which a picture is, or is not yet, and what the form makes of it.
  function desk(pictured: boolean) {
    let state = EditorState.create({ doc: linesOf(text), extensions: [fileText(text), history()] })
    const from = text.indexOf("today.") + 6
    const at = { from, to: from }
    const take = (tr: ReturnType<EditorState["update"]>) => {
      const changes = fileChanges(tr)
      if (changes) moveSpans([at], changes)
      state = tr.state
    }
    const put = () => {
      const tr = state.update(insertPictures(state, fromFile(state, at.from), ["/a.png"]))
      take(tr)
      Object.assign(at, picturesIn(tr))
      return textIn(state).slice(at.from, at.to)
    }
    const written = pictured ? put() : ""
    const form = (from: number, to: number, insert: string) => take(state.update({ ...fromFileChange(state, { from, to, insert }), userEvent: "input.form" }))
    return {
      at, written, put, form, dispatch: take, state: () => state, text: () => textIn(state),
      title: () => form(text.indexOf("Tides"), text.indexOf("Tides") + 5, "Tides of the north"),
    }
  }

  test(`a picture goes where it was wanted though the title became longer meanwhile, with ${JSON.stringify(end)}`, () => {
    const { title, put, text: now } = desk(false)
    title()
    put()
    expect(now()).toBe(longer.replace("today.", ends("today.\n\n![](/a.png)")))
  })

  test(`taking a picture out again leaves what came into the text meanwhile, with ${JSON.stringify(end)}`, () => {
    const { title, at, written, state, dispatch, text: now } = desk(true)
    title()
    expect(undoTo(text)({ state: state(), dispatch })).toBe(false)
    dispatch(state().update(takeOutPictures(state(), at, written)!))
    expect(now()).toBe(longer)
    expect(takeOutPictures(state(), at, written)).toBeNull()
    // Where nothing came, it is the last step that is undone.
    const alone = desk(true)
    expect(undoTo(text)({ state: alone.state(), dispatch: alone.dispatch })).toBe(true)
    expect(alone.text()).toBe(text)
    expect(undo({ state: alone.state(), dispatch: alone.dispatch })).toBe(false)
  })
}

test("a clipboard is about its pictures only when it has no text of its own", () => {
  const png = new File(["x"], "dawn.png", { type: "image/png" })
  const pdf = new File(["x"], "a.pdf", { type: "application/pdf" })
  const clipboard = (files: File[], text = "") => ({ files: files as unknown as FileList, getData: () => text })
  expect(pasted(clipboard([png]))).toEqual([png])
  expect(pasted(clipboard([png], "dawn.png"))).toEqual([png])
  expect(pasted(clipboard([png], "1\t2\n3\t4"))).toEqual([])
  expect(pasted(clipboard([pdf]))).toEqual([])
  expect(pasted(null)).toEqual([])
})
