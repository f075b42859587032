import { checkContainerWiring } from './container-wiring';
import { describeProblem, type KubernetesObject, reportOn } from './kubernetes-object';
import { checkPodReferences } from './pod-references';
import { type ExternalObjects, makeRelease, type Release } from './release';
import { checkSelectors } from './selector-rules';
import { checkTargets } from './target-rules';

export interface ObjectGraphOptions {
  /** The release's namespace. */
  namespace: string;
  external?: ExternalObjects;
}

/** What does not fit together among the rendered objects of one release, one line each. */
export function checkObjectGraph(
  objects: KubernetesObject[],
  options: ObjectGraphOptions,
): string[] {
  const release = makeRelease(objects, options.namespace, options.external ?? []);
  const problems = checkIdentities(release);
  for (const template of release.templates) {
    const report = reportOn(template.owner, problems);
    checkContainerWiring(template, release, report);
    checkPodReferences(template, release, report);
  }
  for (const object of objects) {
    const report = reportOn(object, problems);
    checkSelectors(object, release, report);
    checkTargets(object, release, report);
  }
  return problems;
}

function checkIdentities(release: Release): string[] {
  const problems: string[] = [];
  const seen = new Set<string>();
  for (const object of release.objects) {
    const { name, namespace } = object.metadata;
    const key = `${object.kind} ${namespace ?? release.namespace} ${name}`;
    if (seen.has(key)) {
      problems.push(describeProblem(object, '', 'is rendered more than once'));
    }
    seen.add(key);
    if (namespace !== undefined && namespace !== release.namespace) {
      const message = `"${namespace}" is not the release's namespace "${release.namespace}"`;
      problems.push(describeProblem(object, 'metadata.namespace', message));
    }
  }
  return problems;
}
