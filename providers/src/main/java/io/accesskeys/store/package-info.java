/** Tables, cache, cluster messages, usage, and searches with their order and index. */
package io.accesskeys.store;
