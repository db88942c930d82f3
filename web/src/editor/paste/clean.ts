// Clean makes what programs put into the clipboard the HTML that they mean: marks for
// styles, lists for paragraphs that look like lists, and nothing that is no text. The
// document is one without a window: nothing in it runs or is loaded.

/// The clipboard's HTML, cleaned; null where it says no more than its plain text.
export function cleanHTML(html: string): HTMLElement | null {
  const { body } = new DOMParser().parseFromString(html, "text/html")
  for (const element of body.querySelectorAll("script, style, meta, link, title, noscript, template, iframe, frame, object, embed, svg, math, canvas, audio, video, input:not([type=checkbox]), button, select, textarea, colgroup, col")) element.remove()
  const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (comments.nextNode()) found.push(comments.currentNode)
  for (const comment of found) comment.parentNode?.removeChild(comment)
  for (const element of body.querySelectorAll<HTMLElement>("[style]")) {
    if (/(?:^|;)\s*(?:display\s*:\s*none|mso-hide\s*:\s*all)/i.test(element.getAttribute("style")!)) element.remove()
  }
  wordLists(body)
  const code = /(?:^|;)\s*white-space:\s*pre(?:;|$)/i.test(body.firstElementChild?.getAttribute("style") ?? "")
  links(body)
  pictures(body)
  marks(body)
  lists(body)
  for (const cell of body.querySelectorAll("th :is(strong, b), :is(h1, h2, h3, h4, h5, h6) :is(strong, b)")) unwrap(cell)
  body.normalize()
  // A break at a block's end keeps an empty line open, and breaks nothing.
  for (const end of body.querySelectorAll("br")) {
    if (end.className === "Apple-interchange-newline" || (!end.nextSibling && end.parentElement!.matches("p, div, li, td, th, blockquote, h1, h2, h3, h4, h5, h6"))) end.remove()
  }
  spaces(body)
  for (const code of body.querySelectorAll("pre")) if (code.lastChild instanceof Text) code.lastChild.data = code.lastChild.data.replace(/(?<!\n)\n+$/, "")
  // A cell alone is its text, and code alone is what was copied as a text.
  for (const table of body.querySelectorAll("table")) if (table.querySelectorAll("td, th").length === 1) table.replaceWith(...table.querySelector("td, th")!.childNodes)
  const only = body.children.length === 1 && body.textContent!.trim() === body.children[0]!.textContent!.trim() ? body.children[0]! : null
  if (code || only?.localName === "pre" || only?.localName === "code") return null
  return body.querySelector("a[href], strong, b, em, i, del, s, strike, code, pre, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, img, hr, sub, sup, kbd") ? body : null
}

/// Gives an element's children its place.
function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes)
}

/// Word has lists as paragraphs that say their level, and begin with the sign.
function wordLists(body: HTMLElement): void {
  let lists: { level: number; list: Element }[] = []
  let last: Element | null = null
  for (const p of body.querySelectorAll<HTMLElement>("p, h1, h2, h3, h4, h5, h6")) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d+)/i.exec(p.getAttribute("style") ?? "")?.[1] ?? 0)
    if (level === 0 || /^h/.test(p.localName)) {
      for (const sign of p.querySelectorAll("[style*='mso-list']")) if (/mso-list:\s*Ignore/i.test(sign.getAttribute("style")!)) sign.remove()
      continue
    }
    if (last !== p.previousElementSibling) lists = []
    const sign = [...p.querySelectorAll("span")].find(span => /mso-list:\s*Ignore/i.test(span.getAttribute("style") ?? ""))
    const name = /^[\s\u00a0]*(?:\d+|[a-z]{1,4})[.)]/i.test(sign?.textContent ?? "") ? "ol" : "ul"
    sign?.remove()
    while (lists.length > 0 && lists.at(-1)!.level > level) lists.pop()
    if (lists.at(-1)?.level === level && lists.at(-1)!.list.localName !== name) lists.pop()
    if (lists.at(-1)?.level !== level) {
      const list = body.ownerDocument.createElement(name)
      const parent = lists.at(-1)?.list.lastElementChild
      if (parent) parent.append(list)
      else p.before(list)
      lists.push({ level, list })
    }
    const item = body.ownerDocument.createElement("li")
    item.append(...p.childNodes)
    lists.at(-1)!.list.append(item)
    p.remove()
    last = lists[0]!.list
  }
}

