// Merge brings what others did to a post meanwhile into a text: a merge of
// three texts, who wrote theirs, and what becomes of it by the writer's choices.
import type { Api } from "../forge/api"
import type { Mark } from "../editor/line-authors"
import { personName } from "../forge/people"
import type { CoAuthor, Origin } from "../text/origin"
import type { ChangedBy, Piece, PostFile } from "../protocol/server"
import { list, t } from "../base/words"

/// What somebody is called whom nobody knows.
export const nobody = t("Somebody")

export interface CatchUp {
  /// What is there now.
  theirs: PostFile
  /// The text that was merged with it.
  mine: string
  /// What both were made from.
  base: string
  /// What the merged text was made from.
  next: Origin
  /// The merged text. Where both changed the same it has mine.
  text: string
  pieces: readonly Piece[]
  /// Who wrote a piece's `theirs`; undefined where nobody can say.
  who(piece: Piece): CoAuthor | undefined
}

export interface CatchUpInput {
  api: Api
  path: string
  mine: string
  base: string
  theirs: PostFile
  /// The blob from which others went on, for who they were.
  since: string
  next: Origin
}

/// Merges. Rejects where the server cannot be asked.
export async function catchUp({ api, path, mine, base, theirs, since, next }: CatchUpInput): Promise<CatchUp> {
  const [merged, changes] = await Promise.all([
    api.mergeTexts({ path, base, mine, theirs: theirs.text }),
    // Without the names the merge is as good.
    api.changes(theirs.branch, path, since).catch((): ChangedBy[] => []),
  ])
  return { theirs, mine, base, next, text: merged.text, pieces: merged.pieces, who: piece => authorOf(piece, changes) }
}

/// Who changed what is there now, as the branch's history tells.
function authorOf(piece: Piece, changes: readonly ChangedBy[]): CoAuthor | undefined {
  const at = JSON.stringify([piece.matter, piece.where])
  const here = changes.find(change => change.places.some(place => JSON.stringify([place.matter, place.where]) === at))
  const around = changes.find(change => change.places.some(place => place.matter === piece.matter && place.where[0] === piece.where[0]))
  // That a commit moved sections, its places do not tell.
  const alone = changes.every(change => personName(change.person) === personName(changes[0]?.person)) ? changes[0] : undefined
  return (piece.order ? alone : here ?? around ?? alone)?.person
}

export function collisionsOf(up: CatchUp): Piece[] {
  return up.pieces.filter(piece => piece.kind === "collision")
}

/// What a writer does with one collision.
export interface PieceChoice {
  take: "mine" | "theirs" | "both" | "edit"
  /// The text, with `edit`.
  text?: string
}

export interface Resolved {
  text: string
  marks: Mark[]
  origin: Origin
}

/// The text with each collision as it was chosen, in their order.
export function resolve(up: CatchUp, choices: readonly PieceChoice[]): Resolved {
  let text = ""
  let done = 0
  let next = 0
  const marks: Mark[] = []
  const coAuthors = [...up.next.coAuthors]
  for (const piece of up.pieces) {
    text += up.text.slice(done, piece.from)
    done = piece.to
    const from = text.length
    let label = piece.kind === "mine" ? "" : personName(up.who(piece), nobody)
    if (piece.kind === "collision") {
      const choice = choices[next++]
      if (!choice) throw new Error("a collision is not resolved")
      // Nothing is glued to the line before, or that after.
      if (text !== "" && !/[\n\r]$/.test(text) && chosenText(piece, choice) !== "") text += endingOf(piece)
      text += endedText(piece, choice, done < up.text.length)
      if (choice.take === "mine") label = ""
      else {
        const who = up.who(piece)
        if (who && piece.theirs !== "" && !coAuthors.some(known => personName(known) === personName(who))) coAuthors.push(who)
        if (choice.take !== "theirs") label = t("You and {name}", { name: label })
      }
    } else {
      text += up.text.slice(piece.from, piece.to)
      if (piece.kind === "joined") label = t("You and {name}", { name: label })
    }
    if (label) marks.push({ from, to: text.length, label: from === text.length ? t("{name}, removed", { name: label }) : label })
  }
  return { text: text + up.text.slice(done), marks, origin: { ...up.next, coAuthors } }
}

/// The text of a collision as it is chosen.
export function chosenText(piece: Piece, { take, text }: PieceChoice): string {
  switch (take) {
    case "mine":
      return piece.mine
    case "theirs":
      return piece.theirs
    case "both":
      return bothOf(piece)
    case "edit":
      return text ?? piece.mine
  }
}

/// The text of a collision as it is chosen, with the end of its last line where
/// text follows, or where one's own text is an edit of what had it.
function endedText(piece: Piece, choice: PieceChoice, follows: boolean): string {
  const text = chosenText(piece, choice)
  const wanted = follows || (choice.take === "edit" && bothOf(piece).endsWith("\n"))
  return wanted && text !== "" && !text.endsWith("\n") ? text + endingOf(piece) : text
}

/// What ends a line of a piece.
function endingOf(piece: Piece): string {
  return /\r\n/.test(piece.mine + piece.theirs + piece.base) ? "\r\n" : "\n"
}

/// Both texts, theirs first, as the merge itself orders what it joins; each
/// ends its line.
export function bothOf(piece: Piece): string {
  if (piece.mine === "" || piece.theirs === "") return piece.theirs + piece.mine
  return piece.theirs + (piece.theirs.endsWith("\n") ? "" : endingOf(piece)) + piece.mine
}

/// Where a piece is, in words: "Promotions", "the title", "the beginning".
export function placeOf(piece: { matter: boolean; where: readonly string[]; order?: boolean }): string {
  if (piece.order) return piece.where.length > 0 ? t("the order of sections in {place}", { place: piece.where.join(" › ") }) : t("the order of sections")
  if (piece.matter) return piece.where.length > 0 ? t("“{key}” in the front matter", { key: piece.where[0]! }) : t("the front matter")
  return piece.where.length > 0 ? piece.where.join(" › ") : t("the beginning")
}

/// What came in by itself, in a sentence: "Ben changed Promotions and News."
/// "" for nothing.
export function tellMerged(up: CatchUp): string {
  const places = new Map<string, Set<string>>()
  for (const piece of up.pieces) {
    if (piece.kind !== "theirs" && piece.kind !== "joined") continue
    const name = personName(up.who(piece), nobody)
    const where = piece.matter ? placeOf(piece) : piece.where[0] ?? t("the beginning")
    places.set(name, (places.get(name) ?? new Set()).add(where))
  }
  return [...places].map(([name, where]) => t("{name} changed {places} meanwhile.", { name, places: listOf([...where]) })).join(" ")
}

/// "a", "a and b", "a, b and c".
export function listOf(words: readonly string[]): string {
  if (words.length > 4) return t("{places} and {count} more places", { places: words.slice(0, 3).join(", "), count: words.length - 3 })
  return list(words)
}
