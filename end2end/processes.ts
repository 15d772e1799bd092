// Programs that run beside a spec: more servers on the same books, a Redis, an nginx. `stopAll` ends them.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
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
  startServerAt(port, env);
  return `http://localhost:${port}`;
}

// A server on this port, which may be started there again when it has ended.
export function startServerAt(port: number, env: NodeJS.ProcessEnv): ChildProcess {
  return start(process.env.E2E_SERVER ?? 'target/built/server', [], { PORT: String(port), ...env });
}

// A Redis that keeps nothing.
export function startRedis(port: number): ChildProcess {
  const words = ['--port', String(port), '--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
  return start('redis-server', words);
}

// Tells a program to end, and waits until it has.
export async function end(child: ChildProcess) {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

// Whether a program is installed that is not ours.
export function has(program: string, ...words: string[]): boolean {
  return !spawnSync(program, words, { stdio: 'ignore' }).error;
}

export async function stopAll() {
  const running = processes.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && !signalCode);
  const ends = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(ends);
}