/// Links that lead somewhere for every reader stay.
function links(body: HTMLElement): void {
  for (const link of body.querySelectorAll("a")) {
    const href = (link.getAttribute("href") ?? "").trim()
    const target = /^https?:\/\/www\.google\.com\/url\?/i.test(href) ? new URL(href).searchParams.get("q") ?? href : href
    if (/^(?:https?:\/\/|mailto:|tel:|\/(?!\/)|#[^_])/i.test(target) && link.textContent!.trim() + (link.querySelector("img") ? "i" : "") !== "") link.setAttribute("href", target)
    else unwrap(link)
  }
}

/// Pictures that have an address for every reader stay.
function pictures(body: HTMLElement): void {
  for (const picture of body.querySelectorAll("img")) {
    const small = ["width", "height"].some(side => /^[01](?:px)?$/.test(picture.getAttribute(side) ?? ""))
    if (small || !/^(?:https?:\/\/|\/(?!\/))/i.test(picture.getAttribute("src") ?? "")) picture.remove()
  }
}

/// Styles become marks; marks that a style takes back go.
function marks(body: HTMLElement): void {
  const within = (element: Element, names: string) => element.parentElement?.closest(names) != null
  for (const element of [...body.querySelectorAll<HTMLElement>("b, strong, i, em, span, font, s, a, p, div, td")]) {
    const style = element.getAttribute("style") ?? ""
    const value = (name: string) => new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([^;]*)`, "i").exec(style)?.[1]?.trim().toLowerCase() ?? ""
    const weight = value("font-weight")
    const name = element.localName
    if ((name === "b" || name === "strong") && /^(?:normal|[1-4]00)$/.test(weight)) {
      unwrap(element)
      continue
    }
    if ((name === "i" || name === "em") && value("font-style") === "normal") {
      unwrap(element)
      continue
    }
    if (name === "td" || name === "p" || name === "div" || element.textContent!.trim() === "") continue
    const wrap = (mark: string) => {
      const inner = body.ownerDocument.createElement(mark)
      inner.append(...element.childNodes)
      element.append(inner)
    }
    const bold = /^(?:bold|bolder|[6-9]00)$/.test(weight)
    if (bold && !/^(?:b|strong)$/.test(name) && !within(element, "b, strong, h1, h2, h3, h4, h5, h6, th") && !element.querySelector("b, strong")) wrap("strong")
    if (/^(?:italic|oblique)$/.test(value("font-style")) && !/^(?:i|em)$/.test(name) && !within(element, "i, em") && !element.querySelector("i, em")) wrap("em")
    if (/line-through/.test(style) && name !== "s" && !within(element, "s, del, strike")) wrap("del")
  }
  for (const element of [...body.querySelectorAll("span, font, u, o\\:p, google-sheets-html-origin")]) unwrap(element)
  // Two marks side by side, as programs leave them, are one.
  for (const element of [...body.querySelectorAll("strong, b, em, i, del")]) {
    const before = element.previousSibling
    if (before instanceof Element && before.localName === element.localName) {
      element.prepend(...before.childNodes)
      before.remove()
    }
    if (element.textContent!.trim() === "" && !element.querySelector("img, br")) unwrap(element)
  }
}

/// Lists in lists stand in items, and an item with one paragraph is its text.
function lists(body: HTMLElement): void {
  for (const list of body.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol")) {
    const item = list.previousElementSibling
    if (item?.localName === "li") item.append(list)
  }
  for (const item of body.querySelectorAll("li, td, th")) {
    const blocks = [...item.querySelectorAll(":scope > p, :scope > div")]
    if (blocks.length === 1) unwrap(blocks[0]!)
  }
}

/// A no-break space beside a space, or alone, is one that keeps a program's layout.
function spaces(body: HTMLElement): void {
  const texts = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode as Text
    if (text.parentElement?.closest("pre")) continue
    // eslint-disable-next-line regexp/no-super-linear-move -- the second way takes what the first has passed
    text.data = text.data.replace(/\u00a0*[ \t\r\n]+\u00a0*|\u00a0{2,}|^\u00a0|\u00a0$/g, " ")
  }
}
