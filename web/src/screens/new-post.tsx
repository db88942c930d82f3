import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../api"
import { freshKey, type AppContext } from "../app-context"
import { today } from "../posts"
import { editAddress } from "../router"
import { Dialog } from "../ui/dialog"

export interface NewPostDialogProps {
  app: AppContext
  branch: string
  onClose: () => void
}

/// Asks for a new post's title, date and slug, and opens it from the site's
/// template.
export function NewPostDialog({ app, branch, onClose }: NewPostDialogProps) {
  const [title, setTitle] = useState("")
  const [date, setDate] = useState(today)
  const [slug, setSlug] = useState("")
  const [path, setPath] = useState("")
  const [problem, setProblem] = useState("")
  const [busy, setBusy] = useState(false)
  // The path at which there turned out to be a post or a draft already.
  const [taken, setTaken] = useState("")

  // The path that these fields make, as the server says.
  useEffect(() => {
    let live = true
    const timer = setTimeout(() => {
      app.api.newPost(branch, { title: title.trim(), date, slug: slug.trim() }).then(
        answer => {
          if (!live) return
          setPath(answer.path)
          setProblem("")
        },
        error => live && (setPath(""), setProblem(problemOf(error).sentence)),
      )
    }, 200)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [title, date, slug])

  async function create(): Promise<void> {
    if (busy) return
    setBusy(true)
    try {
      const { path, text } = await app.api.newPost(branch, { title: title.trim(), date, slug: slug.trim() })
      const key = { site: app.site.name, person: app.site.person.login || app.site.person.email || "", branch, path }
      // A post or a draft of that name is never written over.
      const there = await app.api.post(branch, path).then(() => true, error => {
        if (problemOf(error).kind === "not-found") return false
        throw error
      })
      const kept = await app.drafts.get(key).catch(() => undefined)
      if (there || kept) {
        setPath(path)
        setTaken(path)
        return setBusy(false)
      }
      app.fresh.set(freshKey(branch, path), text)
      await app.drafts.put({ ...key, text, blob: "", base: "", title: title.trim() }, 0).catch(() => {})
      onClose()
      app.go(editAddress(branch, path))
    } catch (error) {
      setProblem(problemOf(error).sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog title="New post" onClose={onClose} busy={busy}>
      <form
        class="new-post"
        onSubmit={event => {
          event.preventDefault()
          void create()
        }}
      >
        <label>
          <span>Title <small>left empty, the site's pattern fills it in</small></span>
          <input name="title" autofocus value={title} maxLength={300} onInput={event => setTitle(event.currentTarget.value)} />
        </label>
        <label>
          <span>Date</span>
          <input name="date" type="date" required value={date} onInput={event => setDate(event.currentTarget.value)} />
        </label>
        <label>
          <span>Slug <small>the end of the file's name; may be left empty</small></span>
          <input name="slug" value={slug} maxLength={200} spellcheck={false} autocapitalize="none" onInput={event => setSlug(event.currentTarget.value)} />
        </label>
        <p class="path" role="status">{path ? <>It will be <code>{path}</code> on {branch}.</> : problem ? "" : "Asking where it goes."}</p>
        {taken !== "" && taken === path && (
          <p class="failed" role="alert">
            There is a post of that name already. Choose another date or slug, or <a href={editAddress(branch, path)} onClick={onClose}>open that post</a>.
          </p>
        )}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <footer>
          <button type="button" class="quiet" onClick={onClose} disabled={busy}>Not now</button>
          <button type="submit" class="primary" disabled={busy || date === ""}>{busy ? "Opening" : "Start writing"}</button>
        </footer>
      </form>
    </Dialog>
  )
}
