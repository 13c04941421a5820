// JsSIP's own declarations lack half of what is used here and bring `any`; library.ts describes the part we use.
declare module 'jssip' {
  const library: { readonly UA: new (configuration: object) => unknown; readonly debug: { disable(): void } };
  export default library;
}
declare module 'jssip/lib/RTCSession' {
  const session: { readonly prototype: object };
  export default session;
}
declare module 'jssip/lib/RequestSender' {
  const sender: new (ua: unknown, request: unknown, handlers: object) => { send(): void };
  export default sender;
}
