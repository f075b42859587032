import { checkObjects } from '../core/object-check';
import { at } from '../core/core-sets';
import type { KubernetesObject } from '../../objects/kubernetes-object';
import '../../objects/traefik-middleware';
import type { ReleaseSet } from '../../property/release-arbitrary';

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
