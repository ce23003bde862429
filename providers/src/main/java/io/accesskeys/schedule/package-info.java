/**
 * Rolls that are due: how a roll changes secrets, the delivery SPI, the deliveries pickup and self.
 */
package io.accesskeys.schedule;
