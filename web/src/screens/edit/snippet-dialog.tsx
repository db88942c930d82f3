import { useEffect, useMemo, useRef, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import type { Snippet, Snippets } from "../../protocol/server"
import type { EditModel } from "../../post/edit-state"
import { placeOf, wordsAt } from "../../post/kept-words"
import { faultOf, snippetAt, writeSnippet } from "../../text/snippet-tag"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { NotKept } from "../../ui/not-kept"
import { t, tx } from "../../base/words"

export interface SnippetDialogProps {
  app: AppContext
  branch: string
  /// The post's.
  path: string
  model: EditModel
  onClose: () => void
}

/// Inserts one of the site's snippets by its fields, or changes the one that the cursor
/// is in.
export function SnippetDialog({ app, branch, path, model, onClose }: SnippetDialogProps) {
  // What is edited is where the cursor was when the dialog opened.
  const [place] = useState(() => {
    const view = model.editor()?.view
    if (!view) return null
    const { from, to } = view.state.selection.main
    const doc = view.state.doc.toString()
    return { doc, text: model.text(), from, to, old: from === to ? snippetAt(doc, from) : null }
  })
  const [known, setKnown] = useState<Snippets | null>(null)
  const [pictures, setPictures] = useState<readonly string[]>([])
  const [failure, setFailure] = useState("")
  const [chosen, setChosen] = useState(place?.old?.include ?? "")
  // Of each snippet, and of each tag that is in the text.
  const kept = useMemo(() => wordsAt(placeOf(app.site, "post", branch, path, "snippet", place?.old ? place.doc.slice(place.old.from, place.old.to) : chosen)), [chosen])
  const [begun] = useState(() => Object.fromEntries(place?.old?.params.map(({ name, value }) => [name, value]) ?? []))
  const [values, setValues] = useState<Record<string, string>>({ ...begun, ...valuesIn(kept.text) })
  useEffect(() => setValues(all => ({ ...all, ...valuesIn(kept.text) })), [kept])
  const written = useRef<string | null>(null) // to be inserted
  useEffect(() => {
    app.api.snippets(branch).then(setKnown, (error: unknown) => setFailure(problemOf(error).sentence))
    app.api.pictures(branch).then(setPictures, () => {})
  }, [])
  if (!place) return null
  const { old } = place
  const named = known?.snippets.find(({ include }) => include === chosen)
  // What stands in the tag is a field, too, whatever the settings say.
  const snippet: Snippet | undefined = known && old && chosen === old.include ? {
    name: named?.name ?? old.include, include: old.include,
    fields: [...(named?.fields ?? []), ...old.params.filter(({ name }) => !named?.fields.some(field => field.name === name)).map(({ name }) => ({ name, label: name, picture: false, long: false }))],
  } : named
  /// A field of one line would take the line ends out of what stands in the tag.
  const hasLines = (name: string) => (begun[name] ?? "").includes("\n")
  const fault = snippet?.fields.map(({ name }) => faultOf(values[name] ?? "")).find(Boolean) ?? ""

  /// What a field is filled with, without stray blanks around what was typed.
  function filled(name: string): string {
    const value = values[name] ?? ""
    return value === begun[name] || hasLines(name) ? value : value.trim()
  }

  function put(): void {
    if (!snippet || !place) return
    if (model.text() !== place.text) return setFailure(t("Your text was changed meanwhile, so that it is not known any more where this goes. Copy what you need from here, close this, and begin again."))
    written.current = writeSnippet(snippet.include, snippet.fields.map(({ name }) => [name, filled(name)]), old)
    onClose()
  }

  /// In one go with the focus, which comes back first: what is typed stands behind it.
  function gone(): void {
    const text = written.current
    if (text === null || !place) return
    const { from, to } = old ?? place
    model.inSource(editor => {
      if (editor.view.state.doc.toString() !== place.doc) return // merged meanwhile: where it was is not known any more
      editor.view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length }, userEvent: "input", scrollIntoView: true })
      kept.keep("")
      editor.focus()
    })
  }

  return (
    <Dialog title={old ? t("Edit “{name}”", { name: snippet?.name ?? old.include }) : t("Insert a snippet")} onClose={onClose} onGone={gone}>
      <form
        onSubmit={event => {
          event.preventDefault()
          put()
        }}
      >
        {!known && !failure && <p role="status">{t("Asking which snippets the site has.")}</p>}
        {failure && <p class="failed" role="alert">{failure}</p>}
        {known?.wrong.map(sentence => <p key={sentence} class="failed">{sentence}</p>)}
        {known && known.snippets.length === 0 && !old && <p>{tx("This site names no snippets. Its settings can: {key} in {file} lists includes, such as {include}, and their parameters become fields here.", { key: <code>galley.snippets</code>, file: <code>_config.yml</code>, include: <code>figure.html</code> })}</p>}
        {known && known.snippets.length > 0 && !old && (
          <label>
            <span>{t("Snippet")}</span>
            <select name="snippet" autofocus required value={chosen} onChange={event => setChosen(event.currentTarget.value)}>
              <option value="">{t("Choose one")}</option>
              {known.snippets.map(({ include, name }) => <option key={include} value={include}>{name}</option>)}
            </select>
          </label>
        )}
        {snippet?.fields.map(({ name, label, picture, long }, i) => {
          const common = { name, value: values[name] ?? "", dir: "auto" as const, autofocus: old !== null && i === 0 }
          const set = (value: string) => {
            const next = { ...values, [name]: value }
            setValues(next)
            kept.keep(Object.entries(next).every(([name, value]) => value === (begun[name] ?? "")) ? "" : JSON.stringify(next))
          }
          return (
            <label key={snippet.include + name}>
              <span>{label}</span>
              {long || hasLines(name) ? <textarea rows={3} {...common} onInput={event => set(event.currentTarget.value)} /> : <input type="text" {...common} list={picture ? "site-pictures" : undefined} onInput={event => set(event.currentTarget.value)} />}
            </label>
          )
        })}
        <datalist id="site-pictures">{snippet?.fields.some(({ picture }) => picture) && pictures.map(address => <option key={address} value={address} />)}</datalist>
        {fault && <p class="failed" role="alert">{fault}</p>}
        <NotKept fields={[kept]} />
        <footer>
          <button type="button" class="quiet" onClick={onClose}>{t("Not now")}</button>
          <button type="submit" class="primary" disabled={!snippet || fault !== ""}>{old ? t("Change it") : t("Insert")}</button>
        </footer>
      </form>
    </Dialog>
  )
}

/// What was typed into fields, as it is kept.
function valuesIn(kept: string): Record<string, string> {
  try {
    const found = Object.entries(JSON.parse(kept || "{}") as object)
    return Object.fromEntries(found.filter((entry): entry is [string, string] => typeof entry[1] === "string"))
  } catch {
    return {}
  }
}
