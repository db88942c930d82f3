import type { EditState } from "../post/edit-state"
import { t, tn } from "../base/words"

export type PageCheckProps = EditState["pageCheck"] & { disabled: boolean; onCheck: () => void }

/// The row of the check of the rendered page, and what is not the text's in it.
export function PageCheck({ is, said, layout, apart, disabled, onCheck }: PageCheckProps) {
  const places = layout.reduce((sum, one) => sum + one.places, 0)
  return (
    <li class="check-row page-check">
      <button type="button" class="small" disabled={disabled} aria-disabled={is === "running"} onClick={onCheck}>
        {is === "no" ? t("Check the page") : t("Check the page again")}
      </button>
      <p role="status">{is === "no" ? t("Looks at the page as readers get it: colours, texts of pictures, headings, tables.") : said}</p>
      {layout.length > 0 && (
        <details>
          <summary>{apart
            ? tn(places, "One thing is from the site's layout, not from this text", "{count} things are from the site's layout, not from this text")
            : tn(places, "One thing is from the site's layout, or from what cannot be told from it in this text", "{count} things are from the site's layout, or from what cannot be told from it in this text")}</summary>
          <ul>
            {layout.map(one => <li key={one.sentence}>{one.sentence}{one.places > 1 && " " + t("(at {places} places)", { places: one.places })}</li>)}
          </ul>
        </details>
      )}
    </li>
  )
}
