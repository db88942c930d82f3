import { personName } from "../forge/people"
import { useState } from "preact/hooks"
import type { AppContext } from "./app-context"
import { whyNotKept } from "../post/drafts"
import type { Pull, PullFile } from "../protocol/server"
import { copyPull } from "../post/in-pull"
import { useThere } from "./use-there"
import { t } from "../base/words"

export interface CopyOfferProps {
  app: AppContext
  pull: Pull
  file: PullFile
  /// Called before the editor goes to the copy. Defaults to nothing.
  onGo?: () => Promise<void>
}

/// Says that a pull request's branch is somebody else's, and offers its text as
/// a draft of one's own.
export function CopyOffer({ app, pull, file, onGo }: CopyOfferProps) {
  const [busy, setBusy] = useState(false)
  const [taken, setTaken] = useState("")
  const [problem, setProblem] = useState("")
  const there = useThere()

  async function copy(): Promise<void> {
    setBusy(true)
    try {
      const { address, taken } = await copyPull(app, pull, file)
      if (taken) return setTaken(address)
      if (!there()) return // the copy is among the drafts
      await onGo?.()
      // An editor that is open at this very address does not see a new draft.
      if (location.pathname + location.search === address) location.reload()
      else app.go(address)
    } catch (error) {
      setProblem(whyNotKept(error))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div class="notice copy-offer">
      <p>
        {t("You may not write to {person}'s branch, so you cannot continue #{number} itself. A copy is a draft of your own with its text; submitted, it is a pull request of yours into {base}.", { person: personName(pull.author), number: pull.number, base: pull.base })}
      </p>
      {taken
        ? <p role="alert">{t("You have a draft of this post on {base} already, and it is left as it is.", { base: pull.base })} <a href={taken}>{t("Open your draft")}</a></p>
        : <button type="button" class="small" disabled={busy} onClick={() => void copy()}>{t("Write on in a copy")}</button>}
      {problem && <p class="failed" role="alert">{problem}</p>}
    </div>
  )
}
