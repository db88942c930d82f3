import { useState } from "preact/hooks"
import type { Api } from "../../forge/api"
import type { PageFound } from "../../post/page-check"
import type { Problem } from "../../post/problem"
import { auditAddress } from "../../protocol/addresses"
import type { Ready } from "../../protocol/publishing"
import { readHosts } from "../../protocol/settings"
import { t, tn } from "../../base/words"

/// How wide and high the page is laid out for it, in pixels: a window on a desk.
const size = { width: 1280, height: 900 }

export interface CheckedReady {
  is: "no" | "running" | "done"
  /// What was found in the text that it is about; null while nothing is known of that.
  found: PageFound | null
  check(): Promise<void>
}

/// Checks the page of what is to be published, when somebody asks.
export function usePageCheck(api: Api, ready: Ready | null): CheckedReady {
  const [state, setState] = useState<{ is: "no" | "running" | "done"; found: PageFound | null; text: string }>({ is: "no", found: null, text: "" })
  return {
    is: state.is,
    found: state.text === ready?.text ? state.found : null,
    async check() {
      if (!ready || state.is === "running") return
      const { text, branch, path, url } = ready
      setState({ is: "running", found: null, text })
      const found = await import("../../post/page-check").then(
        ({ checkPage }) => checkPage({
          src: auditAddress(branch, readHosts(), new URL(url || "/", location.origin).pathname), size,
          parts: about => api.pageParts(branch, path, about),
          text: () => text, known: () => ready.diagnostics,
        }),
      ).catch((error: unknown): PageFound => {
        console.error(error)
        return { problems: [], blocks: [], layout: [], apart: true, failed: true, said: t("The page could not be checked: the server does not answer, or has another version by now.") }
      })
      setState({ is: "done", found, text })
    },
  }
}

/// How the page stands for readers: nobody has looked, somebody is to look at what was
/// found, or it is good.
export const pageWord = ({ found }: CheckedReady) => (found && !found.failed && found.problems.length === 0 ? "good" : "look")

/// What is said of it, with what was found in the text by `list`.
export function PageSaid({ checked, list }: { checked: CheckedReady; list: (problems: Problem[]) => preact.ComponentChildren }) {
  const { is, found, check } = checked
  const places = (found?.layout ?? []).reduce((sum, one) => sum + one.places, 0)
  return (
    <>
      <span role="status">
        {is === "running" ? t("Checking the page.") : found ? found.said : is === "done" ? t("The text is another by now than when its page was checked.") : t("Nobody has checked yet what keeps people from reading it: colours, texts of pictures, headings, tables.")}
      </span>
      {" "}<button type="button" class="small" id="check-page" aria-disabled={is === "running"} onClick={() => void check()}>{is === "no" ? t("Check the page") : t("Check the page again")}</button>
      {found && list(found.problems)}
      {places > 0 && (
        <details>
          <summary>{tn(places, "One thing is from the site's layout, not from this text", "{count} things are from the site's layout, not from this text")}</summary>
          <ul>{found!.layout.map(one => <li key={one.sentence}>{one.sentence}{one.places > 1 && " " + t("(at {places} places)", { places: one.places })}</li>)}</ul>
        </details>
      )}
    </>
  )
}
