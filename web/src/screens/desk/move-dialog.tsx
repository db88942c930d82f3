import { useEffect, useState } from "preact/hooks"
import { problemOf, type MoveWish } from "../../forge/api"
import { nameOf, today } from "../../forge/posts"
import { forgetWords, placeOf, within } from "../../post/kept-words"
import { beginText, draftThere } from "../../post/fresh-text"
import { editAddress } from "../../protocol/routes"
import type { Move } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { useKeptWords } from "../../ui/use-kept-words"
import { useThere } from "../../ui/use-there"
import type { FileDialogProps } from "./delete-dialog"
import { Others, SubmissionFields, Submitted, useFileSubmission, useSubmissionWords } from "./submission"
import { t, tn, tx } from "../../base/words"

export type MoveKind = "rename" | "publish" | "unpublish" | "copy"

const words: Record<MoveKind, { title: (name: string) => string; pull: (name: string) => string }> = {
  rename: { title: name => t("Rename “{name}”", { name }), pull: name => `Rename “${name}”` },
  publish: { title: name => t("Publish “{name}”", { name }), pull: name => `Publish “${name}”` },
  unpublish: { title: name => t("Take “{name}” back to the drafts", { name }), pull: name => `Take “${name}” back to the drafts` },
  copy: { title: name => t("Duplicate “{name}”", { name }), pull: () => "" },
}

