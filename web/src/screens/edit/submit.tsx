import { useEffect, useRef, useState } from "preact/hooks"
import { foundInstead, problemOf } from "../../forge/api"
import type { AppContext } from "../../post/app-context"
import { targetBranches } from "../../forge/branches"
import type { Branch, Problem, Pull, Step } from "../../protocol/server"
import { leavesApp } from "../../protocol/routes"
import { Diff } from "../../ui/diff"
import { Dialog } from "../../ui/dialog"
import { countOf } from "../../ui/problems"
import { Rescue } from "../../ui/rescue"
import { SentPictures } from "../../ui/sent-pictures"
import { Signing, useSigning } from "../../ui/signing"
import type { Mark } from "../../editor/line-authors"
import { originOf } from "../../editor/origin"
import { useStore } from "../../ui/use-store"
import { keptSentence } from "../../post/unsaved"
import type { EditModel } from "../../post/edit-state"

export interface SubmitDialogProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  onClose: () => void
}

type Phase = "asking" | "sending" | "done"

/// Shows what changed, asks what the pull request is called, submits, and ends
/// on its address.
export function SubmitDialog({ app, branch, path, model, onClose }: SubmitDialogProps) {
  const state = model.store.get()
  const { into, pull: continued } = state.target
  // What is shown is what is sent, whatever happens behind the dialog.
  const [text, setText] = useState(() => model.text())
  const origin = model.base()
  const { blob } = origin
  const { keep } = useStore(model.store)
  const { merged, busy } = useStore(model.catching.store)
  const joined = merged?.text === text ? merged : null
  // Who submitted before looks at what is new since.
  const [updated] = useState(() => state.pull !== null)
  const original = joined?.old ?? model.sentText() ?? origin.text
  const name = state.title || path.replace(/^.*\//, "")
  const [title, setTitle] = useState(state.pull?.title || `${blob === "" ? "Add" : "Edit"} ${/[“”"]/.test(name) ? name : `“${name}”`}`)
  const [message, setMessage] = useState("")
  const [base, setBase] = useState(into || state.edition || branch)
  const [branches, setBranches] = useState<Branch[]>([])
  const [phase, setPhase] = useState<Phase>("asking")
  const [steps, setSteps] = useState<Step[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [pull, setPull] = useState<Pull | null>(null)
  const done = useRef<HTMLAnchorElement>(null)
  const sending = useRef(false)
  const toProblems = useRef(false)
  const [signed, setSigned] = useSigning(app.site)

  useEffect(() => {
    app.api.branches().then(setBranches, () => {})
  }, [])
  useEffect(() => {
    if (phase === "done") done.current?.focus()
  }, [phase])
  // Others may have changed the post since it was opened.
  useEffect(() => {
    if (base !== branch && into === "") return
    void model.catching.check().then(outcome => {
      if (sending.current) return
      if (outcome === "merged") setText(model.text())
      else if (outcome === "choose") onClose()
      else if (outcome === "gone") void model.stale(null)
    })
  }, [])

  const same = text === (model.sentText() ?? origin.text) && origin.merged === ""
  const { problems } = state

  async function send(): Promise<void> {
    if (sending.current) return
    sending.current = true
    setPhase("sending")
    setProblem(null)
    setSteps([])
    try {
      const earlier = await model.sending(text)
      const { merged, coAuthors } = base === branch || into !== "" ? origin : originOf("", "")
      const pull = await app.api.submit(
        {
          base, path, text, blob, earlier, title: title.trim(), message, pictures: await model.pictures.sending(text),
          signOff: signed, ...(continued ? { pull: continued } : {}),
          ...(merged ? { merged } : {}), ...(coAuthors.length > 0 ? { coAuthors: [...coAuthors] } : {}),
        },
        step => setSteps(steps => [...steps.filter(s => s.name !== step.name), step]),
      )
      setPull(pull)
      setPhase("done")
      model.submitted(pull, text)
    } catch (error) {
      const problem = problemOf(error)
      await model.save()
      setPhase("asking")
      const found = foundInstead(problem)
      if (found !== undefined && (into !== "" || base === branch)) {
        await model.stale(found)
        setText(model.text())
      } else {
        setProblem(problem)
      }
    } finally {
      sending.current = false
    }
  }

  if (phase === "done" && pull) {
    return (
      <Dialog title={`Pull request #${pull.number} is ${updated ? "updated" : "open"}`} onClose={onClose}>
        <p><strong>{pull.title}</strong> waits for review, and goes into {pull.base} when it is merged.</p>
        <p><a ref={done} class="pull-address" href={pull.url} {...(leavesApp(pull.url) ? { target: "_blank", rel: "noopener noreferrer" } : {})}>{pull.url}</a></p>
        <footer><button type="button" class="primary" onClick={onClose}>Go on writing</button></footer>
      </Dialog>
    )
  }

  return (
    <Dialog title={state.pull ? "Update pull request" : "Open pull request"} wide busy={phase === "sending"} onClose={onClose} onGone={() => toProblems.current && model.showProblems()}>
      <form
        class="submit"
        onSubmit={event => {
          event.preventDefault()
          void send()
        }}
      >
        <div class="fields">
          <label>
            <span>Title</span>
            <input name="title" autofocus required maxLength={200} value={title} disabled={phase === "sending"} onInput={event => setTitle(event.currentTarget.value)} />
          </label>
          <label>
            <span>Into</span>
            <select name="base" value={base} disabled={phase === "sending" || into !== ""} onChange={event => setBase(event.currentTarget.value)}>
              {targetBranches(branches, base).map(b => (
                <option key={b.name} value={b.name}>{b.name}</option>
              ))}
            </select>
          </label>
          <label class="message">
            <span>Message <small>if there is more to say</small></span>
            <textarea name="message" rows={2} value={message} disabled={phase === "sending"} onInput={event => setMessage(event.currentTarget.value)} />
          </label>
        </div>
        {busy && <p class="note" role="status">Merging what others changed meanwhile.</p>}
        {joined?.sentence && <p class="met" role="status">{joined.sentence} It is merged by itself; undo in the editor takes it back.</p>}
        {same ? (
          <p class="note">{updated ? "The pull request holds this text already" : `The text is the same as on ${branch}`}, so there is nothing to submit yet.</p>
        ) : (
          <Diff label={updated && !joined ? "What changed since you submitted it" : "What the pull request changes"} old={original} new={text} marks={joined?.marks ?? noMarks} nonce={app.nonce} />
        )}
        <SentPictures pictures={model.pictures} text={text} />
        {problems.length > 0 && (
          <p class="open-problems">
            <span>{countOf(problems)} still marked in the text. You can submit, and mend that later.</span>
            <button type="button" class="small" disabled={phase === "sending"} onClick={() => {
              toProblems.current = true
              onClose()
            }}>{problems.length === 1 ? "Go to it" : "Go to the first"}</button>
          </p>
        )}
        <Signing site={app.site} signed={signed} onSigned={setSigned} disabled={phase === "sending"} />
        <ol class="steps" aria-live="polite">
          {steps.map(step => <li key={step.name} class={step.done ? "done" : "now"}>{step.text}{step.done ? "" : " …"}</li>)}
          {phase === "sending" && steps.length === 0 && <li class="now">Sending your text …</li>}
        </ol>
        {problem && (
          <p class="failed" role="alert">
            {problem.sentence}
            {problem.retryAfter ? ` Try again in ${waitText(problem.retryAfter)}.` : ""} {keptSentence(keep)}
            {keep.kind === "failed" && <Rescue post={{ path, text: () => text, save: model.save }} />}
          </p>
        )}
        <footer>
          <button type="button" class="quiet" disabled={phase === "sending"} onClick={onClose}>Not yet</button>
          {continued > 0 && problem?.kind === "forbidden" && (
            <button type="button" onClick={() => void model.leavePull()}>Submit as a pull request of my own</button>
          )}
          <button type="submit" class="primary" disabled={phase === "sending" || same || title.trim() === ""}>
            {phase === "sending" ? "Submitting" : state.pull ? "Update pull request" : "Open pull request"}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

const noMarks: readonly Mark[] = []

/// "40 seconds", "3 minutes".
export function waitText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} seconds`
  return `${Math.ceil(seconds / 60)} minutes`
}
