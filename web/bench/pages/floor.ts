// The floor: one text node set in the page that Galley shows of a post, in the
// frame that it shows it in.
import type { Edit } from "../edit"
import { runner } from "./page"

window.benchOpen = async () => {
  const walker = document.createTreeWalker(document.querySelector("main")!, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (/\w.{30}/.test(text.data)) texts.push(text)
  }
  const node = texts[texts.length >> 1]!
  node.parentElement!.scrollIntoView({ block: "center", behavior: "instant" })
  const was = node.data
  const at = was.length >> 1
  window.benchRun = runner(({ insert }: Edit) => {
    const now = node.data
    const next = insert === "" ? was : now.slice(0, at) + insert + now.slice(at)
    return () => {
      node.data = next
    }
  })
}
