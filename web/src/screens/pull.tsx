import { useEffect, useMemo, useState } from "preact/hooks"
import { keyLabel, type Action } from "../ui/actions"
import { problemOf } from "../forge/api"
import type { AppContext } from "../ui/app-context"
import { placeName } from "../forge/branches"
import { ago } from "../forge/posts"
import type { Branch, PostEntry, Pull, PullFile } from "../protocol/server"
import { isSame, personName } from "../forge/people"
import { announcedPost, emptyOf, mergingOf } from "../forge/pulls"
import { reviewOf } from "../forge/reviews"
import { deskAddress, leavesApp } from "../protocol/routes"
import { listOf } from "../post/merge"
import { continueAddress } from "../post/in-pull"
import { placeOf } from "../post/kept-words"
import { createReview } from "../post/review"
import { AskReview, Conversation, ReviewForm, VerdictList } from "../ui/conversation"
import { CopyOffer } from "../ui/copy-offer"
import { Dialog } from "../ui/dialog"
import { changedLines } from "../editor/changed-lines"
import { FilePicture } from "../ui/file-picture"
import { Palette } from "../ui/palette"
import { PreviewLink } from "../ui/preview-link"
import { Standing } from "../ui/pull-row"
import { ReviewedDiff } from "../ui/reviewed-diff"
import { SignOutDialog } from "../ui/sign-out"
import { ThreadView, troubleOf } from "../ui/thread"
import { useKeys } from "../ui/use-keys"
import { useStore } from "../ui/use-store"
import { t, tn, tx } from "../base/words"

/// How many files' differences are drawn at once: each is an editor.
const atOnce = 50

export interface PullScreenProps {
  app: AppContext
  number: number
}

