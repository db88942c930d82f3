import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import type { AppContext } from "../../ui/app-context"
import { alone, placeName, targetBranches, whereabouts } from "../../forge/branches"
import { isSame } from "../../forge/people"
import { retitled } from "../../forge/pulls"
import type { Branch, Pull } from "../../protocol/server"
import { leavesApp } from "../../protocol/routes"
import { Diff } from "../../ui/diff"
import { Dialog } from "../../ui/dialog"
import { PreviewLink } from "../../ui/preview-link"
import { countOf } from "../../ui/problems"
import { Rescue } from "../../ui/rescue"
import { SentPictures } from "../../ui/sent-pictures"
import { Signing, useSigning } from "../../ui/signing"
import type { Mark } from "../../editor/line-authors"
import { NotKept } from "../../ui/not-kept"
import { useKeptWords } from "../../ui/use-kept-words"
import { useStore } from "../../ui/use-store"
import { keptSentence } from "../../post/unsaved"
import { placeOf } from "../../post/kept-words"
import type { EditModel } from "../../post/edit-state"
import { goesInto } from "../../post/life/state"
import { viewOf } from "../../post/life/view"
import { towards } from "../../text/origin"
import { t, tn, tx } from "../../base/words"

export interface SubmitDialogProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  onClose: () => void
}

