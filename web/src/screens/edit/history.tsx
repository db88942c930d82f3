import { useEffect, useRef, useState } from "preact/hooks"
import { carryOver } from "../../editor/carry-over"
import { undoTo } from "../../editor/commands"
import { createTextView } from "../../editor/text-view"
import { personName } from "../../forge/people"
import { ago, longDate } from "../../forge/posts"
import { createEarlierPage } from "../../post/earlier-page"
import type { EditModel } from "../../post/edit-state"
import { dataKind } from "../../protocol/data"
import { pullAddress } from "../../protocol/routes"
import type { Version } from "../../protocol/server"
import { asIn } from "../../text/file-text"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { Diff } from "../../ui/diff"
import { createVersions, type Known } from "./versions"
import { t, tx } from "../../base/words"

export interface HistoryDialogProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  /// Whether the text may be changed here.
  writer: boolean
  onClose: () => void
}

type Shown = "changes" | "mine" | "source" | "page"
const names: Record<Shown, string> = { changes: t("What changed"), mine: t("Against my text"), source: t("Source"), page: t("Page") }

/// The post's history: who, when and why, each version as what it changed, beside
/// the text that is being written, as source and as page. A part of it, or all, is
/// taken back into the draft.
export function HistoryDialog({ app, branch, path, model, writer, onClose }: HistoryDialogProps) {
  const [versions] = useState(() => createVersions(app.api, branch, path))
  const [, drawn] = useState({})
  const [at, setAt] = useState(0)
  const [reading, setReading] = useState(false) // on a phone, where list and version take turns
  const [shown, setShown] = useState<Shown>("changes")
  const list = useRef<HTMLOListElement>(null)

  useEffect(() => {
    const stop = versions.onChange(() => drawn({}))
    void versions.more()
    return stop
  }, [versions])

  const all = versions.list()
  const version = all[at]
  const there = all.length > 0
  useEffect(() => {
    if (there) list.current?.querySelector("button")?.focus()
  }, [there])
  function choose(next: number, focus = false): void {
    setAt(next)
    if (focus) requestAnimationFrame(() => list.current?.querySelectorAll("button")[next]?.focus())
  }
  /// Where there is room for one of the two, the other takes the focus along.
  function turn(reading: boolean): void {
    setReading(reading)
    requestAnimationFrame(() => {
      const history = list.current?.closest(".history")
      const target = history?.querySelector<HTMLElement>(reading ? ".back-to-list" : "[aria-current]")
      if (target?.offsetParent) target.focus()
    })
  }
  function keydown(event: KeyboardEvent): void {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    if (next >= 0 && next < all.length) choose(next, true)
  }

  return (
    <Dialog title={t("History")} full onClose={onClose}>
      <div class="history" data-reading={reading}>
        <nav aria-label={t("Versions")}>
          <ol ref={list} onKeyDown={keydown}>
            {all.map((one, i) => (
              <li key={one.commit}>
                <button
                  type="button" aria-current={i === at ? "true" : undefined} tabIndex={i === at ? 0 : -1}
                  onClick={() => {
                    choose(i)
                    turn(true)
                  }}
                >
                  <span class="what" dir="auto">{one.title || t("No reason given")}</span>
                  <span class="detail">{personName(one.person, t("Somebody"))}, {ago(Date.parse(one.date), Date.now())}{one.path !== (all[i - 1]?.path ?? path) && <span class="called"> {t("as {path}", { path: one.path })}</span>}</span>
                </button>
              </li>
            ))}
          </ol>
          <p class="note" role="status">{versions.said()}</p>
          {versions.failure() && <p class="trouble" role="alert">{versions.failure()} <button type="button" class="small" onClick={() => void versions.more()}>{t("Try again")}</button></p>}
          {versions.next() && !versions.busy() && <button type="button" class="small" onClick={() => void versions.more()}>{t("Earlier versions")}</button>}
        </nav>
        {version && (
          <section aria-label={t("The version")}>
            <button type="button" class="quiet small back-to-list" onClick={() => turn(false)}>{t("All versions")}</button>
            <header>
              <h3 dir="auto">{version.title || t("No reason given")}</h3>
              <p class="note">
                {personName(version.person, t("Somebody"))}, {longDate(version.date.slice(0, 10))}, {version.date.slice(11, 16)}
                {pullIn(version) > 0 && <>, <a href={pullAddress(pullIn(version))}>{t("pull request #{number}", { number: pullIn(version) })}</a></>}
                , <code title={version.commit}>{version.commit.slice(0, 7)}</code>
              </p>
              {version.path !== path && <p class="note">{tx("The file was called {path} then.", { path: <code>{version.path}</code> })}</p>}
              {version.message && <p class="why" dir="auto">{version.message}</p>}
              <div class="views" role="group" aria-label={t("How it is shown")}>
                {(["changes", "mine", "source", "page"] as const).filter(which => which !== "page" || dataKind(path) === null).map(which => (
                  <button key={which} type="button" aria-pressed={shown === which} onClick={() => setShown(which)}>{names[which]}</button>
                ))}
              </div>
            </header>
            <OneVersion
              key={version.commit} app={app} branch={branch} path={path} model={model} writer={writer} version={version} shown={shown}
              text={versions.text(version)} before={shown === "changes" ? versions.before(at) : null}
            />
          </section>
        )}
      </div>
      <footer><button type="button" class="quiet" onClick={onClose}>{t("Close")}</button></footer>
    </Dialog>
  )
}

