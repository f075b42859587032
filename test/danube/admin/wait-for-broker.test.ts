import { App } from 'cdk8s';
import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { DanubeAdminChart } from '../../../src/danube/admin/danube-admin-chart';
import { decoded } from '../core/decoded';

const text = JSON.stringify(decoded(new DanubeAdminChart(new App(), 'a'), { values: {} }));
const [, quoted] = /"\/bin\/bash","-c",("(?:[^"\\]|\\.)*")/.exec(text) ?? ['', '""'];
const script = String(JSON.parse(quoted));

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

test('the init container says what it waits for, and ends when the port is open', async () => {
  const server = createServer((socket) => socket.destroy());
  const port = await listen(server, 0);
  await close(server);
  const address = `127.0.0.1:${String(port)}`;
  const env = { PATH: '/usr/bin:/bin', BROKER_ENDPOINT: `http://${address}` };
  const waiting = spawn('/bin/bash', ['-c', script], { env });
  let said = '';
  const isWaiting = new Promise<void>((resolve) => {
    waiting.stdout.on('data', (data: Buffer) => {
      said += data.toString();
      resolve();
    });
  });
  const ended = new Promise((resolve) => waiting.once('exit', resolve));

  await isWaiting;
  expect(said).toBe(
    `waiting for the admin port of a Danube broker at ${address} ` +
      '(without one the server would exit)\n',
  );
  await listen(server, port);
  expect(await ended).toBe(0);
  expect(said.trimEnd().split('\n').at(-1)).toBe(
    `the admin port of a Danube broker answers at ${address}`,
  );
  await close(server);
});
