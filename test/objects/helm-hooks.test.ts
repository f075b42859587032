import { checkHooks } from './helm-hooks';

const job = (hook?: string) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'a', ...(hook === undefined ? {} : { annotations: { 'helm.sh/hook': hook } }) },
});

test.each([
  ['post-install', ['post-install']],
  ['pre-install, post-upgrade', ['pre-install', 'post-upgrade']],
  ['test', []],
  ['pre-delete', []],
  [undefined, []],
])('hooks %s', (hook, refused) => {
  expect(checkHooks([job(hook)])).toEqual(
    refused.map((name) => `Job/a: a ${name} hook, which pods may wait for; no hook`),
  );
});
