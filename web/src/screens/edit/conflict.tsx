import { useMemo, useRef, useState } from "preact/hooks"
import type { Draft } from "../../post/drafts"
import { keptChoice, type KeptChoice } from "../../post/kept-choice"
import type { WordsPlace } from "../../post/kept-words"
import { Diff } from "../../ui/diff"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { WrittenBefore } from "../../ui/written-before"
import type { PlaceChoice, TextChoice } from "../../post/life/view"
import { t } from "../../base/words"

/// A text is taken; `shown` is which of the writer's own stood in the comparison. Answers
/// whether it was taken, or is asked again; also where nobody knows that yet.
type Choose = (text: string, shown: string) => boolean

/// The text of a comparison, which begins once, and again where either text became another
/// behind the dialog: with what was written before, also where the browser keeps none of it.
function useComparison(place: WordsPlace, mine: () => string, theirs: string, onChoose: Choose): { kept: KeptChoice; shown: string; put: (text: string) => void; choose: (text: string) => void } {
  const [shown, setShown] = useState(mine)
  const before = useRef<KeptChoice | null>(null)
  const kept = useMemo(() => (before.current = keptChoice(place, shown, theirs, before.current?.state())), [shown, theirs])
  const [, setLost] = useState(false)
  const put = (text: string) => {
    kept.put(text)
    setLost(!kept.kept)
  }
  const choose = (text: string) => {
    if (onChoose(text, shown)) kept.forget()
    else setShown(mine())
  }
  return { kept, shown, put, choose }
}

/// What was written into the comparison when the texts were others, and fits nowhere now;
/// and whether the browser keeps what is written now.
function Offers({ kept }: { kept: KeptChoice }) {
  const [left, setLeft] = useState(kept.left)
  const ref = useRef<HTMLDivElement>(null)
  return (
    <div ref={ref}>
      <NotKept fields={[kept]} />
      {left.map(lines => (
        <WrittenBefore
          key={lines} title={t("What you wrote here when the texts were others")} text={lines} onForget={() => {
            kept.drop(lines)
            setLeft(kept.left())
            // The button that was pressed is gone.
            ref.current!.closest("dialog")!.querySelector<HTMLElement>(".cm-content")?.focus()
          }}
        />
      ))}
    </div>
  )
}

export interface ConflictDialogProps {
  choice: TextChoice
  /// The writer's text as it is: the dialog itself may have come a moment later.
  mine: () => string
  /// Where on the site, as "on main".
  where: string
  nonce: string
  /// Where the text is kept that is written here, until one is chosen.
  place: WordsPlace
  onChoose: Choose
  /// Leaves both as they are.
  onLater: () => void
}

/// The draft and the branch's file have both moved on. The writer sees what
/// differs, takes from each what is wanted, and nothing is replaced before.
export function ConflictDialog({ choice, mine, where, nonce, place, onChoose, onLater }: ConflictDialogProps) {
  const theirs = choice.theirs?.text ?? ""
  const { kept, shown, put, choose } = useComparison(place, mine, theirs, onChoose)
  return (
    <Dialog title={t("This post has changed on the branch")} wide onClose={onLater}>
      <p>
        {choice.onBranch ? t("The pull request takes this post out: you or somebody else deleted it there. Your text is below; if you use it, the pull request has the post again.") : choice.theirs ? t("While you were writing, somebody changed this post {where}. Below is your text against theirs: what is struck out is only in theirs, what is marked is only in yours. Keep or take each change, or edit the text here.", { where }) : t("While you were writing, this post was removed, which was {where}. Your text is below; if you use it, a pull request adds the post again.", { where })}
      </p>
      <Diff key={shown} label={t("Your text against the branch's")} old={theirs} new={kept.begin} nonce={nonce} onText={put} />
      <Offers key={"+" + shown} kept={kept} />
      <footer>
        <button type="button" class="quiet" onClick={onLater}>{t("Decide later")}</button>
        {choice.theirs && <button type="button" onClick={() => choose(theirs)}>{t("Use theirs")}</button>}
        <button type="button" class="primary" onClick={() => choose(kept.text())}>{t("Use this text")}</button>
      </footer>
      <p class="hint">{t("Undo brings the other text back.")}</p>
    </Dialog>
  )
}

export interface TabDialogProps {
  theirs: Draft
  /// This tab's text as it is: the dialog itself may have come a moment later.
  mine: () => string
  nonce: string
  /// Where the text is kept that is written here, until one is chosen.
  place: WordsPlace
  onChoose: Choose
  /// Leaves both as they are, until this tab's text is changed again.
  onLater: () => void
}

/// Another tab has written the same draft.
export function TabDialog({ theirs, mine, nonce, place, onChoose, onLater }: TabDialogProps) {
  const { kept, shown, put, choose } = useComparison(place, mine, theirs.text, onChoose)
  return (
    <Dialog title={t("This draft was changed in another tab")} wide onClose={onLater}>
      <p>{t("Below is this tab's text against the other's: what is struck out is only in the other, what is marked is only here.")}</p>
      <Diff key={shown} label={t("This tab's text against the other's")} old={theirs.text} new={kept.begin} nonce={nonce} onText={put} />
      <Offers key={"+" + shown} kept={kept} />
      <footer>
        <button type="button" class="quiet" onClick={onLater}>{t("Decide later")}</button>
        <button type="button" onClick={() => choose(theirs.text)}>{t("Use the other's")}</button>
        <button type="button" class="primary" onClick={() => choose(kept.text())}>{t("Use this text")}</button>
      </footer>
    </Dialog>
  )
}

export interface PlaceDialogProps {
  choice: PlaceChoice
  /// This tab's text as it is: the dialog itself may have come a moment later.
  mine: () => string
  nonce: string
  /// Where the text is kept that is written here, until one is chosen.
  place: WordsPlace
  onChoose: Choose
  onStay: () => void
}

/// The text is to be taken to where there is a draft already. What is written here stays on
/// the screen until it is there.
export function PlaceDialog({ choice: { theirs, busy, why }, mine, nonce, place, onChoose, onStay }: PlaceDialogProps) {
  const { kept, shown, put, choose } = useComparison(place, mine, theirs.text, onChoose)
  return (
    <Dialog title={t("You have a draft there already")} wide busy={busy} onClose={onStay}>
      <p>{t("This browser keeps a draft of {path} on {branch}. Below is your text against that one: what is struck out is only in the draft, what is marked is only here. Nothing is replaced until you choose.", { path: theirs.path, branch: theirs.branch })}</p>
      {/* What is typed while the text is on its way would not be in it. */}
      <Diff key={shown} inert={busy} label={t("Your text against the draft that is there")} old={theirs.text} new={kept.begin} nonce={nonce} onText={put} />
      <Offers key={`${theirs.version}+${shown}`} kept={kept} />
      {why && <p class="failed" role="alert">{why}</p>}
      <footer>
        <button type="button" class="quiet" disabled={busy} onClick={onStay}>{t("Stay here")}</button>
        <button type="button" disabled={busy} onClick={() => choose(theirs.text)}>{t("Go on with the draft, and leave this one here")}</button>
        <button type="button" class="primary" disabled={busy} onClick={() => choose(kept.text())}>{t("Replace it by the text as it stands here")}</button>
      </footer>
    </Dialog>
  )
}
