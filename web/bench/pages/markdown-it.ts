import MarkdownIt from "markdown-it"
import { renderWhole } from "./page"

const markdown = new MarkdownIt({ html: true })
renderWhole((text, preview) => {
  preview.innerHTML = markdown.render(text)
})
