import { useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import type { Ready } from "../../protocol/publishing"
import type { Pull } from "../../protocol/server"
import { leavesApp, pullAddress } from "../../protocol/routes"
import { keyLabel } from "../../ui/actions"
import type { AppContext } from "../../ui/app-context"
import { Dialog } from "../../ui/dialog"
import { Signing, useSigning } from "../../ui/signing"
import { t, tn, tx } from "../../base/words"

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
  /// The post as it was looked at when the writer was asked; null where nobody asks. The
  /// screen goes on looking behind the question.
  const [asking, setAsking] = useState<Ready | null>(null)
  const [doing, setDoing] = useState("")
  const [problem, setProblem] = useState("")
  const [handed, setHanded] = useState<Pull | null>(null)
  const [signed, setSigned] = useSigning(site)
  const errors = ready.diagnostics.filter(d => d.severity === "error").length
  const mayBegin = own !== null || (edition && site.canPush)

  async function publish(looked: Ready): Promise<void> {
    if (doing) return
    setProblem("")
    try {
      setDoing(t("Opening the pull request"))
      const pull = own ?? (await api.propose(branch, site.defaultBranch, looked.title, ""))
      if (stamp) setDoing(t("Dating it now"))
      // What is published is what was looked at; anything else is stale. Its head is asked
      // for first: what comes behind that is not merged.
      let { pull: fresh } = await api.pull(pull.number)
      // By the server's clock, at this moment.
      const now = await api.ready(branch, looked.path, stamp)
      if (now.blob !== looked.blob) {
        await onChanged()
        throw new Error("moved")
      }
      if (stamp && now.stamped !== now.text) {
        fresh = await api.submit({
          base: site.defaultBranch, path: looked.path, text: now.stamped, blob: now.blob, earlier: [],
          title: `Date “${looked.title}”`, message: "", pull: pull.number, signOff: signed,
        }, () => {})
      }
      if (site.canMerge) {
        setDoing(t("Merging it"))
        await api.merge(fresh.number, fresh.head)
        setAsking(null)
        onPublished()
      } else {
        setAsking(null)
        setHanded(fresh)
        await onChanged()
      }
    } catch (error) {
      setProblem(error instanceof Error && error.message === "moved" ? t("The post was changed while you looked. This is how it is now; look again and publish then.") : problemOf(error).sentence)
      setAsking(null)
      await onChanged().catch(() => {})
    } finally {
      setDoing("")
    }
  }

  const pull = handed ?? own
  return (
    <section class="step" aria-labelledby="publish-heading">
      <h2 id="publish-heading">{t("1. Publish")}</h2>
      <fieldset class="dates" disabled={doing !== ""}>
        <legend>{t("Its date")}</legend>
        <label class="check">
          <input type="radio" name="date" checked={stamp} onChange={() => onStamp(true)} />
          <span>{tx("Now, when it is published. It will be at {address}", { address: <span class="address">{ready.stampedUrl || t("an address that the settings do not name")}</span> })}</span>
        </label>
        <label class="check">
          <input type="radio" name="date" checked={!stamp} onChange={() => onStamp(false)} />
          <span>{tx("As it is written. It will be at {address}", { address: <span class="address">{ready.url}</span> })}</span>
        </label>
      </fieldset>
      {problem && <p class="notice bad" role="alert">{problem}</p>}
      {handed && !site.canMerge && (
        <p class="notice" role="status">{stamp ? t("Pull request #{number} holds all of it, dated now.", { number: handed.number }) : t("Pull request #{number} holds all of it.", { number: handed.number })} {tx("Whoever may merges it {where}; then it is published.", { where: leavesApp(handed.url) ? <a href={handed.url} target="_blank" rel="noopener noreferrer">{t("on GitHub")}</a> : <a href={pullAddress(handed.number)}>{t("on its page")}</a> })}</p>
      )}
      {mayBegin ? (
        <p class="do">
          <button type="button" id="publish-now" class="primary" disabled={doing !== ""} title={keyLabel("Mod-Enter")} onClick={() => setAsking(ready)}>
            {doing || (site.canMerge ? t("Publish now") : handed ? t("Date it again") : t("Make it ready to merge"))}
          </button>
          {pull && <span class="hint">{tx("by {link} into {defaultBranch}", { link: <a href={pullAddress(pull.number)}>{t("pull request #{number}", { number: pull.number })}</a>, defaultBranch: site.defaultBranch })}</span>}
          {!pull && <span class="hint">{t("opens the edition's pull request into {defaultBranch}", { defaultBranch: site.defaultBranch })}</span>}
        </p>
      ) : (
        <p class="hint">{edition ? t("You may not push to {name}, so somebody who may publishes it.", { name: site.name }) : t("No pull request takes it into {defaultBranch} yet. Open one from the text.", { defaultBranch: site.defaultBranch })}</p>
      )}
      {asking && (
        <Dialog title={site.canMerge ? t("Publish it now?") : t("Make it ready to merge?")} busy={doing !== ""} onClose={() => setAsking(null)}>
          <p>{site.canMerge ? t("It goes into {defaultBranch}, which the site is published from. Galley cannot take that back.", { defaultBranch: site.defaultBranch }) : t("Its pull request gets everything; merging it is done on GitHub.")}</p>
          {(errors > 0 || waiting.length > 0) && (
            <p class="failed">
              {[errors > 0 && tn(errors, "One error is left in it.", "{count} errors are left in it."), waiting.length > 0 && tn(waiting.length, "One open pull request is not in it.", "{count} open pull requests are not in it.")].filter(Boolean).join(" ")}
            </p>
          )}
          {stamp && <Signing site={site} signed={signed} onSigned={setSigned} disabled={doing !== ""} />}
          <footer>
            <button type="button" class="quiet" autofocus disabled={doing !== ""} onClick={() => setAsking(null)}>{t("Not yet")}</button>
            <button type="button" class="primary" disabled={doing !== ""} onClick={() => void publish(asking)}>{doing || (site.canMerge ? t("Publish") : t("Make it ready"))}</button>
          </footer>
        </Dialog>
      )}
    </section>
  )
}
