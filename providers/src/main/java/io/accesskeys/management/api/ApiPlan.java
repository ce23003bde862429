package io.accesskeys.management.api;

import java.util.List;

/**
 * What makes an API client what it shall be.
 *
 * @param changes in the order in which they can be made; none if it is that already
 * @param steps what is left to the administrator
 */
public record ApiPlan(List<Change> changes, List<Step> steps) {}
