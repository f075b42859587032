import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { artifactHubAnnotations, artifactHubRepository, readArchive } from '../../../src/helm';
import { program } from '../../../src/cli/program';
import { useTemporaryDirectory } from '../temporary-directory';

const REPOSITORY = join(__dirname, '../../..');
const directory = useTemporaryDirectory();

const url = z.url({ protocol: /^https$/ });
const yamlOf = (schema: z.ZodType) =>
  z.string().transform((text, context) => {
    const { success, error } = schema.safeParse(parse(text));
    if (!success) {
      context.addIssue(error.message);
    }
  });

/** What Artifact Hub reads of a Helm chart, after its documentation. */
const annotations = z.strictObject({
  'artifacthub.io/category': z.enum([
    'ai-machine-learning',
    'database',
    'integration-delivery',
    'monitoring-logging',
    'networking',
    'security',
    'skip-prediction',
    'storage',
    'streaming-messaging',
  ]),
  'artifacthub.io/license': z.literal('Apache-2.0'),
  'artifacthub.io/prerelease': z.enum(['true', 'false']).optional(),
  'artifacthub.io/links': yamlOf(z.array(z.strictObject({ name: z.string(), url })).min(1)),
  'artifacthub.io/recommendations': yamlOf(
    z.array(
      z.strictObject({
        url: z.string().regex(/^https:\/\/artifacthub\.io\/packages\/helm\/.+\/.+$/),
      }),
    ),
  ),
  'artifacthub.io/images': yamlOf(
    z.array(
      z.strictObject({
        name: z.string().min(1),
        image: z.string().regex(/^[^ ]+(:[^ :]+|@sha256:.+)$/),
      }),
    ),
  ),
  'artifacthub.io/changes': yamlOf(
    z.union([
      z.array(z.string().min(1)).min(1),
      z.array(
        z.strictObject({
          kind: z.enum(['added', 'changed', 'deprecated', 'removed', 'fixed', 'security']),
          description: z.string().min(1),
        }),
      ),
    ]),
  ),
  'artifacthub.io/signKey': yamlOf(z.strictObject({ fingerprint: z.string(), url })),
});

test('every packed chart says what Artifact Hub shows', async () => {
  const log = jest.spyOn(console, 'log').mockImplementation();
  const key = ['--sign-key-fingerprint', 'ABCD', '--sign-key-url', 'https://example.com/key.asc'];
  const from = ['--charts', join(REPOSITORY, 'charts-out'), '--out', directory()];
  const changelog = ['--changelog', join(REPOSITORY, 'CHANGELOG.md')];
  await program().parseAsync(['package', ...from, ...changelog, ...key], { from: 'user' });
  const names = log.mock.calls.map(([line]) => String(line).split('  ')[1]);
  log.mockRestore();
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) {
    const archive = readArchive(new Uint8Array(readFileSync(join(directory(), name))), name);
    const result = annotations.safeParse(archive.metadata.annotations);
    expect([name, result.error?.message]).toEqual([name, undefined]);
  }
});

test('changes are all texts or all of a kind', () => {
  const changes = (...kinds: readonly (string | undefined)[]) => {
    const items = kinds.map((kind) => ({ kind, text: 'x' }));
    return parse(artifactHubAnnotations({ changes: items })['artifacthub.io/changes']) as unknown;
  };
  expect(changes(undefined)).toEqual(['x']);
  expect(changes('fixed', undefined)).toEqual([
    { kind: 'fixed', description: 'x' },
    { kind: 'changed', description: 'x' },
  ]);
  expect(() => changes('invented')).toThrow('Artifact Hub knows no changes "invented"');
});

test('what is not known is left out', () => {
  expect(artifactHubAnnotations({ changes: [], images: [] })).toEqual({});
  expect(artifactHubAnnotations({ prerelease: true })).toEqual({
    'artifacthub.io/prerelease': 'true',
  });
});

test('the repository is known by the ID that Artifact Hub gave it', () => {
  const id = '00000000-1111-2222-3333-444444444444';
  expect(parse(artifactHubRepository(id))).toEqual({ repositoryID: id });
  expect(() => artifactHubRepository('danube')).toThrow('danube is no repository ID');
});
