import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import type { AppContext } from "../../ui/app-context"
import type { Pull, PullFile } from "../../protocol/server"
import { sortPulls } from "../../forge/pulls"
import { pullAddress } from "../../protocol/routes"
import type { EditModel } from "../../post/edit-state"
import { continueAddress } from "../../post/in-pull"
import { CopyOffer } from "../../ui/copy-offer"
import { Dialog } from "../../ui/dialog"
import { PullRow } from "../../ui/pull-row"
import { useThere } from "../../ui/use-there"
import { t } from "../../base/words"

/// How often they are read anew while they are seen, in milliseconds.
const every = 15_000

/// The pull requests on a post, read once it is open, now and then while it is seen,
/// and when the writer comes back to it; empty until then, and where nobody can say.
export function usePostPulls(app: AppContext, path: string, open: boolean): Pull[] {
  const [pulls, setPulls] = useState<Pull[]>([])
  useEffect(() => {
    let live = true
    const read = () => {
      if (document.visibilityState === "visible") app.api.pulls(path).then(pulls => live && setPulls(pulls), () => {})
    }
    let timer: ReturnType<typeof setInterval> | undefined
    if (open) {
      read()
      timer = setInterval(read, every)
      addEventListener("focus", read)
      document.addEventListener("visibilitychange", read)
    }
    return () => {
      live = false
      clearInterval(timer)
      removeEventListener("focus", read)
      document.removeEventListener("visibilitychange", read)
    }
  }, [open, path])
  return pulls
}

/// How long a pull request is not asked for again when one comes back to the page, in
/// milliseconds.
const often = 10_000

/// Looks at a pull request when one comes back to the page, by which time it may be
/// shown somewhere; 0 for none.
export function useLookAtPull(app: AppContext, model: EditModel, number: number): void {
  useEffect(() => {
    if (number === 0) return
    let looked = Date.now()
    const back = () => {
      if (document.visibilityState !== "visible" || Date.now() - looked < often) return
      looked = Date.now()
      app.quiet.pull(number).then(({ pull }) => model.send({ type: "stands", pull }), () => {})
    }
    addEventListener("focus", back)
    document.addEventListener("visibilitychange", back)
    return () => {
      removeEventListener("focus", back)
      document.removeEventListener("visibilitychange", back)
    }
  }, [number])
}

export interface PostPullsDialogProps {
  app: AppContext
  /// The branch that the editor is on, or is for.
  base: string
  path: string
  pulls: readonly Pull[]
  /// The number of the pull request that the editor is on; 0 for none.
  current: number
  /// Saves what is typed, before the editor goes elsewhere.
  onLeave: () => Promise<void>
  onClose: () => void
}

/// One's own pull requests and others' on a post. Going on with one asks for it
/// alone: a list costs one request, however long it is.
export function PostPullsDialog({ app, base, path, pulls, current, onLeave, onClose }: PostPullsDialogProps) {
  const [asking, setAsking] = useState(0)
  const [problem, setProblem] = useState("")
  const [copy, setCopy] = useState<{ pull: Pull; file: PullFile } | null>(null)
  const there = useThere()
  const now = Date.now()

  async function goOn(number: number): Promise<void> {
    setAsking(number)
    setProblem("")
    setCopy(null)
    try {
      const { pull, files } = await app.api.pull(number)
      if (!there()) return // the dialog was closed, and somebody writes on here
      const file = files.find(file => file.path === path)
      if (pull.state !== "open") setProblem(pull.state === "merged" ? t("Pull request #{number} is merged by now.", { number }) : t("Pull request #{number} is closed by now.", { number }))
      else if (!file || file.new === null) setProblem(t("Pull request #{number} does not change this post.", { number }))
      else if (pull.canPush) {
        await onLeave()
        onClose()
        app.go(continueAddress(pull, path))
      } else setCopy({ pull, file })
    } catch (error) {
      setProblem(problemOf(error).sentence)
    }
    setAsking(0)
  }

  return (
    <Dialog title={t("Pull requests on this post")} onClose={onClose}>
      <ul class="pull-list">
        {sortPulls(pulls, base).map(pull => (
          <PullRow key={pull.number} pull={pull} person={app.site.person} now={now}>
            {pull.number === current
              ? <span class="tag">{t("here")}</span>
              : pull.state === "open" && (
                <button type="button" class="small" disabled={asking !== 0} aria-label={t("Continue pull request #{number}", { number: pull.number })} onClick={() => void goOn(pull.number)}>
                  {asking === pull.number ? t("Asking") : t("Continue")}
                </button>
              )}
          </PullRow>
        ))}
      </ul>
      {pulls.length === 0 && <p class="none">{t("There are none yet.")}</p>}
      {problem && <p class="failed" role="alert">{problem}</p>}
      {copy && <CopyOffer app={app} pull={copy.pull} file={copy.file} onGo={async () => {
        await onLeave()
        onClose()
      }} />}
      <footer>
        {copy && <a class="button" href={pullAddress(copy.pull.number)}>{t("Look at it")}</a>}
        <button type="button" class="quiet" onClick={onClose}>{t("Close")}</button>
      </footer>
    </Dialog>
  )
}
