import { useEffect, useRef, useState } from "preact/hooks"
import { keyLabel, runKey, type Action } from "../../ui/actions"
import type { AppContext } from "../../post/app-context"
import { chaptersOf } from "../../text/chapters"
import { isSubmission } from "../../forge/branches"
import { nameOf } from "../../post/merge"
import { whyNotKept } from "../../post/drafts"
import type { Editor } from "../../editor/editor"
import { insertLink, openSearchPanel, redo, toggleMark, undo } from "../../editor/commands"
import { linkPull } from "../../editor/pull-link"
import { deskAddress, editAddress, pullAddress } from "../../protocol/routes"
import { narrowQuery, type View } from "../../protocol/settings"
import { useStore } from "../../ui/use-store"
import { Divider } from "../../ui/divider"
import { Drawers } from "../../ui/drawers"
import { whenIdle } from "../../base/idle"
import { later } from "../../ui/lazy"
import { Matter } from "../../ui/matter"
import { Palette } from "../../ui/palette"
import { Pictures, pickPictures, takeDrops } from "./pictures"
import { Problems } from "../../ui/problems"
import { Rescue } from "../../ui/rescue"
import { Sections } from "../../ui/sections"
import { SignOutDialog } from "../../ui/sign-out"
import { createEditModel } from "../../post/edit-model"
import type { EditModel, EditState } from "../../post/edit-state"
import { PostPullsDialog, usePostPulls } from "./post-pulls"

export interface EditScreenProps {
  app: AppContext
  branch: string
  path: string
  /// The base of the pull request whose branch it is; "" for none.
  into: string
  /// The number of the pull request that is continued; 0 for none.
  pull: number
}

// What compares texts is not needed to write one.
const CollisionDialog = later(async () => (await import("../later")).CollisionDialog)
const ConflictDialog = later(async () => (await import("../later")).ConflictDialog)
const TabDialog = later(async () => (await import("../later")).TabDialog)
const SubmitDialog = later(async () => (await import("../later")).SubmitDialog)

export function EditScreen({ app, branch, path, into, pull }: EditScreenProps) {
  const [model] = useState(() => createEditModel({ app, branch, path, into, pull, narrow: matchMedia(narrowQuery).matches }))
  useEffect(() => () => model.destroy(), [model])
  return <EditView app={app} branch={branch} path={path} model={model} />
}

interface EditViewProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
}

