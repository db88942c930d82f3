// Where somebody was in a post, as it is read from storage.
import { expect, test } from "@playwright/test"
import { readPlace } from "../src/post/left-place"

test("a place is for its address alone, and only a whole one is taken", () => {
  const place = { source: { anchor: 3, head: 9, from: 0, to: 12, fraction: 0.5 }, page: { block: 2, fraction: 0 } }
  const kept = JSON.stringify({ address: "/edit?path=a.md", ...place })
  expect(readPlace(kept, "/edit?path=a.md")).toEqual(place)
  expect(readPlace(kept, "/edit?path=b.md")).toBeNull()
  expect(readPlace(kept.replace('"block":2', '"block":"2"'), "/edit?path=a.md")).toEqual({ ...place, page: null })
  for (const broken of [null, "", "{", "[]", kept.replace('"head":9', '"head":-1'), kept.replace('"from":0,', "")]) {
    expect(readPlace(broken, "/edit?path=a.md"), String(broken)).toBeNull()
  }
})
