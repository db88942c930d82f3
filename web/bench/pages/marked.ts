import DOMPurify from "dompurify"
import { marked } from "marked"
import { renderWhole } from "./page"

renderWhole((text, preview) => {
  preview.innerHTML = DOMPurify.sanitize(marked.parse(text, { async: false }))
})
