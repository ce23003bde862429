/** What happens to keys when their owner, API client or realm is removed. */
package io.accesskeys.management.removal;
