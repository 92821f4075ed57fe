import type { SyncFile } from '#host/storage/file-log.ts';
import type { Folder } from '#host/storage/opfs-storage.ts';

/** How many more changes there will be before the process dies, in the middle of one. */
export interface Fate {
  changes: number;
}

/** A file in memory. It outlives whoever has it open, and one that dies while writing has written half. */
export class MemoryFile implements SyncFile {
  bytes = new Uint8Array(0);
  private readonly fate: Fate;

  constructor(fate: Fate = { changes: Infinity }) {
    this.fate = fate;
  }

  read(into: Uint8Array, { at }: { at: number }): number {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }

  write(from: Uint8Array, { at }: { at: number }): number {
    const isWhole = this.spend();
    const part = isWhole ? from : from.subarray(0, from.length >> 1);
    const grown = new Uint8Array(Math.max(this.bytes.length, at + part.length));
    grown.set(this.bytes);
    grown.set(part, at);
    this.bytes = grown;
    if (!isWhole) throw new Error('the process was terminated');
    return part.length;
  }

  truncate(size: number): void {
    if (!this.spend()) throw new Error('the process was terminated');
    const cut = new Uint8Array(size);
    cut.set(this.bytes.subarray(0, size));
    this.bytes = cut;
  }

  getSize(): number {
    return this.bytes.length;
  }

  flush(): void {}

  close(): void {}

  copy(): MemoryFile {
    const file = new MemoryFile();
    file.bytes = this.bytes.slice();
    return file;
  }

  private spend(): boolean {
    this.fate.changes -= 1;
    return this.fate.changes >= 0;
  }
}

/** A private file system in memory: each file can be open once at a time. */
export class MemoryFolder implements Folder {
  readonly kind = 'directory';
  private readonly folders = new Map<string, MemoryFolder>();
  private readonly files = new Map<string, MemoryFile>();
  private readonly taken = new Set<string>();

  getDirectoryHandle(name: string): Promise<MemoryFolder> {
    const folder = this.folders.get(name) ?? new MemoryFolder();
    this.folders.set(name, folder);
    return Promise.resolve(folder);
  }

  getFileHandle(name: string): ReturnType<Folder['getFileHandle']> {
    const file = this.files.get(name) ?? new MemoryFile();
    this.files.set(name, file);
    return Promise.resolve({
      kind: 'file',
      createSyncAccessHandle: () => this.opened(name, file),
    });
  }

  private opened(name: string, file: MemoryFile): Promise<SyncFile> {
    if (this.taken.has(name)) {
      return Promise.reject(new DOMException('it is open', 'NoModificationAllowedError'));
    }
    this.taken.add(name);
    return Promise.resolve(new OpenFile(file, () => this.taken.delete(name)));
  }
}

/** A file as one who has it open sees it, until it is closed. */
class OpenFile implements SyncFile {
  private readonly file: MemoryFile;
  private readonly release: () => void;
  private isClosed = false;

  constructor(file: MemoryFile, release: () => void) {
    this.file = file;
    this.release = release;
  }

  read(into: Uint8Array, options: { at: number }): number {
    return this.open.read(into, options);
  }

  write(from: Uint8Array, options: { at: number }): number {
    return this.open.write(from, options);
  }

  truncate(size: number): void {
    this.open.truncate(size);
  }

  getSize(): number {
    return this.open.getSize();
  }

  flush(): void {
    this.open.flush();
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.release();
  }

  private get open(): MemoryFile {
    if (this.isClosed) throw new DOMException('it was closed', 'InvalidStateError');
    return this.file;
  }
}
