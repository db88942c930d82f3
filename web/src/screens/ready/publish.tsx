import { useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import type { Ready } from "../../protocol/publishing"
import type { Pull } from "../../protocol/server"
import { leavesApp, pullAddress } from "../../protocol/routes"
import { keyLabel } from "../../ui/actions"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { Signing, useSigning } from "../../ui/signing"

export interface PublishProps {
  app: AppContext
  ready: Ready
  branch: string
  edition: boolean
  /// The pull request by which the branch reaches the site; null for none yet.
  own: Pull | null
  waiting: readonly Pull[]
  /// Whether the post is dated now.
  stamp: boolean
  onStamp: (stamp: boolean) => void
  onPublished: () => void
  /// Called when something changed on the way.
  onChanged: () => Promise<void>
}

/// Dates the post and merges it into what the site is published from, or hands it to
/// whoever may.
export function Publish({ app, ready, branch, edition, own, waiting, stamp, onStamp, onPublished, onChanged }: PublishProps) {
  const { api, site } = app
  const [asking, setAsking] = useState(false)
  const [doing, setDoing] = useState("")
  const [problem, setProblem] = useState("")
  const [handed, setHanded] = useState<Pull | null>(null)
  const [signed, setSigned] = useSigning(site)
  const errors = ready.diagnostics.filter(d => d.severity === "error").length
  const mayBegin = own !== null || (edition && site.canPush)

  async function publish(): Promise<void> {
    if (doing) return
    setProblem("")
    try {
      setDoing("Opening the pull request")
      const pull = own ?? (await api.propose(branch, site.defaultBranch, ready.title, ""))
      // What is dated is what was looked at; anything else is stale.
      if (stamp) {
        setDoing("Dating it now")
        // The server's clock, at this moment.
        const now = await api.ready(branch, ready.path, true)
        if (now.blob !== ready.blob) {
          await onChanged()
          throw new Error("moved")
        }
        if (now.stamped !== now.text) {
          await api.submit({
            base: site.defaultBranch, path: ready.path, text: now.stamped, blob: now.blob, earlier: [],
            title: `Date “${ready.title}”`, message: "", pull: pull.number, signOff: signed,
          }, () => {})
        }
      }
      const { pull: fresh } = await api.pull(pull.number)
      if (site.canMerge) {
        setDoing("Merging it")
        await api.merge(fresh.number, fresh.head)
        setAsking(false)
        onPublished()
      } else {
        setAsking(false)
        setHanded(fresh)
        await onChanged()
      }
    } catch (error) {
      setProblem(error instanceof Error && error.message === "moved" ? "The post was changed while you looked. This is how it is now; look again and publish then." : problemOf(error).sentence)
      setAsking(false)
      await onChanged().catch(() => {})
    } finally {
      setDoing("")
    }
  }

  const pull = handed ?? own
  return (
    <section class="step" aria-labelledby="publish-heading">
      <h2 id="publish-heading">1. Publish</h2>
      <fieldset class="dates" disabled={doing !== ""}>
        <legend>Its date</legend>
        <label class="check">
          <input type="radio" name="date" checked={stamp} onChange={() => onStamp(true)} />
          <span>Now, when it is published. It will be at <span class="address">{ready.stampedUrl || "an address that the settings do not name"}</span></span>
        </label>
        <label class="check">
          <input type="radio" name="date" checked={!stamp} onChange={() => onStamp(false)} />
          <span>As it is written. It will be at <span class="address">{ready.url}</span></span>
        </label>
      </fieldset>
      {problem && <p class="notice bad" role="alert">{problem}</p>}
      {handed && !site.canMerge && (
        <p class="notice" role="status">Pull request #{handed.number} holds all of it{stamp ? ", dated now" : ""}. Whoever may merges it {leavesApp(handed.url) ? <a href={handed.url} target="_blank" rel="noopener noreferrer">on GitHub</a> : <a href={pullAddress(handed.number)}>on its page</a>}; then it is published.</p>
      )}
      {mayBegin ? (
        <p class="do">
          <button type="button" id="publish-now" class="primary" disabled={doing !== ""} title={keyLabel("Mod-Enter")} onClick={() => setAsking(true)}>
            {doing || (site.canMerge ? "Publish now" : handed ? "Date it again" : "Make it ready to merge")}
          </button>
          {pull && <span class="hint">by <a href={pullAddress(pull.number)}>pull request #{pull.number}</a> into {site.defaultBranch}</span>}
          {!pull && <span class="hint">opens the edition's pull request into {site.defaultBranch}</span>}
        </p>
      ) : (
        <p class="hint">{edition ? `You may not push to ${site.name}, so somebody who may publishes it.` : `No pull request takes it into ${site.defaultBranch} yet. Open one from the text.`}</p>
      )}
      {asking && (
        <Dialog title={site.canMerge ? "Publish it now?" : "Make it ready to merge?"} busy={doing !== ""} onClose={() => setAsking(false)}>
          <p>{site.canMerge ? `It goes into ${site.defaultBranch}, which the site is published from. Galley cannot take that back.` : `Its pull request gets everything; merging it is done on GitHub.`}</p>
          {(errors > 0 || waiting.length > 0) && (
            <p class="failed">
              {[errors > 0 ? (errors === 1 ? "One error is left in it" : `${errors} errors are left in it`) : "", waiting.length > 0 ? (waiting.length === 1 ? "one open pull request is not in it" : `${waiting.length} open pull requests are not in it`) : ""].filter(Boolean).join(", and ")}.
            </p>
          )}
          {stamp && <Signing site={site} signed={signed} onSigned={setSigned} disabled={doing !== ""} />}
          <footer>
            <button type="button" class="quiet" disabled={doing !== ""} onClick={() => setAsking(false)}>Not yet</button>
            <button type="button" class="primary" autofocus disabled={doing !== ""} onClick={() => void publish()}>{doing || (site.canMerge ? "Publish" : "Make it ready")}</button>
          </footer>
        </Dialog>
      )}
    </section>
  )
}
