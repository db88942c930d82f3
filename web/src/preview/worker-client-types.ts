// Worker client types are what a worker client does, and what it is given by the
// screen that it works for.
import type { ChangeSet, Text } from "@codemirror/state"
import type { Bundle } from "../protocol/server"
import type { Change, EditAnswer, PreviewAnswer } from "../protocol/preview"
import type { WorkerLike } from "./worker-process"

export interface WorkerClient {
  /// Tells of a change, when it is in `text()`.
  update(changes: ChangeSet): void
  /// Tells that there is a new frame, which needs the whole page.
  frameChanged(): void
  /// Finds the change that sets one key of the front matter, against the text
  /// as it is when the promise is kept. Rejects with a sentence.
  setKey(key: string, value: string): Promise<Change>
  /// Takes the site's templates anew.
  reload(): void
  destroy(): void
}

/// How the preview is doing.
/// `starting`: no worker yet. `live`: it follows. `restarting`: it crashed and
/// comes back. `resting`: it crashed on this text and waits for another.
/// `server`: this browser runs no WebAssembly.
export type PreviewState = "starting" | "live" | "restarting" | "resting" | "server"

export interface WorkerClientOptions {
  /// Makes a worker; null where WebAssembly or workers are not to be had.
  createWorker: (() => WorkerLike) | null
  /// Address of the WebAssembly module.
  wasm: string
  /// Keeps the compiled module for the workers after the first one, of this
  /// client and of others.
  compiled?: { module?: WebAssembly.Module | undefined }
  /// Path of the post in the repository.
  path: string
  /// What the editor holds now.
  text: () => Text
  /// Makes a new channel to the frame and answers this side of it; null while
  /// there is no frame.
  connectFrame: () => MessagePort | null
  /// What the worker renders with. Asked once, and again after a failure.
  bundle: () => Promise<Bundle>
  /// A lexer's definition.
  lexer: (name: string) => Promise<string>
  /// Renders on the server.
  render: (text: string, signal: AbortSignal) => Promise<PreviewAnswer>
  /// Called with all that is known of a text, and with the changes that the
  /// text has seen since (null for none).
  onAnswer: (answer: PreviewAnswer, since: ChangeSet | null) => void
  /// Called with the answer to each edit. What it leaves out comes to
  /// `onAnswer` when nothing was typed for a moment.
  onEdited: (answer: EditAnswer, since: ChangeSet | null) => void
  /// Called with a sentence when a text could not be rendered; the last page
  /// stays.
  onError?: (sentence: string) => void
  /// Called when the frame cannot take a page: it is to begin anew, which
  /// `frameChanged` then tells.
  onFrameFailed?: () => void
  /// Called with letters that were typed right behind a shown edit, all of them
  /// since, so that the frame can show them ahead of their rendering.
  onLetters?: (seq: number, letters: string) => void
  /// Called when the frame has shown the text of an edit.
  onPainted?: (seq: number) => void
  onState?: (state: PreviewState) => void
  /// In milliseconds.
  limits?: Partial<Limits>
}

export interface Limits {
  /// From a worker's start to its readiness; the module is loaded in it.
  /// Defaults to 120,000.
  start: number
  /// For one call. Defaults to 5,000.
  call: number
  /// Between the last change and asking for all that is known of the text.
  /// Defaults to 400: longer than a pause between two letters.
  describe: number
  /// Between a change and asking the server. Defaults to 250.
  render: number
  /// Before the second new worker; the third waits four times as long.
  /// Defaults to 1,000.
  restart: number
}

export const usualLimits: Limits = { start: 120_000, call: 5_000, describe: 400, render: 250, restart: 1_000 }
