import { nameOf } from "../../forge/posts"
import type { Draft } from "../../post/drafts"
import { placeOf } from "../../post/kept-words"
import type { PostEntry, Pull } from "../../protocol/server"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { Others, SubmissionFields, Submitted, useFileSubmission, useSubmissionWords } from "./submission"
import { t, tx } from "../../base/words"

export interface FileDialogProps {
  app: AppContext
  branch: string
  post: PostEntry
  draft: Draft | undefined
  /// The open pull requests that change it.
  others: readonly Pull[]
  onClose: () => void
  onChanged: () => void
}

/// Proposes that a post is deleted.
export function DeleteDialog({ app, branch, post, draft, others, onClose, onChanged }: FileDialogProps) {
  const name = nameOf(post)
  const words = useSubmissionWords(placeOf(app.site, "post", branch, post.path, "delete"), `Delete “${name}”`)
  const submission = useFileSubmission(app, onChanged)
  if (submission.pull) return <Submitted pull={submission.pull} base={branch} onClose={onClose} />
  return (
    <Dialog title={t("Delete “{name}”?", { name })} onClose={onClose} busy={submission.sending}>
      <form
        onSubmit={event => {
          event.preventDefault()
          void submission.send({ base: branch, path: post.path, text: "", blob: post.blob, gone: true }, words)
        }}
      >
        <p>{tx("A pull request takes {code} off {branch}. Its text stays in the history, and “Restore a deleted post” on the desk brings it back.", { code: <code>{post.path}</code>, branch })}</p>
        {draft && <p class="met">{t("A draft of it waits in this browser. It stays there until you forget it.")}</p>}
        <Others app={app} others={others} />
        <SubmissionFields app={app} of={submission} words={words} />
        <footer>
          <button type="button" class="quiet" autofocus disabled={submission.sending} onClick={onClose}>{t("Keep it")}</button>
          <button type="submit" class="danger" disabled={submission.sending || words.title.text.trim() === ""}>{submission.sending ? t("Opening") : t("Open pull request")}</button>
        </footer>
      </form>
    </Dialog>
  )
}
