import { personName } from "../../forge/people"
import { useLayoutEffect, useRef, useState } from "preact/hooks"
import { answersTo, choicesOf, chosen, keptAnswers, noAnswer, samePlace, type Answer, type Answered } from "../../post/collision-answers"
import { wordsAt, type WordsPlace } from "../../post/kept-words"
import { collisionsOf, listOf, nobody, placeOf, tellMerged, type CatchUp, type PieceChoice } from "../../post/merge"
import type { Piece } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { PieceEditor } from "../../ui/piece-editor"
import { SideBySide } from "../../ui/side-by-side"
import { WrittenBefore } from "../../ui/written-before"
import { t, tn } from "../../base/words"

export interface CollisionDialogProps {
  up: CatchUp
  nonce: string
  /// Where what is chosen and written is kept until it is used.
  place: WordsPlace
  /// Answers whether the text is now as it was chosen.
  onChoose: (choices: PieceChoice[]) => boolean
  /// Leaves both as they are.
  onLater: () => void
}

/// Two people changed the same lines. The writer sees both, piece by piece,
/// and says what becomes of each; nothing is replaced before. What was said is there
/// again when it is put off.
export function CollisionDialog({ up, nonce, place, onChoose, onLater }: CollisionDialogProps) {
  const pieces = collisionsOf(up)
  const [words] = useState(() => wordsAt(place))
  const [{ answers, left }, setSaid] = useState(() => answersTo(pieces, words.text))
  const [used, setUsed] = useState({ piece: -1, times: 0 })
  const form = useRef<HTMLFormElement>(null)
  const names = [...new Set(pieces.map(piece => personName(up.who(piece), nobody)))]
  const choices = choicesOf(answers)
  const open = answers.filter(({ take }) => take === null).length
  const alone = tellMerged(up)
  const people = sentenceCase(listOf(names))

  function say(answers: Answer[], left: Answered[]): void {
    setSaid({ answers, left })
    words.keep(keptAnswers(pieces, answers, left))
  }
  const answer = (i: number, given: Answer, rest = left) => say(answers.map((old, k) => (k === i ? given : old)), rest)
  function use(one: Answered, i: number): void {
    answer(i, { take: "edit", text: one.text, typed: true }, left.filter(other => other !== one))
    setUsed({ piece: i, times: used.times + 1 })
  }
  // The button that was pressed is gone.
  const count = useRef(left.length)
  useLayoutEffect(() => {
    if (count.current === left.length) return
    count.current = left.length
    const radios = form.current!.querySelectorAll<HTMLElement>(`fieldset.piece:nth-of-type(${used.piece + 1}) input:checked`)
    const next = radios[0] ?? form.current!.querySelector<HTMLElement>("button, input")
    next?.focus()
  }, [left.length])

  return (
    <Dialog title={pieces.every(piece => piece.order) ? t("{people} and you put sections in different orders", { people }) : t("{people} and you changed the same lines", { people })} wide onClose={onLater}>
      <form
        ref={form} class="collision"
        onKeyDown={event => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && open === 0) {
            event.preventDefault()
            form.current!.requestSubmit()
          }
        }}
        onSubmit={event => {
          event.preventDefault()
          if (choices && onChoose(choices)) words.keep(keptAnswers([], [], left))
        }}
      >
        <p>
          {tn(pieces.length, "Choose what becomes of this place.", "Choose what becomes of these {count} places.")}
          {" "}{t("Nothing is replaced until you are done, and undo brings your text back.")}
        </p>
        {alone && <p class="note">{alone} {t("Merged by itself.")}</p>}
        {left.map(one => {
          // What is written there already is not written over.
          const at = pieces.findIndex((piece, i) => samePlace(one, piece) && !answers[i]?.typed)
          const place = placeOf(one)
          return (
            <WrittenBefore
              key={JSON.stringify(one)} title={t("What you wrote for {place} when the texts were others", { place })} text={one.text ?? ""}
              use={at < 0 ? undefined : { label: t("Use it for {place}", { place }), onUse: () => use(one, at) }} onForget={() => say(answers, left.filter(other => other !== one))}
            />
          )
        })}
        {pieces.map((piece, i) => (
          <OnePiece
            key={used.piece === i ? `${i} ${used.times}` : i} piece={piece} name={personName(up.who(piece), nobody)} nonce={nonce} answer={answers[i] ?? noAnswer}
            count={pieces.length > 1 ? t("{found} of {all}", { found: i + 1, all: pieces.length }) : ""} onAnswer={given => answer(i, given)}
          />
        ))}
        <NotKept fields={[words]} />
        <footer>
          <span class="note" role="status">{open === 0 ? "" : pieces.length === 1 ? t("Nothing is chosen yet.") : t("{chosen} of {all} chosen.", { chosen: pieces.length - open, all: pieces.length })}</span>
          <button type="button" class="quiet" onClick={onLater}>{t("Decide later")}</button>
          <button type="submit" class="primary" disabled={open > 0}>{t("Use what I chose")}</button>
        </footer>
      </form>
    </Dialog>
  )
}

/// A name of more letters makes no button of it; it stands above what is theirs.
const longName = 18

interface OnePieceProps {
  piece: Piece
  /// Who wrote theirs.
  name: string
  nonce: string
  count: string
  answer: Answer
  onAnswer: (answer: Answer) => void
}

function OnePiece({ piece, name, nonce, count, answer, onAnswer }: OnePieceProps) {
  const options: { take: PieceChoice["take"]; label: string }[] = [
    { take: "mine", label: piece.mine === "" ? t("Leave it removed") : piece.order ? t("Keep my order") : t("Keep mine") },
    { take: "theirs", label: piece.theirs === "" ? t("Remove it") : piece.order ? t("Take their order") : takeOf(name) },
    ...(piece.mine !== "" && piece.theirs !== "" && !piece.matter && !piece.order ? [{ take: "both" as const, label: t("Keep both") }] : []),
    { take: "edit", label: t("Write it anew") },
  ]
  const place = placeOf(piece)
  return (
    <fieldset class="piece">
      <legend>{sentenceCase(place)}{count && <small> {count}</small>}</legend>
      {piece.order && <p class="note">{t("You and {name} moved these sections to different places. What both wrote in them is on both sides, so that neither order loses any of it.", { name: sentenceName(name) })}</p>}
      <SideBySide
        left={{ title: t("You"), text: piece.mine, none: t("You removed this.") }}
        right={{ title: name, text: piece.theirs, none: t("{name} removed this.", { name }) }}
        place={place} nonce={nonce}
      />
      <div class="choices" role="radiogroup" aria-label={t("What becomes of {place}", { place })}>
        {options.map(({ take, label }) => (
          <label key={take} class="choice">
            <input
              type="radio" name={`piece-${count || "1"}`} checked={answer.take === take}
              onChange={() => onAnswer(chosen(piece, answer, take))}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {answer.take === "edit" && (
        <PieceEditor label={t("Your text for {place}", { place })} text={answer.text ?? ""} nonce={nonce} onText={text => onAnswer({ take: "edit", text, typed: true })} />
      )}
    </fieldset>
  )
}

/// A name within a sentence.
function sentenceName(name: string): string {
  return name === nobody ? t("somebody else") : name
}

/// The choice to take what somebody wrote.
function takeOf(name: string): string {
  if (name === nobody) return t("Take the other's")
  if (name.length > longName) return t("Take theirs")
  return name.endsWith("s") ? t("Take {name}’", { name }) : t("Take {name}’s", { name })
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
