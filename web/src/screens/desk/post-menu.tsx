import { useLayoutEffect, useRef, useState } from "preact/hooks"
import type { AppContext } from "../../ui/app-context"
import { dataGroup, nameOf } from "../../forge/posts"
import type { PostEntry, Pull } from "../../protocol/server"
import type { Draft } from "../../post/drafts"
import { historyAddress } from "../../protocol/routes"
import { DeleteDialog } from "./delete-dialog"
import { MoveDialog, type MoveKind } from "./move-dialog"
import { t } from "../../base/words"

export interface PostMenuProps {
  app: AppContext
  branch: string
  post: PostEntry
  pulls: readonly Pull[]
  /// What this browser keeps of it; absent for nothing.
  draft: Draft | undefined
  /// Begins with this instead of the choice.
  begin?: Choice | undefined
  onClose: () => void
  /// Called when something was submitted.
  onChanged: () => void
}

export type Choice = MoveKind | "delete"

/// What can be done with a post as a file, and the dialogs for it.
export function PostMenu({ app, branch, post, pulls, draft, begin, onClose, onChanged }: PostMenuProps) {
  const [choice, setChoice] = useState<Choice | null>(begin ?? null)
  const menu = useRef<HTMLDivElement>(null)
  const name = nameOf(post)

  useLayoutEffect(() => {
    if (choice) return
    const back = document.activeElement
    menu.current!.querySelector("button")!.focus()
    // A press elsewhere closes it, as Escape does.
    const away = (event: Event) => menu.current?.contains(event.target as Node) || onClose()
    addEventListener("pointerdown", away)
    return () => {
      removeEventListener("pointerdown", away)
      if (back instanceof HTMLElement) back.focus()
    }
  }, [choice])

  // Templates ask for a data file by its name, and would not find it by another.
  const items: [Choice | "history", string][] = post.group === dataGroup ? [["history", t("History")], ["delete", t("Delete")]] : [
    ["rename", t("Rename")],
    ...(post.group === "drafts" ? [["publish", t("Publish this draft")] as [Choice, string]] : []),
    ...(post.group === undefined ? [["unpublish", t("Take back to the drafts")] as [Choice, string]] : []),
    ["copy", t("Duplicate")],
    ["history", t("History")],
    ["delete", t("Delete")],
  ]
  const step = (event: KeyboardEvent) => {
    const buttons = [...menu.current!.querySelectorAll("button")]
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault()
      onClose()
    } else if (to !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      buttons.at(to % buttons.length)!.focus()
    }
  }
  if (!choice) {
    return (
      <div class="menu" role="menu" aria-label={t("What to do with {name}", { name })} ref={menu} onKeyDown={step}>
        {items.map(([id, label]) => (
          <button key={id} type="button" role="menuitem" tabIndex={-1} class={id === "delete" ? "deletes" : ""} onClick={() => (id === "history" ? app.go(historyAddress(branch, post.path)) : setChoice(id))}>{label}…</button>
        ))}
      </div>
    )
  }
  const common = { app, branch, post, draft, onClose, onChanged, others: pulls.filter(pull => pull.state === "open" && post.pulls.includes(pull.number)) }
  return choice === "delete" ? <DeleteDialog {...common} /> : <MoveDialog kind={choice} {...common} />
}