/// A pull request: what it changes, how it stands, and, where that is the
/// editor's to do, merging it.
export function PullScreen({ app, number }: PullScreenProps) {
  const [pull, setPull] = useState<Pull | null>(null)
  const [files, setFiles] = useState<PullFile[]>([])
  const [shown, setShown] = useState(atOnce)
  const [branches, setBranches] = useState<Branch[]>([])
  const [failure, setFailure] = useState("")
  const [announced, setAnnounced] = useState<PostEntry>()
  const [busy, setBusy] = useState<"" | "merging" | "closing">("")
  const [problem, setProblem] = useState("")
  const [palette, setPalette] = useState(false)
  const [asking, setAsking] = useState<"" | "merge" | "close">("")
  const [signOut, setSignOut] = useState(false)
  const review = useMemo(() => createReview(app, number), [number])
  useEffect(() => () => review.destroy(), [review])
  const said = useStore(review.store)
  const { discussion } = said
  const person = app.site.person
  const words = placeOf(app.site, "pull", String(number))

  async function load(): Promise<void> {
    const answer = await app.api.pull(number)
    setPull(answer.pull)
    setFiles(answer.files ?? [])
    if (answer.pull.state !== "open" || answer.files?.length) return
    app.api.posts(answer.pull.base).then(({ posts, texts }) => setAnnounced(announcedPost(answer.pull, [...posts, ...(texts ?? [])])), () => {})
  }
  useEffect(() => {
    document.title = t("Pull request #{number} – Galley", { number })
    load().catch((error: unknown) => setFailure(problemOf(error).sentence))
    app.api.branches().then(setBranches, () => {})
  }, [number])

  // There is nothing to merge in one that changes nothing.
  const mayMerge = pull?.state === "open" && app.site.canMerge && files.length > 0
  const mayClose = pull?.state === "open" && isSame(pull.author, app.site.person)
  const mayReview = pull?.state === "open" && !isSame(pull.author, person) && files.length > 0
  const moved = !!pull && !!discussion && pull.state === "open" && discussion.head !== pull.head
  const elsewhere = discussion?.threads.filter(thread => !files.some(file => file.path === thread.path)) ?? []
  const trouble = troubleOf(said, "comment", "people", "verdict", ...files.map(file => file.path), ...(discussion?.threads.map(thread => thread.id) ?? []))
  async function end(how: "merge" | "close"): Promise<void> {
    if (busy || !pull) return
    setAsking("")
    setBusy(how === "merge" ? "merging" : "closing")
    setProblem("")
    try {
      setPull(how === "merge" ? await app.api.merge(number, pull.head) : await app.api.closePull(number))
    } catch (error) {
      const problem = problemOf(error)
      setProblem(problem.sentence)
      // What would be merged is another thing than what is shown.
      if (problem.kind === "stale") await load().catch((error: unknown) => setProblem(problemOf(error).sentence))
    } finally {
      setBusy("")
    }
  }

  const place = (name: string) => placeName(name, branches, [])
  const isText = (file: PullFile) => file.new !== null && file.text
  const post = files.find(isText) ?? announced
  const mayContinue = !!post && pull?.state === "open" && pull.canPush
  const actions: Action[] = [
    { id: "continue", name: t("Continue writing"), key: "Alt-c", enabled: () => mayContinue, run: () => app.go(continueAddress(pull!, post!.path)) },
    { id: "merge", name: t("Merge the pull request"), key: "Mod-Enter", enabled: () => mayMerge && !busy, run: () => setAsking("merge") },
    { id: "close", name: t("Close the pull request without merging it"), enabled: () => mayClose && !busy, run: () => setAsking("close") },
    { id: "desk", name: t("Go to the posts"), key: "Alt-l", run: () => app.go(deskAddress(pull?.base)) },
    ...(app.site.signIn ? [{ id: "sign-out", name: t("Sign out ({login})", { login: app.site.person.login }), run: () => setSignOut(true) }] : []),
    { id: "palette", name: t("All commands"), key: "Mod-Shift-p", run: () => setPalette(true) },
    { id: "palette-f1", name: t("All commands (this list)"), key: "F1", run: () => setPalette(true) },
  ]
  useKeys(actions)

  return (
    <div class="pull-screen">
      <header class="bar">
        <a class="back" href={deskAddress(pull?.base)}>{t("Posts")}</a>
        <p class="where">{t("Pull request #{number}", { number })}</p>
        <button type="button" class="quiet commands" onClick={() => setPalette(true)} title={t("All commands ({key})", { key: keyLabel("Mod-Shift-p") })}>{t("Commands")}</button>
        {mayClose && <button type="button" class="quiet" disabled={busy !== ""} onClick={() => setAsking("close")}>{busy === "closing" ? t("Closing") : t("Close")}</button>}
        {mayMerge
          ? <button type="button" class="primary" disabled={busy !== ""} onClick={() => setAsking("merge")}>{busy === "merging" ? t("Merging") : t("Merge")}</button>
          : mayContinue && <a class="button primary" href={continueAddress(pull, post.path)}>{t("Continue writing")}</a>}
      </header>
      <main>
        <header>
          {pull && <p class={"state " + pull.state} role="status">{states[pull.state]}</p>}
          <h1>{pull ? pull.title : t("Pull request #{number}", { number })}</h1>
          {pull && (
            <p class="facts">
              {isSame(pull.author, app.site.person)
                ? t("#{number} by you, {when}", { number, when: ago(Date.parse(pull.updated), Date.now()) })
                : t("#{number} by {author}, {when}", { number, author: personName(pull.author), when: ago(Date.parse(pull.updated), Date.now()) })}
              {pull.state === "open" && <Standing pull={discussion ? { ...pull, review: reviewOf(pull, discussion) } : pull} />}
            </p>
          )}
          {pull && (pull.state !== "open" || files.length > 0) && <p class="next">{nextOf(pull, pull.base === app.site.defaultBranch ? t("the site") : place(pull.base))}</p>}
          {pull && <PreviewLink address={pull.preview} />}
        </header>
        {failure && <p class="none" role="alert">{failure}</p>}
        {!failure && !pull && <p class="none" role="status">{t("Reading the pull request.")}</p>}
        {problem && <p class="notice bad" role="alert">{problem}</p>}
        {pull && bodyOf(pull) && <p class="body">{bodyOf(pull)}</p>}
        {pull && pull.writing.length > 0 && files.length > 0 && pull.state === "open" && <p class="taken">{tn(pull.writing.length, "It has taken the section {sections}.", "It has taken the sections {sections}.", { sections: listOf(pull.writing) })}</p>}
        {moved && <p class="notice" role="status">{tx("It has changed since you opened this page. {button}", { button: <button type="button" class="small" onClick={() => void load().catch((error: unknown) => setProblem(problemOf(error).sentence))}>{t("Show it as it is now")}</button> })}</p>}
        {trouble && <p class="notice bad" role="alert">{trouble} <button type="button" class="small" onClick={() => void review.look()}>{t("Read it again")}</button></p>}
        {pull && discussion && (
          <div class="how">
            <VerdictList discussion={discussion} person={person} />
            {pull.state === "open" && files.length > 0 && <AskReview api={app.api} pull={pull} review={review} />}
          </div>
        )}
        {files.slice(0, shown).map(file => (
          <section key={file.path} aria-label={file.path}>
            <div class="head">
              <h2><span class="folder">{file.path.slice(0, file.path.lastIndexOf("/") + 1)}</span>{file.path.replace(/^.*\//, "")}</h2>
              {(file.old !== null || file.new !== null) && <ChangeCount file={file} />}
              {pull?.state === "open" && pull.canPush && isText(file) && <a class="button small" href={continueAddress(pull, file.path)}>{t("Continue writing")}</a>}
            </div>
            {pull?.state === "open" && !pull.canPush && isText(file) && <CopyOffer app={app} pull={pull} file={file} />}
            {file.old === null && file.new === null
              ? <FilePicture pull={pull!} path={file.path} />
              : <ReviewedDiff file={file} head={pull!.head} review={review} person={person} place={words} nonce={app.nonce} />}
          </section>
        ))}
        {files.length > shown && <p><button type="button" onClick={() => setShown(shown + atOnce)}>{t("Show {count} more", { count: Math.min(atOnce, files.length - shown) })}</button></p>}
        {pull && files.length === 0 && (
          <p class="none">
            {pull.writing.length > 0 && pull.state === "open" ? t("Nothing is written in it yet. It tells others who writes {sections}.", { sections: listOf(pull.writing) }) : pull.state === "open" ? emptyOf(mayContinue, mayClose) : t("Nothing was written in it.")}
          </p>
        )}
        {pull && discussion && elsewhere.length > 0 && (
          <section class="astray" aria-label={t("On files that it does not change any more")}>
            <h2>{t("On files that it does not change any more")}</h2>
            {elsewhere.map(thread => <ThreadView key={thread.id} thread={thread} review={review} person={person} place={words} quoted />)}
          </section>
        )}
        {pull && discussion && (
          <section aria-label={t("Conversation")}>
            <h2>{t("Conversation")}</h2>
            <Conversation review={review} person={person} place={words} />
          </section>
        )}
        {pull && discussion && mayReview && (
          <section aria-label={t("Your review")}>
            <h2>{t("Your review")}</h2>
            <ReviewForm pull={pull} head={pull.head} review={review} place={words} onGiven={() => void load().catch(() => {})} />
          </section>
        )}
        {pull && (
          <p class="source">
            {tx("The branch {branch} into {base}", { branch: <code>{pull.branch}</code>, base: <code>{pull.base}</code> })}
            {leavesApp(pull.url) && <>, <a href={pull.url} target="_blank" rel="noopener noreferrer">{pull.url}</a></>}
          </p>
        )}
      </main>
      {asking === "close" && pull && mayClose && (
        <Dialog title={t("Close this pull request?")} onClose={() => setAsking("")}>
          <p>{files.length > 0
            ? <>{tx("What it changes does not get into {place}. Its text stays on the branch {branch}, and a draft in your browser is not touched: you can open another pull request from it.", { place: place(pull.base), branch: <code>{pull.branch}</code> })}</>
            : <>{tx("It changes nothing, and the branch {branch} stays. A draft in your browser is not touched.", { branch: <code>{pull.branch}</code> })}</>}
            {pull.writing.length > 0 && " " + t("Others are told no longer that you write {sections}.", { sections: listOf(pull.writing) })}</p>
          <footer>
            <button type="button" class="quiet" autofocus onClick={() => setAsking("")}>{t("Leave it open")}</button>
            <button type="button" class="danger" onClick={() => void end("close")}>{t("Close it")}</button>
          </footer>
        </Dialog>
      )}
      {asking === "merge" && pull && mayMerge && (
        <Dialog title={t("Merge this pull request?")} onClose={() => setAsking("")}>
          <p>{mergingOf(files, place(pull.base), pull.base === app.site.defaultBranch)} {t("Galley cannot take a merge back.")}</p>
          <footer>
            <button type="button" class="quiet" autofocus onClick={() => setAsking("")}>{t("Not yet")}</button>
            <button type="button" class="primary" onClick={() => void end("merge")}>{t("Merge into {place}", { place: place(pull.base) })}</button>
          </footer>
        </Dialog>
      )}
      {signOut && <SignOutDialog app={app} onClose={() => setSignOut(false)} />}
      {palette && <Palette actions={actions} onClose={() => setPalette(false)} />}
    </div>
  )
}

/// How much of a file is changed; counted once, since the screen is drawn often.
function ChangeCount({ file }: { file: PullFile }) {
  const { old, new: now } = file
  const lines = useMemo(() => (now === null ? "" : changedLines(old ?? "", now)), [old, now])
  return <p class="count">{now === null ? t("removed") : [old === null && t("a new file"), lines].filter(Boolean).join(", ")}</p>
}

/// What becomes of it, in a sentence. `place` is what it goes into.
function nextOf(pull: Pull, place: string): string {
  if (pull.state === "merged") return t("What it changes is in {place} now.", { place })
  if (pull.state === "closed") return t("It was closed without being merged into {place}.", { place })
  return t("It reaches {place} when it is merged.", { place })
}

/// What its author says, without what is told otherwise.
function bodyOf(pull: Pull): string {
  return pull.body.replace(/^Writing:.*$/gm, "").trim()
}

const states: Record<Pull["state"], string> = { open: t("Open"), merged: t("Merged"), closed: t("Closed") }
