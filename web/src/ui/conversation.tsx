import { useRef, useState } from "preact/hooks"
import { signsShown } from "../editor/hidden-signs"
import { isSame, personName } from "../forge/people"
import { conversation, lastVerdicts, reviewers } from "../forge/reviews"
import { problemOf, type Api } from "../forge/api"
import { within, type WordsPlace } from "../post/kept-words"
import type { Review } from "../post/review"
import type { Discussion } from "../protocol/review"
import type { Person, Pull } from "../protocol/server"
import { partsOf } from "../text/suggestion"
import { unsent } from "../text/unsent"
import { Say } from "./say"
import { Said } from "./thread"
import { NotKept } from "./not-kept"
import { useKeptWords } from "./use-kept-words"
import { useStore } from "./use-store"
import { t, tx } from "../base/words"

/// What somebody said of it, in a sentence. `own`: of who reads this.
function verdictOf(review: "approved" | "changes" | "", who: string, own: boolean, now: boolean): string {
  if (review === "approved") {
    if (own) return now ? t("You approved it.") : t("You approved an earlier version.")
    return now ? t("{who} approved it.", { who }) : t("{who} approved an earlier version.", { who })
  }
  if (own) return now ? t("You asked for changes to it.") : t("You asked for changes to an earlier version.")
  return now ? t("{who} asked for changes to it.", { who }) : t("{who} asked for changes to an earlier version.", { who })
}

/// How the review stands, in sentences.
export function VerdictList({ discussion, person }: { discussion: Discussion; person: Person }) {
  const last = lastVerdicts(discussion)
  if (last.length === 0 && discussion.asked.length === 0) return null
  const who = (other: Person) => (isSame(other, person) ? t("You") : signsShown(personName(other)))
  return (
    <ul class="verdicts">
      {last.map(({ author, review, commit }) => (
        <li key={author.login || author.name} class={review === "changes" ? "bad" : "good"}>
          {verdictOf(review, who(author), isSame(author, person), commit === discussion.head)}
        </li>
      ))}
      {discussion.asked.map(other => <li key={"asked " + (other.login || other.name)}>{isSame(other, person) ? t("Your review is asked for.") : t("{who} was asked for a review.", { who: who(other) })}</li>)}
    </ul>
  )
}

export interface ConversationProps {
  review: Review
  person: Person
  /// Where what is typed is kept.
  place: WordsPlace
}

/// What people say about a pull request as a whole.
export function Conversation({ review, person, place }: ConversationProps) {
  const { discussion, sending, trouble, troubled } = useStore(review.store)
  if (!discussion) return null
  return (
    <div class="conversation">
      {conversation(discussion).map((said, n) => (
        <Said key={n} said={said} person={person} does={said.review === "approved" ? t("approved it") : said.review === "changes" ? t("asked for changes") : ""}>
          {partsOf(said.body).map((part, n) => part.kind === "words"
            ? <p key={n} class="words" dir="auto">{signsShown(part.text)}</p>
            : <pre key={n} dir="auto">{signsShown(part.text)}</pre>)}
        </Said>
      ))}
      <Say
        label={t("Comment on all of it")} send={t("Comment")} place={within(place, "all")} sending={sending === "comment"} trouble={troubled === "comment" ? trouble : ""}
        onSend={body => review.say("comment", { body })}
      />
    </div>
  )
}

export interface AskReviewProps {
  api: Pick<Api, "ask">
  pull: Pick<Pull, "number" | "state">
  review: Review
}

/// Asks people for a review: those whom the site knows are offered.
export function AskReview({ api, pull, review }: AskReviewProps) {
  const { sending, trouble, troubled } = useStore(review.store)
  const [people, setPeople] = useState<Person[] | null>(null)
  const [name, setName] = useState("")
  const [failure, setFailure] = useState("")

  if (!people) {
    return (
      <button type="button" class="small" onClick={() => {
        setPeople([])
        reviewers(api, pull.number).then(setPeople, (error: unknown) => setFailure(problemOf(error).sentence))
      }}>{t("Ask for a review")}</button>
    )
  }
  const find = (text: string) => people.find(person => [person.name, person.login].some(known => known.toLowerCase() === text.trim().toLowerCase()))
  return (
    <form class="say ask-review" onSubmit={async event => {
      event.preventDefault()
      const known = find(name)
      if (name.trim() !== "" && (await review.ask([known ? known.login || known.name : name.trim()]))) {
        setName("")
        setPeople(null)
      }
    }}>
      <label>{tx("Whom do you ask? {input}", { input: <input
        list="reviewers" value={name} autocomplete="off" ref={element => {
          if (element && document.activeElement === document.body) element.focus()
        }}
        onInput={event => setName(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key !== "Escape") return
          event.preventDefault()
          setPeople(null)
        }}
      /> })}</label>
      <datalist id="reviewers">{people.map(person => <option key={person.login || person.name} value={person.name || person.login}>{person.login}</option>)}</datalist>
      <button type="submit" class="small" disabled={sending !== "" || name.trim() === ""}>{sending === "people" ? t("Asking") : t("Ask")}</button>
      <button type="button" class="quiet small" onClick={() => setPeople(null)}>{t("Not now")}</button>
      {(failure || (troubled === "people" && trouble)) && <p class="failed" role="alert">{failure || trouble}</p>}
    </form>
  )
}

export interface ReviewFormProps {
  pull: Pick<Pull, "number" | "base">
  /// The commit that is shown.
  head: string
  review: Review
  /// Where what is typed is kept.
  place: WordsPlace
  /// Called when it was given.
  onGiven: () => void
}

/// What one makes of a pull request: it is approved, or is to be changed.
export function ReviewForm({ head, review, place, onGiven }: ReviewFormProps) {
  const { sending, trouble, troubled } = useStore(review.store)
  const words = useKeptWords(within(place, "verdict"))
  const { text } = words
  const latest = useRef(text)
  const [missing, setMissing] = useState(false)

  function write(text: string): void {
    latest.current = text
    words.put(text)
    setMissing(false)
  }

  async function give(kind: "approved" | "changes"): Promise<void> {
    if (kind === "changes" && text.trim() === "") return setMissing(true)
    if (!(await review.judge({ review: kind, body: text.trim(), head }))) return
    write(unsent(text, latest.current))
    onGiven()
  }

  return (
    <form class="say" onSubmit={event => event.preventDefault()}>
      <textarea aria-label={t("What you think of it")} placeholder={t("What you think of it; an approval needs no words")} rows={3} dir="auto" value={text} onInput={event => write(event.currentTarget.value)} />
      <NotKept fields={[words]} />
      {missing && <p class="failed" role="alert">{t("Say in a sentence what is to be changed.")}</p>}
      {troubled === "verdict" && trouble && <p class="failed" role="alert">{trouble}</p>}
      <div class="do">
        <button type="button" class="primary small" disabled={sending !== ""} onClick={() => void give("approved")}>{sending === "verdict" ? t("Sending") : t("Approve")}</button>
        <button type="button" class="small" disabled={sending !== ""} onClick={() => void give("changes")}>{t("Ask for changes")}</button>
      </div>
    </form>
  )
}
