import type { Explanation } from './explanation';
import { paint } from './paint';
import type { Workload } from './workload';

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  return [paint('bold', line(head)), ...rows.map(line)];
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return rows.length === 0 ? [] : ['', paint('bold', title), ...table(head, rows)];
}

function workloadRow({ kind, name, pods, ports, hook }: Workload): readonly string[] {
  const named = ports.map(({ name: port, port: number }) => `${port} ${number}`.trim());
  return [kind, name, pods, named.join(', '), hook ?? 'always'];
}

function kindRows({ objects }: Explanation): readonly (readonly string[])[] {
  const kinds = [...new Set(objects.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const named = objects.filter((object) => object.kind === kind);
    return [kind, String(named.length), [...new Set(named.map(({ name }) => name))].join(', ')];
  });
}

/** What a release deploys, as tables for a terminal. */
export function explanationTable(explanation: Explanation): string {
  const { chart, version, release, namespace, workloads, services, routes } = explanation;
  const { connections, images, secrets } = explanation;
  const volumes = workloads.flatMap((workload) =>
    workload.volumes
      .filter(({ isKept }) => isKept)
      .map(({ name, what }) => [`${workload.kind} ${workload.name}`, name, what]),
  );
  return [
    `${chart} ${version}, release ${release} in the namespace ${namespace}`,
    ...section('What runs', ['KIND', 'NAME', 'PODS', 'PORTS', 'WHEN'], workloads.map(workloadRow)),
    ...section(
      'Services',
      ['NAME', 'TYPE', 'PORTS', 'TO'],
      services.map(({ name, type, ports, to }) => [name, type, ports.join(', '), to.join(', ')]),
    ),
    ...section(
      'Ways in',
      ['KIND', 'NAME', 'HOSTS', 'TO'],
      routes.map(({ kind, name, hosts, to }) => [kind, name, hosts.join(', '), to.join(', ')]),
    ),
    ...section(
      'Connections that network policies allow, besides DNS',
      ['FROM', 'TO', 'PORTS'],
      connections.map(({ from, to, ports }) => [from, to, ports.join(', ') || 'all']),
    ),
    ...section('Volumes that stay', ['OF', 'NAME', 'WHAT'], volumes),
    ...section(
      'Secrets that have to be there',
      ['NAME', 'KEYS', 'USED BY'],
      secrets.map(({ name, keys, usedBy, isOptional }) => [
        isOptional ? `${name} (optional)` : name,
        keys.join(', '),
        usedBy.join(', '),
      ]),
    ),
    ...section(
      'Images',
      ['IMAGE'],
      images.map((image) => [image]),
    ),
    ...section('Objects', ['KIND', 'NUMBER', 'NAMES'], kindRows(explanation)),
  ].join('\n');
}
