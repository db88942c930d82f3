import { useState } from "preact/hooks"
import { placeName } from "../../forge/branches"
import { problemOf } from "../../forge/api"
import type { AppContext } from "../../ui/app-context"
import type { Branch, PostEntry } from "../../protocol/server"
import { placeOf } from "../../post/kept-words"
import { pullAddress } from "../../protocol/routes"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { useKeptWords } from "../../ui/use-kept-words"
import { t, tx } from "../../base/words"

export interface ProposeDialogProps {
  app: AppContext
  branch: Branch
  /// The edition's posts, of which the first gives the pull request its title.
  posts: readonly PostEntry[]
  onClose: () => void
}

/// Asks what an edition's pull request is called, and opens it.
export function ProposeDialog({ app, branch, posts, onClose }: ProposeDialogProps) {
  const own = posts.find(post => post.date === branch.edition)
  const title = useKeptWords(placeOf(app.site, "edition", branch.name, "title"), own?.title || `Edition ${branch.name}`)
  const message = useKeptWords(placeOf(app.site, "edition", branch.name, "message"))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState("")

  async function propose(): Promise<void> {
    if (busy) return
    setBusy(true)
    setProblem("")
    try {
      const pull = await app.api.propose(branch.name, app.site.defaultBranch, title.text.trim(), message.text)
      title.sent()
      message.sent()
      onClose()
      app.go(pullAddress(pull.number))
    } catch (error) {
      setProblem(problemOf(error).sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog title={t("Open the edition's pull request")} busy={busy} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void propose()
        }}
      >
        <p class="note">{t("It takes all of {place} into {defaultBranch}. Pull requests that are open for it stay open, and are part of it once they are merged.", { place: placeName(branch.name, [branch], []), defaultBranch: app.site.defaultBranch })}</p>
        <label>
          <span>{t("Title")}</span>
          <input name="title" autofocus required maxLength={200} value={title.text} disabled={busy} onInput={event => title.put(event.currentTarget.value)} />
        </label>
        <label>
          <span>{tx("Message {small}", { small: <small>{t("if there is more to say")}</small> })}</span>
          <textarea name="message" rows={2} value={message.text} disabled={busy} onInput={event => message.put(event.currentTarget.value)} />
        </label>
        <NotKept fields={[title, message]} />
        {problem && <p class="failed" role="alert">{problem}</p>}
        <footer>
          <button type="button" class="quiet" disabled={busy} onClick={onClose}>{t("Not yet")}</button>
          <button type="submit" class="primary" disabled={busy || title.text.trim() === ""}>{busy ? t("Opening") : t("Open pull request")}</button>
        </footer>
      </form>
    </Dialog>
  )
}
