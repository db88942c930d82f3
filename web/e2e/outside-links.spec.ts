// Where links to other sites lead is asked when somebody presses for it. The other site
// is a server here: the network it is in is one of the server's own.
import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { expect, live, serve, source, test as base, tidesText } from "./galley"

const path = "_posts/2026-05-17-links.md"

interface Elsewhere {
  url: string
  /// What was asked for, in order.
  asked: string[]
}

const test = base.extend<{ elsewhere: Elsewhere }>({
  elsewhere: async ({}, use) => {
    const asked: string[] = []
    const server: Server = createServer((request, response) => {
      asked.push(request.url!)
      if (request.url === "/old") response.writeHead(301, { Location: "/new" }).end()
      else response.writeHead(request.url === "/gone" ? 404 : 200, { "Content-Type": "text/html" }).end()
    })
    await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
    await use({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked })
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  },
})

test("other sites are asked where links lead, and what is dead or moved is told at its line", async ({ page, galley, elsewhere }) => {
  const head = tidesText.slice(0, tidesText.indexOf("The gauges")).replace("slug: tides\n", "")
  const text = `${head}[Here](${elsewhere.url}/here) and [gone](${elsewhere.url}/gone).\n\nIt was [there](${elsewhere.url}/old).\n`
  galley.commit(path, text, "Link elsewhere")
  const { url, server } = await serve(["--site", galley.dir, "--fetch-network", "127.0.0.1"])
  try {
    await page.goto(`${url}/edit?${new URLSearchParams({ branch: "main", path })}`)
    await live(page)
    await page.locator("[aria-controls=problem-list]").click()
    const row = page.locator(".outside-links")
    await expect(row).toContainText("Asks where they lead")
    expect(elsewhere.asked).toEqual([])
    await row.getByRole("button", { name: "Check links to other sites" }).click()
    await expect(row.getByRole("status")).toHaveText("3 links to other sites: 1 is dead, 1 has moved for good.")
    const found = page.locator("#problem-list > li")
    const dead = found.filter({ hasText: "/gone" })
    await expect(dead).toContainText("line " + (text.slice(0, text.indexOf("[gone]")).split("\n").length))
    const moved = found.filter({ hasText: "/new" })
    await moved.locator(".fix").first().click()
    await expect(source(page)).toContainText(`It was [there](${elsewhere.url}/new).`)
    await expect(moved).toHaveCount(0)
    await expect(dead).toHaveCount(1)
    const before = elsewhere.asked.length
    expect(before).toBeGreaterThan(2)
    // What was answered is known: nobody is asked twice.
    await row.getByRole("button", { name: "Check links to other sites" }).click()
    await expect(row.getByRole("status")).toHaveText("3 links to other sites: 1 is dead.")
    expect(elsewhere.asked.slice(before).filter(address => address !== "/new")).toEqual([])
  } finally {
    server.kill("SIGTERM")
  }
})
