// Where bullets go, and which addresses are the same.
import { Text } from "@codemirror/state"
import { expect, test } from "@playwright/test"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { addressesIn, lookedUp, normalize } from "../src/text/address"
import { place } from "../src/text/placing"

/// The text after a bullet was put, with ‸ for the cursor before and after.
function put(text: string, bullet: string, section = ""): string {
  const head = Math.max(0, text.indexOf("‸"))
  const plain = text.replace("‸", "")
  const { from, to, insert, head: at } = place(Text.of(plain.split("\n")), bullet, section, head)
  const out = plain.slice(0, from) + insert + plain.slice(to)
  return out.slice(0, at) + "‸" + out.slice(at)
}

test("a bullet goes into its section", () => {
  const post = "---\ntitle: x\n---\n\n## News\n\n* one\n* two\n  more\n\n## Other\n\nText.\n\n## Empty\n\n## Left\n\n* \n\n## End\n"
  expect(put(post, "new", "News")).toBe(post.replace("  more\n", "  more\n* new‸\n"))
  expect(put(post, "new", "news!")).toBe(post.replace("  more\n", "  more\n* new‸\n"))
  expect(put(post, "new", "Other")).toBe(post.replace("Text.\n", "Text.\n\n* new‸\n"))
  expect(put(post, "new", "Empty")).toBe(post.replace("## Empty\n", "## Empty\n\n* new‸\n"))
  expect(put(post, "new", "Left")).toBe(post.replace("* \n", "* new‸\n"))
  expect(put(post, "new", "End")).toBe(post.replace("## End\n", "## End\n\n* new‸\n"))
  expect(put(post, "### [1: a](b)", "News")).toBe(post.replace("  more\n", "  more\n\n### [1: a](b)‸\n"))
  expect(put("## News\n\n- one\n\n## Next", "new", "News")).toBe("## News\n\n- one\n- new‸\n\n## Next")
  expect(put("News\n----\n\nNext\n----\n", "new", "News")).toBe("News\n----\n\n* new‸\n\nNext\n----\n")
  expect(put("## News\nText\n## Next\n", "new", "News")).toBe("## News\nText\n\n* new‸\n\n## Next\n")
  expect(put("## News\n\n* one\n\n  more\n\nText\n", "new", "News")).toBe("## News\n\n* one\n\n  more\n* new‸\n\nText\n")
  expect(put("## News", "new", "News")).toBe("## News\n\n* new‸\n")
})

test("elsewhere it goes to the cursor", () => {
  expect(put("‸", "new", "News")).toBe("* new‸")
  expect(put("a\n‸\nb", "new")).toBe("a\n\n* new‸\n\nb")
  expect(put("- a\n‸\n- b", "new")).toBe("- a\n- new‸\n- b")
  expect(put("- a‸bc\n- b", "new")).toBe("- abc\n- new‸\n- b")
  expect(put("te‸xt\ngoes on\n\nend", "new")).toBe("text\ngoes on\n\n* new‸\n\nend")
  expect(put("* a\n* ‸\n", "new")).toBe("* a\n* new‸\n")
  expect(put("‸a", "two\nlines")).toBe("a\n\n* two\n  lines‸\n")
  expect(put("‸a", "- own")).toBe("a\n\n- own‸\n")
  expect(put("## H‸", "> quote")).toBe("## H\n\n> quote‸\n")
})

test("addresses are the same where Go says so", () => {
  const cases = JSON.parse(readFileSync(join(import.meta.dirname, "../../internal/postindex/testdata/addresses.json"), "utf8")) as { address: string; same: string }[]
  expect(cases.length).toBeGreaterThan(9)
  for (const { address, same } of cases) expect(normalize(address), address).toBe(same)
})

test("addresses are found in a text", () => {
  const text = "[a](https://www.x.example/a_(b)/) and https://x.example/c. [d]: <http://x.example/d?utm_source=y>\n[e](https://x.example/%28e%29 \"t\")"
  const found = addressesIn(text)
  expect([...found.keys()]).toEqual(["x.example/a_(b)", "x.example/c", "x.example/d", "x.example/(e)"])
  expect(found.has(lookedUp("https://x.example/a_%28b%29"))).toBe(true)
  expect(found.get("x.example/c")).toBe(text.indexOf("https://x.example/c"))
})
