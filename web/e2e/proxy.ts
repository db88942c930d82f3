// Proxy stands between browser and server: it counts what is asked for, and
// holds or refuses it when a test says so.
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http"

export interface Proxy {
  url: string
  /// The paths that were asked for, in order, with their queries.
  asked: string[]
  /// Holds answers to addresses that match until `release`.
  hold(pattern: RegExp): { release(): void }
  /// Sends of answers to addresses that match their first half, until `release`.
  halve(pattern: RegExp): { release(): void }
  /// Answers 404 for addresses that match, as a server of another version does.
  refuse(pattern: RegExp): { end(): void }
  /// Gives other names to what the server serves, as another version has.
  rename(names: Map<string, string>): void
  /// Whether connections are refused, as if there were no server.
  down: boolean
  close(): Promise<void>
}

export async function startProxy(target: string): Promise<Proxy> {
  const asked: string[] = []
  const held: { pattern: RegExp; until: Promise<void> }[] = []
  const halved: { pattern: RegExp; until: Promise<void> }[] = []
  const refused: RegExp[] = []
  let renamed = new Map<string, string>()
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing))

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const path = incoming.url ?? "/"
    asked.push(path)
    if (refused.some(pattern => pattern.test(path))) return void outgoing.writeHead(404).end()
    for (const { pattern, until } of held) if (pattern.test(path)) await until
    if (proxy.down) return void incoming.socket.destroy()
    const back = [...renamed].reduce((path, [old, name]) => path.replaceAll(name, old), path)
    const half = halved.find(({ pattern }) => pattern.test(path))
    // What is compressed cannot be renamed in, and its half is not half of what it says.
    const headers = renamed.size > 0 || half ? { ...incoming.headers, "accept-encoding": "identity" } : incoming.headers
    const onward = request(target + back, { method: incoming.method!, headers }, answer => {
      if (/html|javascript/.test(answer.headers["content-type"] ?? "") && renamed.size > 0) return void rewrite(answer, outgoing)
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
      if (half) return void inHalves(answer, outgoing, half.until)
      answer.pipe(outgoing)
    })
    onward.on("error", () => outgoing.destroy())
    incoming.pipe(onward)
  }

  async function rewrite(answer: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const forth = (text: string) => [...renamed].reduce((text, [old, name]) => text.replaceAll(old, name), text)
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    const { "content-length": _, ...headers } = answer.headers
    outgoing.writeHead(answer.statusCode ?? 502, JSON.parse(forth(JSON.stringify(headers))))
    outgoing.end(forth(Buffer.concat(chunks).toString()))
  }

  async function inHalves(answer: IncomingMessage, outgoing: ServerResponse, until: Promise<void>): Promise<void> {
    const body = Buffer.concat(await answer.toArray())
    outgoing.write(body.subarray(0, body.length / 2))
    await until
    outgoing.end(body.subarray(body.length / 2))
  }

  /// Puts into a list what matches, until it is released.
  function until(list: { pattern: RegExp; until: Promise<void> }[], pattern: RegExp): { release(): void } {
    let release = () => {}
    const entry = { pattern, until: new Promise<void>(resolve => (release = resolve)) }
    list.push(entry)
    return {
      release() {
        list.splice(list.indexOf(entry), 1)
        release()
      },
    }
  }

  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  const proxy: Proxy = {
    down: false,
    rename(names) {
      renamed = names
    },
    url: `http://127.0.0.1:${port}`,
    asked,
    hold: pattern => until(held, pattern),
    halve: pattern => until(halved, pattern),
    refuse(pattern) {
      refused.push(pattern)
      return { end: () => void refused.splice(refused.indexOf(pattern), 1) }
    },
    close: () => new Promise(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    }),
  }
  return proxy
}
