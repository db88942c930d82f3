import { expect, test } from "@playwright/test"
import { missingPictures } from "../src/post/missing-pictures"

/// What is marked in a text where one picture is missing.
function marked(text: string, address: string): string[] {
  return missingPictures(text, new Map([[address, "It is missing."]]), "http://127.0.0.1/2026/a/").map(d => text.slice(d.from, d.to))
}

test("a missing picture is found where the text asks for it, however it is written", () => {
  const text = "---\nimage: /img/a.png\n---\n![a](/img/a.png \"A\") <img src='/img/a.png'> ![b](/img/a.png.png) /img/a.png `x`\n\n[r]: /img/a.png\n"
  expect(missingPictures(text, new Map([["/img/a.png", "It is missing."]]), "http://127.0.0.1/2026/").map(d => d.from)).toEqual([11, 31, 57, text.lastIndexOf("/img")])
  expect(marked("![](/img/a.png)", "/news/img/a.png")).toEqual(["/img/a.png"])
  expect(marked("![]({{ \"/img/a.png\" | relative_url }})", "/news/img/a.png")).toEqual(["/img/a.png"])
  expect(marked("![](../../img/a.png)", "/img/a.png")).toEqual(["img/a.png"])
  expect(marked("![](a.png) <img src=./a.png>", "/2026/a/a.png")).toEqual(["a.png", "a.png"])
  expect(marked("---\nimage: img/a.png\n---\n![]({{ 'img/a.png' | relative_url }})", "/news/img/a.png")).toEqual(["img/a.png", "img/a.png"])
  expect(marked("![](</img/süd see.png>) ![](/img/s%C3%BCd%20see.png)", "/img/s%C3%BCd%20see.png")).toEqual(["/img/süd see.png", "/img/s%C3%BCd%20see.png"])
  expect(marked("![](</img/süd see.png>)", "/img/s%C3%BCd%20see.png")).toEqual(["/img/süd see.png"])
  expect(marked("![](/img/%.png)", "/img/%.png")).toEqual(["/img/%.png"])
})

test("another picture, or a word, is not taken for it", () => {
  expect(marked("see logo.png here, [logo.png](/other/logo.png)", "/img/logo.png")).toEqual([])
  expect(marked("", "/img/logo.png")).toEqual([])
  expect(marked("![](/)", "/")).toEqual([])
  expect(missingPictures("![](/a.png)", new Map(), "http://127.0.0.1/")).toEqual([])
  // A relative address is the page's.
  expect(marked("![](../a.png) ![](a.png) ![](../../a.png)", "/2026/a.png")).toEqual(["a.png"])
  expect(marked("![](img/logo.png)", "/img/logo.png")).toEqual([])
})

test("what is left out of an address are a few folders", () => {
  const depth = (n: number) => "/a".repeat(n)
  const last = "![](/a/x.png)"
  expect(marked(last, depth(17) + "/x.png")).toEqual(["/a/x.png"])
  expect(marked(last, depth(18) + "/x.png")).toEqual([])
  expect(marked(`![](${depth(100)}/x.png)`, depth(100) + "/x.png")).toEqual([depth(100) + "/x.png"])
})
