import type { AppContext } from "../../ui/app-context"
import { longDate } from "../../forge/posts"
import type { Branch, PostEntry, Pull } from "../../protocol/server"
import { boardAddress, deskAddress, pullAddress, readyAddress } from "../../protocol/routes"
import { t, tn } from "../../base/words"

export interface EditionListProps {
  app: AppContext
  /// Those that are being written, and the one that the desk is on.
  editions: readonly Branch[]
  /// The desk's branch.
  branch: string
  pulls: readonly Pull[]
  /// The desk's posts, among which is that of its edition.
  posts: readonly PostEntry[]
  onPropose: () => void
}

/// The editions that are being written, and how each reaches the site.
export function EditionList({ app, editions, branch, pulls, posts, onPropose }: EditionListProps) {
  const main = app.site.defaultBranch
  const open = pulls.filter(pull => pull.state === "open")
  return (
    <section class="editions" aria-labelledby="editions-heading">
      <h2 id="editions-heading">{t("Editions being written")}</h2>
      <ul>
        {editions.map(edition => {
          const here = edition.name === branch
          const whole = open.find(pull => pull.branch === edition.name && pull.base === main)
          const post = here ? posts.find(post => post.date === edition.edition) : undefined
          const waiting = open.filter(pull => pull.base === edition.name).length
          return (
            <li key={edition.name} class={here ? "here" : ""}>
              <a href={deskAddress(edition.name)} title={t("Branch {name}", { name: edition.name })} aria-current={here ? "true" : undefined}>
                <span class="name">{longDate(edition.edition!)}</span>
                <span class="detail">{waits(waiting)}{whole ? t(", its own is #{number}", { number: whole.number }) : ""}</span>
              </a>
              {here && (
                <p>{edition.open ? t("What is written here reaches the site when the edition is merged into {main}.", { main }) : t("The edition of {longDate} is on {main}.", { longDate: longDate(edition.edition!), main })}</p>
              )}
              {post && edition.open && <a class="button primary" href={boardAddress(edition.name, post.path)}>{t("Who writes what")}</a>}
              {post && <a class="button" href={readyAddress(edition.open ? edition.name : main, post.path)}>{edition.open ? t("Ready to publish") : t("What is left to do")}</a>}
              {here && (whole
                ? <a class="button" href={pullAddress(whole.number)}>{t("The edition's pull request #{number}", { number: whole.number })}</a>
                : edition.open && app.site.canPush && <button type="button" onClick={onPropose}>{t("Open the edition's pull request")}</button>)}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function waits(count: number): string {
  if (count === 0) return t("No pull request waits for it")
  return tn(count, "One pull request waits for it", "{count} pull requests wait for it")
}
