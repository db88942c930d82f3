// Server serves rivals' files as a good host would: compressed beforehand and
// cached. Meter counts the bytes between a browser and any server.
import { readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { connect, createServer as createTCPServer, type AddressInfo } from "node:net"
import { extname, join, normalize } from "node:path"
import { brotliCompressSync, constants } from "node:zlib"

const types: Record<string, string> = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css",
  ".svg": "image/svg+xml", ".json": "application/json", ".yml": "text/yaml", ".wasm": "application/wasm",
}

export interface StaticServer {
  port: number
  url: string
  close(): void
}

/// Serves folders, each under a prefix such as "/rivals/".
export async function serveFolders(folders: Record<string, string>): Promise<StaticServer> {
  const kept = new Map<string, { plain: Buffer; brotli: Buffer | null }>()
  const read = (file: string) => {
    let found = kept.get(file)
    if (!found) {
      const plain = readFileSync(file)
      const small = plain.length > 1000 && /^(text|application|image\/svg)/.test(types[extname(file)] ?? "")
      const brotli = small ? brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }) : null
      kept.set(file, found = { plain, brotli })
    }
    return found
  }
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, "http://localhost").pathname))
    const prefix = Object.keys(folders).filter(prefix => path.startsWith(prefix)).sort((a, b) => b.length - a.length)[0]
    let file = prefix === undefined ? "" : join(folders[prefix]!, path.slice(prefix.length))
    try {
      if (file !== "" && statSync(file).isDirectory()) file = join(file, "index.html")
      const { plain, brotli } = read(file)
      const compressed = brotli && /\bbr\b/.test(String(request.headers["accept-encoding"]))
      response.setHeader("Content-Type", types[extname(file)] ?? "application/octet-stream")
      response.setHeader("Cache-Control", extname(file) === ".html" ? "no-cache" : "max-age=31536000, immutable")
      if (compressed) response.setHeader("Content-Encoding", "br")
      response.end(compressed ? brotli : plain)
    } catch {
      response.statusCode = 404
      response.end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    port, url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export interface Meter {
  url: string
  /// The bytes that went to the browser since it was last asked, headers and
  /// all.
  take(): number
  close(): void
}

/// Stands in front of a server on this machine.
export async function meter(port: number): Promise<Meter> {
  let bytes = 0
  const server = createTCPServer(client => {
    const upstream = connect(port, "127.0.0.1")
    upstream.on("data", data => (bytes += data.length))
    client.pipe(upstream)
    upstream.pipe(client)
    for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
      one.on("error", () => other.destroy())
      one.on("close", () => other.destroy())
    }
  })
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const now = bytes
      bytes = 0
      return now
    },
    close: () => void server.close(),
  }
}
