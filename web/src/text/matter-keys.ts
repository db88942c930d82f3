// Matter keys are those of a front matter that a form shows.
import type { FrontMatterKey } from "../protocol/preview"

export interface FormKeys {
  /// In the form's order, each once; some need not be in the text.
  names: string[]
  /// The keys that the form has no room for, in the text's order.
  others: FrontMatterKey[]
}

/// Always shown, in this order, whether or not a post has them; of a page, the
/// first alone.
const usual = ["title", "date", "slug"]

/// What Jekyll itself reads of a text: these are shown before others that there is no
/// room for.
const jekylls = new Set(["layout", "permalink", "published", "category", "categories", "tags", "description", "author", "excerpt", "lang"])

/// As many as somebody looks through. A form of thousands of fields takes a browser
/// minutes.
export const mostKeys = 60

export function formKeys(keys: readonly FrontMatterKey[], post: boolean): FormKeys {
  const first = post ? usual : usual.slice(0, 1)
  const names = new Set([...first, ...keys.map(key => key.name)])
  if (names.size <= mostKeys) return { names: [...names], others: [] }
  const wanted = [...names].filter(name => !first.includes(name))
  const shown = new Set([...wanted.filter(name => jekylls.has(name)), ...wanted.filter(name => !jekylls.has(name))].slice(0, mostKeys - first.length))
  return {
    names: [...first, ...wanted.filter(name => shown.has(name))],
    others: [...new Map(keys.map(key => [key.name, key])).values()].filter(key => !first.includes(key.name) && !shown.has(key.name)),
  }
}
