// Audit is the only script of a document that checks a copy of the previewed page
// with axe-core. The document is in a sandbox as the preview's is, with the same
// policy, and apart from it: axe asks nodes for properties, in whose place names in
// a page may stand, moves the focus and scrolls, and takes its time. So it gets a
// copy in which such names are others (copy.ts), and the preview stays the published
// page and goes on meanwhile.
import axe, { type NodeResult, type RunOptions } from "axe-core"
import { copyOf, type Copy } from "./copy"
import type { AuditAnswer, AuditEvent, AuditFinding, PageCopy, PageForAudit } from "../protocol/audit"

/// How much is told of each rule, so that no rule is drowned by another.
const mostPlaces = 40
/// How long style sheets are waited for, in milliseconds.
const patience = 4_000

const options: RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
  resultTypes: ["violations"],
  elementRef: true,
  selectors: false,
  iframes: false,
  // It would ask for style sheets again, which the policy forbids.
  preload: false,
}

document.currentScript?.remove()

addEventListener("message", async (event: MessageEvent<PageForAudit | undefined>) => {
  const [answer] = event.ports
  if (parent === window || event.source !== parent || event.data?.type !== "galley-audit" || !answer) return
  let told: AuditAnswer = { type: "failed" }
  try {
    told = await audit(event.data.page)
  } catch (error) {
    console.error("Galley could not check the page:", error)
  }
  answer.postMessage(told)
})

if (parent !== window) parent.postMessage({ type: "audit-here" } satisfies AuditEvent, "*")

async function audit(page: PageCopy): Promise<AuditAnswer> {
  const copy = copyOf(page, secret())
  document.replaceChild(document.adoptNode(copy.root), document.documentElement)
  await styled()
  const { violations } = await axe.run(document, options)
  const styles = [...document.querySelectorAll("style")].some(style => copy.blockOf(style) >= 0)
  const findings: AuditFinding[] = []
  let more = false
  for (const { id, help, impact, nodes } of violations) {
    more ||= nodes.length > mostPlaces
    for (const node of nodes.slice(0, mostPlaces)) {
      const element = node.element as unknown as Element | undefined
      const block = element ? copy.blockOf(element) : -1
      const contrast = contrastOf(node)
      findings.push({
        rule: id, help, grave: impact === "serious" || impact === "critical", block,
        own: element !== undefined && block >= 0 && (styles || coloured(element, copy)),
        texts: element ? textsOf(element) : [],
        ...(contrast ? { contrast } : {}),
      })
    }
  }
  return { type: "audited", findings, more }
}

/// A text that nobody can guess.
function secret(): string {
  return "galley:" + [...crypto.getRandomValues(new Uint32Array(4))].map(n => n.toString(36)).join("") + ":"
}

/// Waits until all style sheets are there, or do not come.
async function styled(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel~=stylesheet i]")].filter(link => !link.sheet && !link.disabled)
  const late = new Promise<void>(resolve => setTimeout(resolve, patience))
  const there = links.map(link => new Promise<void>(resolve => {
    link.addEventListener("load", () => resolve())
    link.addEventListener("error", () => resolve())
  }))
  await Promise.race([late, Promise.all(there)])
}

/// Whether an element, or what it is in, has colours of its own in the text.
function coloured(element: Element, copy: Copy): boolean {
  for (let one: Element | null = element; one && copy.blockOf(one) >= 0; one = one.parentElement) {
    if (one.hasAttribute("style") || one.hasAttribute("color") || one.hasAttribute("bgcolor")) return true
  }
  return false
}

/// What of an element the source may have as it is.
function textsOf(element: Element): string[] {
  const texts = ["src", "href", "id", "aria-label", "title", "alt"].map(name => element.getAttribute(name) ?? "")
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  let longest = ""
  for (let i = 0; i < 50 && walker.nextNode(); i++) {
    const text = walker.currentNode.nodeValue!.trim()
    if (text.length > longest.length) longest = text
  }
  return [...texts, longest.split("\n")[0]!, `<${element.localName}`].filter(text => text.length > 1).map(text => text.slice(0, 300))
}

function contrastOf({ any }: NodeResult): AuditFinding["contrast"] | null {
  const data = any.find(check => check.id === "color-contrast")?.data as { contrastRatio?: unknown; expectedContrastRatio?: unknown } | undefined
  const is = Number(data?.contrastRatio)
  const least = parseFloat(String(data?.expectedContrastRatio))
  return is > 0 && least > 0 ? { is, least } : null
}
