import { t } from "../base/words"
import type { Branch, Renamed } from "../protocol/server"
import { whereabouts } from "./branches"
import { personName } from "./people"

/// Tells where a post went, in a sentence. `path` and `branch` are where it was.
export function renamedSentence({ person, path: now, branch: there }: Renamed, path: string, branch: string, branches: readonly Branch[]): string {
  if (there !== undefined) return t("The branch {branch} is not there any more: it was merged, renamed or deleted. This post is {where} now.", { branch, where: whereabouts(there, branches) })
  return t("{person} renamed {path} to {now}.", { person: personName(person, t("Somebody")), path, now })
}
