import { personName } from "../../forge/people"
import type { Renamed } from "../../protocol/server"
import { Dialog } from "../../ui/dialog"
import { t, tx } from "../../base/words"

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

/// Asks before a text is submitted to a branch that is not there any more, whose post
/// another one has, as `sentence` says.
export function BranchGoneDialog({ sentence, onFollow, onClose }: { sentence: string; onFollow: () => void; onClose: () => void }) {
  return (
    <Dialog title={t("This branch is gone")} onClose={onClose}>
      <p>{sentence} {t("Go on there, and your text becomes a change of that file.")}</p>
      <footer>
        <button type="button" class="quiet" onClick={onClose}>{t("Not yet")}</button>
        <button type="button" class="primary" autofocus onClick={onFollow}>{t("Go on there")}</button>
      </footer>
    </Dialog>
  )
}

/// Asks before a post that was renamed is submitted at its old path.
export function RenamedDialog({ path, where, renamed, onFollow, onAddAgain, onClose }: RenamedDialogProps) {
  return (
    <Dialog title={t("This post was renamed")} onClose={onClose}>
      <p>{tx("{person} renamed it to {now} {where}. Go on there, and your text becomes a change of that file. Here, a pull request would add {path} again, beside it.", { person: personName(renamed.person, t("Somebody")), now: <code>{renamed.path}</code>, where, path: <code>{path}</code> })}</p>
      <footer>
        <button type="button" class="quiet" onClick={onClose}>{t("Not yet")}</button>
        <button type="button" onClick={onAddAgain}>{t("Add the old file again")}</button>
        <button type="button" class="primary" autofocus onClick={onFollow}>{t("Go on in the renamed file")}</button>
      </footer>
    </Dialog>
  )
}
