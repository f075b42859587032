import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Json = Readonly<Record<string, unknown>>;

/** Answers as the JSON gateway of etcd does; what it knows is up to the test. */
export class FakeEtcd {
  /** Answers by path, to a request's body; a path that is not here answers 404. */
  readonly answers = new Map<string, (body: Json) => Json | 'hang'>();
  /** The paths and bodies of the POST requests. */
  readonly calls: [string, Json][] = [];
  isHealthy = true;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
  }

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

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    if (path === '/health') {
      response.statusCode = this.isHealthy ? 200 : 503;
      response.end(JSON.stringify({ health: String(this.isHealthy), reason: '' }));
      return;
    }
    const body = JSON.parse(await textOf(request)) as Json;
    this.calls.push([path, body]);
    const answer = this.answers.get(path)?.(body);
    if (answer === 'hang') {
      return;
    }
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? { error: 'Not Found' }));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text;
}
