// Parts are what is loaded later, all in one script: what compares texts, and
// what is sent away.
export { CollisionDialog } from "./collision"
export { ConflictDialog, TabDialog } from "./conflict"
export { PullScreen } from "./pull"
export { SubmitDialog } from "./submit"
