/**
 * Events and metrics of accepted and refused uses, throttled so that nobody can flood the event
 * store.
 */
package io.accesskeys.audit;
