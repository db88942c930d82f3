// HTML as the Markdown editor needs it: tags and attributes are coloured, and
// what stands within a script or a style element is not. It takes the place of
// @codemirror/lang-html, which brings the grammars of JavaScript and CSS.
import { indentNodeProp, LanguageSupport, LRLanguage } from "@codemirror/language"
import { parser } from "@lezer/html"

/// HTML's language. `matchClosingTags` is taken as false: Markdown's pieces of
/// HTML open and close where they like.
export function html(_options: { matchClosingTags?: boolean } = {}): LanguageSupport {
  return new LanguageSupport(LRLanguage.define({
    name: "html",
    parser: parser.configure({ dialect: "noMatch", props: [indentNodeProp.add({ Element: () => null })] }),
    languageData: { commentTokens: { block: { open: "<!--", close: "-->" } } },
  }))
}

/// Offers nothing: tags are not completed.
export function htmlCompletionSource(): null {
  return null
}
