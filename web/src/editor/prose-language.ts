// ProseLanguage is Markdown as the editor colours it, in the editor and wherever a text
// is shown as its source. What the page makes of it is the renderer's business.
import { markdown, markdownLanguage } from "@codemirror/lang-markdown"
import type { LanguageSupport } from "@codemirror/language"

/// How long a paragraph may be that is coloured inside, in UTF-16 units. The parser looks
/// at all links before each link, so that a paragraph of nothing else in 300 KB would
/// hold the editor up for half a minute.
const maxParagraph = 10_000

/// A paragraph that is too long is taken as it is, from its first sign on.
const longParagraphs: NonNullable<Parameters<typeof markdown>[0]>["extensions"] = {
  parseInline: [{
    name: "LongParagraph",
    before: "Escape",
    parse: (cx, _next, at) => (at === cx.offset && cx.end - at > maxParagraph ? cx.end : -1),
  }],
}

/// The language, without keys of its own.
export function proseLanguage(): LanguageSupport {
  return markdown({ base: markdownLanguage, addKeymap: false, completeHTMLTags: false, pasteURLAsLink: false, extensions: longParagraphs })
}
