import { createServer, type IncomingMessage, type Server } from 'node:http';
import { freePort } from '../background-program';

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/**
 * Speaks as much of S3 as a client needs that puts, lists, gets and deletes small objects of one
 * bucket by its path. Who comes without a signature of the known key is refused.
 */
export class ObjectStore {
  /** By key. */
  readonly objects = new Map<string, Buffer>();
  /** Method, key and outcome of the requests. */
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor(
    private readonly bucket: string,
    private readonly accessKeyId: string,
    readonly port: number,
  ) {
    this.server = createServer((request, response) => {
      void this.answer(request).then(({ status, body = '', headers = {} }) => {
        response.writeHead(status, headers).end(request.method === 'HEAD' ? '' : body);
      });
    });
  }

  static async listen(bucket: string, accessKeyId: string): Promise<ObjectStore> {
    const store = new ObjectStore(bucket, accessKeyId, await freePort());
    await new Promise<void>((resolve) => store.server.listen(store.port, '127.0.0.1', resolve));
    return store;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }

  private async answer(request: IncomingMessage): Promise<Answer> {
    const { method = '', url = '' } = request;
    const { pathname, searchParams } = new URL(url, 'http://store');
    const body = await bodyOf(request);
    const [, bucket, ...rest] = decodeURIComponent(pathname).split('/');
    const key = rest.join('/');
    const answer = this.isSigned(request)
      ? bucket === this.bucket
        ? this.change(method, key, body, searchParams)
        : error(404, 'NoSuchBucket')
      : error(403, 'AccessDenied');
    this.requests.push(`${method} ${key} ${String(answer.status)}`);
    return answer;
  }

  private isSigned({ headers }: IncomingMessage): boolean {
    const signed = new RegExp(
      `^AWS4-HMAC-SHA256 Credential=${this.accessKeyId}/\\d{8}/[a-z0-9-]+/s3/aws4_request, ?` +
        'SignedHeaders=[a-z0-9;-]*host[a-z0-9;-]*, ?Signature=[0-9a-f]{64}$',
    );
    return signed.test(headers.authorization ?? '') && 'x-amz-date' in headers;
  }

  private change(method: string, key: string, body: Buffer, query: URLSearchParams): Answer {
    const found = this.objects.get(key);
    if (method === 'PUT' && key !== '') {
      this.objects.set(key, body);
      return { status: 200, headers: { ETag: '"1"' } };
    }
    if (method === 'DELETE' && key !== '') {
      this.objects.delete(key);
      return { status: 204 };
    }
    if (method === 'GET' && key === '' && query.get('list-type') === '2') {
      return { status: 200, body: this.list(query.get('prefix') ?? '') };
    }
    if ((method === 'GET' || method === 'HEAD') && found !== undefined) {
      const length = { 'Content-Length': String(found.length) };
      const headers = { ...length, ETag: '"1"', 'Last-Modified': new Date(0).toUTCString() };
      return { status: 200, body: found, headers };
    }
    return error(404, 'NoSuchKey');
  }

  private list(prefix: string): string {
    const contents = [...this.objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(
        ([key, { length }]) =>
          `<Contents><Key>${key}</Key><LastModified>2020-01-01T00:00:00.000Z</LastModified>` +
          `<ETag>"1"</ETag><Size>${String(length)}</Size></Contents>`,
      );
    return (
      `<ListBucketResult xmlns="${NAMESPACE}"><Name>${this.bucket}</Name>` +
      `<Prefix>${prefix}</Prefix><KeyCount>${String(contents.length)}</KeyCount>` +
      `<IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`
    );
  }
}

interface Answer {
  readonly status: number;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

function error(status: number, code: string): Answer {
  return { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) {
    parts.push(part as Buffer);
  }
  const body = Buffer.concat(parts);
  return request.headers['content-encoding']?.includes('aws-chunked') === true
    ? unchunked(body)
    : body;
}

/** Newer clients send pieces, each after a line with its length, and a checksum behind them. */
function unchunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let start = 0; ;) {
    const end = body.indexOf('\r\n', start);
    const length = parseInt(body.toString('latin1', start, end), 16);
    if (!(length > 0)) {
      return Buffer.concat(pieces);
    }
    pieces.push(body.subarray(end + 2, end + 2 + length));
    start = end + 2 + length + 2;
  }
}
