import { render } from "preact"
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks"
import { createStore, type Store } from "../base/store"
import type { DiffView } from "../editor/diff-view"
import { firstChanged, linesAround, offerLine, startAt } from "../editor/line-offer"
import { sameLines } from "../editor/same-lines"
import { showReviewMarks, type ReviewMarks } from "../editor/review-marks"
import { personName } from "../forge/people"
import { isPlaced } from "../forge/reviews"
import { within, type WordsPlace } from "../post/kept-words"
import type { Review } from "../post/review"
import type { Person, PullFile } from "../protocol/server"
import { textOf } from "../text/file-text"
import { suggest } from "../text/suggestion"
import { Diff } from "./diff"
import { Say } from "./say"
import { ThreadView } from "./thread"
import { useStore } from "./use-store"
import { t, tn, tx } from "../base/words"

export interface ReviewedDiffProps {
  file: PullFile
  /// The commit that the file is shown at.
  head: string
  review: Review
  person: Person
  /// Where what is typed is kept.
  place: WordsPlace
  nonce: string
}

/// The lines that are about to be commented on; null for none.
type Lines = { start: number; line: number } | null

const fresh = "new" // the mark of what is about to be said

/// What a pull request changes in a file, with what is said about it, below its
/// lines.
export function ReviewedDiff({ file, head, review, person, place, nonce }: ReviewedDiffProps) {
  const { discussion } = useStore(review.store)
  const [view, setView] = useState<DiffView | null>(null)
  const lines = useMemo<Store<{ at: Lines }>>(() => createStore<{ at: Lines }>({ at: null }), [])
  const { at } = useStore(lines)
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [, draw] = useReducer((n: number) => n + 1, 0)
  const marks = useRef<ReviewMarks | null>(null)
  const text = file.new ?? ""
  // What is said of another head has other lines.
  const fits = discussion?.head === head
  const own = discussion?.threads.filter(thread => thread.path === file.path) ?? []
  const placed = fits ? own.filter(isPlaced) : []
  const others = own.filter(thread => !placed.includes(thread))

  // What somebody is about to say stays with its lines when the file is shown as it is by
  // now; without them it is closed, and what they typed is kept for the next one.
  const before = useRef(text)
  useEffect(() => {
    const found = at && before.current !== text ? sameLines(textOf(before.current), textOf(text)) : null
    before.current = text
    if (!at || !found) return
    const [start, line] = [found[at.start] ?? 0, found[at.line] ?? 0]
    lines.set({ at: start > 0 && start <= line ? { start, line } : null })
  }, [text])

  const begin = (line: number) => lines.set({ at: { start: line, line } })
  const latest = useRef({ begin, press })
  latest.current = { begin, press }
  useEffect(() => {
    if (!view || file.new === null) return
    const made = showReviewMarks(view, {
      draw(id, into) {
        render(id === fresh
          ? <Compose view={view} lines={lines} path={file.path} head={head} review={review} place={place} />
          : <InDiff id={id} review={review} person={person} place={place} onClose={() => latest.current.press([id])} />, into)
        return () => render(null, into)
      },
      onPress: ids => latest.current.press(ids),
      onPlaces: () => draw(undefined),
    })
    marks.current = made
    const end = offerLine(view, t("Comment on line"), line => latest.current.begin(line))
    return () => {
      marks.current = null
      end()
      made.destroy()
    }
  }, [view, review, head])
  useEffect(() => {
    const shown = placed.map(thread => ({
      id: thread.id, start: thread.start, line: thread.line, quiet: thread.resolved, count: String(thread.comments.length),
      label: thread.resolved
        ? tn(thread.comments.length, "Comment by {people}, resolved", "{count} comments by {people}, resolved", { people: personName(thread.comments[0]!.author) })
        : tn(thread.comments.length, "Comment by {people}", "{count} comments by {people}", { people: personName(thread.comments[0]!.author) }),
    }))
    if (at) shown.push({ id: fresh, ...at, quiet: false, count: "+", label: t("Your comment") })
    marks.current?.set(shown, textOf(text))
    // What is settled is closed at first, all else is open.
    marks.current?.open(new Set([...placed.filter(thread => thread.resolved === closed.has(thread.id)).map(({ id }) => id), ...(at ? [fresh] : [])]))
  }, [view, discussion, at, closed, head])

  function press(ids: readonly string[]): void {
    setClosed(new Set([...[...closed].filter(id => !ids.includes(id)), ...ids.filter(id => !closed.has(id))]))
    if (ids.includes(fresh)) lines.set({ at: null })
  }

  return (
    <>
      <Diff label={t("Changes to {path}", { path: file.path })} old={file.old ?? ""} new={text} nonce={nonce} onView={setView} />
      {file.new !== null && (
        <p class="do">
          <button type="button" class="quiet small" disabled={!view || !fits} aria-label={t("Comment on a line of {path}", { path: file.path })} onClick={() => view && begin(firstChanged(view.state))}>{t("Comment on a line")}</button>
        </p>
      )}
      {others.length > 0 && (
        <div class="astray">
          <h3>{t("On an earlier version")}</h3>
          {others.map(thread => <ThreadView key={thread.id} thread={thread} review={review} person={person} place={place} quoted />)}
        </div>
      )}
    </>
  )
}

