import { checkObjects } from '../core/object-check';
import { at } from '../core/core-sets';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import { registerSchema } from '../../objects/validate-object';
import type { ReleaseSet } from '../../property/release-arbitrary';

const text = { type: 'string' };

/** What the chart uses of a Middleware, as Traefik's custom resource definition has it. */
registerSchema('traefik.io/v1alpha1', 'Middleware', {
  type: 'object',
  required: ['apiVersion', 'kind', 'metadata', 'spec'],
  properties: {
    apiVersion: text,
    kind: text,
    metadata: { type: 'object' },
    spec: {
      type: 'object',
      properties: {
        basicAuth: { type: 'object', properties: { secret: text, realm: text } },
        forwardAuth: {
          type: 'object',
          properties: { address: text, authResponseHeaders: { type: 'array', items: text } },
        },
      },
    },
  },
});

/**
 * As for the core. The account for MCP is a small release of its own: it belongs to the namespace
 * of the core.
 */
export function checkAdminObjects(
  objects: readonly KubernetesObject[],
  set: ReleaseSet,
): readonly string[] {
  const namespace = at(set.values, 'core.namespace');
  const isMcp = ({ metadata }: KubernetesObject) =>
    metadata.labels?.['app.kubernetes.io/component'] === 'mcp';
  const elsewhere = typeof namespace === 'string' && namespace !== '' ? { namespace } : {};
  return [
    ...checkObjects(
      objects.filter((object) => !isMcp(object)),
      set,
    ),
    ...checkObjects(objects.filter(isMcp), { ...set, ...elsewhere }),
  ];
}
