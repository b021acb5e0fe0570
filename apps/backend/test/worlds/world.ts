import type { ApiClient, ClientSettings } from '@app/api-client';
import type { Role } from '@app/contracts';
import type { Line } from './line';

export interface DeviceSettings extends ClientSettings {
  /** The device's network, where the test wants to break it. */
  line?: Line;
}

/** A whole platform, as the SDK sees it: stories know nothing else of the service they run against. */
export interface World {
  readonly name: string;
  /** A network for one device. */
  line(): Line;
  /** A fresh client on a device of its own. It keeps its tokens in memory unless told otherwise. */
  client(settings?: DeviceSettings): ApiClient;
  /** What the service's clock shows. */
  now(): Date;
  /** Turns the service's clock on. What is due by then has been done when it resolves. */
  advance(milliseconds: number): Promise<void>;
  /** Resolves once each process of the service knows what the others have done so far. */
  settled(): Promise<void>;
  /** Gives someone a role, as whoever sets the platform up does. */
  appoint(userId: string, role: Role): Promise<void>;
  /** Lets go of every client that was made so far. */
  disposeClients(): void;
  close(): Promise<void>;
}
