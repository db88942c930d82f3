import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { isSame, personName } from "../../forge/people"
import { beginText, draftThere } from "../../post/fresh-text"
import { forgetWords, placeOf, within } from "../../post/kept-words"
import type { AppContext } from "../../ui/app-context"
import { today } from "../../forge/posts"
import type { Carried, NewPost, Pull } from "../../protocol/server"
import { findAdding } from "../../forge/pulls"
import { editAddress, pullAddress } from "../../protocol/routes"
import { continueAddress } from "../../post/in-pull"
import { firstPlace } from "../../text/first-place"
import { BranchChoice, nameOfPlace, Where } from "../../ui/branch-choice"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { Signing, useSigning } from "../../ui/signing"
import { useKeptWords } from "../../ui/use-kept-words"
import { t, tn, tx } from "../../base/words"

export interface NewPostDialogProps {
  app: AppContext
  /// "" for the branch of the post's edition.
  branch: string
  onClose: () => void
}

/// "From the last edition it takes along Events (2; 1 has passed)".
function carriedWords(list: readonly Carried[]): string {
  const one = ({ name, kept, passed }: Carried) => `${name} (${kept}${passed > 0 ? "; " + tn(passed, "1 has passed", "{count} have passed") : ""})`
  const taken = list.filter(({ kept }) => kept > 0).map(one)
  const gone = list.filter(({ kept }) => kept === 0).map(({ name }) => name)
  return [
    taken.length > 0 ? t("From the last edition it takes along {sections}.", { sections: taken.join(", ") }) : "",
    gone.length > 0 ? t("All in {sections} has passed.", { sections: gone.join(", ") }) : "",
  ].filter(Boolean).join(" ")
}