/// Shows what changed, asks what the pull request is called, submits, and ends
/// on its address.
export function SubmitDialog({ app, branch, path, model, onClose }: SubmitDialogProps) {
  const state = model.store.get()
  const life = useStore(model.life)
  const [view, met, submission] = [viewOf(life), life.phase === "open" ? life.met : null, life.phase === "open" ? life.submission : null]
  const { submitting, keep, merging } = view
  const { into, pull: continued } = view.target
  const [base, setBase] = useState(into || state.edition || branch)
  // Into another base than its pull request's, the text gets one of its own.
  const sentText = submission?.is === "open" && goesInto(submission, base) ? submission.text : null
  const updates = continued > 0 || sentText !== null
  const sending = submitting.is === "keeping" || submitting.is === "sending"
  // What is shown is what is sent, whatever happens behind the dialog.
  const shown = "text" in submitting ? submitting : null
  const text = shown?.text ?? ""
  const joined = met?.text === text ? met : null
  // Who submitted before looks at what is new since.
  const updated = updates && "updates" in submitting && submitting.updates
  const original = joined?.old ?? sentText ?? shown?.origin.text ?? ""
  const name = state.title || path.replace(/^.*\//, "")
  const [there, setThere] = useState<Pull | null>(null)
  const field = (what: string) => placeOf(app.site, "post", branch, path, what)
  // Somebody may have given it another title since.
  const own = useKeptWords(field("title"), there?.title || view.pull?.title || `${view.isNew ? "Add" : "Edit"} ${/[“”"]/.test(name) ? name : `“${name}”`}`)
  const message = useKeptWords(field("message"))
  const title = own.text
  const [branches, setBranches] = useState<Branch[]>(state.branches)
  const done = useRef<HTMLAnchorElement>(null)
  const toProblems = useRef(false)
  const [signed, setSigned] = useSigning(app.site)
  const problem = submitting.is === "asking" ? submitting.problem : null
  const steps = submitting.is === "sending" ? submitting.steps : []

  useEffect(() => {
    app.api.branches().then(setBranches, () => {})
    if (view.pull) app.api.pull(view.pull.number).then(({ pull }) => setThere(pull), () => {})
  }, [])
  useLayoutEffect(() => {
    if (submitting.is !== "done") return
    own.sent()
    message.sent()
    done.current?.focus()
  }, [submitting.is])

  const same = shown !== null && text === (sentText ?? shown.origin.text) && towards(shown.origin, base).merged === ""
  const { problems } = state
  const renamed = there && updates ? retitled(there, title.trim(), app.site.person) : ""

  if (submitting.is === "done") {
    const { pull } = submitting
    return (
      <Dialog title={updated ? t("Pull request #{number} is updated", { number: pull.number }) : t("Pull request #{number} is open", { number: pull.number })} onClose={onClose} onGone={() => model.inSource(editor => editor.focus())}>
        <p>{tx("{title} waits for review, and goes into {place} when it is merged.", { title: <strong>{pull.title}</strong>, place: placeName(pull.base, branches, []) })}</p>
        {!isSame(pull.author, app.site.person) && title.trim() !== pull.title && <p>{t("It keeps its title; your commit is called “{title}”.", { title: title.trim() })}</p>}
        <p><a ref={done} class="pull-address" href={pull.url} {...(leavesApp(pull.url) ? { target: "_blank", rel: "noopener noreferrer" } : {})}>{t("pull request #{number}", { number: pull.number })}</a></p>
        <PreviewLink address={view.preview} />
        <footer><button type="button" class="primary" onClick={onClose}>{t("Go on writing")}</button></footer>
      </Dialog>
    )
  }

  return (
    <Dialog title={updates ? t("Update pull request") : t("Open pull request")} wide busy={sending} onClose={onClose} onGone={() => toProblems.current && model.showProblems()}>
      <form
        class="submit"
        onSubmit={event => {
          event.preventDefault()
          void model.submit({ base, title: title.trim(), message: message.text, signOff: signed })
        }}
      >
        <div class="fields">
          <label>
            <span>{t("Title")}</span>
            <input name="title" autofocus required maxLength={200} value={title} disabled={sending} onInput={event => own.put(event.currentTarget.value)} />
          </label>
          <label>
            <span>{t("Into")}</span>
            <select name="base" value={base} disabled={sending || into !== ""} onChange={event => setBase(event.currentTarget.value)}>
              {targetBranches(branches, base).map(b => (
                <option key={b.name} value={b.name}>{alone(placeName(b.name, branches, []))}</option>
              ))}
            </select>
          </label>
          <label class="message">
            <span>{tx("Message {small}", { small: <small>{t("if there is more to say")}</small> })}</span>
            <textarea name="message" rows={2} value={message.text} disabled={sending} onInput={event => message.put(event.currentTarget.value)} />
          </label>
        </div>
        <NotKept fields={[own, message]} />
        {renamed !== "" && <p class="note" role="status">{renamed}</p>}
        {merging && <p class="note" role="status">{t("Merging what others changed meanwhile.")}</p>}
        {joined?.sentence && <p class="met" role="status">{joined.sentence} {t("It is merged by itself; undo in the editor takes it back.")}</p>}
        {same ? (
          <p class="note">{updated ? t("The pull request holds this text already, so there is nothing to submit yet.") : t("The text is the same as {place}, so there is nothing to submit yet.", { place: whereabouts(branch, branches) })}</p>
        ) : (
          <Diff label={updated && !joined ? t("What changed since you submitted it") : t("What the pull request changes")} old={original} new={text} marks={joined?.marks ?? noMarks} nonce={app.nonce} />
        )}
        <SentPictures pictures={model.pictures} text={text} />
        {problems.length > 0 && (
          <p class="open-problems">
            <span>{t("{problems} still marked in the text. You can submit, and mend that later.", { problems: countOf(problems) })}</span>
            <button type="button" class="small" disabled={sending} onClick={() => {
              toProblems.current = true
              onClose()
            }}>{tn(problems.length, "Go to it", "Go to the first")}</button>
          </p>
        )}
        <Signing site={app.site} signed={signed} onSigned={setSigned} disabled={sending} />
        <ol class="steps" aria-live="polite">
          {steps.map(step => <li key={step.name} class={step.done ? "done" : "now"}>{step.text}{step.done ? "" : " …"}</li>)}
          {sending && steps.length === 0 && <li class="now">{t("Sending your text …")}</li>}
        </ol>
        {problem && (
          <p class="failed" role="alert">
            {problem.sentence}
            {problem.retryAfter ? " " + t("Try again in {time}.", { time: waitText(problem.retryAfter) }) : ""} {keptSentence(keep)}
            {keep.kind === "failed" && <Rescue post={{ path, text: () => text, save: model.save }} />}
          </p>
        )}
        <footer>
          <button type="button" class="quiet" disabled={sending} onClick={onClose}>{t("Not yet")}</button>
          {continued > 0 && problem?.kind === "forbidden" && (
            <button type="button" onClick={() => model.send({ type: "leave pull" })}>{t("Submit as a pull request of my own")}</button>
          )}
          <button type="submit" class="primary" disabled={sending || same || title.trim() === ""}>
            {sending ? t("Submitting") : updates ? t("Update pull request") : t("Open pull request")}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

const noMarks: readonly Mark[] = []

/// "40 seconds", "3 minutes".
export function waitText(seconds: number): string {
  if (seconds < 90) return tn(Math.ceil(seconds), "{count} second", "{count} seconds")
  return tn(Math.ceil(seconds / 60), "{count} minute", "{count} minutes")
}
