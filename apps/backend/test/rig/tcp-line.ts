import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The way to a server, to be cut and mended by a test. */
export interface TcpLine {
  /** The server's address, by this way. */
  readonly url: string;
  /** Breaks every connection and refuses new ones, as a server does that has stopped. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function tcpLine(serverUrl: string): Promise<TcpLine> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // Whatever breaks on one side is told to the other by closing it.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  async function listen(port: number): Promise<number> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  }
  async function cut(): Promise<void> {
    if (!server.listening) return;
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  }
  const port = await listen(0);
  const url = new URL(serverUrl);
  url.port = String(port);
  return {
    url: url.href,
    cut,
    async mend() {
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
