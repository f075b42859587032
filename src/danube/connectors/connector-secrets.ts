import type { Construct } from 'constructs';
import type { EnvFromSource, EnvVar, Secret } from 'kubernetes-types/core/v1';
import {
  eachEntryWhere,
  entries,
  Gate,
  hasAnyValue,
  knownFields,
  KubernetesObject,
  loopable,
  nonEmpty,
  or,
  sha256,
  str,
  toJson,
  when,
  type Dynamic,
  type Expr,
  type ListItem,
  type ManifestNode,
  type Ref,
} from '../../helm/index';
import type { ReleaseContext } from '../release-context';
import type { ConnectorValues } from './connector-values';

type Secrets = Ref<ConnectorValues['secrets']>;

/** Three secrets and more are easier to read as a loop over all of them. */
function looped<X>(secrets: Expr<Readonly<Record<string, X>>>) {
  return knownFields(secrets).length > 2 ? loopable(secrets) : undefined;
}

/** Whether there are secrets as text. */
export function hasTrialValues(secrets: Secrets): Expr<boolean> {
  const all = looped(secrets.trialValues);
  return all === undefined
    ? or(...knownFields(secrets.trialValues).map(([, value]) => value))
    : hasAnyValue(all);
}

/** Whether one variable comes from a key of a Secret, or is given as text. */
export function isNamed(secrets: Secrets, variable: string): Expr<boolean> {
  const keys = knownFields(secrets.fromKeys).filter(([name]) => name === variable);
  const texts = knownFields(secrets.trialValues).filter(([name]) => name === variable);
  return or(...keys.map(([, { secretName }]) => secretName), ...texts.map(([, value]) => value));
}

function trialSecretName(name: Expr<string>): Expr<string> {
  return str`${name}-trial`;
}

function trialData(secrets: Secrets): Dynamic<Record<string, string>> {
  const all = looped(secrets.trialValues);
  return all === undefined
    ? Object.fromEntries(
        knownFields(secrets.trialValues).map(([key, value]) => [key, nonEmpty(value)]),
      )
    : { ...entries(all, (_name, value) => nonEmpty(value)) };
}

/** The Secret of the values for trials. */
export function addTrialSecret(
  scope: Construct,
  secrets: Secrets,
  release: ReleaseContext,
  name: Expr<string>,
  component: string,
): KubernetesObject<Secret> {
  const gate = new Gate(scope, 'secret-trial', hasTrialValues(secrets));
  return new KubernetesObject<Secret>(
    gate,
    'Default',
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: release.metadata(trialSecretName(name), component, {
        object: 'connectorSecretTrial',
      }),
      type: 'Opaque',
      stringData: trialData(secrets),
    },
    { comment: 'For trials only: whoever can read the release can read these secrets.' },
  );
}

/** Variables are read once, so pods restart when a secret that is given as text changes. */
export function trialSecretChecksum(secrets: Secrets): ManifestNode<string | undefined> {
  return when<string>(hasTrialValues(secrets), sha256(toJson(secrets.trialValues)));
}

/** Secrets all of whose keys are variables. */
export function secretSources(
  secrets: Secrets,
  name: Expr<string>,
): readonly ListItem<EnvFromSource>[] {
  return [
    when<EnvFromSource>(secrets.existingSecret, { secretRef: { name: secrets.existingSecret } }),
    when<EnvFromSource>(hasTrialValues(secrets), { secretRef: { name: trialSecretName(name) } }),
  ];
}

function secretVariable(
  name: Expr<string> | string,
  { secretName, key }: Ref<ConnectorValues['secrets']['fromKeys'][string]>,
): Dynamic<EnvVar> {
  return { name, valueFrom: { secretKeyRef: { name: secretName, key } } };
}

/** Single variables from keys of Secrets; three and more by their names. */
export function secretVariables(secrets: Secrets): readonly ListItem<EnvVar>[] {
  const all = looped(secrets.fromKeys);
  return all === undefined
    ? knownFields(secrets.fromKeys).map(([name, from]) =>
        when<EnvVar>(from.secretName, secretVariable(name, from)),
      )
    : [eachEntryWhere(all, (_name, { secretName }) => secretName, secretVariable)];
}
