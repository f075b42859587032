import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paint } from '../../src/cli/paint';
import { program } from '../../src/cli/program';
import { progress } from '../../src/cli/progress';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const NAMES = program().commands.map((command) => command.name());

function commandOf(name: string) {
  return program().commands.find((command) => command.name() === name);
}

/** What `danube-charts <name> --help` prints. */
function helpOf(name: string): string {
  let text = '';
  const command = commandOf(name) ?? program();
  command.configureOutput({ writeOut: (written) => (text += written) }).outputHelp();
  return text;
}

test.each(NAMES)('the help of %s shows what to type', (name) => {
  expect(helpOf(name)).toMatch(new RegExp(`Examples:\\n  danube-charts ${name}\\b`));
});

test.each(['danube-charts', ...NAMES, 'README.md'])('what %s shows can be typed', (name) => {
  const text = name === 'README.md' ? README : helpOf(name);
  const lines = text.matchAll(/^(?: {2}|npx |\$ )danube-charts ((?:[^\s|>]+ ?)*)/gm);
  const typed = [...lines].map(([, line]) => line.trim().split(' '));
  expect(typed.length).toBeGreaterThan(0);
  for (const [verb, ...words] of typed) {
    expect([...NAMES, 'help']).toContain(verb);
    const options = commandOf(verb)?.options.flatMap(({ short, long }) => [short, long]) ?? [];
    const unknown = words.filter((word) => word.startsWith('-') && !options.includes(word));
    expect([verb, unknown]).toEqual([verb, []]);
  }
});

describe.each([true, false])('on a terminal: %s', (isTTY) => {
  const streams = [process.stdout, process.stderr];
  const before = streams.map((stream) => stream.isTTY);
  const { NO_COLOR, TERM } = process.env;

  beforeEach(() => {
    streams.forEach((stream) => (stream.isTTY = isTTY));
    Object.assign(process.env, { NO_COLOR: '', TERM: 'xterm' });
  });

  afterEach(() => {
    streams.forEach((stream, index) => (stream.isTTY = before[index]));
    Object.assign(process.env, { NO_COLOR: NO_COLOR ?? '', TERM: TERM ?? '' });
  });

  test('texts are coloured only there, and not where NO_COLOR is set', () => {
    expect(paint('red', 'error')).toBe(isTTY ? '\u001b[31merror\u001b[0m' : 'error');
    process.env.NO_COLOR = '1';
    expect(paint('red', 'error')).toBe('error');
  });

  test('progress is told only there', () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    progress('rendering');
    const { calls } = write.mock;
    write.mockRestore();
    expect(calls.map(([text]) => text)).toEqual(isTTY ? ['rendering ...\n'] : []);
  });
});
