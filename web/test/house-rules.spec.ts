// House rules as the server finds them, and what mends what breaks them.
import { expect, test } from "@playwright/test"
import { ChangeSet } from "@codemirror/state"
import { changesOf, noteWritten, withoutTouched, type Fixable } from "../src/editor/fixes"
import { createHouseRules } from "../src/post/house-rules"
import type { Diagnostic } from "../src/protocol/preview"

const stop = (from: number, fix = true): Diagnostic => ({
  from, to: from + 1, severity: "warning", code: "stop", message: "A stop.",
  fix: fix ? { name: "Delete it", from: 0, to: 1, insert: "" } : undefined,
})

test("a fix goes along with its problem", () => {
  expect(changesOf([stop(7)], "")).toEqual([{ from: 7, to: 8, insert: "" }])
  expect(changesOf([stop(7, false)], "")).toEqual([])
  expect(changesOf([{ ...stop(7), file: "_config.yml" }], "")).toEqual([])
  expect(changesOf([stop(7, false)], "", { name: "Mend it", from: -1, to: 1, insert: "x" })).toEqual([{ from: 6, to: 8, insert: "x" }])
})

test("fixes are by place and do not meet", () => {
  const wide = { ...stop(3), fix: { name: "x", from: 0, to: 5, insert: "y" } }
  expect(changesOf([stop(20), wide, stop(5), stop(9, false)], "")).toEqual([{ from: 3, to: 8, insert: "y" }, { from: 20, to: 21, insert: "" }])
})

test("a fix is for the text that its problem was found in", () => {
  const put: Fixable = { from: 2, to: 5, severity: "info", code: "put", message: "None.", fix: { name: "Put one", from: 4, to: 4, insert: "." } }
  const list = [put, { ...stop(9) }]
  const text = "a word)   ."
  noteWritten(list, text)
  expect(list.map(({ written }) => written)).toEqual(["word", " "])
  expect(changesOf(list, text)).toHaveLength(2)
  expect(changesOf(list, "a worm)   .")).toEqual([{ from: 9, to: 10, insert: "" }])
  // What was noted stays: the text is another one by now.
  noteWritten(list, "a worm)   .")
  expect(changesOf(list, text)).toHaveLength(2)
  expect(changesOf(list, "a word")).toEqual([{ from: 6, to: 6, insert: "." }])
})

test("what is told of an older text has a fix only where that was left alone", () => {
  const list = [stop(2), stop(6), stop(9, false)]
  expect(withoutTouched(list, ChangeSet.of({ from: 6, to: 7 }, 12)).map(one => one.fix !== undefined)).toEqual([true, false, false])
  expect(withoutTouched(list, ChangeSet.of({ from: 4, insert: "x" }, 12))).toEqual(list)
})

test("the server is asked once about a text, and what it says of another one is dropped", async () => {
  let text = "a"
  const asked: { about: string; answer: (found: Diagnostic[] | null, pending?: boolean) => void; signal: AbortSignal }[] = []
  let told = 0
  const rules = createHouseRules({
    check: (about, signal) => new Promise((resolve, reject) => asked.push({ about, signal, answer: (found, pending = false) => (found ? resolve({ found, pending }) : reject(new Error("no answer"))) })),
    again: 5,
    text: () => text,
    onFound: () => told++,
  })
  rules.look()
  rules.look()
  expect(asked.map(a => a.about)).toEqual(["a"])
  text = "b"
  rules.look()
  expect(asked[0]!.signal.aborted).toBe(true)
  asked[0]!.answer([stop(1)])
  asked[1]!.answer([stop(2)])
  await Promise.resolve().then(() => {}).then(() => {}).then(() => {})
  expect(rules.found()).toEqual([stop(2)])
  expect(told).toBe(1)
  // Typed on before the answer: it is not of the text.
  text = "c"
  rules.look()
  text = "d"
  asked[2]!.answer([stop(3)])
  await Promise.resolve().then(() => {}).then(() => {}).then(() => {})
  expect(rules.found()).toEqual([stop(2)])
  // Without an answer it is asked again, and what was found stays.
  rules.look()
  asked[3]!.answer(null)
  await new Promise(resolve => setTimeout(resolve))
  expect(rules.found()).toEqual([stop(2)])
  rules.look()
  expect(asked.map(a => a.about)).toEqual(["a", "b", "c", "d", "d"])
  // What has more to say is asked again, unless something else is typed.
  asked[4]!.answer([stop(4)], true)
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(rules.found()).toEqual([stop(4)])
  expect(asked).toHaveLength(6)
  asked[5]!.answer([stop(4), stop(5)])
  await new Promise(resolve => setTimeout(resolve, 20))
  expect(rules.found()).toEqual([stop(4), stop(5)])
  expect(asked).toHaveLength(6)
  // Moved by what is typed and taken back, they are where they were, without a question.
  const before = told
  rules.look()
  expect(told).toBe(before)
  Object.assign(rules.found()[1]!, { from: 9, to: 9, written: "x" })
  rules.look()
  expect(rules.found()).toEqual([stop(4), stop(5)])
  expect(told).toBe(before + 1)
  expect(asked).toHaveLength(6)
})