/// Asks for a new post's title, date and slug, and opens it from the site's
/// template.
export function NewPostDialog({ app, branch, onClose }: NewPostDialogProps) {
  const at = placeOf(app.site, "new-post")
  const title = useKeptWords(within(at, "title"))
  const [date, setDate] = useState(app.site.nextEdition ?? today)
  const slug = useKeptWords(within(at, "slug"))
  const [place, setPlace] = useState<NewPost | null>(null)
  // The branch that was chosen instead of the edition's.
  const [chosen, setChosen] = useState(branch)
  const [problem, setProblem] = useState("")
  const [busy, setBusy] = useState(false)
  // The address of a post or draft that turned out to be there already.
  const [taken, setTaken] = useState("")
  // The open pull request that adds a post of that name; null for none.
  const [adding, setAdding] = useState<{ pull: Pull; path: string } | null>(null)
  const [signed, setSigned] = useSigning(app.site)
  const path = place?.path ?? ""
  const begins = place !== null && !place.exists && app.site.canPush
  const name = place ? nameOfPlace(place, chosen, app.site.defaultBranch) : ""
  const added = adding?.path === path ? adding.pull : null

  // The path that these fields make, as the server says.
  useEffect(() => {
    let live = true
    // At once when the dialog opens, and while one types not for every letter.
    const timer = setTimeout(() => {
      app.api.newPost(chosen, { title: title.text.trim(), date, slug: slug.text.trim() }).then(
        answer => {
          if (!live) return
          setPlace(answer)
          setProblem("")
        },
        (error: unknown) => live && (setPlace(null), setProblem(problemOf(error).sentence)),
      )
    }, place ? 200 : 0)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [title.text, date, slug.text, chosen])

  useEffect(() => {
    let live = true
    if (path) findAdding(app.api, path).then(pull => live && setAdding(pull && { pull, path }), () => {})
    return () => {
      live = false
    }
  }, [path])

  async function create(): Promise<void> {
    if (busy) return
    setBusy(true)
    setProblem("")
    const told = begins ? place.branch : ""
    try {
      const fields = { title: title.text.trim(), date, slug: slug.text.trim() }
      let place = await app.api.newPost(chosen, fields)
      const begins = !place.exists && app.site.canPush
      if (!place.exists && !begins) place = await app.api.newPost(place.from, fields)
      setPlace(place)
      const { path, text, branch } = place
      // All see the commit that begins one: it is made by who was told of it, and not by
      // who was quicker than the answer.
      if (begins && branch !== told) return setBusy(false)
      // A post or a draft of that name is never written over.
      if (place.taken || (await draftThere(app, branch, path))) {
        setTaken(editAddress(branch, path))
        return setBusy(false)
      }
      // Who was told of it means another.
      if (!added) {
        const pull = await findAdding(app.api, path).catch(() => null)
        if (pull) {
          setAdding({ pull, path })
          return setBusy(false)
        }
      }
      if (begins) {
        // Whoever was quicker began it, and this is theirs.
        await app.api.startBranch({ name: branch, from: place.from, path, text, title: `Begin ${nameOfPlace(place, chosen, app.site.defaultBranch)}`, signOff: signed })
        forgetWords(at)
        onClose()
        return app.go(editAddress(branch, path, "", 0, text.slice(0, firstPlace(text)).split("\n").length))
      }
      await beginText(app, branch, path, text, title.text.trim())
      forgetWords(at)
      onClose()
      app.go(editAddress(branch, path))
    } catch (error) {
      setProblem(problemOf(error).sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog title={t("New post")} onClose={onClose} busy={busy}>
      <form
        class="new-post"
        // Held down, it would answer what it has just been told.
        onKeyDown={event => event.key === "Enter" && event.repeat && event.preventDefault()}
        onSubmit={event => {
          event.preventDefault()
          void create()
        }}
      >
        {/* What is typed behind Enter would be lost. Not disabled: the focus stays for another Enter. */}
        <label>
          <span>{tx("Title {small}", { small: <small>{t("left empty, the site's pattern fills it in")}</small> })}</span>
          <input name="title" autofocus value={title.text} maxLength={300} readOnly={busy} onInput={event => title.put(event.currentTarget.value)} />
        </label>
        <label>
          <span>{t("Date")}</span>
          <input name="date" type="date" required value={date} readOnly={busy} onInput={event => setDate(event.currentTarget.value)} />
        </label>
        <label>
          <span>{tx("Slug {small}", { small: <small>{t("the end of the file's name; may be left empty")}</small> })}</span>
          <input name="slug" value={slug.text} maxLength={200} spellcheck={false} autocapitalize="none" readOnly={busy} onInput={event => slug.put(event.currentTarget.value)} />
        </label>
        <NotKept fields={[title, slug]} />
        <p class="path" role="status">{place ? <>{tx("It will be {code} {where}.", { code: <code>{path}</code>, where: <Where place={place} name={name} canPush={app.site.canPush} /> })}</> : problem ? "" : t("Asking where it goes.")}</p>
        <BranchChoice app={app} place={place} chosen={chosen} name={name} disabled={busy} onChoose={setChosen} />
        {begins && <p class="path">{t("One commit has it there at once, so that others find its sections.")}</p>}
        {begins && app.site.signOff !== "never" && <Signing site={app.site} signed={signed} onSigned={setSigned} disabled={busy} />}
        {place?.carried && <p class="path">{carriedWords(place.carried)}</p>}
        {place !== null && taken === editAddress(place.branch, path) && (
          <p class="failed" role="alert">
            {tx("There is a post of that name already. Choose another date or slug, or {link}.", { link: <a href={taken} onClick={onClose}>{t("open that post")}</a> })}
          </p>
        )}
        {added && (
          <p class="met" role="alert">
            {isSame(added.author, app.site.person)
              ? t("Your pull request #{number} already adds this post.", { number: added.number })
              : t("{author}'s pull request #{number} already adds this post.", { author: personName(added.author), number: added.number })}
            {" "}
            <a href={added.canPush ? continueAddress(added, path) : pullAddress(added.number)} onClick={onClose}>{added.canPush ? t("Continue there") : t("Look at it")}</a>
          </p>
        )}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <footer>
          <button type="button" class="quiet" onClick={onClose} disabled={busy}>{t("Not now")}</button>
          <button type="submit" class="primary" disabled={busy || date === ""}>{busy ? t("Opening") : begins ? t("Begin the edition") : t("Start writing")}</button>
        </footer>
      </form>
    </Dialog>
  )
}
