import type { KubernetesObject } from './kubernetes-object';

/**
 * Hooks that run when no pod of the release is waited for. Those before an upgrade or rollback find
 * the objects of the release as it was; no pod can need what only they make, since an install goes
 * without them.
 */
const HARMLESS = new Set([
  'test',
  'test-success',
  'test-failure',
  'pre-upgrade',
  'pre-rollback',
  'pre-delete',
  'post-delete',
]);

/**
 * Hooks that a pod may need to get ready. Helm runs hooks after an install or upgrade only when all
 * pods are ready (`--wait`), and those before it without the other objects of the release: a pod
 * that needs what a hook makes, or a hook that needs a pod, waits for ever.
 */
export function checkHooks(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap(({ kind, metadata }) => {
    const hooks = (metadata.annotations?.['helm.sh/hook'] ?? '').split(',');
    return hooks
      .map((hook) => hook.trim())
      .filter((hook) => hook !== '' && !HARMLESS.has(hook))
      .map((hook) => `${kind}/${metadata.name}: a ${hook} hook, which pods may wait for; no hook`);
  });
}
