import { useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { beginText, draftThere } from "../../post/fresh-text"
import type { DataKind } from "../../protocol/data"
import { editAddress } from "../../protocol/routes"
import type { PostEntry } from "../../protocol/server"
import { dataFolder, dataPath } from "../../text/data-path"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { t, tx } from "../../base/words"

export interface NewDataDialogProps {
  app: AppContext
  branch: string
  /// The data files that there are, or null while nothing is known of them.
  files: readonly PostEntry[]
  onClose: () => void
}

/// What a new file may be written in, and how it begins: as what templates can list.
const kinds: readonly { kind: DataKind; ending: string; name: string; begin: string }[] = [
  { kind: "yaml", ending: ".yml", name: "YAML", begin: "" },
  { kind: "csv", ending: ".csv", name: "CSV", begin: "" },
  { kind: "json", ending: ".json", name: "JSON", begin: "[]\n" },
]

/// Asks what a new data file is called, and opens it. It is in no commit before it is
/// submitted.
export function NewDataDialog({ app, branch, files, onClose }: NewDataDialogProps) {
  const [name, setName] = useState("")
  const [ending, setEnding] = useState(".yml")
  const [problem, setProblem] = useState("")
  const [taken, setTaken] = useState("")
  const [busy, setBusy] = useState(false)
  const path = dataPath(dataFolder(files.map(file => file.path)), name, ending)

  async function create(): Promise<void> {
    if (busy || !path) return
    setBusy(true)
    setProblem("")
    const text = kinds.find(one => path.endsWith(one.ending))?.begin ?? ""
    try {
      // Whether it would be one of the site's, its settings say.
      await app.api.data(branch, path, text)
      const there = files.some(file => file.path === path) || (await draftThere(app, branch, path))
        || (await app.api.post(branch, path).then(() => true, (error: unknown) => {
          if (problemOf(error).kind === "not-found") return false
          throw error
        }))
      if (there) {
        setTaken(path)
        return setBusy(false)
      }
      await beginText(app, branch, path, text, "")
      onClose()
      app.go(editAddress(branch, path))
    } catch (error) {
      setProblem(problemOf(error).sentence)
      setBusy(false)
    }
  }

  return (
    <Dialog title={t("New data file")} onClose={onClose} busy={busy}>
      <form class="new-post" onSubmit={event => {
        event.preventDefault()
        void create()
      }}>
        <label>
          <span>{tx("Name {small}", { small: <small>{t("templates call it so; a slash makes a folder")}</small> })}</span>
          <input name="name" autofocus value={name} maxLength={200} spellcheck={false} autocapitalize="none" readOnly={busy} onInput={event => setName(event.currentTarget.value)} />
        </label>
        <label>
          <span>{t("Written in")}</span>
          <select name="kind" value={ending} disabled={busy} onChange={event => setEnding(event.currentTarget.value)}>
            {kinds.map(one => <option key={one.ending} value={one.ending}>{one.name}</option>)}
          </select>
        </label>
        <p class="path" role="status">{path ? tx("It will be {code}.", { code: <code>{path}</code> }) : t("A name has letters and digits.")}</p>
        {taken === path && path && (
          <p class="failed" role="alert">{tx("There is a data file of that name already. Choose another name, or {link}.", { link: <a href={editAddress(branch, path)} onClick={onClose}>{t("open that file")}</a> })}</p>
        )}
        {problem && <p class="failed" role="alert">{problem}</p>}
        <footer>
          <button type="button" class="quiet" onClick={onClose} disabled={busy}>{t("Not now")}</button>
          <button type="submit" class="primary" disabled={busy || !path}>{busy ? t("Opening") : t("Start writing")}</button>
        </footer>
      </form>
    </Dialog>
  )
}
