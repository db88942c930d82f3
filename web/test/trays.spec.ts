import { expect, test } from "@playwright/test"
import type { Api } from "../src/forge/api"
import { createTrays } from "../src/post/trays"
import type { TrayItem } from "../src/protocol/server"
import { emptyStorage } from "./storage"

test.beforeEach(emptyStorage)

const item = (key: string) => ({ key, title: key, url: "" }) as TrayItem
const open = () => createTrays({ api: {} as Api, branch: "main", path: "a.md", key: "k", pull: () => 0, text: () => "" })

test("two tabs of a post dismiss, and neither takes back what the other did", () => {
  const [one, other] = [open(), open()]
  one.dismiss(item("a"))
  other.dismiss(item("b"))
  one.dismiss(item("c"))
  other.restore(item("a"))
  const later = open()
  expect(["a", "b", "c"].map(key => later.standing(item(key)))).toEqual(["new", "dismissed", "dismissed"])
  for (const trays of [one, other, later]) trays.destroy()
})

test("what the browser does not keep stays dismissed in its tab", () => {
  const trays = open()
  localStorage.setItem = () => {
    throw new DOMException("no room", "QuotaExceededError")
  }
  trays.dismiss(item("a"))
  trays.dismiss(item("b"))
  expect(["a", "b"].map(key => trays.standing(item(key)))).toEqual(["dismissed", "dismissed"])
  trays.destroy()
})
