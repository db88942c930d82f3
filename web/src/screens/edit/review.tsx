// Review is what people say about the pull request that a post is in: at the lines
// of its source, and as a list below it.
import { render } from "preact"
import { useEffect, useLayoutEffect, useMemo, useReducer, useRef, useState } from "preact/hooks"
import { signsShown } from "../../editor/hidden-signs"
import { showReviewMarks, type ReviewMarks } from "../../editor/review-marks"
import type { ReviewMark } from "../../editor/review-places"
import { personName } from "../../forge/people"
import { isPlaced } from "../../forge/reviews"
import type { EditModel } from "../../post/edit-state"
import { placeOf, type WordsPlace } from "../../post/kept-words"
import type { LifeView } from "../../post/life/view"
import { createReview, type Review } from "../../post/review"
import type { Discussion, Thread } from "../../protocol/review"
import { pullAddress } from "../../protocol/routes"
import type { Person } from "../../protocol/server"
import { textOf } from "../../text/file-text"
import { partsOf } from "../../text/suggestion"
import type { AppContext } from "../../ui/app-context"
import { AskReview, Conversation, VerdictList } from "../../ui/conversation"
import { ThreadView, troubleOf, type Suggested } from "../../ui/thread"
import { useStore } from "../../ui/use-store"
import { t, tn } from "../../base/words"

export interface ReviewDrawerProps {
  app: AppContext
  path: string
  model: EditModel
  life: LifeView
  /// The pull request's number.
  number: number
  open: boolean
  disabled: boolean
  onOpen: (open: boolean) => void
}

export function ReviewDrawer({ app, path, model, life, number, open, disabled, onOpen }: ReviewDrawerProps) {
  const review = useMemo(() => createReview(app, number), [number])
  useEffect(() => () => review.destroy(), [review])
  const state = useStore(review.store)
  const { discussion } = state
  const [head, setHead] = useState<{ id: string; text: string } | null>(null) // the file as threads know it
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set())
  const [, look] = useReducer((n: number) => n + 1, 0)
  const marks = useRef<ReviewMarks | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const person = app.site.person
  const words = placeOf(app.site, "pull", String(number))

  const own = discussion?.threads.filter(thread => thread.path === path) ?? []
  const wanted = own.some(isPlaced) ? discussion!.head : ""
  useEffect(() => {
    let live = true
    if (wanted && wanted !== head?.id) {
      app.api.pull(number).then(({ pull, files }) => {
        if (!live) return
        // Lines of one head are not looked for in the text of another.
        if (pull.head === wanted) setHead({ id: wanted, text: files.find(file => file.path === path)?.new ?? "" })
        else void review.look()
      }, () => {})
    }
    return () => {
      live = false
    }
  }, [wanted])
  // What one submitted is another head.
  const done = life.submitting.is === "done"
  useEffect(() => {
    if (done) void review.look()
  }, [done])

  // What is drawn at a line outlives what this was called with.
  const latest = useRef({ disabled, toggle, take, suggestedFor })
  latest.current = { disabled, toggle, take, suggestedFor }
  const view = model.editor()?.view
  useEffect(() => {
    if (!view) return
    const made = showReviewMarks(view, {
      draw(id, into) {
        render(<InPlace id={id} review={review} person={person} place={words} model={model} with={() => latest.current} />, into)
        return () => render(null, into)
      },
      onPress: ids => latest.current.toggle(ids),
      onPlaces: () => look(undefined),
    })
    marks.current = made
    return () => {
      marks.current = null
      made.destroy()
    }
  }, [view, review])
  useEffect(() => {
    if (head && discussion && head.id === discussion.head) marks.current?.set(own.filter(isPlaced).map(markOf), textOf(head.text))
    else if (discussion && !wanted) marks.current?.set([], textOf(""))
  }, [view, discussion, head])
  useEffect(() => marks.current?.open(shown), [view, shown, discussion, head])

  const wasOpen = useRef(open)
  useLayoutEffect(() => {
    const first = (what: string) => list.current?.querySelector<HTMLElement>(what)
    if (open && !wasOpen.current) (first(".go") ?? first("button:enabled, a, textarea"))?.focus()
    wasOpen.current = open
  }, [open])

  function toggle(ids: readonly string[]): void {
    const close = ids.some(id => shown.has(id))
    setShown(new Set(close ? [...shown].filter(id => !ids.includes(id)) : [...shown, ...ids]))
    if (close) marks.current?.focus(ids[0]!)
    else requestAnimationFrame(() => requestAnimationFrame(() => view?.dom.querySelector<HTMLElement>(`.cm-thread [data-thread="${CSS.escape(ids[0]!)}"]`)?.focus()))
  }

  function go(thread: Thread): void {
    model.inSource(editor => {
      editor.goToLine(marks.current?.lineOf(thread.id) || 1)
      if (!shown.has(thread.id)) toggle([thread.id])
    })
  }

  function suggestedFor(thread: Thread, text: string): Suggested {
    const now = marks.current?.linesOf(thread.id) ?? null
    if (now === null) return "not"
    return now === text ? "taken" : now === thread.lines.replace(/\r$/gm, "") ? "fits" : "changed"
  }

  function take(thread: Thread, text: string): void {
    marks.current?.replace(thread.id, text)
    model.editor()?.focus()
  }

  const lineOf = (thread: Thread) => (isPlaced(thread) ? marks.current?.lineOf(thread.id) ?? 0 : 0)
  const left = own.filter(thread => !thread.resolved)
  const placed = left.filter(thread => lineOf(thread) > 0).sort((a, b) => lineOf(a) - lineOf(b))
  const astray = left.filter(thread => lineOf(thread) === 0)
  const settled = own.filter(thread => thread.resolved)
  const elsewhere = discussion ? discussion.threads.filter(thread => !thread.resolved).length - left.length : 0
  const trouble = troubleOf(state, "comment", "people", ...own.map(thread => thread.id))

  return (
    <section class="problems review" aria-label={t("Review")}>
      <button type="button" class="count" aria-expanded={open} aria-controls="review-list" onClick={() => onOpen(!open)}>{countOf(discussion, left.length)}</button>
      {open && (
        <ul id="review-list" ref={list} onKeyDown={event => {
          if (event.key !== "Escape" || event.defaultPrevented) return
          event.preventDefault()
          onOpen(false)
          model.editor()?.focus()
        }}>
          {discussion && (
            <li class="how">
              <VerdictList discussion={discussion} person={person} />
              <AskReview api={app.api} pull={{ number, state: "open" }} review={review} />
              <a class="button small" href={pullAddress(number)}>{t("See the changes and review them")}</a>
            </li>
          )}
          {trouble && <li class="none failed" role="alert">{trouble} <button type="button" class="small" onClick={() => void review.look()}>{t("Read it again")}</button></li>}
          {placed.map(thread => (
            <li key={thread.id} class="at">
              <button type="button" class="go" onClick={() => go(thread)}>
                <span class="where">{thread.start === thread.line ? t("Line {line}", { line: lineOf(thread) }) : t("To line {line}", { line: lineOf(thread) })}</span>
                <span class="what" dir="auto">{signsShown(`${personName(thread.comments[0]!.author)}: ${gistOf(thread)}`)}{thread.comments.length > 1 ? ` (${thread.comments.length})` : ""}</span>
              </button>
            </li>
          ))}
          {astray.length > 0 && (
            <li class="astray">
              <h2>{t("On an earlier version")}</h2>
              <p class="hint">{t("These lines are not in the text any more.")}</p>
              {astray.map(thread => <ThreadView key={thread.id} thread={thread} review={review} person={person} place={words} quoted />)}
            </li>
          )}
          {settled.length > 0 && (
            <li class="astray">
              <details>
                <summary>{tn(settled.length, "One thread is resolved", "{count} threads are resolved")}</summary>
                {settled.map(thread => <ThreadView key={thread.id} thread={thread} review={review} person={person} place={words} quoted />)}
              </details>
            </li>
          )}
          {elsewhere > 0 && <li class="none"><a href={pullAddress(number)}>{tn(elsewhere, "One thread is on another file", "{count} threads are on other files")}</a></li>}
          {discussion && (
            <li class="talk">
              <h2>{t("Conversation")}</h2>
              <Conversation review={review} person={person} place={words} />
            </li>
          )}
        </ul>
      )}
    </section>
  )

  function markOf(thread: Thread): ReviewMark {
    const names = [...new Set(thread.comments.map(({ author }) => personName(author)))]
    const n = thread.comments.length
    return {
      id: thread.id, start: thread.start, line: thread.line, quiet: thread.resolved, count: String(n),
      label: thread.resolved
        ? tn(n, "Comment by {people}, resolved", "{count} comments by {people}, resolved", { people: names.slice(0, 3).join(", ") })
        : tn(n, "Comment by {people}", "{count} comments by {people}", { people: names.slice(0, 3).join(", ") }),
    }
  }
}

