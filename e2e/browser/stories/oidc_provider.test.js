// Signing in at the package oidc-provider.

import { OidcProvider } from '../providers/oidc_provider.js';
import { tellAbout, tellOfConfirmation } from '../providers/stories.js';

const stage = tellAbout(OidcProvider);
tellOfConfirmation(stage, OidcProvider);
