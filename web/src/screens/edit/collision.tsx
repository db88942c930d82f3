import { personName } from "../../forge/people"
import { useRef, useState } from "preact/hooks"
import { bothOf, chosenText, collisionsOf, listOf, placeOf, tellMerged, type CatchUp, type PieceChoice } from "../../post/merge"
import type { Piece } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { PieceEditor } from "../../ui/piece-editor"
import { SideBySide } from "../../ui/side-by-side"

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
  const names = [...new Set(pieces.map(piece => personName(up.who(piece), "Somebody")))]
  const open = choices.filter(choice => choice === null).length
  const alone = tellMerged(up)

  const choose = (i: number, choice: PieceChoice) => setChoices(all => all.map((old, k) => (k === i ? choice : old)))

  return (
    <Dialog title={`${sentenceCase(listOf(names))} and you changed the same lines`} wide onClose={onLater}>
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
          {pieces.length === 1 ? "Choose what becomes of this place." : `Choose what becomes of these ${pieces.length} places.`}
          {" "}Nothing is replaced until you are done, and undo brings your text back.
        </p>
        {alone && <p class="note">{alone} Merged by itself.</p>}
        {pieces.map((piece, i) => (
          <OnePiece
            key={i} piece={piece} name={personName(up.who(piece), "Somebody")} nonce={nonce} choice={choices[i]!}
            count={pieces.length > 1 ? `${i + 1} of ${pieces.length}` : ""} onChoice={choice => choose(i, choice)}
          />
        ))}
        <footer>
          <span class="note" role="status">{open === 0 ? "" : pieces.length === 1 ? "Nothing is chosen yet." : `${pieces.length - open} of ${pieces.length} chosen.`}</span>
          <button type="button" class="quiet" onClick={onLater}>Decide later</button>
          <button type="submit" class="primary" disabled={open > 0}>Use what I chose</button>
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
  const whose = name === "Somebody" ? "the other's" : name.length > longName ? "theirs" : `${name}’${name.endsWith("s") ? "" : "s"}`
  const options: { take: PieceChoice["take"]; label: string }[] = [
    { take: "mine", label: piece.mine === "" ? "Leave it removed" : "Keep mine" },
    { take: "theirs", label: piece.theirs === "" ? "Remove it" : `Take ${whose}` },
    ...(piece.mine !== "" && piece.theirs !== "" && !piece.matter ? [{ take: "both" as const, label: "Keep both" }] : []),
    { take: "edit", label: "Write it anew" },
  ]
  const place = placeOf(piece)
  return (
    <fieldset class="piece">
      <legend>{sentenceCase(place)}{count && <small> {count}</small>}</legend>
      <SideBySide
        left={{ title: "You", text: piece.mine, none: "You removed this." }}
        right={{ title: name, text: piece.theirs, none: `${name} removed this.` }}
        place={place} nonce={nonce}
      />
      <div class="choices" role="radiogroup" aria-label={`What becomes of ${place}`}>
        {options.map(({ take, label }) => (
          <label key={take} class="choice">
            <input
              type="radio" name={`piece-${count || "1"}`} checked={choice?.take === take}
              onChange={() => onChoice(take === "edit" ? { take, text: choice ? chosenText(piece, choice) : bothOf(piece) } : { take })}
            />
            <span>{label}</span>
          </label>
        ))}
      </div>
      {choice?.take === "edit" && (
        <PieceEditor label={`Your text for ${place}`} text={choice.text ?? ""} nonce={nonce} onText={text => onChoice({ take: "edit", text })} />
      )}
    </fieldset>
  )
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
