// The name by which programs outside of this project import the runtime.
declare module 'persistent' {
  export * from '#core/persistent/index.ts';
}
