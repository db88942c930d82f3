import type { AppContext } from "../../ui/app-context"
import { later } from "../../ui/lazy"
import { comparedThere } from "../../post/kept-choice"
import { placeOf } from "../../post/kept-words"
import { resolve } from "../../post/merge"
import type { EditModel } from "../../post/edit-state"
import { viewOf, type LifeView } from "../../post/life/view"
import { renamedSentence } from "../../forge/renamed"
import type { Branch } from "../../protocol/server"
import { deskAddress } from "../../protocol/routes"

// What compares texts is not needed to write one.
const CollisionDialog = later(async () => (await import("../later")).CollisionDialog)
const ConflictDialog = later(async () => (await import("../later")).ConflictDialog)
const PlaceDialog = later(async () => (await import("../later")).PlaceDialog)
const TabDialog = later(async () => (await import("../later")).TabDialog)
const RenamedDialog = later(async () => (await import("../later")).RenamedDialog)
const BranchGoneDialog = later(async () => (await import("../later")).BranchGoneDialog)

export interface TextChoicesProps {
  app: AppContext
  branch: string
  path: string
  model: EditModel
  life: LifeView
  /// What the branch is called.
  where: string
  branches: readonly Branch[]
  /// Takes the text to where the post is by now.
  onFollow: () => void
}

/// The dialogs in which the writer says which of two texts it is to be, or where it
/// goes.
export function TextChoices({ app, branch, path, model, life, where, branches, onFollow }: TextChoicesProps) {
  const astray = life.submitting.is === "astray" ? life.renamed : null
  const onClose = () => model.send({ type: "submit closed" })
  return (
    <>
      {astray && (astray.branch !== undefined
        ? <BranchGoneDialog sentence={renamedSentence(astray, path, branch, branches)} onFollow={onFollow} onClose={onClose} />
        : <RenamedDialog path={path} where={where} renamed={astray} onFollow={onFollow} onAddAgain={() => model.send({ type: "add again", now: model.text() })} onClose={onClose} />)}
      {life.collision && (
        <CollisionDialog
          up={life.collision.up} nonce={app.nonce} place={placeOf(app.site, "post", branch, path, "collision")} onChoose={choices => {
            const { up } = life.collision!
            model.send({ type: "chose pieces", choices, now: model.text() })
            // Where somebody typed behind the dialog it is merged anew, and asked again.
            return model.text() === resolve(up, choices).text
          }}
          onLater={() => (life.collision!.ask.for === "opened" ? app.go(deskAddress(branch)) : model.send({ type: "later", now: model.text() }))}
        />
      )}
      {life.choice && (
        <ConflictDialog
          key={life.choice.mine} choice={life.choice} mine={model.text} where={where} nonce={app.nonce} place={placeOf(app.site, "post", branch, path, "branch")} onChoose={(text, shown) => {
            model.send({ type: "chose text", text, shown, now: model.text() })
            model.editor()?.focus()
            return viewOf(model.life.get()).choice === null
          }}
          onLater={() => (life.choice!.why === "stale" ? model.send({ type: "later", now: model.text() }) : app.go(deskAddress(life.target.into || branch)))}
        />
      )}
      {life.placeChoice && <PlaceDialog choice={life.placeChoice} mine={model.text} nonce={app.nonce} place={comparedThere({ ...placeOf(app.site), branch, path })} onChoose={(text, shown) => {
        model.send({ type: "chose place", text, shown, now: model.text() })
        return viewOf(model.life.get()).placeChoice === null
      }} onStay={() => model.send({ type: "chose place", text: null })} />}
      {life.tabChoice && <TabDialog theirs={life.tabChoice} mine={model.text} nonce={app.nonce} place={placeOf(app.site, "post", branch, path, "tab")} onChoose={(text, shown) => {
        model.send({ type: "chose tab", text, shown, now: model.text() })
        return viewOf(model.life.get()).tabChoice === null
      }} onLater={() => model.send({ type: "chose tab", text: null })} />}
    </>
  )
}
