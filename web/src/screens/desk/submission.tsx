import { useEffect, useRef, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { isSame, personName } from "../../forge/people"
import { editAddress, leavesApp, pullAddress } from "../../protocol/routes"
import type { Problem, Pull, Step, Submission } from "../../protocol/server"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { Signing, useSigning } from "../../ui/signing"
import { useKeptWords, type Field } from "../../ui/use-kept-words"
import { within, type WordsPlace } from "../../post/kept-words"
import { t, tx } from "../../base/words"

/// The title and the message of a submission.
export interface SubmissionWords {
  title: Field
  message: Field
}

/// The words of what is done with one file. `begin` is the title where none was typed.
export function useSubmissionWords(place: WordsPlace, begin: string): SubmissionWords {
  return { title: useKeptWords(within(place, "title"), begin), message: useKeptWords(within(place, "message")) }
}

/// What is submitted.
export type What = Pick<Submission, "base" | "path" | "text" | "blob"> & Partial<Submission>

/// A submission that is no text's: what the desk does with files.
export interface FileSubmission {
  sending: boolean
  steps: readonly Step[]
  problem: Problem | null
  /// How often something else was there than what it is about; that is read anew.
  stale: number
  /// The address of that in the editor; "" where it is not known that there is something.
  found: string
  /// Once it is there.
  pull: Pull | null
  signed: boolean
  setSigned(signed: boolean): void
  /// Submits with the words that were typed for it, which are forgotten once they are sent.
  /// What has to be asked for first is a function, whose failure is the submission's. Does
  /// nothing while one is on its way.
  send(what: What | (() => Promise<What>), words: SubmissionWords): Promise<void>
}

/// `onChanged` is called when the list is another: something was submitted, or was not
/// there as it is listed.
export function useFileSubmission(app: AppContext, onChanged: () => void): FileSubmission {
  const [steps, setSteps] = useState<readonly Step[]>([])
  const [sending, setSending] = useState(false)
  // A second press may come before the buttons are drawn as disabled.
  const underWay = useRef(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [stale, setStale] = useState(0)
  const [found, setFound] = useState("")
  const [pull, setPull] = useState<Pull | null>(null)
  // What is not there any more goes from the list with its dialog, once that has said so.
  const gone = useRef(false)
  useEffect(() => () => {
    if (gone.current) onChanged()
  }, [])
  const [signed, setSigned] = useSigning(app.site)
  return {
    sending, steps, problem, stale, found, pull, signed, setSigned,
    async send(what, { title, message }) {
      if (underWay.current) return
      underWay.current = true
      setSending(true)
      setProblem(null)
      setFound("")
      setSteps([])
      let made: What | null = null
      try {
        made = typeof what === "function" ? await what() : what
        setPull(await app.api.submit({ earlier: [], signOff: signed, ...made, title: title.text.trim(), message: message.text }, step => setSteps(all => [...all.filter(({ name }) => name !== step.name), step])))
        title.sent()
        message.sent()
        onChanged()
      } catch (error) {
        const problem = problemOf(error)
        const isStale = made !== null && problem.kind === "stale"
        setProblem(problem)
        setFound(made && isStale && !problem.gone ? editAddress(made.base, made.from ?? made.path) : "")
        gone.current = isStale && problem.gone === true
        if (isStale && !gone.current) {
          setStale(n => n + 1)
          onChanged()
        }
      }
      underWay.current = false
      setSending(false)
    },
  }
}

/// What others, or the person themselves, have open that changes the same file.
export function Others({ app, others }: { app: AppContext; others: readonly Pull[] }) {
  return (
    <>
      {others.map(pull => (
        <p key={pull.number} class="met">
          {isSame(pull.author, app.site.person)
            ? tx("Your {link} changes it, too. Merge or close that one first, or the two will collide.", { link: <OtherPull pull={pull} /> })
            : tx("{author}'s {link} changes it, too. Merge or close that one first, or the two will collide.", { author: personName(pull.author), link: <OtherPull pull={pull} /> })}
        </p>
      ))}
    </>
  )
}

function OtherPull({ pull }: { pull: Pull }) {
  return <a href={pullAddress(pull.number)}>{t("pull request #{number}", { number: pull.number })}</a>
}

/// Title, message, steps and what went wrong.
export function SubmissionFields({ app, of, words: { title, message } }: { app: AppContext; of: FileSubmission; words: SubmissionWords }) {
  return (
    <>
      <label>
        <span>{t("Title of the pull request")}</span>
        <input name="title" required maxLength={200} value={title.text} disabled={of.sending} onInput={event => title.put(event.currentTarget.value)} />
      </label>
      <label>
        <span>{tx("Message {small}", { small: <small>{t("why, if there is more to say")}</small> })}</span>
        <textarea name="message" rows={2} value={message.text} disabled={of.sending} onInput={event => message.put(event.currentTarget.value)} />
      </label>
      <NotKept fields={[title, message]} />
      <Signing site={app.site} signed={of.signed} onSigned={of.setSigned} disabled={of.sending} />
      <ol class="steps" aria-live="polite">
        {of.steps.map(step => <li key={step.name} class={step.done ? "done" : "now"}>{step.text}{step.done ? "" : " …"}</li>)}
      </ol>
      {of.found ? (
        <p class="failed" role="alert">{tx("It was changed meanwhile, and nothing was submitted. This is about it as it is now: {look}, or submit again.", { look: <a href={of.found} target="_blank" rel="noopener">{t("look at it")}</a> })}</p>
      ) : of.problem && <p class="failed" role="alert">{of.problem.sentence}</p>}
    </>
  )
}

/// The end of it.
export function Submitted({ pull, base, onClose }: { pull: Pull; base: string; onClose: () => void }) {
  return (
    <Dialog title={t("Pull request #{number} is open", { number: pull.number })} onClose={onClose}>
      <p>{tx("{strong} waits for review. On {base} nothing changes before it is merged.", { strong: <strong>{pull.title}</strong>, base })}</p>
      <p><a autofocus class="pull-address" href={pull.url} onClick={onClose} {...(leavesApp(pull.url) ? { target: "_blank", rel: "noopener noreferrer" } : {})}>{t("pull request #{number}", { number: pull.number })}</a></p>
      <footer><button type="button" class="primary" onClick={onClose}>{t("Back to the desk")}</button></footer>
    </Dialog>
  )
}
