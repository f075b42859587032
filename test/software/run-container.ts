import type { IContainer } from 'kubernetes-models/v1';
import { runToEnd } from '../run-to-end';

export interface Surroundings {
  /** A file that takes the place of /etc/hosts. */
  readonly hosts: string;
  /** Texts of command and environment, such as paths, by what stands for them on this machine. */
  readonly here?: Readonly<Record<string, string>>;
  /** Where programs are looked up before those of the machine. */
  readonly programs?: string;
  /** What the container would have from Secrets. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface ContainerRun {
  readonly code: number;
  readonly output: string;
}

/** What runs a command where the names of a file count; the file of the machine stays as it is. */
export function amongNames(hosts: string): readonly [string, ...string[]] {
  return withMounts(`mount --bind '${hosts}' /etc/hosts`);
}

/** What runs a command with mounts that it alone sees, for users other than root too. */
export function withMounts(mounting: string): readonly [string, ...string[]] {
  const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];
  const script = `${mounting} && exec "$@"`;
  return ['/usr/bin/unshare', '--mount', ...asRoot, '/bin/sh', '-c', script, 'sh'];
}

/** Runs the command of a rendered container to its end, as a process of this machine. */
export async function runContainer(
  { command = [], args = [], env = [] }: IContainer,
  { hosts, here = {}, programs, secrets }: Surroundings,
): Promise<ContainerRun> {
  const local = (text: string) =>
    Object.entries(here).reduce((made, [from, to]) => made.replaceAll(from, to), text);
  const variables = env.map(({ name, value = '' }) => [name, local(value)] as const);
  const path = [...(programs === undefined ? [] : [programs]), process.env.PATH].join(':');
  const { code, output } = await runToEnd(
    [...amongNames(hosts), ...[...command, ...args].map(local)],
    { PATH: path, ...Object.fromEntries(variables), ...secrets },
  );
  return { code: code ?? -1, output };
}
