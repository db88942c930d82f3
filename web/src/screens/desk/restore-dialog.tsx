import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { ago, nameOf, titleIn } from "../../forge/posts"
import { placeOf } from "../../post/kept-words"
import type { Removal } from "../../protocol/server"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { SubmissionFields, Submitted, useFileSubmission, useSubmissionWords } from "./submission"
import { t } from "../../base/words"

export interface RestoreDialogProps {
  app: AppContext
  branch: string
  /// Whose texts are looked for.
  group: string
  onClose: () => void
  onChanged: () => void
}

/// Offers what was deleted lately, and proposes that one of it is there again.
export function RestoreDialog({ app, branch, group, onClose, onChanged }: RestoreDialogProps) {
  const [list, setList] = useState<readonly Removal[] | null>(null)
  const [chosen, setChosen] = useState<Removal | null>(null)
  const [failure, setFailure] = useState("")
  const [titles, setTitles] = useState<Record<string, string>>({}) // of what was looked at
  const submission = useFileSubmission(app, onChanged)
  const now = Date.now()
  useEffect(() => {
    app.api.removed(branch, group).then(setList, (error: unknown) => setFailure(problemOf(error).sentence))
  }, [])
  // Its own title replaces that of its name, unless somebody typed another.
  const called = chosen ? titles[chosen.path] || nameOf({ title: "", slug: "", path: chosen.path }) : ""
  const words = useSubmissionWords(placeOf(app.site, "post", branch, chosen?.path ?? "", "restore"), `Restore “${called}”`)
  if (submission.pull) return <Submitted pull={submission.pull} base={branch} onClose={onClose} />
  return (
    <Dialog title={t("Restore a deleted post")} onClose={onClose} busy={submission.sending}>
      <form
        onSubmit={event => {
          event.preventDefault()
          // Its text is a part of what is sent: the history is walked for it, which takes long.
          if (chosen) void submission.send(async () => {
            const { path, text } = await app.api.removedText(branch, chosen.path)
            return { base: branch, path, text, blob: "" }
          }, words)
        }}
      >
        {!list && !failure && <p role="status">{t("Looking at what was deleted lately.")}</p>}
        {list?.length === 0 && <p>{t("Nothing was deleted lately from {branch}.", { branch })}</p>}
        {list && list.length > 0 && (
          <fieldset class="removed" disabled={submission.sending}>
            <legend class="hidden">{t("What was deleted from {branch}", { branch })}</legend>
            {list.map((one, i) => (
              <label key={one.path} class="choice">
                <input type="radio" name="removed" autofocus={i === 0} checked={chosen === one} onChange={() => {
                  setChosen(one)
                  app.api.removedText(branch, one.path).then(({ text }) => setTitles(all => ({ ...all, [one.path]: titleIn(text) })), () => {})
                }} />
                <span>
                  {one.path}
                  <small> {one.person.name || one.person.login} {ago(Date.parse(one.when), now)}: {one.title}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {chosen && <SubmissionFields app={app} of={submission} words={words} />}
        {failure && <p class="failed" role="alert">{failure}</p>}
        <footer>
          <button type="button" class="quiet" disabled={submission.sending} onClick={onClose}>{t("Not now")}</button>
          <button type="submit" class="primary" disabled={submission.sending || !chosen || words.title.text.trim() === ""}>{submission.sending ? t("Opening") : t("Open pull request")}</button>
        </footer>
      </form>
    </Dialog>
  )
}
