// What was said to the places where two texts collide, when they collide again.
import { expect, test } from "@playwright/test"
import { answersTo, choicesOf, chosen, keptAnswers, noAnswer, type Answer } from "../src/post/collision-answers"
import type { Piece } from "../src/protocol/server"

const piece = (where: string, mine: string, theirs: string): Piece => ({ kind: "collision", from: 0, to: 0, matter: false, where: [where], base: "Base\n", mine, theirs })
const [news, thanks] = [piece("News", "Mine\n", "Theirs\n"), piece("Thanks", "Me\n", "Them\n")]
const written: Answer = { take: "edit", text: "Anew\n", typed: true }

test("answers are there again where the same texts collide", () => {
  const kept = keptAnswers([news, thanks], [written, { ...noAnswer, take: "both" }], [])
  expect(answersTo([news, thanks], kept)).toEqual({ answers: [written, { ...noAnswer, take: "both" }], left: [] })
  // In another order, and beside a new one.
  expect(answersTo([thanks, piece("Merges", "1", "2"), news], kept).answers.map(({ take }) => take)).toEqual(["both", null, "edit"])
  expect(keptAnswers([news, thanks], [noAnswer, noAnswer], [])).toBe("")
})

test("what was written for other texts is left, and a choice between them is not", () => {
  const kept = keptAnswers([news, thanks], [written, { ...noAnswer, take: "mine" }], [])
  const { answers, left } = answersTo([{ ...news, theirs: "Theirs, again\n" }, { ...thanks, mine: "I\n" }], kept)
  expect(answers).toEqual([noAnswer, noAnswer])
  expect(left.map(({ where, text }) => [where, text])).toEqual([[["News"], "Anew\n"]])
  // It stays so until it is used or forgotten.
  expect(answersTo([thanks], keptAnswers([thanks], [noAnswer], left)).left).toEqual(left)
})

test("what was typed outlives that another is chosen", () => {
  const begun = chosen(news, { ...noAnswer, take: "theirs" }, "edit")
  expect(begun).toEqual({ take: "edit", text: "Theirs\n", typed: false })
  expect(chosen(news, chosen(news, begun, "mine"), "edit").text).toBe("Mine\n")
  expect(chosen(news, chosen(news, written, "mine"), "edit")).toEqual(written)
  expect(choicesOf([written, noAnswer])).toBeNull()
  expect(choicesOf([written, { ...noAnswer, take: "mine" }])).toEqual([{ take: "edit", text: "Anew\n" }, { take: "mine" }])
})

test("what cannot be read is no answer", () => {
  for (const kept of ["", "{", "null", "[null]", '[{"take":"all","text":null,"where":[]}]', '[{"take":"edit","text":1,"where":[]}]']) {
    expect(answersTo([news], kept), kept).toEqual({ answers: [noAnswer], left: [] })
  }
})
