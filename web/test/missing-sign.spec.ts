// What stands in place of a picture that is not there.
import { expect, test } from "@playwright/test"
import { missingSvg } from "../src/post/missing-sign"

const rows = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(match => match[1])

test("the sign has the sentence in rows, and nothing of an address that is not text", () => {
  expect(rows(missingSvg("This picture is missing: the site has no file at /img/gone.png."))).toEqual(["This picture is missing: the site has no file", "at /img/gone.png."])
  const hostile = missingSvg("no file at /\"><script>alert(1)</script>&\u0001\ud800.png")
  expect(hostile).not.toMatch(/<script|[\u0001\ud800]|&(?!#\d+;)/)
  expect(rows(missingSvg(`x /${"ü".repeat(100)}`))).toEqual(["x", "/" + "ü".repeat(45), "ü".repeat(46), "ü".repeat(9)])
  expect(rows(missingSvg("a".repeat(2_000)))).toHaveLength(6)
})
