import type { ComponentChildren } from "preact"
import { signsShown } from "../editor/hidden-signs"
import { isSame, personName } from "../forge/people"
import { ago } from "../forge/posts"
import { within, type WordsPlace } from "../post/kept-words"
import type { Review, ReviewState } from "../post/review"
import type { Comment, Thread } from "../protocol/review"
import type { Person } from "../protocol/server"
import { partsOf } from "../text/suggestion"
import { Say } from "./say"
import { useStore } from "./use-store"
import { t } from "../base/words"

/// What becomes of a suggestion when it is taken over.
export type Suggested =
  /// Its lines are as they were.
  | "fits"
  /// They were changed since.
  | "changed"
  /// They are as it suggests.
  | "taken"
  /// They are gone, or it is not taken over here.
  | "not"

export interface ThreadProps {
  thread: Thread
  review: Review
  person: Person
  /// Where what is typed is kept.
  place: WordsPlace
  /// Whether its lines stand above what was said. Defaults to false.
  quoted?: boolean
  disabled?: boolean
  /// What becomes of a suggestion. Defaults to "not".
  suggested?: (text: string) => Suggested
  onTake?: (text: string) => void
  /// Closes it, where it can be closed.
  onClose?: () => void
}

/// What people say at some lines, and what one says to that.
export function ThreadView({ thread, review, person, place, quoted = false, disabled = false, suggested = () => "not", onTake, onClose }: ThreadProps) {
  const { sending, trouble, troubled, discussion } = useStore(review.store)
  const where = thread.line === 0 ? t("lines of an earlier version") : thread.start === thread.line ? t("line {line}", { line: thread.line }) : t("lines {start} to {line}", { start: thread.start, line: thread.line })
  return (
    <section class={thread.resolved ? "thread resolved" : "thread"} aria-label={t("Comments on {where}", { where })} onKeyDown={event => {
      if (event.key !== "Escape" || event.defaultPrevented || !onClose) return
      event.preventDefault()
      onClose()
    }}>
      {quoted && thread.lines !== "" && <pre class="was" dir="auto">{signsShown(thread.lines)}</pre>}
      {thread.comments.map((comment, n) => (
        <Said key={n} said={comment} person={person}>
          {partsOf(comment.body).map((part, n) => part.kind === "words"
            ? <p key={n} class="words" dir="auto">{signsShown(part.text)}</p>
            : <Suggestion key={n} lines={thread.lines} text={part.text} state={suggested(part.text)} disabled={disabled} onTake={onTake && (() => onTake(part.text))} />)}
        </Said>
      ))}
      <Say
        label={t("Answer")} send={t("Answer")} place={within(place, thread.id)} sending={sending === thread.id} trouble={troubled === thread.id ? trouble : ""}
        onSend={body => review.say(thread.id, { thread: thread.id, body })}
      />
      <div class="do">
        {discussion?.resolves && (
          <button type="button" class="quiet small" disabled={sending !== ""} onClick={() => void review.resolve(thread.id, !thread.resolved)}>
            {thread.resolved ? t("Open again") : t("Resolve")}
          </button>
        )}
        {onClose && <button type="button" class="quiet small" onClick={onClose}>{t("Close")}</button>}
        {thread.resolved && <span class="settled">{t("Resolved")}</span>}
      </div>
    </section>
  )
}

interface SuggestionProps {
  lines: string
  text: string
  state: Suggested
  disabled: boolean
  onTake: (() => void) | undefined
}

function Suggestion({ lines, text, state, disabled, onTake }: SuggestionProps) {
  return (
    <div class="suggestion">
      <p class="label">{text === "" ? t("Suggests to take this out") : t("Suggests instead")}</p>
      {text === "" ? <pre dir="auto"><del>{signsShown(lines)}</del></pre> : <pre dir="auto"><ins>{signsShown(text)}</ins></pre>}
      {onTake && state !== "not" && (
        <p class="do">
          {state === "taken"
            ? <span class="settled">{t("It is in your text.")}</span>
            : <button type="button" class="small" disabled={disabled} onClick={onTake}>{state === "fits" ? t("Take it over") : t("Take it over, in place of your change")}</button>}
        </p>
      )}
    </div>
  )
}

/// Who said something, and when.
export function Said({ said, person, does = "", children }: { said: Pick<Comment, "author" | "created">; person: Person; does?: string; children?: ComponentChildren }) {
  return (
    <article class="said-by">
      <p class="who"><strong>{isSame(said.author, person) ? t("You") : signsShown(personName(said.author))}</strong> {does} <time dateTime={said.created}>{ago(Date.parse(said.created), Date.now())}</time></p>
      {children}
    </article>
  )
}

/// Why the last thing was not done, where it is not told beside it.
export function troubleOf(state: ReviewState, ...elsewhere: string[]): string {
  return state.trouble && !elsewhere.includes(state.troubled) ? state.trouble : ""
}
