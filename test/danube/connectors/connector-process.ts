import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** Reads lines `connect PORT`, `listen PORT`, and answers each. */
const PROGRAM = `
const net = require('node:net');
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, port] = line.split(' ');
  const done = () => console.log(line);
  if (what === 'connect') {
    net.connect(Number(port), '127.0.0.1', done).on('error', () => {});
  } else {
    net.createServer().listen(Number(port), '127.0.0.1', done);
  }
});
`;

/** A process with connections, in place of a connector. */
export class ConnectorProcess {
  private readonly child: ChildProcess = spawn(process.execPath, ['-e', PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });

  get pid(): string {
    return String(this.child.pid);
  }

  async does(what: 'connect' | 'listen', port: number): Promise<void> {
    const answer = this.child.stdout === null ? undefined : once(this.child.stdout, 'data');
    this.child.stdin?.write(`${what} ${String(port)}\n`);
    await answer;
  }

  async end(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }
}

/** A port that takes connections and can drop them, in place of a broker. */
export class BrokerPort {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
  });

  static async open(): Promise<BrokerPort> {
    const broker = new BrokerPort();
    broker.server.listen(0, '127.0.0.1');
    await once(broker.server, 'listening');
    return broker;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  /** Ends all connections, as a broker that restarts does. */
  async dropAll(): Promise<void> {
    // What was connected a moment ago is still to be accepted.
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = [...this.sockets].map((socket) => once(socket, 'close'));
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await Promise.all(closed);
  }

  async close(): Promise<void> {
    this.server.close().on('connection', (socket: Socket) => socket.destroy());
    await this.dropAll();
  }
}