interface OneVersionProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  writer: boolean
  version: Version
  shown: Shown
  /// Each as it is known: a text, "gone" where the file is not there, a failure, or
  /// null while it is on its way.
  text: Known
  before: Known
}

function OneVersion({ app, branch, path, model, writer, version, shown, text, before }: OneVersionProps) {
  const [mine, setMine] = useState(() => model.text())
  const [said, setSaid] = useState("")
  const [taken, setTaken] = useState(false) // whether there is something to undo
  const expected = useRef(mine) // what the draft has by what was taken back here
  const replaced = useRef(mine) // what it had before that
  const day = longDate(version.date.slice(0, 10))

  /// Puts a text into the draft, as one step that an undo takes back.
  function take(next: string, words: string): void {
    const editor = model.editor()
    if (!editor) return
    if (editor.text() !== expected.current) {
      expected.current = editor.text()
      setTaken(false)
      setMine(expected.current)
      return setSaid(t("Your text has changed meanwhile. Look again, then take it back."))
    }
    replaced.current = expected.current
    editor.put({ text: next })
    expected.current = editor.text()
    setSaid(words)
    setTaken(true)
  }
  function undoLast(): void {
    const editor = model.editor()
    if (!editor) return
    if (undoTo(replaced.current)(editor.view)) setSaid(t("Your text is as it was before."))
    else {
      // Something came into the text meanwhile, which stays.
      const { text, whole } = carryOver(expected.current, replaced.current, editor.text())
      if (whole) editor.put({ text })
      setSaid(whole ? t("What you took back is out again.") : t("Your text has changed at the same place meanwhile. Undo it there."))
    }
    expected.current = editor.text()
    setMine(expected.current)
    setTaken(false)
  }

  const whole = writer && text !== null && typeof text === "object" && "text" in text ? text.text : null
  return (
    <>
      <div class="shown" data-shown={shown}>{content()}</div>
      <div class="take">
        <p role="status">{said}</p>
        {taken && <button type="button" class="small" onClick={undoLast}>{t("Undo")}</button>}
        {whole !== null && (
          <button
            type="button" disabled={asIn(mine, whole) === mine}
            onClick={() => {
              const next = asIn(expected.current, whole)
              take(next, t("Taken: your draft is the text of {day}. Nothing is submitted yet.", { day }))
              setMine(next)
            }}
          >
            {t("Take the whole text back")}
          </button>
        )}
      </div>
    </>
  )

  function content() {
    if (shown === "page") {
      if (text === "gone") return <p class="none">{t("This commit removed the file.")}</p>
      return (
        <>
          <p class="note">{t("Rendered with today's templates.")}</p>
          <EarlierPage app={app} branch={branch} path={path} version={version} url={model.store.get().url} />
        </>
      )
    }
    for (const one of shown === "changes" ? [text, before] : [text]) {
      if (one === null) return <p class="waiting">{t("Reading this version.")}</p>
      if (typeof one === "object" && "failure" in one) return <p class="trouble" role="alert">{one.failure}</p>
    }
    const now = text as { text: string } | "gone"
    if (shown === "changes") return <Diff label={t("What changed on {day}", { day })} old={textOf(before as typeof now)} new={textOf(now)} nonce={app.nonce} />
    if (now === "gone") return <p class="none">{t("This commit removed the file.")}</p>
    if (shown === "source") return <Source label={t("Source of {day}", { day })} text={now.text} nonce={app.nonce} />
    if (asIn(mine, now.text) === mine) return <p class="none">{t("Your text is the same.")}</p>
    return (
      <>
        <p class="note">{t("Struck out is what this version has and your text has not; marked is what came since.")}</p>
        <Diff
          key={mine} label={t("The text of {day} against yours", { day })} old={now.text} new={mine} nonce={app.nonce}
          onTake={writer ? next => take(next, t("Taken back into your draft. Nothing is submitted yet.")) : undefined}
        />
      </>
    )
  }
}

function textOf(known: { text: string } | "gone"): string {
  return known === "gone" ? "" : known.text
}

function Source({ label, text, nonce }: { label: string; text: string; nonce: string }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const view = createTextView({ parent: ref.current!, label, text, nonce })
    return () => view.destroy()
  }, [text])
  return <div class="diff" ref={ref} />
}

function EarlierPage({ app, branch, path, version, url }: { app: AppContext; branch: string; path: string; version: Version; url: string }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const page = createEarlierPage({
      app, branch, path, version, url, parent: ref.current!,
      onLeave: () => ref.current?.closest("dialog")?.querySelector<HTMLElement>(".views [aria-pressed=true]")?.focus(),
    })
    return () => page.destroy()
  }, [])
  return <div class="earlier frame" ref={ref} />
}

/// The pull request by which a version came, as its title tells; 0 for none.
function pullIn({ title, message }: Version): number {
  const found = /\(#(\d{1,9})\)\s*$/.exec(title) ?? /^Merge pull request #(\d{1,9})\b/.exec(title) ?? /^Pull request #(\d{1,9})\b/m.exec(message)
  return found ? Number(found[1]) : 0
}
