import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks"
import { keyLabel } from "../../ui/actions"
import type { AppContext } from "../../ui/app-context"
import { isSubmission, placeName, whereabouts } from "../../forge/branches"
import { dataKind } from "../../protocol/data"
import { deskAddress, pullAddress, renamedAddress } from "../../protocol/routes"
import { narrowQuery, type View } from "../../protocol/settings"
import { useStore } from "../../ui/use-store"
import { Divider } from "../../ui/divider"
import { Drawers } from "../../ui/drawers"
import { whenIdle } from "../../base/idle"
import { renamedSentence } from "../../forge/renamed"
import { changesOf } from "../../editor/fixes"
import { later } from "../../ui/lazy"
import { Matter } from "../../ui/matter"
import { Palette } from "../../ui/palette"
import { actionsFor } from "./actions"
import { Notices } from "./notices"
import { besideWidth, useRoomFor } from "./room"
import { Pictures, takeDrops } from "./pictures"
import { PreviewLink } from "../../ui/preview-link"
import { Problems } from "../../ui/problems"
import { Sections } from "../../ui/sections"
import { SignOutDialog } from "../../ui/sign-out"
import { useKeys } from "../../ui/use-keys"
import { createEditModel } from "../../post/edit-model"
import type { EditModel, EditState } from "../../post/edit-state"
import { placeOf } from "../../post/kept-words"
import { viewOf, type LifeView } from "../../post/life/view"
import { PostPullsDialog, useLookAtPull, usePostPulls } from "./post-pulls"
import { TextChoices } from "./text-choices"
import { t, tn } from "../../base/words"

export interface EditScreenProps {
  app: AppContext
  branch: string
  path: string
  /// The base of the pull request whose branch it is; "" for none.
  into: string
  /// The number of the pull request that is continued; 0 for none.
  pull: number
  /// The line to begin at, from 1; 0 for nowhere.
  line: number
  /// Begins with its history open.
  history: boolean
}

// What is not needed to write.
const DataView = later(async () => (await import("../later")).DataView)
const Trays = later(async () => (await import("../later")).Trays)
const HistoryDialog = later(async () => (await import("../later")).HistoryDialog)
const SnippetDialog = later(async () => (await import("../later")).SnippetDialog)
const Looking = later(async () => (await import("../later")).Looking)
const OutlineDialog = later(async () => (await import("../later")).OutlineDialog)
const OutlineBeside = later(async () => (await import("../later")).OutlineBeside)
const ReviewDrawer = later(async () => (await import("../later")).ReviewDrawer)
const SubmitDialog = later(async () => (await import("../later")).SubmitDialog)

export function EditScreen({ app, branch, path, into, pull, line, history }: EditScreenProps) {
  const [model] = useState(() => createEditModel({ app, branch, path, into, pull, line, narrow: matchMedia(narrowQuery).matches }))
  // With the screen, not after the next frame, for which a tab in the background waits:
  // till then what was typed last is in no draft, and other tabs find the post written here.
  useLayoutEffect(() => () => model.destroy(), [model])
  return <EditView app={app} branch={branch} path={path} model={model} history={history} />
}

interface EditViewProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  history: boolean
}

