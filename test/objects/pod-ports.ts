import type { IContainer } from 'kubernetes-models/v1';
import { type PodTemplate, runningContainers } from './pod-template';

/** Whether a port, given by its name or number, is one of the container's. */
export function containerHasPort(
  container: IContainer,
  port: string | number,
  protocol?: string,
): boolean {
  return (container.ports ?? []).some((candidate) => {
    const isSamePort = candidate.name === port || candidate.containerPort === port;
    return isSamePort && (!protocol || (candidate.protocol ?? 'TCP') === protocol);
  });
}

export function podHasPort(
  template: PodTemplate,
  port: string | number,
  protocol?: string,
): boolean {
  return runningContainers(template).some(({ container }) =>
    containerHasPort(container, port, protocol),
  );
}
