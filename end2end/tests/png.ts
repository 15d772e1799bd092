// Pictures made on the spot: a PNG of one colour, or of noise.
import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

export type Upload = { name: string; mimeType: string; buffer: Buffer };

export function png(name: string, [red, green, blue]: [number, number, number], side = 64): Upload {
  const line = Buffer.concat([Buffer.from([0]), ...Array(side).fill(Buffer.from([red, green, blue]))]);
  return packed(name, side, deflateSync(Buffer.concat(Array(side).fill(line))));
}

// One of noise, which nothing makes smaller: three bytes a pixel.
export function noise(name: string, side: number): Upload {
  const lines = Array.from({ length: side }, () => [Buffer.from([0]), randomBytes(3 * side)]).flat();
  return packed(name, side, deflateSync(Buffer.concat(lines), { level: 0 }));
}

function packed(name: string, side: number, pixels: Buffer): Upload {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits a channel, three channels.
  header.set([8, 2], 8);
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
