// In time gives a promise up that is not kept in time, as what a browser or a server
// says may never come.

/// What is thrown then.
export class TooLate extends Error {
  constructor() {
    super("it was not answered in time")
    this.name = "TooLate"
  }
}

/// Keeps the promise, or rejects with TooLate after `limit` milliseconds. What was
/// begun goes on.
export function inTime<T>(promise: Promise<T>, limit: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate()), limit)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
