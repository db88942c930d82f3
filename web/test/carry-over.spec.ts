// What was changed in one version of a text, in another version of it.
import { expect, test } from "@playwright/test"
import fc from "fast-check"
import assert from "node:assert/strict"
import { carryOver } from "../src/editor/carry-over"

test("each place is carried over by itself, with whole words and line ends", () => {
  expect(carryOver("One two\r\nthree 🐦 four\r\n", "One 2\r\nthree 🐳 four\r\n", "One two\r\n\r\nthree 🐦 four five\r\n")).toEqual({ text: "One 2\r\n\r\nthree 🐳 four five\r\n", left: [], whole: true })
  expect(carryOver("harbour\n", "harbours\n", "Harbour\n")).toEqual({ text: "Harbour\n", left: ["harbours\n"], whole: false })
  expect(carryOver("one\ntwo\n", "one\n", "one\ntwo!\n")).toEqual({ text: "one\ntwo!\n", left: [], whole: false })
  expect(carryOver("one\ntwo\n", "one!\ntwo\n", "one\ntwo\n", [{ from: 0, to: 3 }])).toEqual({ text: "one\ntwo\n", left: ["one!\n"], whole: false })
})

test("what is said elsewhere in the text is offered all the same", () => {
  const text = (line: string) => `Intro\n\n${line}\n\nThe meeting is on Tuesday\nTuesday\n`
  expect(carryOver(text("Old line"), text("Tuesday"), text("Another line"))).toEqual({ text: text("Another line"), left: ["Tuesday\n"], whole: false })
  expect(carryOver(text("Old line"), text("Tuesday"), text("On Tuesday\n"))).toMatchObject({ left: ["Tuesday\n"] })
  // Where that very place says it, nobody needs it again.
  expect(carryOver(text("Old line"), text("Tuesday"), text("First\r\nTuesday"))).toMatchObject({ left: [], whole: false })
  expect(carryOver(text("Old line"), text("Tuesday"), text("Tuesday"))).toMatchObject({ text: text("Tuesday"), left: [] })
  expect(carryOver(text("Old line"), text("Tuesday"), text("Tuesday"), [{ from: 7, to: 15 }])).toMatchObject({ text: text("Tuesday"), left: [] })
})

const text = fc.array(fc.constantFrom("rain", "rains", " ", "\n", "\r\n", "🐦", "a"), { maxLength: 30 }).map(parts => parts.join(""))

test("without another change it is all of it, and what is written is in the text or left", () => {
  fc.assert(fc.property(text, text, text, (base, edited, now) => {
    assert.deepEqual(carryOver(base, edited, base), { text: edited, left: [], whole: true })
    assert.deepEqual(carryOver(base, base, now), { text: now, left: [], whole: true })
    // A word that stands nowhere else.
    for (const word of ["hail", "\nhail\n"]) {
      const with_ = edited + word
      const { text, left } = carryOver(base, with_, now)
      assert([text, ...left].join("\n").includes("hail"))
    }
  }), { seed: 20_261_130, numRuns: 2_000 })
})