/// A thread below its line.
function InDiff({ id, review, person, place, onClose }: { id: string; review: Review; person: Person; place: WordsPlace; onClose: () => void }) {
  const thread = useStore(review.store).discussion?.threads.find(thread => thread.id === id)
  return thread ? <ThreadView thread={thread} review={review} person={person} place={place} onClose={onClose} /> : null
}

/// What is about to be said, below its line.
function Compose({ view, lines, path, head, review, place }: { view: DiffView; lines: Store<{ at: Lines }>; path: string; head: string; review: Review; place: WordsPlace }) {
  const { at } = useStore(lines)
  const { sending, trouble, troubled } = useStore(review.store)
  if (!at || at.line > view.state.doc.lines) return null
  const near = linesAround(view.state, 2)
  const around = near.includes(at.line) ? near : [...near, at.line].sort((a, b) => a - b)
  const leave = () => {
    lines.set({ at: null })
    view.focus()
  }
  const show = (n: number) => `${n}: ${view.state.doc.line(n).text.slice(0, 60)}`
  const text = () => view.state.doc.sliceString(view.state.doc.line(at.start).from, view.state.doc.line(at.line).to)
  return (
    <section class="thread" aria-label={t("Your comment on line {line}", { line: at.line })}>
      <p class="about say">
        <label>{tx("From {select}", { select: <select value={at.start} onChange={event => lines.set({ at: startAt(around, Number(event.currentTarget.value), at.line) })}>
          {around.map(n => <option key={n} value={n}>{show(n)}</option>)}
        </select> })}</label>
        <label>{tx("to {select}", { select: <select value={at.line} onChange={event => {
          lines.set({ at: { ...at, line: Number(event.currentTarget.value) } })
        }}>
          {around.filter(n => n >= at.start && startAt(around, at.start, n).line === n).map(n => <option key={n} value={n}>{show(n)}</option>)}
        </select> })}</label>
      </p>
      <Say
        label={t("Comment")} send={t("Comment")} place={within(place, path)} sending={sending === path} trouble={troubled === path ? trouble : ""} focus
        tools={(said, write) => text().trim() !== "" && <button type="button" class="quiet small" onClick={() => write(suggest(said, text()))}>{t("Suggest other words")}</button>}
        onSend={async body => {
          const done = await review.say(path, { path, start: at.start, line: at.line, head, body })
          if (done) lines.set({ at: null })
          return done
        }}
        onLeave={leave}
      />
    </section>
  )
}
