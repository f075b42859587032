import type { Container, EnvVar, PodTemplateSpec, Volume } from 'kubernetes-types/core/v1';
import type { z } from 'zod';
import {
  each,
  eachEntry,
  nonEmpty,
  splice,
  spread,
  type Dynamic,
  type DynamicFields,
  type Expr,
  type ListItem,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import { RESTRICTED_CONTAINER, restrictedPod } from './hardening';
import type { Image } from './image';
import { spreadAffinity, spreadConstraints, type PodSpread } from './pod-spread';
import type { podValues } from './pod-values';
import { containerStop, podStop, type StopSequence } from './stop-sequence';

/** The values of a component's pods. */
export type PodValues = Omit<z.output<z.ZodObject<ReturnType<typeof podValues>>>, 'extraArgs'> & {
  image: Image;
};

/** What differs from component to component. */
export interface PodParts {
  readonly component: string;
  readonly values: Ref<PodValues>;
  readonly release: ReleaseContext;
  readonly serviceAccountName: Expr<string>;
  /** How several pods keep apart; default: only as affinity and constraints of the values say. */
  readonly spread?: Ref<PodSpread>;
  /** Annotations that follow from the chart, such as checksums. */
  readonly annotations?: DynamicFields<Record<string, string>>;
  /** Whether the pod talks to the API server; default: no token is mounted. */
  readonly mountsToken?: boolean;
  /** How the program of the main container is made to stop. */
  readonly stop: StopSequence;
  readonly initContainers?: readonly ListItem<Container>[];
  readonly container: MainContainer;
  readonly volumes: readonly ListItem<Volume>[];
}

/** The component's own container, without what every container has. */
export interface MainContainer {
  readonly name: string;
  /** Needed where the image has a default command instead of an entrypoint. */
  readonly command?: Dynamic<Container['command']>;
  /** With `splice(values.extraArgs)` at their end where the program reads any. */
  readonly args?: readonly ListItem<string>[];
  readonly env?: readonly ListItem<EnvVar>[];
  readonly envFrom?: readonly ListItem<NonNullable<Container['envFrom']>[number]>[];
  readonly ports: readonly ListItem<NonNullable<Container['ports']>[number]>[];
  readonly startupProbe: Dynamic<Container['startupProbe']>;
  readonly livenessProbe: Dynamic<Container['livenessProbe']>;
  readonly readinessProbe: Dynamic<Container['readinessProbe']>;
  readonly volumeMounts: readonly ListItem<NonNullable<Container['volumeMounts']>[number]>[];
}

function mainContainer({ container, values, release, stop }: PodParts): Dynamic<Container> {
  return {
    name: container.name,
    image: release.image(values.image),
    imagePullPolicy: values.image.pullPolicy,
    command: container.command,
    args: container.args,
    env: [...(container.env ?? []), environment(values), splice(values.extraEnv)],
    envFrom: [...(container.envFrom ?? []), splice(values.envFrom)],
    ports: container.ports,
    startupProbe: container.startupProbe,
    livenessProbe: container.livenessProbe,
    readinessProbe: container.readinessProbe,
    ...containerStop(stop),
    resources: values.resources,
    securityContext: RESTRICTED_CONTAINER,
    volumeMounts: [...container.volumeMounts, splice(values.extraVolumeMounts)],
  };
}

/** Environment variables given as a map. */
function environment(values: Ref<PodValues>): ListItem<EnvVar> {
  return eachEntry(values.env, (name, value): Dynamic<EnvVar> => ({ name, value }));
}

/** A component's pods: hardened, scheduled and extended as its values say. */
export function podTemplate(parts: PodParts): Dynamic<PodTemplateSpec> {
  const { component, values, release, spread: apart } = parts;
  const own = release.labels.selecting(component);
  return {
    metadata: {
      labels: release.labels.ofPods(component, values.podLabels),
      annotations: { ...spread(values.podAnnotations), ...parts.annotations },
    },
    spec: {
      serviceAccountName: parts.serviceAccountName,
      automountServiceAccountToken: parts.mountsToken ?? false,
      // Variables of other Services could be read as settings.
      enableServiceLinks: false,
      imagePullSecrets: [each(release.imagePullSecrets, (name) => ({ name }))],
      priorityClassName: nonEmpty(values.priorityClassName),
      terminationGracePeriodSeconds: values.terminationGracePeriodSeconds,
      ...podStop(parts.stop),
      securityContext: restrictedPod(values, release.platformAssignedIds),
      initContainers: [splice(values.extraInitContainers), ...(parts.initContainers ?? [])],
      containers: [mainContainer(parts), splice(values.sidecars)],
      volumes: [...parts.volumes, splice(values.extraVolumes)],
      nodeSelector: nonEmpty(values.nodeSelector),
      affinity: apart ? spreadAffinity(apart, own) : nonEmpty(values.affinity),
      topologySpreadConstraints: apart
        ? spreadConstraints(apart, own)
        : nonEmpty(values.topologySpreadConstraints),
      tolerations: nonEmpty(values.tolerations),
      ...spread(values.podOverrides.spec),
    },
  };
}
