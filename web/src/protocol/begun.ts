// Begun is what boot.ts, which stands in the page itself, has begun before the
// app's script is there, and hands over to it.

/// What boot.ts leaves behind, as `window.galley`.
export interface Begun {
  /// Answers on their way, by address.
  answers: Map<string, Promise<Response>>
  /// What requests are sent with, once the page knows its site.
  headers: Record<string, string>
  worker: Worker | null
  /// Begins what waits for the frame to be seen, if that has not been done.
  begin: () => void
  frame: HTMLIFrameElement | null
  /// Whether the frame has said that it is there.
  here: boolean
  /// Whether it has painted its page.
  seen: boolean
  /// Stops listening to the frame.
  release: () => void
}

declare global {
  interface Window {
    galley?: Begun
  }
  interface Element {
    /// Moves a child without loading it anew, in browsers that can.
    moveBefore?(child: Element, before: Element | null): void
  }
}
