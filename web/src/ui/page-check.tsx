import type { EditState } from "../post/edit-state"

export type PageCheckProps = EditState["pageCheck"] & { disabled: boolean; onCheck: () => void }

/// The row of the check of the rendered page, and what is not the text's in it.
export function PageCheck({ is, said, layout, apart, disabled, onCheck }: PageCheckProps) {
  const places = layout.reduce((sum, one) => sum + one.places, 0)
  return (
    <li class="page-check">
      <button type="button" class="small" disabled={disabled} aria-disabled={is === "running"} onClick={onCheck}>
        {is === "no" ? "Check the page" : "Check the page again"}
      </button>
      <p role="status">{is === "no" ? "Looks at the page as readers get it: colours, texts of pictures, headings, tables." : said}</p>
      {layout.length > 0 && (
        <details>
          <summary>{places === 1 ? "One thing is" : `${places} things are`} from the site's layout, {apart ? "not from this text" : "or from what cannot be told from it in this text"}</summary>
          <ul>
            {layout.map(one => <li key={one.sentence}>{one.sentence}{one.places > 1 && ` (at ${one.places} places)`}</li>)}
          </ul>
        </details>
      )}
    </li>
  )
}
