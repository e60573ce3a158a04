/** The worker of the laws: fits, how sure they are, and advice, away from the page's thread and from the engine's. */

import packageFacts from '../../package.json' with { type: 'json' };
import { lawSession } from './law/session.ts';
import { serve } from './serve.ts';

serve(lawSession(packageFacts.version));