function EditView({ app, branch, path, model }: EditViewProps) {
  const state = useStore(model.store)
  const catching = useStore(model.catching.store)
  const sections = useStore(model.writers.store)
  const { store } = model
  const source = useRef<HTMLDivElement>(null)
  const page = useRef<HTMLDivElement>(null)
  const [narrow, setNarrow] = useState(() => matchMedia(narrowQuery).matches)
  const [said, setSaid] = useState("")

  useEffect(() => model.mount(source.current!, page.current!), [model])
  useEffect(() => takeDrops(model), [model])
  useEffect(() => {
    const query = matchMedia(narrowQuery)
    const changed = () => setNarrow(query.matches)
    query.addEventListener("change", changed)
    return () => query.removeEventListener("change", changed)
  }, [])

  const open = state.phase === "open"
  useEffect(() => {
    if (!open || state.preview === "starting") return
    return whenIdle(() => SubmitDialog.ahead())
  }, [open, state.preview === "starting"])

  const view: View = narrow && state.view === "both" ? "source" : state.view
  const name = state.title || path.replace(/^.*\//, "")
  useEffect(() => {
    document.title = `${name} – Galley`
  }, [name])

  const actions = actionsFor({ app, branch, model, state, view, narrow, say: setSaid })
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const keydown = (event: KeyboardEvent) => {
      if (!document.querySelector("dialog[open]")) runKey(event, latest.current)
    }
    // Before the editor, which has keys of its own for some of these.
    addEventListener("keydown", keydown, true)
    return () => removeEventListener("keydown", keydown, true)
  }, [])

  const { into } = state.target
  const pulls = usePostPulls(app, path, state.phase === "open")
  const current = state.target.pull || state.pull?.number || 0
  useEffect(() => {
    const submitted = state.pull && pulls.find(pull => pull.number === state.pull!.number)
    if (submitted && submitted.state !== "open") model.settled(submitted.number)
  }, [pulls])
  const others = pulls.filter(pull => pull.state === "open" && pull.number !== current).length
  const run = (id: string) => actions.find(a => a.id === id)?.run()
  const readOnly = open && !state.writer

  return (
    <div class="edit" data-view={view} data-phase={state.phase} data-preview={state.preview} data-painted={state.painted} data-keep={state.keep.kind}>
      <header class="bar">
        <a class="back" href={deskAddress(into || branch)}>Posts</a>
        <div class="where">
          <h1 title={path}>{name}</h1>
          <p>
            <span class="branch" title={branch}>{into ? `for ${into}` : isSubmission(branch) ? "on a pull request's branch" : `on ${branch}`}</span>
            {state.url && <span class="address" title="The address that the post will have">{pathOf(state.url)}</span>}
            {state.pull && <a class="pull" href={pullAddress(state.pull.number)}>{state.pull.same ? "" : "changed since "}pull request #{state.pull.number}</a>}
            {others > 0 && (
              <button type="button" class="others" onClick={() => run("pulls")}>
                {others} {state.pull ? "other " : ""}{others === 1 ? "pull request" : "pull requests"}<span class="long"> on this post</span>
              </button>
            )}
          </p>
        </div>
        <p class={"keep " + state.keep.kind} role="status" aria-live={state.keep.kind === "failed" ? "assertive" : "polite"}>
          {open ? keepText(state, said) : ""}
        </p>
        <div class="views" role="group" aria-label="What is shown">
          {(narrow ? (["source", "page"] as const) : (["source", "both", "page"] as const)).map(which => (
            <button key={which} type="button" aria-pressed={view === which} onClick={() => store.set({ view: which })}>
              {viewNames[which]}
            </button>
          ))}
        </div>
        <button type="button" class="quiet picture" disabled={!open || readOnly} onClick={() => run("picture")} title={`Insert a picture (${keyLabel("Alt-p")}), or paste or drop one`}>Picture</button>
        <button type="button" class="quiet commands" onClick={() => store.set({ dialog: "palette" })} title={`All commands (${keyLabel("Mod-Shift-p")})`}>Commands</button>
        <button type="button" class="primary" disabled={!open || readOnly || !state.known} onClick={() => run("submit")}>
          {state.pull ? "Update pull request" : "Open pull request"}
        </button>
      </header>

      <div class="notices">
        {readOnly && (
          <p class="notice" role="status">
            This post is being written in another tab.
            <button type="button" class="small" onClick={() => void model.takeOver()}>Continue here</button>
          </p>
        )}
        {state.notice && open && (
          <p class="notice" role="status">
            {state.notice}
            <button type="button" class="small" onClick={() => store.set({ notice: "" })}>All right</button>
          </p>
        )}
        {state.blocked.length > 0 && open && (
          <p class="notice" role="status">
            The preview leaves out what the page has from {listed(state.blocked)}: who previews it would be known there.
            <button type="button" class="small" onClick={() => model.reach(true)}>Show it, from now on</button>
            <button type="button" class="small" onClick={() => model.reach(false)}>Leave it out</button>
          </p>
        )}
        {state.over && open && (
          <p class="notice" role="status">
            {state.over}
            <button type="button" class="small" disabled={readOnly} onClick={() => run("write-on")}>Write on {state.edition}</button>
          </p>
        )}
        {state.renamed && open && (
          <p class="notice" role="status">
            {nameOf(state.renamed.person)} renamed this post to {state.renamed.path}.
            <button type="button" class="small" disabled={readOnly} onClick={() => {
              model.follow(state.renamed!).then(app.go, (error: unknown) => store.set({ notice: whyNotKept(error) }))
            }}>Go on there</button>
          </p>
        )}
        {state.edition && !state.over && open && (
          <p class="notice" role="status">
            This post belongs to {state.edition}, an edition that is still being written.
            <a class="button small" href={editAddress(state.edition, path)}>Write there</a>
          </p>
        )}
        {catching.behind && open && (
          <p class="notice" role="status">
            Pull request #{catching.behind.number} no longer merges into {catching.behind.base}: the same lines were changed there.
            <button type="button" class="small" disabled={catching.busy || readOnly} onClick={() => run("bring-up")}>{catching.busy ? "Merging" : "Bring up to date"}</button>
          </p>
        )}
        {catching.problem && open && state.dialog === "" && <p class="notice bad" role="alert">{catching.problem.sentence}</p>}
        {state.keep.kind === "failed" && open && (
          <p class="notice bad" role="alert">
            {state.keep.why}
            <Rescue post={{ path, text: model.text, save: model.save }} />
          </p>
        )}
      </div>

      {state.phase === "nothing" || state.phase === "failed" ? (
        <main class="empty">
          <h2>{state.renamed ? "This post was renamed" : state.phase === "nothing" ? "There is no such post" : "This post cannot be opened"}</h2>
          <p>{state.renamed ? `${nameOf(state.renamed.person)} renamed ${path} to ${state.renamed.path}.` : state.failure || state.notice || `${path} is not on ${branch}, and this browser keeps no draft of it.`}</p>
          {state.renamed && <p><a class="button primary" href={editAddress(branch, state.renamed.path, state.target.into)}>Open {state.renamed.path}</a></p>}
          <p><a class="button" href={deskAddress(branch)}>Back to the posts</a></p>
        </main>
      ) : (
        <main class="panes" data-view={view} ref={element => element?.style.setProperty("--share", state.share + "%")}>
          <section class="source" aria-label="Source" hidden={view === "page"}>
            <Matter
              keys={state.keys} post={/(^|\/)_posts\//.test(path)} open={state.matterOpen} disabled={!open || readOnly}
              onOpen={matterOpen => store.set({ matterOpen })}
              onSet={(key, value) => model.setKey(key, value)}
              onGo={key => {
                model.editor()?.goTo(key.from)
                model.editor()?.focus()
              }}
            />
            <div class="text" ref={source}>{!open && <p class="waiting">Opening the post.</p>}</div>
            <Drawers share={state.drawers} onShare={drawers => store.set({ drawers })} open={state.problemsOpen || sections.open}>
              <Problems
                problems={state.problems} known={state.known} open={state.problemsOpen}
                onOpen={problemsOpen => store.set({ problemsOpen })} lineOf={model.lineOf}
                onGo={problem => {
                  model.editor()?.goTo(problem.from, problem.to)
                  model.editor()?.focus()
                }}
                disabled={!open || readOnly}
                onFix={changes => {
                  model.editor()?.apply(...changes)
                  model.editor()?.focus()
                }}
              />
              <Sections
                doc={() => model.editor()?.doc() ?? null} writers={sections.writers} open={sections.open} taking={sections.taking} trouble={sections.trouble}
                disabled={!open || readOnly} onOpen={open => model.writers.store.set({ open })}
                onGo={at => {
                  model.editor()?.goTo(at)
                  model.editor()?.focus()
                }}
                hint={model.writers.hint()} onTake={section => void model.writers.take(section)}
                onGiveBack={section => void model.writers.giveBack(section)}
              />
            </Drawers>
          </section>
          {view === "both" && <Divider share={state.share} least={20} most={80} usual={50} label="Width of source and page" onShare={share => store.set({ share })} />}
          <section class="page" aria-label="Page" hidden={view === "source"}>
            <div class="frame" ref={page} />
            <p class="preview-state" role="status">
              {state.trouble || previewText(state)}
              {state.outdated && <button type="button" class="small" onClick={() => void model.save().finally(() => location.reload())}>Reload the page</button>}
            </p>
          </section>
        </main>
      )}

      {state.dialog === "palette" && <Palette actions={actions} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "sign-out" && <SignOutDialog app={app} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "submit" && <SubmitDialog app={app} branch={branch} path={path} model={model} onClose={() => store.set({ dialog: "" })} />}
      {state.dialog === "pulls" && (
        <PostPullsDialog
          app={app} base={into || branch} path={path} pulls={pulls} current={current}
          onLeave={async () => void (await model.save())} onClose={() => store.set({ dialog: "" })}
        />
      )}
      {state.adding && <Pictures key={state.adding.at} model={model} adding={state.adding} />}
      {catching.collision && open && (
        <CollisionDialog
          up={catching.collision.up} nonce={app.nonce} onChoose={model.catching.choose}
          onLater={() => (catching.collision!.why === "opened" ? app.go(deskAddress(branch)) : model.catching.later())}
        />
      )}
      {state.choice && open && (
        <ConflictDialog
          choice={state.choice} branch={branch} nonce={app.nonce} onChoose={model.choose}
          onLater={() => (state.choice!.why === "stale" ? store.set({ choice: null }) : app.go(deskAddress(into || branch)))}
        />
      )}
      {state.tabChoice && <TabDialog theirs={state.tabChoice} mine={model.text()} nonce={app.nonce} onChoose={model.chooseTab} />}
    </div>
  )
}

const viewNames: Record<View, string> = { source: "Source", both: "Both", page: "Page" }

interface ActionInput {
  app: AppContext
  branch: string
  model: EditModel
  state: EditState
  view: View
  narrow: boolean
  say: (what: string) => void
}

function actionsFor({ app, branch, model, state, view, narrow, say }: ActionInput): Action[] {
  const { store } = model
  const open = () => state.phase === "open" && state.writer
  const inEditor = (command: (view: Editor["view"]) => boolean) => () => {
    model.inSource(editor => {
      editor.focus()
      command(editor.view)
    })
  }
  const next: Record<View, View> = narrow ? { source: "page", both: "page", page: "source" } : { source: "both", both: "page", page: "source" }
  return [
    { id: "submit", name: state.pull ? "Update pull request" : "Open pull request", key: "Mod-Enter", enabled: open, run: () => {
      void model.save()
      store.set({ dialog: "submit" })
    } },
    { id: "bring-up", name: "Bring the pull request up to date", enabled: () => open() && model.catching.store.get().behind !== null, run: () => void model.catching.bringUp() },
    { id: "write-on", name: `Write on ${state.edition}`, enabled: () => open() && state.over !== "", run: () => {
      model.carry(state.edition).then(app.go, (error: unknown) => store.set({ notice: whyNotKept(error) }))
    } },
    { id: "save", name: "Save draft", key: "Mod-s", enabled: open, run: async () => {
      const { kind } = await model.save()
      // Said anew each time, so that the same words are heard again.
      say("")
      if (kind !== "kept" && kind !== "unchanged") return
      requestAnimationFrame(() => say("Draft saved"))
      setTimeout(() => say(""), 4_000)
    } },
    { id: "bold", name: "Bold", key: "Mod-b", enabled: open, run: inEditor(toggleMark("**")) },
    { id: "italic", name: "Italic", key: "Mod-i", enabled: open, run: inEditor(toggleMark("*")) },
    { id: "link", name: "Link", key: "Mod-k", enabled: open, run: inEditor(insertLink) },
    { id: "pull-link", name: "Link a pull request by its number and title", enabled: open, run: inEditor(linkPull) },
    { id: "picture", name: "Insert a picture", key: "Alt-p", enabled: open, run: () => pickPictures(model) },
    { id: "find", name: "Find and replace", key: "Mod-f", run: inEditor(openSearchPanel) },
    { id: "undo", name: "Undo", key: "Mod-z", enabled: open, run: inEditor(undo) },
    { id: "redo", name: "Redo", key: "Mod-Shift-z", enabled: open, run: inEditor(redo) },
    { id: "view", name: showName(next[view]), key: "F4", run: () => store.set({ view: next[view] }) },
    // The one that F4 shows next stands above.
    ...(["source", "both", "page"] as const).filter(v => v !== next[view] && !(narrow && v === "both")).map(v => ({
      id: "view-" + v, name: showName(v), run: () => store.set({ view: v }),
    })),
    { id: "pulls", name: "Pull requests on this post", key: "Alt-r", enabled: () => state.phase === "open", run: () => store.set({ dialog: "pulls" }) },
    { id: "pane", name: "Go to the next part of the screen", key: "F6", run: () => nextPane(model) },
    { id: "matter", name: "Edit the front matter", key: "F2", enabled: open, run: () => {
      store.set({ matterOpen: true, view: view === "page" ? (narrow ? "source" : "both") : store.get().view })
      requestAnimationFrame(() => document.querySelector<HTMLInputElement>("#matter-form input")?.focus())
    } },
    { id: "matter-fold", name: state.matterOpen ? "Fold the front matter" : "Unfold the front matter", run: () => store.set({ matterOpen: !state.matterOpen }) },
    { id: "problem", name: "Go to the next problem", key: "F8", run: () => goToProblem(model, state) },
    { id: "problems", name: state.problemsOpen ? "Close the list of problems" : "List the problems", key: "Mod-Shift-m", run: () => store.set({ problemsOpen: !state.problemsOpen }) },
    { id: "sections", name: "Who writes what", key: "Alt-w", run: () => model.writers.store.set({ open: !model.writers.store.get().open }) },
    ...(state.dialog === "palette" && model.editor() ? chaptersOf(model.editor()!.doc()).slice(0, 40).map((chapter, i) => ({
      id: `take-${i}`, name: `I am writing “${chapter.name}” (tells others by a pull request)`, enabled: open, run: () => void model.writers.take(chapter.name),
    })) : []),
    { id: "follow", name: state.followScroll ? "Scroll source and page apart" : "Scroll source and page together", key: "F9", run: () => store.set({ followScroll: !state.followScroll }) },
    { id: "take-over", name: "Continue writing in this tab", enabled: () => state.phase === "open" && !state.writer, run: () => void model.takeOver() },
    { id: "desk", name: "Go to the posts", key: "Alt-l", run: () => app.go(deskAddress(state.target.into || branch)) },
    ...(app.site.signIn ? [{ id: "sign-out", name: `Sign out (${app.site.person.login})`, run: () => {
      void model.save()
      store.set({ dialog: "sign-out" })
    } }] : []),
    { id: "palette", name: "All commands", key: "Mod-Shift-p", run: () => store.set({ dialog: "palette" }) },
    { id: "palette-f1", name: "All commands (this list)", key: "F1", run: () => store.set({ dialog: "palette" }) },
  ]
}

function showName(view: View): string {
  return view === "both" ? "Show source and page" : `Show the ${view} alone`
}

function goToProblem(model: EditModel, state: EditState): void {
  const editor = model.editor()
  if (!editor || state.problems.length === 0) return
  const at = editor.head()
  const sorted = [...state.problems].sort((a, b) => a.from - b.from)
  const next = sorted.find(p => p.from > at) ?? sorted[0]!
  model.inSource(editor => {
    editor.goTo(next.from, next.to)
    editor.focus()
  })
}

/// Front matter, source, divider, page, bar, and round again.
function nextPane(model: EditModel): void {
  const find = (selector: string) => document.querySelector<HTMLElement>(selector)
  const stops: [HTMLElement | null, HTMLElement | null][] = [
    [find(".matter"), find(".matter .fold")],
    [find(".source .text"), model.editor()?.view.contentDOM ?? null],
    [find(".panes > .divider"), find(".panes > .divider")],
    [find(".page"), find(".frame iframe")],
    [find(".bar"), find(".bar .back")],
  ]
  const visible = stops.filter(([, target]) => target !== null && target.offsetParent !== null)
  const now = visible.findIndex(([part]) => part?.contains(document.activeElement))
  visible[(now + 1) % visible.length]?.[1]?.focus()
}

function keepText({ keep, pull }: EditState, said: string): string {
  if (keep.kind === "failed") return "Not saved"
  if (said && keep.kind !== "moved") return said
  switch (keep.kind) {
    case "unchanged":
      return "No changes"
    case "pending":
      return "Saving the draft"
    case "kept":
      return pull?.same ? `All is in pull request #${pull.number}` : "Draft saved in this browser"
    case "moved":
      return "Changed in another tab"
  }
}

function previewText(state: EditState): string {
  if (state.phase !== "open") return ""
  switch (state.preview) {
    case "restarting":
      return "The preview is starting again. Your text is not affected."
    case "resting":
      return "The preview cannot show this text. It tries again with your next change."
    case "server":
      if (state.outdated) return "Galley was updated on the server. Until you reload the page, the server makes this preview. "
      return "The server makes this preview, because the browser does not run Galley's renderer."
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

/// A few of the names, and how many others there are.
function listed(names: readonly string[]): string {
  const others = names.length - 3
  const shown = others > 1 ? [...names.slice(0, 3), `${others} other places`] : names
  return new Intl.ListFormat("en").format(shown)
}
