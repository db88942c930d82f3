import { isSame, personName } from "../forge/people"
import type { ComponentChildren } from "preact"
import { ago } from "../forge/posts"
import type { Person, Pull } from "../protocol/server"
import { standing } from "../forge/pulls"
import { pullAddress } from "../protocol/routes"
import { t } from "../base/words"

export interface PullRowProps {
  pull: Pull
  /// What its base is called. Defaults to the branch's name.
  into?: string
  person: Person
  /// Milliseconds since 1970.
  now: number
  /// What can be done with it.
  children?: ComponentChildren
}

/// A pull request in a list: what it is called, whose it is, and how it stands.
export function PullRow({ pull, into = pull.base, person, now, children }: PullRowProps) {
  return (
    <li class={"pull-row " + pull.state}>
      <a href={pullAddress(pull.number)}>
        <span class="name">{pull.title}</span>
        <span class="detail">
          {isSame(pull.author, person)
            ? t("#{number} by you into {into}, {when}", { number: pull.number, into, when: ago(Date.parse(pull.updated), now) })
            : t("#{number} by {author} into {into}, {when}", { number: pull.number, author: personName(pull.author), into, when: ago(Date.parse(pull.updated), now) })}
          <Standing pull={pull} />
        </span>
      </a>
      {children}
    </li>
  )
}

/// How a pull request stands, as far as that is known.
export function Standing({ pull }: { pull: Pull }) {
  return <>{standing(pull).map(word => <span key={word.text} class={word.bad ? "standing bad" : "standing"}>{word.text}</span>)}</>
}
