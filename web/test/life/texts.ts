// Texts are lists of lines here, each of which somebody wrote once; a file's text has
// its blob's name in it.
import type { Effect } from "../../src/post/life/events"
import type { CatchUp } from "../../src/post/merge"
import type { Piece } from "../../src/protocol/server"

export const path = "_posts/2026-08-16-update.md"
export const linesOf = (text: string): string[] => text.split("\n").filter(line => line !== "")
export const textOf = (lines: readonly string[]): string => lines.map(line => line + "\n").join("")
export const blobOf = (text: string): string => "blob of " + text

/// Three texts as one: what one side took out is gone, what either put in is there.
export function threeWay(base: string, mine: string, theirs: string): { both: string[]; mine: string[]; theirs: string[] } {
  const [b, m, t] = [base, mine, theirs].map(linesOf) as [string[], string[], string[]]
  return {
    both: m.filter(line => t.includes(line)),
    mine: m.filter(line => !t.includes(line) && !b.includes(line)),
    theirs: t.filter(line => !m.includes(line) && !b.includes(line)),
  }
}

/// What the server makes of three texts. `collide`: what both put in collides.
export function merge({ base, next, theirs }: Extract<Effect, { do: "merge" }>, mine: string, collide: boolean): CatchUp {
  const found = threeWay(base, mine, theirs.text)
  const piece = (kind: Piece["kind"], from: string, to: string): Piece =>
    ({ kind, from: from.length, to: to.length, matter: false, where: [], base: "", mine: textOf(found.mine), theirs: textOf(found.theirs) })
  const up = { theirs, mine, base, next, who: () => undefined }
  const alone = textOf([...found.both, ...found.mine])
  if (collide && found.mine.length > 0 && found.theirs.length > 0) return { ...up, text: alone, pieces: [piece("collision", textOf(found.both), alone)] }
  const text = textOf([...found.both, ...found.mine, ...found.theirs])
  return { ...up, text, pieces: found.theirs.length > 0 ? [piece("theirs", alone, text)] : [] }
}
