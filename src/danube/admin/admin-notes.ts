import type { z } from 'zod';
import { and, eq, not, Release, str, when, type ChartPart, type Ref } from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { AdminNames } from './admin-names';
import type { CoreLocation } from './core-location';
import type { danubeAdminValues } from './danube-admin-values';

/** NOTES.txt: how to open the pages, who else can, and what to give to an AI assistant. */
export function addAdminNotes(
  chart: ChartPart,
  { core, admin, adminUI, mcp }: Ref<z.output<typeof danubeAdminValues>>,
  { fullname }: ReleaseContext,
  location: CoreLocation,
): void {
  const names = new AdminNames(fullname);
  const { ingress } = adminUI;
  const forward = str`kubectl -n ${location.namespace} port-forward`;
  chart.notes([
    when(admin.enabled, [
      str`The admin server of Danube ${admin.image.tag} is starting in ${Release.namespace}.`,
      str`  brokers:    ${location.brokerEndpoint}`,
      str`  Prometheus: ${location.prometheusUrl}`,
      'Its pod waits until the brokers can be reached, and says so:',
      str`  kubectl -n ${Release.namespace} logs deployment/${names.admin} -c wait-for-broker`,
    ]),
    when(adminUI.enabled, [
      '',
      'The web interface, on any free port of your machine:',
      str`  kubectl -n ${Release.namespace} port-forward svc/${names.adminUI} 8081:${adminUI.service.port}`,
      '  open http://localhost:8081',
    ]),
    when(ingress.enabled, [
      when(
        ingress.tls.enabled,
        str`  open https://${ingress.host}`,
        str`  open http://${ingress.host}`,
      ),
    ]),
    when(admin.enabled, [
      '',
      'WARNING: neither the API nor the pages know users. Who reaches them can delete topics.',
    ]),
    when(and(ingress.enabled, eq(ingress.protection, 'allowUnauthenticated')), [
      '',
      str`WARNING: ${ingress.host} is open to everybody who can reach it (allowUnauthenticated).`,
    ]),
    when(and(ingress.enabled, not(ingress.tls.enabled)), [
      '',
      str`WARNING: ${ingress.host} is plain http: passwords and data can be read on the way.`,
    ]),
    when(and(admin.enabled, not(admin.networkPolicy.enabled)), [
      '',
      'WARNING: every pod of the cluster can use the API (admin.networkPolicy.enabled=false).',
    ]),
    when(and(adminUI.enabled, not(adminUI.networkPolicy.enabled)), [
      '',
      'WARNING: no NetworkPolicy protects the pages (adminUI.networkPolicy.enabled=false).',
    ]),
    '',
    'AI assistants (MCP): danube-admin runs on your machine. Keep these two commands running:',
    str`  ${forward} svc/${location.names.broker} 50051:${core.adminPort}`,
    str`  ${forward} svc/${location.names.prometheus} 9090:${core.prometheusPort}`,
    'and add this to the configuration of the assistant:',
    '  {',
    '    "mcpServers": {',
    '      "danube-admin": {',
    '        "command": "danube-admin",',
    '        "args": [',
    '          "serve", "--mode", "mcp",',
    '          "--broker-endpoint", "http://localhost:50051",',
    '          "--prometheus-url", "http://localhost:9090"',
    '        ]',
    '      }',
    '    }',
    '  }',
    when(mcp.rbac.enabled, [
      '',
      'A token for the log tools (pods and their logs, nothing else):',
      str`  kubectl -n ${location.namespace} create token ${names.mcp} --duration 8h`,
    ]),
  ]);
}
