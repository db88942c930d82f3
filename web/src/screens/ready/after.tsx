import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { longDate } from "../../forge/posts"
import { whyAgain, type SentOf } from "../../post/sent"
import type { Live, Ready } from "../../protocol/publishing"
import { editAddress } from "../../protocol/routes"
import type { AppContext } from "../../ui/app-context"
import { t } from "../../base/words"

export interface AfterProps {
  app: AppContext
  ready: Ready
  sent: SentOf
  /// The commit that brought it to the default branch, or that is at its head; "" for
  /// none.
  commit: string
}

/// How often it is asked whether it is live, in milliseconds.
const every = 10_000

/// What there is to do once a post is published.
export function After({ app, ready, sent, commit }: AfterProps) {
  const [live, setLive] = useState<Live | null>(null)
  const [trouble, setTrouble] = useState("")
  useEffect(() => {
    setLive(null) // is of the commit before
    setTrouble("")
    if (!commit) return
    let ended = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = async () => {
      let now: Live | null = null
      if (document.visibilityState === "visible") {
        try {
          now = await app.api.live(ready.path, commit)
          if (ended) return
          setLive(now)
          setTrouble("")
        } catch (error) {
          if (ended) return
          setTrouble(problemOf(error).sentence)
        }
      }
      if (!ended && (now === null || now.state === "waiting" || now.state === "building")) timer = setTimeout(() => void look(), every)
    }
    void look()
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [commit])

  const again = Object.entries(sent).flatMap(([what, one]) => {
    const why = whyAgain(one, ready.url, what === "mail" ? ready.mail?.text ?? one.text : one.text)
    return why ? [{ what: what === "mail" ? t("The mail") : t("The text for {label}", { label: ready.social.find(s => s.name === what)?.label ?? what }), why }] : []
  })
  return (
    <section class="after" aria-labelledby="after-heading">
      <h2 id="after-heading">{t("It is on {defaultBranch}", { defaultBranch: app.site.defaultBranch })}</h2>
      <p>{ready.url ? <a class="live" href={ready.url} target="_blank" rel="noopener noreferrer">{ready.url}</a> : t("The settings name no address of the site (url).")}{ready.date ? ", " + t("of {date}", { date: longDate(ready.date.slice(0, 10)) }) : ""}</p>
      <p class={live?.state === "failed" ? "standing-now failed" : "standing-now"} role="status">
        {live && <><span class="word">{words[live.state]}</span> {live.sentence}{live.url && <> <a href={live.url} target="_blank" rel="noopener noreferrer">{t("Read more")}</a></>}</>}
        {!live && (trouble || (commit ? t("Asking whether it is live.") : ""))}
      </p>
      <p class="do">
        <a class="button" href={editAddress(app.site.defaultBranch, ready.path)}>{t("Fix something")}</a>
        <span class="hint">{t("One change is one commit, in a pull request into {defaultBranch}.", { defaultBranch: app.site.defaultBranch })}</span>
      </p>
      {again.length > 0 && (
        <div class="notice bad" role="alert">
          <ul>{again.map(({ what, why }) => <li key={what}>{what} {why}.</li>)}</ul>
        </div>
      )}
    </section>
  )
}

const words: Record<Live["state"], string> = { none: t("Here"), waiting: t("Wait"), building: t("Wait"), failed: t("Failed"), done: t("Done"), live: t("Live") }
