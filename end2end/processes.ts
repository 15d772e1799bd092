// Programs that run beside a spec: more servers on the same books, a Redis. `stopAll` ends them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

const processes: ChildProcess[] = [];

// A port that nobody listens on.
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

export function start(program: string, words: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(program, words, { cwd: ROOT, env: { ...process.env, ...env }, stdio: 'ignore' });
  processes.push(child);
  return child;
}

// A server on a port of its own; answers its address, which serves a little later: ask its /readyz.
export async function startServer(env: NodeJS.ProcessEnv): Promise<string> {
  const port = await freePort();
  start(process.env.E2E_SERVER ?? 'target/built/server', [], { PORT: String(port), ...env });
  return `http://localhost:${port}`;
}

export async function stopAll() {
  const running = processes.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && !signalCode);
  const ends = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(ends);
}
