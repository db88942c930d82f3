// Adopting brings drafts that an earlier Galley kept by a repository's name, or by the
// repository where a site is one of its folders, to the site that they were made in. Two
// folders may have one name, and one repository several sites: a draft goes with the
// site that has the blob that it was made from, or one that was submitted of it, and
// stays where it is otherwise. A name on GitHub is one repository's alone, so that all
// drafts go with it; a new text, which was made from nothing, goes with the site of the
// repository that is opened first, where somebody sees it.
import type { Api } from "../forge/api"
import type { Site } from "../protocol/server"
import type { Draft, Drafts } from "./drafts"
import { earlierIds, setAdopted } from "./old-drafts"
import { forgetParting, leaveBehind, partingsOf } from "./parting-draft"

type Made = Pick<Draft, "path" | "blob" | "sent">

/// Adopts what belongs to a site. Rejects where it cannot be told now; then what is not
/// adopted stays for another time.
export async function adopt(drafts: Drafts, api: Api, site: Site): Promise<void> {
  for (const id of earlierIds(site)) await adoptFrom(id, drafts, api, site)
  setAdopted(site)
}

async function adoptFrom(id: string, drafts: Drafts, api: Api, site: Site): Promise<void> {
  const person = site.person.login || site.person.email || ""
  const old = await drafts.list(id, person)
  const left = partingsOf(id, person)
  const whole = site.repository === site.id
  const ofRepository = id === site.repository || site.kind === "github"
  const all = [...old, ...left.map(parting => parting.draft)]
  // The same blob may be asked for at two paths.
  const asked = whole && ofRepository ? [] : [...new Set(all.flatMap(made => blobsOf(made).map(blob => nameOf(made.path, blob))))]
  const known = new Set<string>()
  for (let i = 0; i < asked.length; i += 50) {
    const some = asked.slice(i, i + 50).map(name => name.split("\n") as [string, string])
    const query = new URLSearchParams(some.flatMap(([path, blob]) => [["blob", blob], ["path", path]]))
    for (const blob of (await api.ask<{ blobs: string[] }>(`/api/known?${query}`)).blobs) {
      for (const [path, one] of some) if (one === blob) known.add(nameOf(path, blob))
    }
  }
  const belongs = (made: Made) => ofRepository && (whole || blobsOf(made).length === 0) || blobsOf(made).some(blob => known.has(nameOf(made.path, blob)))
  for (const draft of old.filter(belongs)) {
    const there = { ...draft, site: site.id }
    if (await drafts.get(there)) continue
    for (const picture of await drafts.pictures(draft)) await drafts.putPicture({ ...picture, site: site.id })
    await drafts.put(there, draft.version)
    await drafts.remove(draft, draft.version)
    await drafts.forgetPictures(draft)
  }
  for (const parting of left.filter(parting => belongs(parting.draft))) {
    const { draft, seen, page } = parting
    // Its draft has another version by now where it was adopted: that is what it saw.
    const now = old.find(other => other.branch === draft.branch && other.path === draft.path)
    const there = { ...draft, site: site.id }
    const version = now?.version === seen ? (await drafts.get(there))?.version : undefined
    if (leaveBehind(there, { ...parting, draft: there, seen: version ?? seen })) forgetParting(draft, other => other.page === page && other.draft?.text === draft.text)
  }
}

const nameOf = (path: string, blob: string) => path + "\n" + blob

function blobsOf({ blob, sent }: Made): string[] {
  return [blob, ...(sent ?? [])].filter(id => /^[0-9a-f]{40}$/.test(id))
}
