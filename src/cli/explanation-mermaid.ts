import { workloadKey } from './connections';
import type { Explanation } from './explanation';
import type { Workload } from './workload';

/** Text in a label; Mermaid reads quotes and `#` itself. */
function label(lines: readonly string[]): string {
  return lines.map((line) => line.replace(/"/g, '#quot;')).join('<br/>');
}

/** Names of nodes: words for objects, numbered in the order in which they are first seen. */
class NodeNames {
  private readonly names = new Map<string, string>();

  of(kind: string, key: string): string {
    const known = this.names.get(`${kind} ${key}`);
    const name = known ?? `${kind}${this.names.size + 1}`;
    this.names.set(`${kind} ${key}`, name);
    return name;
  }
}

function podsText({ kind, pods }: Workload): string {
  return kind === 'CronJob' ? pods : `${pods} ${pods === '1' ? 'pod' : 'pods'}`;
}

/** What a release deploys, as a Mermaid flowchart: who connects to whom, volumes and Secrets. */
export function explanationMermaid(explanation: Explanation): string {
  const { services, routes, connections, secrets } = explanation;
  const workloads = explanation.workloads.filter(({ hook }) => hook === undefined);
  const names = new NodeNames();
  const inside: string[] = [];
  const outside: string[] = [];
  const edges: string[] = [];
  const nodes = new Map<string, string>();

  for (const workload of workloads) {
    const node = names.of('pods', workloadKey(workload));
    nodes.set(workloadKey(workload), node);
    const own = services
      .filter(({ to }) => to.includes(workloadKey(workload)))
      .map(({ name, type, ports }) =>
        type === 'ClusterIP'
          ? `Service ${name}: ${ports.join(', ')}`
          : `${type} Service ${name}: ${ports.join(', ')}`,
      );
    const lines = [workloadKey(workload), podsText(workload), ...own];
    inside.push(`${node}["${label(lines)}"]`);
    for (const { name, what } of workload.volumes.filter(({ isKept }) => isKept)) {
      const volume = names.of('volume', `${workloadKey(workload)} ${name}`);
      inside.push(`${volume}[("${label([name, what])}")]`);
      edges.push(`${node} --- ${volume}`);
    }
  }
  for (const { kind, name, hosts, to } of routes) {
    const node = names.of('route', `${kind} ${name}`);
    inside.push(`${node}>"${label([`${kind} ${name}`, ...hosts])}"]`);
    const reached = services.filter((service) => to.includes(service.name));
    for (const target of new Set(reached.flatMap((service) => service.to))) {
      edges.push(`${node} --> ${nodes.get(target) ?? target}`);
    }
  }
  const endOf = (text: string): string => {
    const known = nodes.get(text) ?? names.of('peer', text);
    if (!nodes.has(text)) {
      nodes.set(text, known);
      outside.push(`${known}(["${label([text])}"])`);
    }
    return known;
  };
  for (const { from, to, ports } of connections) {
    edges.push(`${endOf(from)} -->|"${ports.join(', ') || 'all ports'}"| ${endOf(to)}`);
  }
  for (const { name, usedBy, isOptional } of secrets) {
    const node = names.of('secret', name);
    const users = usedBy.flatMap((user) => nodes.get(user) ?? []);
    if (users.length > 0) {
      outside.push(`${node}{{"${label([`Secret ${name}`])}"}}`);
      edges.push(...users.map((user) => `${node} ${isOptional ? '-.-' : '-.->'} ${user}`));
    }
  }
  const title = `release ${explanation.release}: ${explanation.chart}`;
  return [
    'flowchart LR',
    `  subgraph release["${label([title])}"]`,
    ...inside.map((line) => `    ${line}`),
    '  end',
    ...[...outside, ...edges].map((line) => `  ${line}`),
  ].join('\n');
}
