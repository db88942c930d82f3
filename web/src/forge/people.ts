// People are named, and told from each other, in one way everywhere.
import { t } from "../base/words"
import type { Person } from "../protocol/server"

/// Somebody's name as people know it. `somebody` is what stands there where it is not
/// known.
export function personName(person: Pick<Person, "login" | "name"> | undefined, somebody = t("somebody")): string {
  return person?.name || person?.login || somebody
}

/// Whether two are the same person. Logins are the same in any case.
export function isSame(a: Person, b: Person): boolean {
  return a.login && b.login ? a.login.toLowerCase() === b.login.toLowerCase() : a.name !== "" && a.name === b.name
}
