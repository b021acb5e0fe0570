/**
 * `cancelled`: the person has closed the window; `blocked`: the browser did not open it; `otherWay`: their account there is
 * reached by another provider; `down`: the provider did not answer as it should.
 */
export type RefusalReason = 'cancelled' | 'blocked' | 'otherWay' | 'down';

/** Why a provider has not said who somebody is. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, options?: ErrorOptions) {
    super(`The provider has not signed anybody in: ${reason}.`, options);
    this.reason = reason;
  }
}
