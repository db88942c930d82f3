// A fresh text is made in this browser and nowhere else yet: a new post, a copy, a data
// file. A dialog begins it, and some browsers hold their database back without an end: the
// dialog goes on without what that does not say in time.
import { inTime } from "../base/in-time"
import { patience, type Draft, type DraftKey } from "./drafts"
import { freshKey, type PostContext } from "./post-context"

const keyOf = ({ site }: PostContext, branch: string, path: string): DraftKey => ({ site: site.id, person: site.person.login || site.person.email || "", branch, path })

/// The draft that this browser keeps of a path; undefined for none, and where it does not
/// say in time.
export function draftThere(app: PostContext, branch: string, path: string): Promise<Draft | undefined> {
  return inTime(app.drafts.get(keyOf(app, branch, path)), patience).catch(() => undefined)
}

/// Gives a text to the editor that is opened next at its path, and keeps it as a draft
/// where the browser lets it, in time.
export async function beginText(app: PostContext, branch: string, path: string, text: string, title: string): Promise<void> {
  app.fresh.set(freshKey(branch, path), text)
  await inTime(app.drafts.put({ ...keyOf(app, branch, path), text, blob: "", base: "", title }, 0), patience).catch(() => {})
}
