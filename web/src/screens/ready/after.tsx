import { longDate } from "../../forge/posts"
import { whyAgain, type SentOf } from "../../post/sent"
import type { Ready } from "../../protocol/publishing"
import type { Pull } from "../../protocol/server"
import { editAddress } from "../../protocol/routes"
import type { AppContext } from "../../ui/app-context"

export interface AfterProps {
  app: AppContext
  ready: Ready
  sent: SentOf
  /// The pull request that brought it; null where that is not known.
  merged: Pull | null
}

/// What there is to do once a post is published.
export function After({ app, ready, sent }: AfterProps) {
  const again = Object.entries(sent).flatMap(([what, one]) => {
    const why = whyAgain(one, ready.url, what === "mail" ? ready.mail?.text ?? one.text : one.text)
    return why ? [{ what: what === "mail" ? "The mail" : `The text for ${ready.social.find(s => s.name === what)?.label ?? what}`, why }] : []
  })
  return (
    <section class="after" aria-labelledby="after-heading">
      <h2 id="after-heading">It is on {app.site.defaultBranch}</h2>
      <p>{ready.url ? <a class="live" href={ready.url} target="_blank" rel="noopener noreferrer">{ready.url}</a> : "The settings name no address of the site (url)."}{ready.date ? `, of ${longDate(ready.date.slice(0, 10))}` : ""}</p>
      <p class="do">
        <a class="button" href={editAddress(app.site.defaultBranch, ready.path)}>Fix something</a>
        <span class="hint">One change is one commit, in a pull request into {app.site.defaultBranch}.</span>
      </p>
      {again.length > 0 && (
        <div class="notice bad" role="alert">
          <ul>{again.map(({ what, why }) => <li key={what}>{what} {why}.</li>)}</ul>
        </div>
      )}
    </section>
  )
}
