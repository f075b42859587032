import { createServer, type Server } from 'node:http';

/** A request that reached the API. */
export interface Call {
  readonly url: string;
  readonly authorization: string | undefined;
}

/** An HTTP server in place of danube-admin: it notes every call and lets every origin in. */
export class StandInApi {
  readonly calls: Call[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      const { url = '', headers } = request;
      this.calls.push({ url, authorization: headers.authorization });
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ says: `answer ${String(this.calls.length)}` }));
    });
  }

  /** Listens on a free port of this machine, which it gives. */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () => {
        const address = this.server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}
