// Sandbox is the element that a page is shown in: a frame whose origin is its
// own, that shares nothing with the app and sends no cookies. What its document
// may do is said by the policy that comes with it (internal/server/headers.go).

/// A frame that is in no document yet.
export function createSandbox(): HTMLIFrameElement {
  const frame = document.createElement("iframe")
  frame.setAttribute("sandbox", "allow-scripts")
  frame.referrerPolicy = "no-referrer"
  frame.title = "Page preview"
  return frame
}

/// Lets the service worker answer for a frame: browsers do not ask it for what
/// is in a sandbox of another origin. The one document that it gives takes that
/// origin away again, by its policy, without which it is not given.
export function letKeptIn(frame: HTMLIFrameElement): void {
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin")
}
