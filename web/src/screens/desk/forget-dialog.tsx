import { useEffect, useState } from "preact/hooks"
import { DraftMoved, type Draft } from "../../post/drafts"
import { tellForgotten } from "../../post/forgetting"
import { forgetWords, placeOf } from "../../post/kept-words"
import { forgetParting } from "../../post/parting-draft"
import { isWritten } from "../../post/presence"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { t } from "../../base/words"

export interface ForgetDialogProps {
  app: AppContext
  /// The draft as the writer saw it, which alone is forgotten.
  draft: Draft
  /// Where it is, in words.
  place: string
  onClose: () => void
}

/// Asks whether a draft is to be forgotten. One that went on meanwhile is kept.
export function ForgetDialog({ app, draft: seen, place, onClose }: ForgetDialogProps) {
  const [draft, setDraft] = useState(seen)
  const [written, setWritten] = useState(false)
  const moved = draft.version !== seen.version
  useEffect(() => void isWritten(seen).then(setWritten), [])

  async function forget(): Promise<void> {
    try {
      const now = await app.drafts.get(draft)
      if (now && now.version !== draft.version) return setDraft(now)
      tellForgotten(draft)
      await app.drafts.remove(draft, draft.version)
      forgetParting(draft)
      forgetWords(placeOf(app.site, "post", draft.branch, draft.path))
      await app.drafts.forgetPictures(draft)
    } catch (error) {
      if (error instanceof DraftMoved) return setDraft(error.theirs ?? draft)
      console.error(error)
    }
    onClose()
  }

  const title = draft.title || draft.path
  return (
    <Dialog title={t("Forget this draft?")} onClose={onClose}>
      <p>{draft.submitted
        ? t("What you typed in “{title}” on {place} is kept nowhere else but in its pull request. It cannot be brought back.", { title, place })
        : t("What you typed in “{title}” on {place} is kept nowhere else. It cannot be brought back.", { title, place })}</p>
      {moved && <p class="failed" role="alert">{t("It went on in another tab since you looked. Nothing was forgotten yet.")}</p>}
      {written && <p class="met">{t("It is open in another tab. Its text stays there, unsaved, until that tab is closed, and is kept again when you write on.")}</p>}
      <footer>
        <button type="button" class="quiet" onClick={onClose}>{t("Keep it")}</button>
        <button type="button" class="danger" onClick={() => void forget()}>{t("Forget it")}</button>
      </footer>
    </Dialog>
  )
}
