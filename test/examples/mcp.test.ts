import { App } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { DanubeAdminChart } from '../../src/danube/admin/danube-admin-chart';
import { DanubeCoreChart } from '../../src/danube/core/danube-core-chart';
import { at } from '../danube/core/core-sets';
import { decoded } from '../danube/core/decoded';

const MCP = join(__dirname, '../../examples/mcp');
const files = readdirSync(MCP).filter((file) => file.endsWith('.json'));
const core = new DanubeCoreChart(new App(), 'danube-core');

function read(file: string): unknown {
  const tree: unknown = parse(readFileSync(join(MCP, file), 'utf8'));
  return tree;
}

test('there is a file for each assistant, alone and with the two other servers', () => {
  const assistants = ['claude_desktop_config', 'vscode_mcp', 'windsurf_mcp_config'];
  expect(files.sort()).toEqual(
    assistants.flatMap((name) => [`${name}-with-kubernetes-and-prometheus.json`, `${name}.json`]),
  );
});

test.each(files)('%s starts danube-admin as the plan says', (file) => {
  const isCode = file.startsWith('vscode');
  const servers = at(read(file), isCode ? 'servers' : 'mcpServers');
  const args = ['serve', '--mode', 'mcp', '--broker-endpoint', 'http://localhost:50051'];
  expect(at(servers, 'danube-admin')).toEqual({
    ...(isCode && { type: 'stdio' }),
    command: 'danube-admin',
    args: [...args, '--prometheus-url', 'http://localhost:9090'],
  });
  const names = Object.keys(servers ?? {});
  const others = file.includes('-with-') ? ['kubernetes', 'prometheus'] : [];
  expect(names.sort()).toEqual(['danube-admin', ...others]);
});

test('the log tools select the brokers of the release in its comment', () => {
  const config = read('danube-mcp.yaml');
  const selector = String(at(config, 'deployment.kubernetes.broker_selector'));
  const objects = decoded(core, { values: {}, releaseName: 'danube', namespace: 'messaging' });
  const pods = objects
    .map((object) => at(object, 'spec.template.metadata.labels'))
    .filter((labels) =>
      selector.split(',').every((pair) => {
        const [key, value] = pair.split('=');
        return Object.entries(labels ?? {}).some(([k, v]) => k === key && v === value);
      }),
    );
  expect(pods).toHaveLength(1);
  expect(at(config, 'deployment.kubernetes.namespace')).toBe('messaging');
});

test('the account for MCP may read pods and their logs, and nothing else', () => {
  const chart = new DanubeAdminChart(new App(), 'danube-admin');
  const objects = decoded(chart, { values: { mcp: { rbac: { enabled: true } } } });
  const roles = objects.filter(({ kind }) => kind.includes('Role') && !kind.includes('Binding'));
  expect(roles.map(({ kind, rules }) => [kind, rules])).toEqual([
    ['Role', [{ apiGroups: [''], resources: ['pods', 'pods/log'], verbs: ['get', 'list'] }]],
  ]);
});
