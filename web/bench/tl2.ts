import { launch } from "./browser"
import { serveGalley } from "./galley"
import { copies, sizes } from "./texts"
import { measureStart, writePages } from "./parts/start"
import { serveFolders } from "./server"
import { built, bundlePages } from "./bundle"
import { median } from "./statistics"
await bundlePages()
const { sizes: all } = sizes()
const posts = all.slice(0, 2)
const galley = await serveGalley(copies(posts))
writePages(galley, posts, "/work/tmp/start2/pages")
const pagesServer = await serveFolders({ "/": "/work/tmp/start2/pages" })
const rivalServer = await serveFolders({ "/": built })
const browser = await launch()
process.stderr.write("go\n")
const r = await measureStart({ browser, galley, rivalServer, pagesServer, sizes: posts, visits: Number(process.argv[2] ?? 6), tell: () => {} })
const m = (x: number[]) => Math.round([...x].sort((a, b) => a - b)[x.length >> 1]!)
for (const s of posts) { const g = r.galley[s.name]!
  console.log(s.name, "framed", m(r.framed[s.name]!), "cold preview", m(g.cold.preview), "editor", m(g.cold.editor), "live", m(g.cold.live), "second", m(g.second.preview), m(g.second.editor), m(g.second.live), "module", m(r.module), "pressed", m(r.opened[s.name]!.pressed), "clicked", m(r.opened[s.name]!.clicked), "| ratio", (m(g.cold.preview) / m(r.framed[s.name]!)).toFixed(2), (m(g.cold.live) / m(r.module)).toFixed(2), (m(r.opened[s.name]!.clicked)/m(r.opened[s.name]!.pressed)).toFixed(2)) }
await browser.close(); pagesServer.close(); rivalServer.close(); await galley.close()
process.exit()
