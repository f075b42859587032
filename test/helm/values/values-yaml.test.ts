import { z } from 'zod';
import { jsonSchemaOf, valuesTable } from '../../../src/helm';
import { valuesYaml } from '../../../src/helm/values/values-yaml';

const schema = z.object({
  image: z
    .object({
      repository: z.string().default('nginx').describe('Where the image is.'),
      tag: z
        .string()
        .optional()
        .describe('Its tag.')
        .meta({ examples: ['1.27'] }),
      pullPolicy: z.enum(['Always', 'Never']).default('Never').describe('When it is pulled.'),
    })
    .prefault({})
    .describe('The image.')
    .meta({ section: 'Images' }),
  y: z.boolean().default(false).describe('A key that YAML 1.1 reads as true.'),
  text: z.string().default('yes').describe('First line.\nSecond | line.'),
  class: z.string().optional().describe('Ingress class.'),
  labels: z.record(z.string(), z.string()).default({}),
  args: z.array(z.string()).default(['-v', 'no']).describe('Arguments.'),
  resources: z
    .looseObject({})
    .default({ requests: { cpu: '1' } })
    .meta({ section: 'Scheduling' }),
  affinity: z
    .looseObject({})
    .optional()
    .meta({ examples: [{ podAffinity: { x: [1] } }] }),
});

test('values.yaml holds every default with its description, the rest commented out', () => {
  expect(valuesYaml(schema, ['Values of a test.'])).toBe(`# Values of a test.

# ------------------------------------------------------------
# Images
# ------------------------------------------------------------
# The image.
image:
  # -- (string) Where the image is.
  repository: nginx
  # -- (string) Its tag.
  # tag: "1.27"
  # -- (string) When it is pulled. One of: Always, Never.
  pullPolicy: Never

# -- (bool) A key that YAML 1.1 reads as true.
"y": false

# -- (string) First line.
# Second | line.
text: "yes"

# -- (string) Ingress class.
# class:
labels: {}

# -- (list) Arguments.
args:
  - -v
  - "no"

# ------------------------------------------------------------
# Scheduling
# ------------------------------------------------------------
resources:
  requests:
    cpu: "1"
# affinity:
#   podAffinity:
#     x:
#       - 1
`);
});

test('the reference lists every value by section', () => {
  expect(valuesTable(schema)).toBe(`### Images

| Key | Type | Default | Description |
|---|---|---|---|
| \`image.repository\` | string | \`"nginx"\` | Where the image is. |
| \`image.tag\` | string |  | Its tag. |
| \`image.pullPolicy\` | string | \`"Never"\` | When it is pulled. |
| \`y\` | bool | \`false\` | A key that YAML 1.1 reads as true. |
| \`text\` | string | \`"yes"\` | First line. Second \\| line. |
| \`class\` | string |  | Ingress class. |
| \`labels\` | object | \`{}\` |  |
| \`args\` | list | \`["-v","no"]\` | Arguments. |

### Scheduling

| Key | Type | Default | Description |
|---|---|---|---|
| \`resources\` | object | \`{"requests":{"cpu":"1"}}\` |  |
| \`affinity\` | object |  |  |
`);
});

test('a deprecated value says so in values.yaml, the reference and the schema', () => {
  const old = z.object({
    oldName: z
      .string()
      .default('')
      .meta({ description: 'Use newName; goes in 2.0.0.', deprecated: true }),
    newName: z.string().default('').describe('A name.'),
  });
  expect(valuesYaml(old, [])).toContain('# -- (string) Deprecated. Use newName; goes in 2.0.0.\n');
  expect(valuesTable(old)).toContain('| Deprecated. Use newName; goes in 2.0.0. |');
  const { properties } = jsonSchemaOf(old);
  expect(properties?.oldName).toMatchObject({ deprecated: true });
  expect(properties?.newName).not.toHaveProperty('deprecated');
});