/// Asks for a text's new day and slug, shows what becomes of it, and proposes that,
/// or, of a copy, opens it in the editor.
export function MoveDialog({ app, branch, post, draft, others, kind, onClose, onChanged }: FileDialogProps & { kind: MoveKind }) {
  const name = nameOf(post)
  const copies = kind === "copy"
  const toPost = kind === "publish" || kind !== "unpublish" && post.group === undefined
  const at = placeOf(app.site, "post", branch, post.path, kind)
  // "" is what it has now.
  const day = useKeptWords(within(at, "day"), kind === "publish" || copies && toPost ? today() : "")
  const [redirect, setRedirect] = useState(true)
  // As its file's name has it: nothing comes into a field that somebody types in.
  const file = post.path.replace(/^.*\//, "").replace(/\.[^.]*$/, "")
  const was = post.slug || (post.group === "drafts" ? file.replace(/^\d{2,4}-\d{1,2}-\d{1,2}-/, "") : file)
  const slugAtFirst = copies && !toPost ? was + "-copy" : was
  const slug = useKeptWords(within(at, "slug"), slugAtFirst)
  const [answer, setAnswer] = useState<{ move: Move; of: string } | null>(null)
  const [problem, setProblem] = useState("")
  const said = useSubmissionWords(at, words[kind].pull(name))
  const submission = useFileSubmission(app, onChanged)

  const wish: MoveWish = {
    day: toPost ? day.text : "", slug: slug.typed || slugAtFirst !== was ? slug.text.trim() : "",
    group: kind === "publish" ? "posts" : kind === "unpublish" ? "drafts" : "", redirect: kind === "rename" && redirect, copy: copies,
  }
  // What was asked about a text that is another by now is asked anew.
  const of = JSON.stringify([wish, submission.stale])
  const move = answer?.move ?? null
  // What is shown may be the answer to what stood there a moment ago: it is not carried out.
  const asked = answer?.of === of
  useEffect(() => {
    let live = true
    // At once when the dialog opens, and while one types not for every letter.
    const timer = setTimeout(() => {
      app.api.move(branch, post.path, wish).then(
        move => {
          if (!live) return
          setAnswer({ move, of })
          setProblem("")
        },
        (error: unknown) => live && (setAnswer(null), setProblem(problemOf(error).sentence)),
      )
    }, move || problem ? 200 : 0)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [of])

  const there = useThere()
  const stays = move !== null && move.path === post.path
  const open = async () => {
    const { path, text } = move!
    const kept = await draftThere(app, branch, path)
    if (!there()) return // it was called off
    if (kept) {
      setProblem(t("This browser keeps a draft of that name. Choose another slug, or go on with that draft."))
      return
    }
    await beginText(app, branch, path, text, post.title)
    forgetWords(at)
    onClose()
    app.go(editAddress(branch, path))
  }

  if (submission.pull) return <Submitted pull={submission.pull} base={branch} onClose={onClose} />
  const redirects = move !== null && move.redirects && move.published !== "" && (move.published !== move.address || kind === "unpublish")
  return (
    <Dialog title={words[kind].title(name)} onClose={onClose} busy={submission.sending}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (!move || !asked) return
          if (copies) void open()
          else void submission.send({ base: branch, path: move.path, text: move.text, blob: "", from: post.path, fromBlob: move.blob }, { ...said, message: { ...said.message, sent: () => forgetWords(at) } })
        }}
      >
        {toPost && (
          <label>
            <span>{t("Date")}</span>
            <input name="date" type="date" required value={day.typed ? day.text : day.text || post.date} disabled={submission.sending} onInput={event => day.put(event.currentTarget.value)} />
          </label>
        )}
        <label>
          <span>{tx("Slug {small}", { small: <small>{t("the end of the file's name")}</small> })}</span>
          <input name="slug" autofocus required maxLength={200} spellcheck={false} autocapitalize="none" value={slug.text} disabled={submission.sending} onInput={event => slug.put(event.currentTarget.value)} />
        </label>
        <p class="path" role="status">
          {!move ? (problem ? "" : t("Asking where it goes.")) : stays ? <>{tx("It is {code} now.", { code: <code>{move.path}</code> })}</> : (<>
              {move.address
                ? tx("It will be {path}, at {address}.", { path: <code>{move.path}</code>, address: <code>{move.address}</code> })
                : tx("It will be {path}.", { path: <code>{move.path}</code> })}
              {!copies && move.published && move.published !== move.address && <>{" "}{tx("The site has it at {address} today.", { address: <code>{move.published}</code> })}</>}
            </>)}
        </p>
        {kind === "rename" && redirects && (
          <label class="check">
            <input type="checkbox" name="redirect" checked={redirect} disabled={submission.sending} onChange={event => setRedirect(event.currentTarget.checked)} />
            <span>{tx("Lead from {code} to the new address", { code: <code>{move.published}</code> })}</span>
          </label>
        )}
        {kind !== "copy" && move !== null && !move.redirects && move.published !== "" && !stays && move.published !== move.address && (
          <p class="note">{t("Whoever has the old address finds nothing there: this site has no plugin that leads on from old addresses (jekyll-redirect-from).")}</p>
        )}
        {!copies && move !== null && move.links.length > 0 && (
          <div class="met">
            <p>{tn(move.links.length, "One place of the site names it as it is called now:", "{count} places of the site name it as it is called now:")}</p>
            <ul>{move.links.map(link => <li key={link}><code>{link}</code></li>)}</ul>
          </div>
        )}
        {move?.taken && !stays && <p class="failed" role="alert">{t("There is a file of that name already. Choose another date or slug.")}</p>}
        {move?.shared && !move.taken && <p class="failed" role="alert">{tx("Both would be at {code}, and the site keeps one page of the two. Choose another slug, or another date.", { code: <code>{move.address}</code> })}</p>}
        {draft && !copies && <p class="met">{t("A draft of it waits in this browser and is not part of this. It stays; when this is merged, the editor offers to take it to the new name.")}</p>}
        {!copies && <Others app={app} others={others} />}
        {!copies && <SubmissionFields app={app} of={submission} words={said} />}
        <NotKept fields={[day, slug]} />
        {problem && <p class="failed" role="alert">{problem}</p>}
        <footer>
          <button type="button" class="quiet" disabled={submission.sending} onClick={onClose}>{t("Not now")}</button>
          <button type="submit" class="primary" disabled={submission.sending || !move || !asked || move.taken || move.shared || stays || (!copies && said.title.text.trim() === "")}>
            {copies ? t("Start writing") : submission.sending ? t("Opening") : t("Open pull request")}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
