// To Markdown is turndown set to what kramdown and GitHub's Markdown both read, in
// the style of the post.
import { highlightedCodeBlock, strikethrough, taskListItems } from "@joplin/turndown-plugin-gfm"
import Turndown from "turndown"
import { cellText, writeTable, type Align } from "../tables/table"

/// The Markdown of cleaned HTML. `bullet` is the sign of its lists.
export function toMarkdown(html: HTMLElement, bullet: string): string {
  const service = new Turndown({
    headingStyle: "atx", hr: "---", bulletListMarker: bullet as "*", codeBlockStyle: "fenced", emDelimiter: "*", strongDelimiter: "**",
    linkStyle: "inlined", br: "  ",
  })
  service.use([highlightedCodeBlock, strikethrough, taskListItems])
  const escape = service.escape.bind(service)
  service.escape = text => plain(escape(text))
  const places = new WeakMap<Element, Map<Node, number>>() // of a list's items
  service.addRule("item", {
    filter: "li",
    replacement(content, node) {
      const list = node.parentElement
      if (list && !places.has(list)) places.set(list, new Map(Array.from(list.children).filter(child => child.localName === "li").map((item, i) => [item, i])))
      const at = (list && places.get(list)!.get(node)) ?? 0
      const sign = list?.localName === "ol" ? `${Number(list.getAttribute("start") || 1) + at}. ` : bullet + " "
      const text = content.trim().replace(/^(\[[ x]\])\s+/, "$1 ").replace(/(?<!\n)\n{2,}(?= *(?:[*+-]|\d+\.) )/g, "\n").replace(/\n(?!\n|$)/g, "\n" + " ".repeat(sign.length))
      return sign + text + (node.nextElementSibling ? "\n" : "")
    },
  })
  service.addRule("heading", {
    filter: ["h1", "h2", "h3", "h4", "h5", "h6"],
    replacement: (content, node) => (content.trim() ? `\n\n${"#".repeat(Number(node.nodeName[1]))} ${oneLine(content.trim())}\n\n` : ""),
  })
  service.addRule("link", {
    filter: node => node.nodeName === "A" && node.getAttribute("href") !== null,
    replacement(content, node) {
      const href = addressOf((node as HTMLElement).getAttribute("href")!)
      const line = oneLine(content)
      const text = line.trim()
      const begin = line.length - line.trimStart().length
      return `${line.slice(0, begin)}[${text}](${href})${line.slice(begin + text.length)}`
    },
  })
  service.addRule("picture", {
    filter: "img",
    replacement: (_content, node) => `![${((node as HTMLElement).getAttribute("alt") ?? "").trim().replace(/\s+/g, " ").replace(/[\\[\]*_`<|]/g, "\\$&")}](${addressOf((node as HTMLElement).getAttribute("src")!)})`,
  })
  service.addRule("raised", { filter: ["sub", "sup", "kbd"], replacement: (content, node) => (content.trim() ? `<${node.nodeName.toLowerCase()}>${content}</${node.nodeName.toLowerCase()}>` : "") })
  service.addRule("table", { filter: "table", replacement: (_content, node) => `\n\n${tableOf(service, node as HTMLTableElement)}\n\n` })
  return service.turndown(html).replace(/(?<![ \t])[ \t]+$/gm, end => (end === "  " ? end : "")).replace(/ {2}$/, "")
}

/// A text in one line.
function oneLine(text: string): string {
  return text.replace(/\s+/g, space => (space.includes("\n") ? " " : space))
}

/// An address as a link's target.
function addressOf(href: string): string {
  return href.trim().replace(/[\s<>()]/g, c => (c === "(" ? "%28" : c === ")" ? "%29" : encodeURIComponent(c)))
}

/// A text that is one in each dialect: nothing of it is a tag, a table, a formula or
/// an attribute. What turndown escapes and neither takes for a sign is left alone.
function plain(escaped: string): string {
  return escaped
    .replace(/([\p{L}\p{N}])\\_(?=[\p{L}\p{N}])/gu, "$1_")
    .replace(/\\\[((?:[^\\[\]]|\\_)*)\\\](?!\s*[([:])/g, (all, inner: string) => (inner.startsWith("^") || /^[ xX]$/.test(inner) ? all : `[${inner}]`))
    .replace(/</g, "\\<")
    .replace(/&(?=#?\w+;)/g, "&amp;")
    .replace(/\|/g, "\\|")
    .replace(/\$\$/g, "\\$\\$")
    .replace(/\{(?=:)/g, "\\{")
    .replace(/^(: )/, "\\$1")
}

function tableOf(service: Turndown, table: HTMLTableElement): string {
  const rows: string[][] = []
  const aligns: Align[] = []
  const spans: { column: number; rows: number }[] = []
  for (const row of [...table.rows].filter(row => row.closest("table") === table)) {
    const cells: string[] = []
    const fill = () => {
      for (let down; (down = spans.find(span => span.column === cells.length && span.rows > 0)); down.rows--) cells.push("")
    }
    for (const cell of row.cells) {
      fill()
      const style = /text-align:\s*(left|center|right)/i.exec(cell.getAttribute("style") ?? "")?.[1] ?? cell.getAttribute("align") ?? ""
      const align = style.toLowerCase()
      const column = cells.length
      if ((align === "right" || align === "center") && (rows.length > 0 || aligns[column] === undefined)) aligns[column] = align
      let text = service.turndown(cell)
      // Spreadsheets have heads in bold.
      if (rows.length === 0) text = text.replace(/^\*\*([^*]+)\*\*$/, "$1")
      cells.push(cellText(text.replace(/ {2}\n/g, "\n")))
      if (cell.rowSpan > 1) spans.push({ column, rows: cell.rowSpan - 1 })
      for (let more = Math.min(cell.colSpan, 100); more > 1; more--) cells.push("")
    }
    fill()
    if (cells.length > 0) rows.push(cells)
  }
  // What a spreadsheet selects beyond its cells is empty.
  while (rows.length > 1 && rows.at(-1)!.every(cell => cell === "")) rows.pop()
  if (rows.length === 0) return ""
  let width = Math.max(...rows.map(row => row.length))
  while (width > 1 && rows.every(row => (row[width - 1] ?? "") === "")) width--
  const full = rows.map(row => Array.from({ length: width }, (_, i) => row[i] ?? ""))
  return writeTable({ rows: full, aligns: Array.from({ length: width }, (_, i) => aligns[i] ?? ""), before: "" }).join("\n")
}