function EditView({ app, branch, path, model, history }: EditViewProps) {
  const state = useStore(model.store)
  const life = viewOf(useStore(model.life))
  const sections = useStore(model.writers.store)
  const outside = useStore(model.outside.store)
  const { store } = model
  const source = useRef<HTMLDivElement>(null)
  const page = useRef<HTMLDivElement>(null)
  const [narrow, setNarrow] = useState(() => matchMedia(narrowQuery).matches)
  const [said, setSaid] = useState("")
  const [quiet, setQuiet] = useState(false) // the start is over

  // Not when a frame is drawn, for which a tab in the background waits, while what others
  // wrote is merged into the text.
  useLayoutEffect(() => model.mount(source.current!, page.current!), [model])
  useEffect(() => takeDrops(model), [model])
  useEffect(() => {
    const query = matchMedia(narrowQuery)
    const changed = () => setNarrow(query.matches)
    query.addEventListener("change", changed)
    return () => query.removeEventListener("change", changed)
  }, [])

  const open = life.phase === "open"
  useEffect(() => {
    if (open && history) store.set({ dialog: "history" })
  }, [open, history])
  useEffect(() => {
    if (!open || state.preview === "starting") return
    return whenIdle(() => {
      SubmitDialog.ahead()
      model.editor()?.loadAids()
      setQuiet(true)
    })
  }, [open, state.preview === "starting"])

  const data = dataKind(path) !== null
  const written = useRef<HTMLDivElement>(null)
  const room = useRoomFor(written, besideWidth)
  const beside = state.outline && room && !data
  const view: View = narrow && state.view === "both" ? "source" : state.view
  const name = state.title || path.replace(/^.*\//, "")
  useEffect(() => {
    document.title = `${name} – Galley`
  }, [name])

  const actions = actionsFor({ app, branch, path, model, state, life, view, narrow, beside, say: setSaid })
  // Before the editor, which has keys of its own for some of these.
  useKeys(actions, true)

  const { into } = life.target
  const pulls = usePostPulls(app, path, life.phase === "open")
  const current = life.target.pull || life.pull?.number || 0
  useEffect(() => {
    const submitted = life.pull && pulls.find(pull => pull.number === life.pull!.number)
    if (submitted && submitted.state !== "open") model.send({ type: "stands", pull: submitted })
  }, [pulls])
  useLookAtPull(app, model, life.preview ? 0 : current)
  const others = pulls.filter(pull => pull.state === "open" && pull.number !== current).length
  const othersText = life.pull ? tn(others, "{count} other pull request", "{count} other pull requests") : tn(others, "{count} pull request", "{count} pull requests")
  const run = (id: string) => actions.find(a => a.id === id)?.run()
  const readOnly = open && !life.writer

  return (
    <div class="edit" data-view={view} data-phase={life.phase} data-preview={state.preview} data-painted={state.painted} data-keep={life.keep.kind}>
      <header class="bar">
        <a class="back" href={deskAddress(into || branch)}>{t("Posts")}</a>
        <div class="where">
          <h1 title={path}>{name}</h1>
          <p data-saved={t("Draft saved")}>
            <span class="branch" title={branch}>{into ? t("for {place}", { place: placeName(into, state.branches, []) }) : isSubmission(branch) ? t("on a pull request's branch") : whereabouts(branch, state.branches)}</span>
            {state.url && <span class="address" title={t("The address that the post will have")}>{pathOf(state.url)}</span>}
            {open && <button type="button" class="others versions" onClick={() => run("history")} title={t("Who changed it, when and why ({key})", { key: keyLabel("Alt-h") })}>{t("History")}</button>}
            {life.pull && <a class="pull" href={pullAddress(life.pull.number)}>{life.pull.same ? t("pull request #{number}", { number: life.pull.number }) : t("changed since pull request #{number}", { number: life.pull.number })}</a>}
            <PreviewLink address={life.preview} short />
            {others > 0 && (
              <button type="button" class="others" onClick={() => run("pulls")} aria-label={t("{pulls} on this post", { pulls: othersText })}>
                {othersText}<span class="long"> {t("on this post")}</span>
              </button>
            )}
          </p>
        </div>
        <p class={"keep " + life.keep.kind} role="status" aria-live={life.keep.kind === "failed" ? "assertive" : "polite"}>
          {open ? keepText(life, said || state.hint) : ""}
        </p>
        <div class="views" role="group" aria-label={t("What is shown")}>
          {(narrow ? (["source", "page"] as const) : (["source", "both", "page"] as const)).map(which => (
            <button key={which} type="button" aria-pressed={view === which} onClick={() => store.set({ view: which })}>
              {data && which === "page" ? t("Data") : viewNames[which]}
            </button>
          ))}
        </div>
        {!data && <button type="button" class="quiet picture" disabled={!open || readOnly} onClick={() => run("picture")} title={t("Insert a picture ({key}), or paste or drop one", { key: keyLabel("Alt-p") })}>{t("Picture")}</button>}
        {!data && <button type="button" class="quiet ready" disabled={!open} onClick={() => run("ready")} title={t("What is left to do before it is published ({key})", { key: keyLabel("Alt-y") })}>{t("Ready")}</button>}
        <button type="button" class="quiet commands" onClick={() => store.set({ dialog: "palette" })} title={t("All commands ({key})", { key: keyLabel("Mod-Shift-p") })}>{t("Commands")}</button>
        <button type="button" class="primary" disabled={!open || readOnly || !state.known} onClick={() => run("submit")}>
          {life.pull ? t("Update pull request") : t("Open pull request")}
        </button>
      </header>

      <Notices branch={branch} path={path} model={model} run={run} />

      {life.phase === "nothing" || life.phase === "failed" ? (
        <main class="empty">
          <h2>{life.renamed ? (life.renamed.branch === undefined ? t("This post was renamed") : t("This branch is gone")) : life.phase === "nothing" ? t("There is no such post") : t("This post cannot be opened")}</h2>
          <p>{life.renamed ? renamedSentence(life.renamed, path, branch, state.branches) : life.failure || life.notice}</p>
          {life.renamed && <p><a class="button primary" href={renamedAddress(life.renamed, branch, life.target.into)}>{t("Open {path}", { path: life.renamed.path })}</a></p>}
          <p><a class="button" href={deskAddress(branch)}>{t("Back to the posts")}</a></p>
        </main>
      ) : (
        <main class="panes" data-view={view} ref={element => element?.style.setProperty("--share", state.share + "%")}>
          <section class="source" aria-label={t("Source")} hidden={view === "page"}>
            {!data && <Matter
              keys={state.keys} post={/(^|\/)_posts\//.test(path)} open={state.matterOpen} disabled={!open || readOnly}
              onOpen={matterOpen => store.set({ matterOpen })}
              timezone={app.site.timezone} typed={state.typed} fixed={!state.known || state.preview === "server"}
              why={state.preview === "server" ? t("The preview is not running, so these cannot be changed here. Change them in the text.") : ""}
              onPut={model.matter.put} onGiveUp={model.matter.giveUp} onLeave={() => void model.matter.settle()}
              onGo={key => {
                model.editor()?.goTo(key.from)
                model.editor()?.focus()
              }}
            />}
            <div class="written" ref={written}>
              {beside && <nav class="outline-beside" aria-label={t("Outline")}>{open && <OutlineBeside model={model} />}</nav>}
              <div class="text" ref={source}>{!open && <p class="waiting">{data ? t("Opening the file.") : t("Opening the post.")}</p>}</div>
            </div>
            <Drawers share={state.drawers} onShare={drawers => store.set({ drawers })} open={state.problemsOpen || sections.open || state.traysOpen || (state.reviewOpen && current > 0)}>
              <Problems
                problems={state.problems} known={state.known} data={data} page={state.pageCheck} onCheckPage={model.checkPage} open={state.problemsOpen}
                onOpen={problemsOpen => store.set({ problemsOpen })} lineOf={model.lineOf}
                onGo={problem => {
                  model.editor()?.goTo(problem.from, problem.to)
                  model.editor()?.focus()
                }}
                disabled={!open || readOnly} asking={outside.asking} said={outside.said} onOutside={() => void model.outside.look()}
                spelling={{ by: state.spelling, onSpell: model.spell }} onWord={model.addWord}
                onFix={(problems, fix) => {
                  const editor = model.editor()
                  editor?.apply(...changesOf(problems, editor.text(), fix))
                  editor?.focus()
                }}
              />
              {!data && <Sections
                doc={() => model.editor()?.doc() ?? null} writers={sections.writers} open={sections.open} taking={sections.taking} trouble={sections.trouble}
                disabled={!open || readOnly} onOpen={open => model.writers.store.set({ open })}
                onGo={at => {
                  model.editor()?.goTo(at)
                  model.editor()?.focus()
                }}
                hint={model.writers.hint()} onTake={section => void model.writers.take(section)}
                onGiveBack={section => void model.writers.giveBack(section)}
              />}
              {quiet && !data && app.site.trays && (
                <Trays
                  app={app} branch={branch} path={path} model={model} life={life} open={state.traysOpen} disabled={!open || readOnly}
                  onOpen={traysOpen => store.set({ traysOpen })}
                />
              )}
              {quiet && current > 0 && (
                <ReviewDrawer
                  key={current} app={app} path={path} model={model} life={life} number={current} open={state.reviewOpen} disabled={!open || readOnly}
                  onOpen={reviewOpen => store.set({ reviewOpen })}
                />
              )}
            </Drawers>
          </section>
          {view === "both" && <Divider share={state.share} least={20} most={80} usual={50} label={data ? t("Width of source and data") : t("Width of source and page")} onShare={share => store.set({ share })} />}
          <section class="page" aria-label={data ? t("Data") : t("Page")} hidden={view === "source"}>
            <div class="frame" ref={page} hidden={data} />
            {data && (state.data ? <DataView
              data={state.data} kind={dataKind(path)!} onProblem={model.showProblems}
              onGo={line => model.inSource(editor => {
                editor.goToLine(line)
                editor.focus()
              })}
            /> : <div class="data-view" />)}
            {open && !data && (quiet || state.look.width || state.look.as) && <Looking model={model} look={state.look} />}
            <p class="preview-state" role="status">
              {state.trouble || previewText(life, state)}
              {state.outdated && <button type="button" class="small" onClick={() => void model.save().finally(() => location.reload())}>{t("Reload the page")}</button>}
            </p>
          </section>
        </main>
      )}

      {state.dialog === "palette" && <Palette actions={actions} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "snippet" && <SnippetDialog app={app} branch={branch} path={path} model={model} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "outline" && <OutlineDialog model={model} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "history" && <HistoryDialog app={app} branch={branch} path={path} model={model} writer={life.writer} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "sign-out" && <SignOutDialog app={app} onClose={() => store.set({ dialog: "" })} />}
      {shownWhile.has(life.submitting.is) && <SubmitDialog app={app} branch={branch} path={path} model={model} onClose={() => model.send({ type: "submit closed" })} />}
      {state.dialog === "pulls" && (
        <PostPullsDialog
          app={app} base={into || branch} path={path} pulls={pulls} current={current}
          onLeave={async () => void (await model.save())} onClose={() => store.set({ dialog: "" })}
        />
      )}
      {state.adding && <Pictures model={model} place={placeOf(app.site, "post", branch, path, "picture")} adding={state.adding} />}
      <TextChoices app={app} branch={branch} path={path} model={model} life={life} where={whereabouts(branch, state.branches)} branches={state.branches} onFollow={() => run("go-on")} />
    </div>
  )
}

/// While the submission is about which the dialog is shown.
const shownWhile: ReadonlySet<LifeView["submitting"]["is"]> = new Set(["asking", "keeping", "sending", "done"])

const viewNames: Record<View, string> = { source: t("Source"), both: t("Both"), page: t("Page") }

function keepText({ keep, pull }: LifeView, said: string): string {
  if (keep.kind === "failed") return t("Not saved")
  if (said && keep.kind !== "moved") return said
  switch (keep.kind) {
    case "unchanged":
      return t("No changes")
    case "pending":
      return t("Saving the draft")
    case "kept":
      return pull?.same ? t("All is in pull request #{number}", { number: pull.number }) : t("Draft saved in this browser")
    case "sent":
      return t("All is in pull request #{number}", { number: pull!.number })
    case "moved":
      return t("Changed in another tab")
  }
}

function previewText(life: LifeView, state: EditState): string {
  if (life.phase !== "open") return ""
  switch (state.preview) {
    case "restarting":
      return t("The preview is starting again. Your text is not affected.")
    case "resting":
      return t("The preview cannot show this text. It tries again with your next change.")
    case "server":
      if (state.outdated) return t("Galley was updated on the server. Until you reload the page, the server makes this preview.") + " "
      return t("The server makes this preview, because the browser does not run Galley's renderer.")
    case "starting":
    case "live":
      return ""
  }
}

/// An address without what is the same for all posts.
function pathOf(url: string): string {
  try {
    return decodeURI(new URL(url, location.origin).pathname)
  } catch {
    return url
  }
}
