import { createApiClient } from '@app/api-client';
import * as hooks from '@app/api-client/react';

globalThis.sdk = { createApiClient, hooks };
