import { expect, test } from "@playwright/test"
import { ChangeSet, Text as Doc } from "@codemirror/state"
import { createAhead } from "../src/frame/letters-ahead"
import { listChanges } from "../src/text/changes"
import { createTyping } from "../src/preview/typed-letters"

/// A text of the page, of which only its characters matter here.
const textOf = (data: string) => ({ data }) as Text

test.describe("letters ahead of their rendering", () => {
  /// A text in which a rendering has just put "t" behind "The ".
  function begun(before = "The ", after = " comes in") {
    const ahead = createAhead()
    const text = textOf(before + after)
    ahead.rendered(1, text, `${before}t${after}`)
    return { ahead, text }
  }

  test("are shown behind those that were rendered, and confirmed", () => {
    const { ahead, text } = begun()
    expect(ahead.typed(1, "i")).toBe(text)
    expect(text.data).toBe("The ti comes in")
    expect(ahead.typed(1, "ide")).toBe(text)
    expect(text.data).toBe("The tide comes in")
    let writes = 0
    let data = text.data
    Object.defineProperty(text, "data", { get: () => data, set: value => (writes++, (data = value)) })
    ahead.rendered(2, text, "The tid comes in") // two of them at once
    expect([text.data, writes]).toEqual(["The tide comes in", 0])
    // The page may not know yet that they are rendered.
    expect(ahead.typed(1, "ides")).toBe(text)
    expect(ahead.typed(2, "es a")).toBe(text)
    expect(text.data).toBe("The tides a comes in")
    ahead.rendered(3, text, "The tides a comes in")
    expect(ahead.typed(3, "n")).toBe(text)
    expect(text.data).toBe("The tides an comes in")
  })

  test("are taken back where the rendering says otherwise", () => {
    for (const wrong of ["The tX comes in", "The ti comes in!", "The t comes", "The  comes in", ""]) {
      const { ahead, text } = begun()
      ahead.typed(1, "i")
      ahead.rendered(2, text, wrong)
      expect(text.data).toBe(wrong)
      ahead.takeBack()
      expect(text.data).toBe(wrong)
    }
    const { ahead, text } = begun()
    ahead.typed(1, "ide")
    ahead.rendered(2, text, "The ti comes in")
    ahead.takeBack()
    expect(text.data).toBe("The ti comes in")
    expect(ahead.typed(2, "d")).toBeNull()
  })

  test("go with another text", () => {
    const { ahead, text } = begun()
    ahead.typed(1, "i")
    const other = textOf("one")
    ahead.rendered(2, other, "ones")
    expect([text.data, other.data]).toEqual(["The t comes in", "ones"])
  })

  const refused: [string, () => string | null][] = [
    ["behind an edit that is not known", () => begun().ahead.typed(7, "i")?.data ?? null],
    ["when they are none", () => begun().ahead.typed(1, "")?.data ?? null],
    ["that may become something else", () => begun().ahead.typed(1, ".")?.data ?? null],
    ["behind such", () => {
      const ahead = createAhead()
      ahead.rendered(1, textOf("one  two"), "one - two")
      return ahead.typed(1, "s")?.data ?? null
    }],
    ["a space at a text's end", () => begun("The ", "").ahead.typed(1, " ")?.data ?? null],
    ["where a repeated letter leaves the place open", () => {
      const ahead = createAhead()
      ahead.rendered(1, textOf("al is"), "all is")
      return ahead.typed(1, "s")?.data ?? null
    }],
    ["where more was changed", () => {
      const ahead = createAhead()
      ahead.rendered(1, textOf("one two"), "ones twos")
      return ahead.typed(1, "s")?.data ?? null
    }],
    ["where some were deleted", () => {
      const ahead = createAhead()
      ahead.rendered(1, textOf("ones"), "one")
      return ahead.typed(1, "s")?.data ?? null
    }],
  ]
  for (const [what, result] of refused) test(`are not shown: ${what}`, () => expect(result()).toBeNull())

  test("are shown up to the first that may become something else", () => {
    const spaces = begun()
    spaces.ahead.typed(1, "  x")
    expect(spaces.text.data).toBe("The t  comes in")
    const { ahead, text } = begun("The ", "x")
    expect(ahead.typed(1, "é we-re")).toBe(text)
    expect(text.data).toBe("The té wex")
    expect(ahead.typed(1, "é we-rel")).toBeNull()
  })

  test("settle to what is rendered, whatever is typed and in whatever order", () => {
    let seed = 7
    const random = (n: number) => (seed = (seed * 48271) % 2147483647) % n
    for (let round = 0; round < 2000; round++) {
      const ahead = createAhead()
      const text = textOf("the tide comes in")
      let source = text.data
      let at = random(source.length)
      let known = 0
      let since = ""
      for (let seq = 1; seq < 12; seq++) {
        if (random(5) === 0) at = random(source.length + 1)
        const letter = "ab xyé"[random(6)]!
        since += letter
        if (random(2)) ahead.typed(known, since)
        source = source.slice(0, at) + letter + source.slice(at)
        at++
        if (random(3) === 0) continue
        if (random(8) === 0) source = source.toUpperCase()
        if (random(9) === 0) ahead.takeBack()
        ahead.rendered(seq, text, source)
        known = seq
        since = ""
      }
      ahead.rendered(99, text, source)
      ahead.takeBack()
      expect(text.data).toBe(source)
    }
  })
})

test.describe("typing", () => {
  const doc = Doc.of(["one two three"])
  const insert = (at: number, text: string, length = doc.length) => ChangeSet.of({ from: at, insert: text }, length)
  const change = (at: number, text: string) => listChanges(insert(at, text))

  test("tells of letters behind an edit once that is shown", () => {
    const typing = createTyping()
    expect(typing.typed(insert(3, "a"))).toBeNull()
    typing.sent(5, change(3, "a"))
    expect(typing.typed(insert(4, "b"))).toBeNull()
    typing.painted(5)
    expect(typing.typed(insert(5, "c"))).toEqual({ seq: 5, letters: "bc" })
    typing.sent(6, change(4, "bc"))
    expect(typing.typed(insert(6, " d"))).toEqual({ seq: 5, letters: "bc d" })
    typing.painted(6)
    expect(typing.typed(insert(8, "e"))).toEqual({ seq: 6, letters: " de" })
  })

  const ends: [string, ChangeSet][] = [
    ["elsewhere", insert(9, "c")],
    ["of another kind", insert(4, ".")],
    ["that is deleted", ChangeSet.of({ from: 3, to: 4 }, doc.length)],
    ["that is replaced", ChangeSet.of({ from: 4, to: 5, insert: "c" }, doc.length)],
    ["at two places", ChangeSet.of([{ from: 4, insert: "c" }, { from: 9, insert: "c" }], doc.length)],
    ["of two lines", insert(4, "c\nd")],
    ["that is none", ChangeSet.empty(doc.length)],
  ]
  for (const [what, changes] of ends) {
    test(`begins anew with a change ${what}`, () => {
      const typing = createTyping()
      typing.typed(insert(3, "a"))
      typing.sent(5, change(3, "a"))
      typing.painted(5)
      expect(typing.typed(changes)).toBeNull()
      expect(typing.typed(insert(what === "elsewhere" ? 10 : 5, "d"))).toBeNull()
    })
  }

  test("does not count an edit that has more in it", () => {
    const typing = createTyping()
    typing.typed(insert(3, "a"))
    typing.sent(5, [...change(1, "x"), ...change(3, "a")])
    typing.painted(5)
    expect(typing.typed(insert(4, "b"))).toBeNull()
  })
})
