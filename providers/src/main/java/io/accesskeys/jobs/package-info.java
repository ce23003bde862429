/** Jobs in the background: upkeep, due rolls, the stored policy. */
package io.accesskeys.jobs;
