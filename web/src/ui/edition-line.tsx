import { useState } from "preact/hooks"
import { problemOf } from "../forge/api"
import type { AppContext } from "../post/app-context"
import { longDate } from "../forge/posts"
import type { Branch, PostEntry, Pull } from "../protocol/server"
import { pullAddress } from "../protocol/routes"
import { Dialog } from "./dialog"

export interface EditionLineProps {
  app: AppContext
  /// The edition's branch.
  branch: Branch
  /// Its open pull request into the default branch; undefined for none.
  pull: Pull | undefined
  onPropose: () => void
}

/// What an edition's branch is, and how it reaches the site.
export function EditionLine({ app, branch, pull, onPropose }: EditionLineProps) {
  const main = app.site.defaultBranch
  return (
    <div class="edition">
      <p>
        {branch.open
          ? <>The edition of {longDate(branch.edition!)}. What is written here reaches the site when the edition is merged into {main}.</>
          : <>The edition of {longDate(branch.edition!)} is on {main}.</>}
      </p>
      {pull
        ? <a class="button" href={pullAddress(pull.number)}>The edition's pull request #{pull.number}</a>
        : branch.open && app.site.canPush && <button type="button" onClick={onPropose}>Open the edition's pull request</button>}
    </div>
  )
}

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
  const [title, setTitle] = useState(own?.title || `Edition ${branch.name}`)
  const [message, setMessage] = useState("")
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState("")

  async function propose(): Promise<void> {
    if (busy) return
    setBusy(true)
    setProblem("")
    try {
      const pull = await app.api.propose(branch.name, app.site.defaultBranch, title.trim(), message)
      onClose()
      app.go(pullAddress(pull.number))
    } catch (error) {
      setProblem(problemOf(error).sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog title="Open the edition's pull request" busy={busy} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void propose()
        }}
      >
        <p class="note">It takes all of {branch.name} into {app.site.defaultBranch}. Pull requests that are open for {branch.name} stay open, and are part of it once they are merged.</p>
        <label>
          <span>Title</span>
          <input name="title" autofocus required maxLength={200} value={title} disabled={busy} onInput={event => setTitle(event.currentTarget.value)} />
        </label>
        <label>
          <span>Message <small>if there is more to say</small></span>
          <textarea name="message" rows={2} value={message} disabled={busy} onInput={event => setMessage(event.currentTarget.value)} />
        </label>
        {problem && <p class="failed" role="alert">{problem}</p>}
        <footer>
          <button type="button" class="quiet" disabled={busy} onClick={onClose}>Not yet</button>
          <button type="submit" class="primary" disabled={busy || title.trim() === ""}>{busy ? "Opening" : "Open pull request"}</button>
        </footer>
      </form>
    </Dialog>
  )
}
