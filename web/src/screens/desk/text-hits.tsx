import { useEffect, useState } from "preact/hooks"
import { problemOf } from "../../forge/api"
import { longDate, nameOf } from "../../forge/posts"
import { editAddress } from "../../protocol/routes"
import type { SearchResult } from "../../protocol/server"
import type { AppContext } from "../../ui/app-context"
import { t, tn } from "../../base/words"

export interface TextHitsProps {
  app: AppContext
  branch: string
  query: string
  /// The paths of the texts that are listed above by their titles.
  listed: ReadonlySet<string>
}

/// How long a query stands before it is asked for, and how long texts that are being
/// read are waited for, in milliseconds.
const pause = 200
const patience = 1_500

type State = { query: string; result: SearchResult | null; failure: string }

/// The lines of all texts that have the words, each a way to its place, and the texts
/// that have them in their titles and are listed nowhere else.
export function TextHits({ app, branch, query, listed }: TextHitsProps) {
  const [state, setState] = useState<State>({ query: "", result: null, failure: "" })
  const [round, setRound] = useState(0)
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      app.api.search(branch, query, abort.signal).then(
        result => {
          if (abort.signal.aborted) return
          setState({ query, result, failure: "" })
          if (result.pending) again = setTimeout(() => setRound(n => n + 1), patience)
        },
        (error: unknown) => abort.signal.aborted || setState({ query, result: null, failure: problemOf(error).kind === "unavailable" ? t("Galley's server does not answer. Titles, dates and file names were searched, and no texts.") : problemOf(error).sentence }),
      )
    }, pause)
    let again: ReturnType<typeof setTimeout> | undefined
    return () => {
      abort.abort()
      clearTimeout(timer)
      clearTimeout(again)
    }
  }, [app, branch, query, round])

  // What was found for other words would pass for what these find.
  const { result, failure } = state.query === query ? state : { result: null, failure: "" }
  const hits = (result?.hits ?? []).filter(hit => hit.lines.length > 0 || !listed.has(hit.path))
  const above = (result?.hits.length ?? 0) - hits.length
  return (
    <section class="text-hits" aria-labelledby="text-hits-heading" aria-busy={!failure && (!result || !!result.pending)}>
      <div class="head">
        <h3 id="text-hits-heading">{t("In the texts")}</h3>
        <p class="count" role="status">{failure ? "" : !result ? t("Searching.") : result.pending ? t("Reading the texts.") : counted(result, above)}</p>
      </div>
      {failure && <p class="none" role="alert">{failure}</p>}
      <ul>
        {hits.map(hit => (
          <li key={hit.path}>
            <a href={editAddress(branch, hit.path, "", 0, hit.lines[0]?.line)}>
              {hit.date && <time dateTime={hit.date} title={longDate(hit.date)}>{hit.date}</time>}
              <span class="name">{hit.title.join("") ? <Pieces of={hit.title} /> : nameOf({ title: "", slug: "", path: hit.path })}</span>
            </a>
            {hit.lines.length > 0 && <ol>
              {hit.lines.map(line => (
                <li key={line.line}>
                  <a href={editAddress(branch, hit.path, "", 0, line.line)}>
                    <span class="line"><span class="hidden">{t("Line")} </span>{line.line}</span>
                    <span class="words"><Pieces of={line.pieces} /></span>
                  </a>
                </li>
              ))}
            </ol>}
            {hit.more > 0 && <p class="more">{tn(hit.more, "And one more line.", "And {count} more lines.")}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/// A text whose every second piece is marked.
function Pieces({ of }: { of: readonly string[] }) {
  return <>{of.map((piece, i) => (i % 2 ? <mark key={i}>{piece}</mark> : piece))}</>
}

/// "12 of 386 texts", how many more are listed above, and what was not searched.
function counted({ posts, searched, hits, unread }: SearchResult, above: number): string {
  const here = posts - above
  const parts = [here > 0 ? t("{here} of {searched} texts", { here, searched }) : above > 0 ? tn(above, "None beside the one above, of {searched} texts", "None beside those above, of {searched} texts", { searched }) : t("None of {searched} texts has these words", { searched })]
  if (here > 0 && above > 0) parts.push(tn(above, "one more above", "{count} more above"))
  if (hits.length < posts) parts.push(t("the first {count} are shown", { count: hits.length - above }))
  if (unread > 0) parts.push(t("{unread} older ones were not searched", { unread }))
  return parts.join("; ")
}
