import type { ReactNode } from "react"
import { flushSync } from "react-dom"
import { createRoot, type Root } from "react-dom/client"
import { Fragment, jsx, jsxs } from "react/jsx-runtime"
import rehypeReact from "rehype-react"
import remarkGfm from "remark-gfm"
import remarkParse from "remark-parse"
import remarkRehype from "remark-rehype"
import { unified } from "unified"
import { renderWhole } from "./page"

const processor = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeReact, { Fragment, jsx, jsxs })
let root: Root | null = null
renderWhole((text, preview) => {
  root ??= createRoot(preview)
  const page = processor.processSync(text).result as ReactNode
  flushSync(() => root!.render(page))
})
