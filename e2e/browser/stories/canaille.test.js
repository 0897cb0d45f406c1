// Signing in at Canaille.

import { Canaille } from '../providers/canaille.js';
import { tellAbout, tellOfConfirmation } from '../providers/stories.js';

const stage = tellAbout(Canaille);
tellOfConfirmation(stage, Canaille);
