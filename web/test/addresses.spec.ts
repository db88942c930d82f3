// An address goes through desk, editor, board, check and sign-in, and is encoded once.
import { expect, test } from "@playwright/test"
import { startAddress } from "../src/forge/sign-in"
import { boardAddress, deskAddress, editAddress, parseRoute, readyAddress } from "../src/protocol/routes"

const paths = ["_posts/2026-08-16-ärger & mehr.md", "_posts/2026-08-16-100%25 done.md", "_posts/2026-08-16-a+b=c?d#e.md", "_posts/2026-08-16-%C3%A4.md", "_posts/2026-08-16-文.md"]
const branches = ["main", "entwürfe/100%", "ana:a+b c"]

test("a path is what it was, whatever screens it went through", () => {
  for (const path of paths) {
    for (const branch of branches) {
      let route = parseRoute(new URL(deskAddress(branch), "https://galley.example"))
      expect(route).toEqual({ screen: "desk", branch })
      for (const to of [editAddress, boardAddress, readyAddress, editAddress]) {
        const { path: was, branch: of } = "path" in route ? route : { path, branch }
        // As a browser keeps it, and as a link is followed.
        route = parseRoute(new URL(new URL(to(of, was), "https://galley.example").href))
        expect(route).toMatchObject({ path, branch })
      }
      const back = editAddress(branch, path, branches[1], 7, 12)
      const start = new URL(startAddress(back), "https://galley.example")
      expect(start.searchParams.get("to")).toBe(back)
      expect(parseRoute(new URL(start.searchParams.get("to")!, "https://galley.example"))).toMatchObject({ screen: "edit", branch, path, into: branches[1], pull: 7, line: 12 })
    }
  }
})
