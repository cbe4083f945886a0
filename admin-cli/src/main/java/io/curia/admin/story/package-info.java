/** What the cluster's history tells: pure functions over recorded events and what nodes say they saw. */
package io.curia.admin.story;
