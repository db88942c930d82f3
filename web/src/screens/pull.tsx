import { useEffect, useRef, useState } from "preact/hooks"
import { runKey, keyLabel, type Action } from "../ui/actions"
import { problemOf } from "../forge/api"
import type { AppContext } from "../ui/app-context"
import { placeName } from "../forge/branches"
import { ago } from "../forge/posts"
import type { Branch, Pull, PullFile } from "../protocol/server"
import { authorOf, isOwn } from "../forge/pulls"
import { deskAddress, leavesApp } from "../protocol/routes"
import { listOf } from "../post/merge"
import { continueAddress } from "../post/in-pull"
import { CopyOffer } from "../ui/copy-offer"
import { Dialog } from "../ui/dialog"
import { changedLines } from "../editor/changed-lines"
import { Diff } from "../ui/diff"
import { FilePicture } from "../ui/file-picture"
import { Palette } from "../ui/palette"
import { Standing } from "../ui/pull-row"
import { SignOutDialog } from "../ui/sign-out"

export interface PullScreenProps {
  app: AppContext
  number: number
}

/// A pull request: what it changes, how it stands, and, where that is the
/// editor's to do, merging it.
export function PullScreen({ app, number }: PullScreenProps) {
  const [pull, setPull] = useState<Pull | null>(null)
  const [files, setFiles] = useState<PullFile[]>([])
  const [branches, setBranches] = useState<Branch[]>([])
  const [failure, setFailure] = useState("")
  const [merging, setMerging] = useState(false)
  const [problem, setProblem] = useState("")
  const [palette, setPalette] = useState(false)
  const [asking, setAsking] = useState(false)
  const [signOut, setSignOut] = useState(false)

  async function load(): Promise<void> {
    const answer = await app.api.pull(number)
    setPull(answer.pull)
    setFiles(answer.files ?? [])
  }
  useEffect(() => {
    document.title = `Pull request #${number} – Galley`
    load().catch((error: unknown) => setFailure(problemOf(error).sentence))
    app.api.branches().then(setBranches, () => {})
  }, [number])

  const mayMerge = pull?.state === "open" && app.site.canMerge
  async function merge(): Promise<void> {
    if (merging || !pull || !mayMerge) return
    setAsking(false)
    setMerging(true)
    setProblem("")
    try {
      setPull(await app.api.merge(number, pull.head))
    } catch (error) {
      const problem = problemOf(error)
      setProblem(problem.sentence)
      // What would be merged is another thing than what is shown.
      if (problem.kind === "stale") await load().catch((error: unknown) => setProblem(problemOf(error).sentence))
    } finally {
      setMerging(false)
    }
  }

  const place = (name: string) => placeName(name, branches, [])
  const isText = (file: PullFile) => file.new !== null && file.text
  const post = files.find(isText)
  const actions: Action[] = [
    { id: "continue", name: "Continue writing", key: "Alt-c", enabled: () => !!post && pull?.state === "open" && pull.canPush, run: () => app.go(continueAddress(pull!, post!.path)) },
    { id: "merge", name: "Merge the pull request", key: "Mod-Enter", enabled: () => mayMerge && !merging, run: () => setAsking(true) },
    { id: "desk", name: "Go to the posts", key: "Alt-l", run: () => app.go(deskAddress(pull?.base)) },
    ...(app.site.signIn ? [{ id: "sign-out", name: `Sign out (${app.site.person.login})`, run: () => setSignOut(true) }] : []),
    { id: "palette", name: "All commands", key: "Mod-Shift-p", run: () => setPalette(true) },
    { id: "palette-f1", name: "All commands (this list)", key: "F1", run: () => setPalette(true) },
  ]
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const keydown = (event: KeyboardEvent) => {
      if (!document.querySelector("dialog[open]")) runKey(event, latest.current)
    }
    addEventListener("keydown", keydown)
    return () => removeEventListener("keydown", keydown)
  }, [])

  return (
    <div class="pull-screen">
      <header class="bar">
        <a class="back" href={deskAddress(pull?.base)}>Posts</a>
        <p class="where">Pull request #{number}</p>
        <button type="button" class="quiet commands" onClick={() => setPalette(true)} title={`All commands (${keyLabel("Mod-Shift-p")})`}>Commands</button>
        {mayMerge && <button type="button" class="primary" disabled={merging} onClick={() => setAsking(true)}>{merging ? "Merging" : "Merge"}</button>}
      </header>
      <main>
        <header>
          {pull && <p class={"state " + pull.state} role="status">{states[pull.state]}</p>}
          <h1>{pull ? pull.title : `Pull request #${number}`}</h1>
          {pull && (
            <p class="facts">
              #{number} by {isOwn(pull, app.site.person) ? "you" : authorOf(pull)}, {ago(Date.parse(pull.updated), Date.now())}
              {pull.state === "open" && <Standing pull={pull} />}
            </p>
          )}
          {pull && <p class="next">{nextOf(pull, pull.base === app.site.defaultBranch ? "the site" : place(pull.base))}</p>}
        </header>
        {failure && <p class="none" role="alert">{failure}</p>}
        {!failure && !pull && <p class="none" role="status">Reading the pull request.</p>}
        {problem && <p class="notice bad" role="alert">{problem}</p>}
        {pull && bodyOf(pull) && <p class="body">{bodyOf(pull)}</p>}
        {pull && pull.writing.length > 0 && files.length > 0 && <p class="taken">It has taken the {pull.writing.length === 1 ? "section" : "sections"} {listOf(pull.writing)}.</p>}
        {files.map(file => (
          <section key={file.path} aria-label={file.path}>
            <div class="head">
              <h2><span class="folder">{file.path.replace(/[^/]*$/, "")}</span>{file.path.replace(/^.*\//, "")}</h2>
              {(file.old !== null || file.new !== null) && (
                <p class="count">{file.new === null ? "removed" : `${file.old === null ? "a new file, " : ""}${changedLines(file.old ?? "", file.new)}`}</p>
              )}
              {pull?.state === "open" && pull.canPush && isText(file) && <a class="button small" href={continueAddress(pull, file.path)}>Continue writing</a>}
            </div>
            {pull?.state === "open" && !pull.canPush && isText(file) && <CopyOffer app={app} pull={pull} file={file} />}
            {file.old === null && file.new === null
              ? <FilePicture pull={pull!} path={file.path} />
              : <Diff label={`Changes to ${file.path}`} old={file.old ?? ""} new={file.new ?? ""} nonce={app.nonce} />}
          </section>
        ))}
        {pull && files.length === 0 && (
          <p class="none">
            {pull.writing.length > 0
              ? `Nothing is written in it yet. It tells others who writes ${listOf(pull.writing)}.`
              : "It changes nothing."}
          </p>
        )}
        {pull && (
          <p class="source">
            The branch <code>{pull.branch}</code> into <code>{pull.base}</code>
            {leavesApp(pull.url) && <>, <a href={pull.url} target="_blank" rel="noopener noreferrer">{pull.url}</a></>}
          </p>
        )}
      </main>
      {asking && pull && mayMerge && (
        <Dialog title="Merge this pull request?" onClose={() => setAsking(false)}>
          <p>{files.length === 1 ? `${files[0]!.path} goes` : `${files.length} files go`} into {place(pull.base)}{pull.base === app.site.defaultBranch ? ", which the site is published from" : ""}. Galley cannot take a merge back.</p>
          <footer>
            <button type="button" class="quiet" onClick={() => setAsking(false)}>Not yet</button>
            <button type="button" class="primary" autofocus onClick={() => void merge()}>Merge into {pull.base}</button>
          </footer>
        </Dialog>
      )}
      {signOut && <SignOutDialog app={app} onClose={() => setSignOut(false)} />}
      {palette && <Palette actions={actions} onClose={() => setPalette(false)} />}
    </div>
  )
}

/// What becomes of it, in a sentence. `place` is what it goes into.
function nextOf(pull: Pull, place: string): string {
  if (pull.state === "merged") return `What it changes is in ${place} now.`
  if (pull.state === "closed") return `It was closed without being merged into ${place}.`
  return `It reaches ${place} when it is merged.`
}

/// What its author says, without what is told otherwise.
function bodyOf(pull: Pull): string {
  return pull.body.replace(/^Writing:.*$/gm, "").trim()
}

const states: Record<Pull["state"], string> = { open: "Open", merged: "Merged", closed: "Closed" }
