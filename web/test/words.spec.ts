// Galley's words: every one that the code has stands in each language's catalogue, no
// other does, and what is shown goes through t, tn or tx of base/words.ts.
import { expect, test } from "@playwright/test"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import ts from "typescript"

const web = join(import.meta.dirname, "..")

/// Where all that is shown is in the catalogue, and where not all is yet, or what stands
/// there is for style sheets and parsers.
const translated = ["src/app.tsx", "src/editor/", "src/forge/", "src/post/", "src/screens/", "src/ui/"]
const others = ["src/editor/prose.ts", "src/editor/theme.ts", "src/post/missing-sign.ts"]

/// Every word of Galley's that stands in a source, and what else is shown there.
interface Found {
  /// The catalogue's keys, with the words for one of a plural, and null for what is none.
  keys: Map<string, string | null>
  /// What is shown as it stands, or is not written where t is called, with its line.
  bare: string[]
}

const shownAttributes = /^(aria-label|title|label|placeholder|alt)$/
const letters = /\p{L}{2}/u
const sentence = /\p{L}{2} \p{Ll}|^\p{Lu}\p{Ll}+ ?\p{Ll}*$/u
/// The same with something put in, which is 0 here.
const phrase = new RegExp(`${sentence.source}|^\\p{Lu}\\p{Ll}+ .?0`, "u")
/// Titles of commits and pull requests, whose language is the repository's.
const titles = /^(Edit|Delete|Begin|Edition|Restore|Date) .?0/
/// The same in every language, or no words at all: names of files, of classes, of keys.
const nameless = /^(Galley|Signed-off-by:|_config\.yml|figure\.html|Key|Failure|Add|Edit|Edition|Pull request #|\..*|cm-.*|bash c .*)$/
/// Calls and fields whose texts nobody reads, or that go into the repository.
const unread = /^(querySelector|querySelectorAll|matches|closest|matchMedia|includes|startsWith|setAttribute|setProperty|getElementById)$/
const unreadFields = /^(do|rel|class|key|kind|type|id|pull|before)$/

function look(file: string, text: string): Found {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS)
  const found: Found = { keys: new Map(), bare: [] }
  const bare = (node: ts.Node) => found.bare.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText().trim().slice(0, 90)}`)

  const key = (node: ts.Expression | undefined, one: ts.Expression | null) => {
    if (node && ts.isStringLiteral(node) && (!one || ts.isStringLiteral(one))) found.keys.set(node.text, one?.text ?? found.keys.get(node.text) ?? null)
    else if (node) bare(node)
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || ts.isInterfaceDeclaration(node)) return
    if (ts.isNewExpression(node) && node.expression.getText().endsWith("Error")) return
    if (ts.isCallExpression(node)) {
      const name = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText()
      const values = name === "tn" ? 3 : name === "t" || name === "tx" ? 1 : 0
      if (values > 0) {
        key(node.arguments[name === "tn" ? 2 : 0], name === "tn" ? node.arguments[1]! : null)
        if (name === "tn") visit(node.arguments[0]!)
        return node.arguments.slice(values).forEach(visit)
      }
      if (unread.test(name)) return
    }
    if (ts.isPropertyAssignment(node) && unreadFields.test(node.name.getText())) return
    if (ts.isJsxText(node) && letters.test(node.text) && !nameless.test(node.text.trim())) bare(node)
    if (ts.isJsxAttribute(node) && ts.isStringLiteral(node.initializer ?? node) && !shownAttributes.test(node.name.getText()) && !sentence.test((node.initializer as ts.StringLiteral).text)) return
    if (ts.isJsxAttribute(node) && /^(class|rel)$/.test(node.name.getText())) return
    if (ts.isStringLiteralLike(node) && (sentence.test(node.text) || ts.isJsxAttribute(node.parent) && letters.test(node.text)) && !nameless.test(node.text) && !compared(node)) bare(node)
    if (ts.isTemplateExpression(node)) {
      const text = [node.head, ...node.templateSpans.map(span => span.literal)].map(part => part.text).join("0")
      if (phrase.test(text) && !titles.test(text)) bare(node)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/// Whether a text is compared with another, and not shown.
function compared(node: ts.Node): boolean {
  const { parent } = node
  return ts.isCaseClause(parent) || ts.isLiteralTypeNode(parent) || ts.isPropertyAssignment(parent) && parent.name === node
    || ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())
}

const files = readdirSync(join(web, "src"), { recursive: true, encoding: "utf8" }).filter(name => /\.tsx?$/.test(name) && !name.endsWith(".d.ts")).map(name => "src/" + name).sort()
const sources = files.map(file => ({ file, ...look(file, readFileSync(join(web, file), "utf8")) }))
/// A quoted sentence in the page itself; see cmd/bundle/page.go.
const pageWords = [...readFileSync(join(web, "index.html"), "utf8").matchAll(/\{\{"([^"]+)"\}\}/g)].map(m => m[1]!)
const wanted = new Map([...pageWords.map(words => [words, null] as const), ...sources.flatMap(({ keys }) => [...keys])])
const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join()
const names = (words: string) => [...new Set([...words.matchAll(/\{(\w+)\}/g)].map(m => m[1]!))].sort()

for (const file of readdirSync(join(web, "words")).filter(name => name.endsWith(".json"))) {
  const text = readFileSync(join(web, "words", file), "utf8")
  const words = JSON.parse(text) as Record<string, string | Record<string, string>>
  const forms = new Intl.PluralRules(file.replace(".json", "")).resolvedOptions().pluralCategories

  test(`${file} has all of Galley's words, and no others`, () => {
    expect([...wanted.keys()].filter(key => !(key in words)).sort(), "these are not translated").toEqual([])
    expect(Object.keys(words).filter(key => !wanted.has(key)), "these stand nowhere in the code").toEqual([])
  })

  test(`${file} has the placeholders of the English words, and all forms of plurals`, () => {
    const faults = Object.entries(words).flatMap(([key, entry]) => {
      const one = wanted.get(key) ?? null
      if ((typeof entry === "string") !== (one === null)) return [`${key}: ${one === null ? "what is no plural is one text" : "a plural has forms"}`]
      const texts = typeof entry === "string" ? { other: entry } : entry
      const told = typeof entry === "string" || same(Object.keys(entry), forms) ? [] : [`${key}: its forms are not ${forms.join(", ")}`]
      if (!same(names(texts["other"] ?? ""), names(key))) told.push(`${key}: other placeholders`)
      for (const text of Object.values(texts)) {
        // "ein Beitrag" need not say how many.
        if (names(text).some(name => !names(key).includes(name) && !names(one ?? "").includes(name))) told.push(`${key}: a placeholder that there is none of`)
        if (text.trim() === "" || /^ /.test(text) !== /^ /.test(key) || / $/.test(text) !== / $/.test(key)) told.push(`${key}: spaces at its ends, or nothing`)
      }
      return told
    })
    expect(faults).toEqual([])
  })

  test(`${file} is sorted, one entry a line`, () => {
    const sorted = Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, entry]) => `${JSON.stringify(key)}: ${JSON.stringify(entry)}`)
    expect(text).toBe(`{\n${sorted.join(",\n")}\n}\n`)
  })
}

test("what is shown is in the catalogue", () => {
  const bare = sources.filter(({ file }) => translated.some(place => file.startsWith(place)) && !others.includes(file)).flatMap(source => source.bare)
  expect(bare, "these are shown, and go by t, tn or tx").toEqual([])
})

test("what is shown as it stands is found", () => {
  const text = `export const a = <p title="Hide it" class="some words here">Some words {b ? "or others" : t("fine")} {tx("by {who}", { who: <b>Ada and so on</b> })}</p>
const c = [\`\${n} posts are here\`, \`Write “\${n}”\`, \`Delete “\${n}”\`, t(c), tn(n, "one post", "{count} posts"), x === "a word here", t("a {b}", { b: "one more here" })]`
  const { keys, bare } = look("x.tsx", text)
  expect(bare.map(line => line.replace("x.tsx:", ""))).toEqual(['1: "Hide it"', "1: Some words", '1: "or others"', "1: Ada and so on", "2: `$" + "{n} posts are here`", "2: `Write “$" + "{n}”`", "2: c", '2: "one more here"'])
  expect([...keys]).toEqual([["fine", null], ["by {who}", null], ["{count} posts", "one post"], ["a {b}", null]])
})
