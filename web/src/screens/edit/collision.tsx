import { personName } from "../../forge/people"
import { useRef, useState } from "preact/hooks"
import { bothOf, chosenText, collisionsOf, listOf, nobody, placeOf, tellMerged, type CatchUp, type PieceChoice } from "../../post/merge"
import type { Piece } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { PieceEditor } from "../../ui/piece-editor"
import { SideBySide } from "../../ui/side-by-side"
import { t, tn } from "../../base/words"

export interface CollisionDialogProps {
  up: CatchUp
  nonce: string
  onChoose: (choices: PieceChoice[]) => void
  /// Leaves both as they are.
  onLater: () => void
}

/// Two people changed the same lines. The writer sees both, piece by piece,
/// and says what becomes of each; nothing is replaced before.
export function CollisionDialog({ up, nonce, onChoose, onLater }: CollisionDialogProps) {
  const pieces = collisionsOf(up)
  const [choices, setChoices] = useState<(PieceChoice | null)[]>(() => pieces.map(() => null))
  const form = useRef<HTMLFormElement>(null)
  const names = [...new Set(pieces.map(piece => personName(up.who(piece), nobody)))]
  const open = choices.filter(choice => choice === null).length
  const alone = tellMerged(up)
  const people = sentenceCase(listOf(names))

  const choose = (i: number, choice: PieceChoice) => setChoices(all => all.map((old, k) => (k === i ? choice : old)))

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
          if (open === 0) onChoose(choices as PieceChoice[])
        }}
      >
        <p>
          {tn(pieces.length, "Choose what becomes of this place.", "Choose what becomes of these {count} places.")}
          {" "}{t("Nothing is replaced until you are done, and undo brings your text back.")}
        </p>
        {alone && <p class="note">{alone} {t("Merged by itself.")}</p>}
        {pieces.map((piece, i) => (
          <OnePiece
            key={i} piece={piece} name={personName(up.who(piece), nobody)} nonce={nonce} choice={choices[i]!}
            count={pieces.length > 1 ? t("{found} of {all}", { found: i + 1, all: pieces.length }) : ""} onChoice={choice => choose(i, choice)}
          />
        ))}
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
  choice: PieceChoice | null
  onChoice: (choice: PieceChoice) => void
}

function OnePiece({ piece, name, nonce, count, choice, onChoice }: OnePieceProps) {
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
              type="radio" name={`piece-${count || "1"}`} checked={choice?.take === take}
              onChange={() => onChoice(take === "edit" ? { take, text: choice ? chosenText(piece, choice) : piece.order ? piece.mine : bothOf(piece) } : { take })}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {choice?.take === "edit" && (
        <PieceEditor label={t("Your text for {place}", { place })} text={choice.text ?? ""} nonce={nonce} onText={text => onChoice({ take: "edit", text })} />
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
