import { personName } from "../../forge/people"
import type { Renamed } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"

export interface RenamedDialogProps {
  path: string
  /// Where on the site, as "on main".
  where: string
  renamed: Renamed
  /// Goes on at the post's new path.
  onFollow: () => void
  /// Submits all the same.
  onAddAgain: () => void
  onClose: () => void
}

/// Asks before a post that was renamed is submitted at its old path.
export function RenamedDialog({ path, where, renamed, onFollow, onAddAgain, onClose }: RenamedDialogProps) {
  return (
    <Dialog title="This post was renamed" onClose={onClose}>
      <p>{personName(renamed.person, "Somebody")} renamed it to <code>{renamed.path}</code> {where}. Go on there, and your text becomes a change of that file. Here, a pull request would add <code>{path}</code> again, beside it.</p>
      <footer>
        <button type="button" class="quiet" onClick={onClose}>Not yet</button>
        <button type="button" onClick={onAddAgain}>Add the old file again</button>
        <button type="button" class="primary" autofocus onClick={onFollow}>Go on in the renamed file</button>
      </footer>
    </Dialog>
  )
}
