// Collision answers is what a writer says to the places where two texts collide, before
// it is used: which was chosen, and what was written anew. It is found again by the
// texts that collide; what was written for others is not thrown away, but offered.
import type { Piece } from "../protocol/server"
import { bothOf, chosenText, type PieceChoice } from "./merge"

/// What is said to one place so far.
export interface Answer {
  /// null where nothing is chosen.
  take: PieceChoice["take"] | null
  /// The text that was begun anew; null for none. It stays while another is chosen.
  text: string | null
  /// Whether the writer has typed in that.
  typed: boolean
}

/// An answer with the place and the texts that it is for.
export interface Answered extends Answer, Pick<Piece, "matter" | "where" | "base" | "mine" | "theirs"> {
  order: boolean
}

export const noAnswer: Answer = { take: null, text: null, typed: false }

/// What becomes of an answer when something is chosen. What was typed is there again
/// where the text is to be written anew; otherwise that begins with what was chosen.
export function chosen(piece: Piece, answer: Answer, take: PieceChoice["take"]): Answer {
  if (take !== "edit") return { ...answer, take }
  const begun = answer.take && answer.take !== "edit" ? chosenText(piece, { take: answer.take }) : piece.order ? piece.mine : bothOf(piece)
  return { ...answer, take, text: answer.typed ? answer.text : begun }
}

/// The choices that answers are; null while one is missing.
export function choicesOf(answers: readonly Answer[]): PieceChoice[] | null {
  const choices = answers.flatMap(({ take, text }): PieceChoice[] => (take === "edit" ? [{ take, text: text ?? "" }] : take ? [{ take }] : []))
  return choices.length === answers.length ? choices : null
}

/// What is kept of them, as a text; "" where there is nothing to keep. `left` is what was
/// written for other texts.
export function keptAnswers(pieces: readonly Piece[], answers: readonly Answer[], left: readonly Answered[]): string {
  const said = pieces.flatMap(({ matter, where, order = false, base, mine, theirs }, i): Answered[] => {
    const answer = answers[i] ?? noAnswer
    return answer.take || answer.typed ? [{ ...answer, matter, where, order, base, mine, theirs }] : []
  })
  const all = [...said, ...left]
  return all.length > 0 ? JSON.stringify(all) : ""
}

/// The answers to pieces, from what was kept, and what was written to none of them. What
/// cannot be read is no answer.
export function answersTo(pieces: readonly Piece[], kept: string): { answers: Answer[]; left: Answered[] } {
  const all = readAnswers(kept)
  const answers = pieces.map(piece => {
    const at = all.findIndex(one => samePlace(one, piece) && one.base === piece.base && one.mine === piece.mine && one.theirs === piece.theirs)
    if (at < 0) return noAnswer
    const [{ take, text, typed }] = all.splice(at, 1) as [Answered]
    return { take, text, typed }
  })
  return { answers, left: all.filter(({ text, typed }) => typed && text?.trim()) }
}

/// Whether something that was written is for the place of a piece.
export function samePlace(one: Answered, piece: Piece): boolean {
  return one.matter === piece.matter && one.order === (piece.order ?? false) && JSON.stringify(one.where) === JSON.stringify(piece.where)
}

const takes: readonly unknown[] = ["mine", "theirs", "both", "edit", null]

function readAnswers(kept: string): Answered[] {
  try {
    const all: unknown = JSON.parse(kept || "[]")
    return Array.isArray(all) ? all.filter(isAnswered) : []
  } catch {
    return []
  }
}

function isAnswered(value: unknown): value is Answered {
  const one = value as Partial<Answered> | null
  return takes.includes(one?.take) && (one?.text === null || typeof one?.text === "string") && Array.isArray(one.where)
}
