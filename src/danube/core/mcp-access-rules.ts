import type { z } from 'zod';
import {
  and,
  asString,
  eq,
  has,
  not,
  or,
  str,
  type Expr,
  type ChartPart,
  type Ref,
} from '../../helm/index';
import type { coreValues } from './core-values';

type Values = Ref<z.output<typeof coreValues>>;

/** What has to hold before ports without authentication are published. */
export function addMcpAccessRules(chart: ChartPart, { mcpAccess, networkPolicy }: Values): void {
  const { enabled, type, sourceRanges } = mcpAccess;
  const needs = (consequence: Expr) => or(not(enabled), consequence);
  const isNodePort = eq(type, 'NodePort');
  chart.require({
    path: 'mcpAccess.unauthenticated',
    holds: needs(eq(mcpAccess.unauthenticated, 'allow')),
    problem: 'the admin port of broker 0.7.2 and Prometheus ask nobody for a password',
    fix: 'write allow if that is what you want, or use kubectl port-forward',
  });
  chart.require({
    path: 'mcpAccess.unauthenticated',
    holds: or(enabled, not(mcpAccess.unauthenticated)),
    problem: 'it allows nothing: mcpAccess.enabled is false',
    fix: 'leave it empty, or set mcpAccess.enabled to true',
  });
  chart.require({
    path: 'mcpAccess.sourceRanges',
    holds: needs(sourceRanges),
    problem: 'it is empty, so nobody or everybody could connect to unauthenticated ports',
    fix: 'list the addresses of the machines that run danube-admin or MCP, such as 203.0.113.7/32',
  });
  for (const everyone of ['0.0.0.0/0', '::/0']) {
    chart.require({
      path: 'mcpAccess.sourceRanges',
      holds: needs(not(has(everyone, sourceRanges))),
      problem: `${everyone} is everybody, and the ports are unauthenticated`,
      fix: 'write the addresses of the machines that run danube-admin or MCP',
    });
  }
  chart.require({
    path: 'networkPolicy.enabled',
    holds: or(not(and(enabled, isNodePort)), networkPolicy.enabled),
    problem: 'nothing else would keep to mcpAccess.sourceRanges: a node port has none',
    fix: 'set it to true, or mcpAccess.type to LoadBalancer',
  });
  for (const key of ['adminNodePort', 'prometheusNodePort'] as const) {
    chart.require({
      path: `mcpAccess.${key}`,
      holds: or(eq(mcpAccess[key], 0), and(enabled, isNodePort)),
      problem: str`nothing reads it: mcpAccess.enabled is ${asString(enabled)}, type ${type}`,
      fix: 'leave it 0, or set mcpAccess.enabled to true and mcpAccess.type to NodePort',
    });
  }
  chart.require({
    path: 'mcpAccess.prometheusNodePort',
    holds: or(
      eq(mcpAccess.prometheusNodePort, 0),
      not(eq(mcpAccess.prometheusNodePort, mcpAccess.adminNodePort)),
    ),
    problem: str`${mcpAccess.prometheusNodePort} is mcpAccess.adminNodePort too`,
    fix: 'write another port',
  });
}
