import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../forge/api"
import type { AppContext } from "./app-context"
import { patience, type Draft } from "../post/drafts"
import { forgetTyped } from "../post/forgetting"
import { hasWords, placeOf } from "../post/kept-words"
import { partingsOf } from "../post/parting-draft"
import { Dialog } from "./dialog"
import { inTime } from "../base/in-time"
import { t, tn } from "../base/words"

/// Signs out, and asks what shall become of the drafts in this browser first:
/// the next person at it may be another one.
export function SignOutDialog({ app, onClose }: { app: AppContext; onClose: () => void }) {
  const { person } = app.site
  const [drafts, setDrafts] = useState(0)
  const [words] = useState(() => hasWords(placeOf(app.site)))
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState("")
  useEffect(() => {
    // What a page left in its last moment is a draft, too.
    const left = partingsOf(app.site.id, person.login).map(({ draft }) => draft)
    const count = (list: Pick<Draft, "branch" | "path">[]) => setDrafts(new Set([...list, ...left].map(({ branch, path }) => branch + ":" + path)).size)
    app.drafts.list(app.site.id, person.login).then(count, () => count([]))
  }, [])

  async function signOut(forget: boolean): Promise<void> {
    setBusy(true)
    try {
      const answer = await app.signIn.signOut()
      await app.answers.clear()
      let left = answer.revoked ? "" : answer.sentence
      // Not before it is certain that one is signed out.
      if (forget) {
        // What is open here is forgotten too, and nothing to ask about.
        app.unsaved.open(null)
        forgetTyped(app.site.id, person.login, placeOf(app.site))
        await inTime(app.drafts.clear(app.site.id, person.login), patience).catch(() => {
          left = `${left} ${t("You are signed out, but this browser's storage does not say that your drafts are forgotten. Close Galley's tabs, and take its data away in the browser's settings.")}`.trim()
        })
      }
      if (left === "") location.assign("/")
      else setTrouble(left)
    } catch (error) {
      setTrouble(problemOf(error).sentence)
      setBusy(false)
    }
  }

  const kept = tn(drafts, "One draft of yours is kept in this browser. Nobody else is offered it here, but on a machine that others use better forget it.", "{count} drafts of yours are kept in this browser. Nobody else is offered them here, but on a machine that others use better forget them.")
  return (
    <Dialog title={t("Sign out?")} busy={busy} onClose={onClose}>
      <p>{t("You are signed in as {login}. Signing out takes Galley's permission back at GitHub.", { login: person.login })}</p>
      {drafts > 0 && (
        <p>{kept} {t("What is in a pull request stays there.")}</p>
      )}
      {words && <p>{t("Messages and comments that you have typed and not sent are kept in this browser, too.")}</p>}
      {trouble && <p class="failed" role="alert">{trouble}</p>}
      <footer>
        <button type="button" class="quiet" disabled={busy} onClick={onClose}>{t("Stay")}</button>
        {(drafts > 0 || words) && <button type="button" class="danger" disabled={busy} onClick={() => void signOut(true)}>{drafts > 0 ? tn(drafts, "Sign out and forget the draft", "Sign out and forget the drafts") : t("Sign out and forget the words")}</button>}
        {trouble && busy ? (
          <button type="button" class="primary" onClick={() => location.assign("/")}>{t("All right")}</button>
        ) : (
          <button type="button" class="primary" autofocus disabled={busy} onClick={() => void signOut(false)}>{drafts > 0 ? tn(drafts, "Sign out and keep it", "Sign out and keep them") : words ? t("Sign out and keep the words") : t("Sign out")}</button>
        )}
      </footer>
    </Dialog>
  )
}
