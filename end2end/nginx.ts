// A real nginx in front of two servers: the very file of deploy/nginx, with a certificate made on the spot.
import { execFileSync, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { end, freePort, ROOT, start } from './processes';

export type Answer = { status: number; headers: IncomingHttpHeaders; text: string };

export class Nginx {
  private constructor(
    // Where browsers go.
    readonly base: string,
    // Without TLS.
    readonly http: string,
    private readonly port: number,
    private readonly folder: string,
    private readonly child: ChildProcess,
  ) {}

  // In front of these two ports of this machine.
  static async start([a, b]: [number, number]): Promise<Nginx> {
    const folder = mkdtempSync(join(tmpdir(), 'neighborbid-nginx-'));
    // The workers of root's nginx are somebody else.
    chmodSync(folder, 0o755);
    certify(folder);
    const [http, https] = [await freePort(), await freePort()];
    const file = join(folder, 'nginx.conf');
    const values = {
      ACME_ROOT: folder,
      CERTIFICATES: folder,
      HTTPS_PORT: `127.0.0.1:${https}`,
      HTTP_PORT: `127.0.0.1:${http}`,
      NGINX_ACCESS_LOG: join(folder, 'access.log'),
      NGINX_TEMP: folder,
      SERVER_A: `127.0.0.1:${a}`,
      SERVER_B: `127.0.0.1:${b}`,
      SERVER_NAME: 'localhost',
    };
    const template = readFileSync(join(ROOT, 'deploy/nginx/nginx.conf.template'), 'utf8');
    writeFileSync(file, filledIn(template, values));
    const child = start('nginx', ['-p', folder, '-c', file, '-g', 'daemon off;']);
    const nginx = new Nginx(`https://localhost:${https}`, `http://localhost:${http}`, https, folder, child);
    const answers = () => nginx.ask('/livez').then(({ status }) => status, () => 0);
    await expect.poll(answers, { timeout: 10_000 }).toBe(404);
    return nginx;
  }

  // A question of one's own making; over TLS, to the host that a browser would name.
  ask(path: string, options: RequestOptions = {}, body?: string): Promise<Answer> {
    const { headers, ...others } = options;
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          host: '127.0.0.1',
          port: this.port,
          path,
          servername: 'localhost',
          rejectUnauthorized: false,
          agent: false,
          headers: { host: `localhost:${this.port}`, ...headers },
          ...others,
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text });
          });
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  // What it wrote of each request.
  log(): Record<string, unknown>[] {
    const lines = readFileSync(join(this.folder, 'access.log'), 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line));
  }

  async end() {
    await end(this.child);
    rmSync(this.folder, { recursive: true });
  }
}

// As the image of nginx does it with envsubst: all names, and no other.
function filledIn(template: string, values: Record<string, string>): string {
  return template.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`deploy/nginx asks for ${name}, which nobody gives it`);
    return value;
  });
}

function certify(folder: string) {
  const words = [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')],
  ];
  execFileSync('openssl', words, { stdio: 'ignore' });
}
