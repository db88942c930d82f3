// Includes as tags in a text.
import { expect, test } from "@playwright/test"
import { faultOf, snippetAt, writeSnippet } from "../src/text/snippet-tag"

test("a tag is found where one is in it, and what is not changed stays", () => {
  const text = `Words.\n\n{%- include figure.html src='a "b".png' caption="It's \\"so\\"" width=page.width -%}\n\n{% include x.html %}`
  const at = text.indexOf("caption")
  const found = snippetAt(text, at)!
  expect([found.include, found.params.map(({ name, value }) => [name, value])]).toEqual(["figure.html", [["src", 'a "b".png'], ["caption", `It's "so"`], ["width", "page.width"]]])
  expect(writeSnippet("figure.html", [["src", 'a "b".png'], ["caption", `It's "so"`]], found)).toBe(text.slice(found.from, found.to))
  expect(writeSnippet("figure.html", [["caption", "It is"], ["credit", "Ada"], ["alt", ""]], found)).toBe(`{%- include figure.html src='a "b".png' caption="It is" width=page.width credit="Ada" -%}`)
  expect(writeSnippet("figure.html", [["src", ""]], found)).not.toContain("src=")
  expect(snippetAt(text, 3)).toBeNull()
  expect(snippetAt(text, text.length)?.include).toBe("x.html")
  expect(snippetAt("{% if a %}{% include_cached a.html %}", 5)).toBeNull()
})

test("a value of several lines keeps them", () => {
  const text = `{% include quote.html text="One\n\n  two" by='Ada' %}`
  const found = snippetAt(text, 4)!
  expect(writeSnippet("quote.html", [["text", "One\n\n  two"], ["by", "Bo"]], found)).toBe(`{% include quote.html text="One\n\n  two" by="Bo" %}`)
  expect(writeSnippet("quote.html", [["text", "One\n\n  two!"], ["by", "Ada\nand Bo"]], found)).toBe(`{% include quote.html text="One\n\n  two!" by="Ada and Bo" %}`)
})

test("values are quoted so that they are read back", () => {
  for (const value of ["plain", `with "double"`, "with 'single'", `both ' and "`, "a\nline"]) {
    const text = writeSnippet("a.html", [["text", value]], null)
    expect(snippetAt(text, 4)?.params[0]?.value).toBe(value.replace("\n", " "))
  }
  expect(writeSnippet("a.html", [], null)).toBe("{% include a.html %}")
  for (const broken of ["50%}", "C:\\", "C:\\ ", `\\"so\\", it's`]) expect(faultOf(broken)).not.toBe("")
  for (const fine of ["C:\\dir", `\\"so\\"`, "it\\'s", `"it's"`]) {
    expect(faultOf(fine)).toBe("")
    expect(snippetAt(writeSnippet("a.html", [["text", fine]], null), 4)?.include).toBe("a.html")
  }
})
