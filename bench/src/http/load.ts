import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  /** Connections, each with one request on its way at a time. */
  readonly connections: number;
  /** It ends when that many were answered, or when the time is over. */
  readonly requests: number;
  readonly seconds: number;
  /** The next request of a connection, as it goes over the wire. */
  readonly request: (connection: number) => string;
}

export interface Served {
  readonly requests: number;
  readonly seconds: number;
  /** Bytes of the last answer's body. */
  readonly bodyBytes: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Asks as fast as it is answered. Written for the purpose, because the generator shares the machine with the server that is
 * measured: it reads no more of an answer than its status and where it ends. Throws at the first answer that is not a success.
 */
export async function drive({ port, connections, requests: most, seconds, request }: Load): Promise<Served> {
  let requests = 0;
  let bodyBytes = 0;
  const began = performance.now();
  const endsAt = began + seconds * 1000;

  const talk = (connection: number) =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let missing = 0;
      let head: Buffer | undefined;
      const ask = () => socket.write(request(connection), 'latin1');

      function answered(): void {
        requests += 1;
        if (requests <= most - connections && performance.now() < endsAt) ask();
        else socket.end(resolve);
      }

      socket.once('connect', ask);
      socket.once('error', reject);
      socket.on('data', (chunk) => {
        if (missing === 0) {
          const text = head === undefined ? chunk : Buffer.concat([head, chunk]);
          const end = text.indexOf(headEnd);
          head = end < 0 ? text : undefined;
          if (end < 0) return;
          const length = /content-length: (\d+)/i.exec(text.toString('latin1', 0, end))?.[1];
          if (text.toString('latin1', 9, 12) !== '200' || length === undefined) {
            reject(new Error(`A server of the benchmark answered:\n${text.toString('utf8')}`));
            return void socket.destroy();
          }
          bodyBytes = Number(length);
          missing = end + headEnd.length + bodyBytes - text.length;
        } else missing -= chunk.length;
        if (missing === 0) answered();
      });
    });

  await Promise.all(Array.from({ length: connections }, (_, connection) => talk(connection)));
  return { requests, seconds: (performance.now() - began) / 1000, bodyBytes };
}