interface InPlaceProps {
  id: string
  review: Review
  person: Person
  place: WordsPlace
  model: EditModel
  with: () => {
    disabled: boolean
    toggle: (ids: readonly string[]) => void
    take: (thread: Thread, text: string) => void
    suggestedFor: (thread: Thread, text: string) => Suggested
  }
}

/// A thread below its line.
function InPlace({ id, review, person, place, model, with: now }: InPlaceProps) {
  const thread = useStore(review.store).discussion?.threads.find(thread => thread.id === id)
  useStore(model.store) // whether a suggestion fits changes with the text
  if (!thread) return null
  const { disabled, suggestedFor } = now()
  return (
    <div class="in-place" data-thread={id} tabIndex={-1}>
      <ThreadView
        thread={thread} review={review} person={person} place={place} disabled={disabled}
        suggested={text => suggestedFor(thread, text)} onTake={text => now().take(thread, text)} onClose={() => now().toggle([id])}
      />
    </div>
  )
}

/// The first words of a thread.
function gistOf(thread: Thread): string {
  const first = partsOf(thread.comments[0]!.body)[0]
  const text = first?.kind === "words" ? first.text.split("\n")[0]! : t("suggests other words")
  return text.length > 120 ? text.slice(0, 119) + "…" : text
}

function countOf(discussion: Discussion | null, left: number): string {
  if (!discussion) return t("Review")
  if (left > 0) return tn(left, "Review: one thread to settle", "Review: {count} threads to settle")
  return discussion.threads.length + discussion.comments.length + discussion.verdicts.length > 0 ? t("Review: nothing to settle") : t("Review: nobody has said anything yet")
}
